"""What shows of a machine once it runs, and what its image decides: no template tells it."""

from __future__ import annotations

from collectors.document import Unknown, then
from collectors.facts.compute import Agent

IMAGE = Unknown("which images are deprecated, and which the account allows, no template tells")
BOOT = Unknown("the image decides whether the machine boots securely and has a TPM")
PATCHES = Unknown("whether Systems Manager patches a machine shows once it runs")
FINDINGS = Unknown("what Inspector finds in a machine shows once it runs")

_AGENT = Unknown("GuardDuty puts its agent into machines that run")


def agent_in(region: str | Unknown) -> Agent | Unknown | None:
    """GuardDuty's agent, which mainland China is not offered, as live."""
    return then(region, lambda name: None if name.startswith("cn-") else _AGENT)
