"""The agents that extensions put into machines and scale sets: the one against malware, and the one
that measures, with the data collection rules that tell it what. Azure Policy and Defender for Cloud
put them in as well, so that without one in the template it is open."""

from __future__ import annotations

from typing import Any

from collectors.azure.host_protection import MEASURING, PROTECTING
from collectors.azure.performance_counters import collects_counters
from collectors.document import Unknown, also, then
from collectors.facts.compute import Agent
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.azurerm.machine_extensions import extensions_of
from collectors.iac.mappers.joins import items, joined, target_of
from collectors.logic import Known, some

RULE = "azurerm_monitor_data_collection_rule"
LINK = f"{RULE}_association"
COLLECTING = (RULE, LINK)
"""The types that are joined here beside extensions."""

FINDINGS = Unknown("what Defender for Cloud finds in a machine shows once it runs")

_ONLINE = Unknown("whether the agent works shows after apply")
_NO_AGENT = Unknown("no extension of this template puts an agent against malware in")
_NO_MEASURING = Unknown("no extension of this template puts the Azure Monitor agent in")
_NO_RULE = Unknown("no data collection rule of this template surely makes the agent collect")
_RULE_AWAY = Unknown("the data collection rule is not part of this template")


def agent_of(block: Block, project: Project) -> Agent | Unknown:
    """The agent against malware."""
    kinds = _kinds(block, project)
    if _has(kinds, PROTECTING):
        return Agent(installed=True, online=_ONLINE)
    return also(None, *kinds) or _NO_AGENT


def measured(block: Block, project: Project) -> Known:
    """Whether the Azure Monitor agent measures a machine, as collectors.azure.data_collection tells
    of live ones."""
    kinds = _kinds(block, project)
    if not _has(kinds, MEASURING):
        return also(None, *kinds) or _NO_MEASURING
    links = joined(project, block, "target_resource_id", LINK)
    named = [value for one in links.blocks if (value := one.values.get("data_collection_rule_id"))]
    told = some(_collects(value, project) for value in named)
    return told or links.doubt or _NO_RULE


def _kinds(block: Block, project: Project) -> list[str | Unknown]:
    """The types of the extensions, in lower case; what is not known of them stands there too."""
    found = [
        read(each, "type", str, "") if isinstance(each, dict) else each
        for each in extensions_of(block, project)
    ]
    return [each if isinstance(each, Unknown) else each.lower() for each in found]


def _has(kinds: list[str | Unknown], wanted: tuple[str, ...]) -> bool:
    return any(each in wanted for each in kinds)


def _collects(value: Any, project: Project) -> Known:
    rule = target_of(project, value, RULE)
    if rule is None:
        return value if isinstance(value, Unknown) else _RULE_AWAY
    sources, flows = nested(rule.values, "data_sources"), nested(rule.values, "data_flow")
    counters = then(sources, lambda found: nested(found[0], "performance_counter") if found else [])
    if isinstance(counters, Unknown) or isinstance(flows, Unknown):
        return also(counters, flows) or False
    written = {
        "dataSources": {"performanceCounters": [_lists(each, "streams") for each in counters]},
        "dataFlows": [_lists(each, "streams", "destinations") for each in flows],
    }
    return collects_counters(written)


def _lists(values: dict[str, Any], *names: str) -> dict[str, list[str]]:
    """Some arguments of a block, with what is known of them."""
    found = {name: items(values, name) for name in names}
    return {
        name: [each for each in listed if isinstance(each, str)]
        for name, listed in found.items()
        if isinstance(listed, list)
    }


LINK_TYPES = frozenset(COLLECTING)
