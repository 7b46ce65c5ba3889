"""What shows of an ECS machine once it runs: its agents, its patches, what is found in it, and how
it starts."""

from __future__ import annotations

from collectors.aliyun.ecs_calls import VTPM_TAG
from collectors.document import Unknown, then
from collectors.facts.compute import Agent
from collectors.iac.blocks import Block
from collectors.iac.mappers.joins import tags_of

PATCHES = Unknown("what patches the machine shows after apply")
FINDINGS = Unknown("what Security Center finds in a machine shows once it runs")
MEASURED = Unknown("whether the agent of CloudMonitor runs shows after apply")
BOOT = Unknown("trusted boot is up to the instance type and the image")

_NO_STRATEGY = Unknown("the template writes no security_enhancement_strategy")
_RUNS = Unknown("whether the agent of Security Center runs shows after apply")


def agent_of(block: Block) -> Agent | Unknown:
    """The agent of Security Center, which an instance that is told to be without does not get."""
    strategy = block.read("security_enhancement_strategy", str, "")
    if strategy == "":
        return _NO_STRATEGY
    if strategy == "Deactive":
        return Agent(installed=False, online=False)
    doubt = strategy if isinstance(strategy, Unknown) else _RUNS
    return Agent(installed=doubt, online=doubt)


def vtpm_of(block: Block) -> bool | Unknown:
    """Whether the instance is asked for with a vTPM."""
    return then(tags_of(block), lambda tags: True if tags.get(VTPM_TAG) == "true" else BOOT)
