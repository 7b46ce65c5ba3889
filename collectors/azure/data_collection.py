"""Whether the Azure Monitor agent measures a machine: it is put in, it works, and a data collection
rule that is associated with the machine makes it collect performance counters. An agent without
such a rule collects nothing ("Data collection rules in Azure Monitor").
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child, listing
from collectors.azure.host_protection import measuring_agents, works
from collectors.azure.ids import key
from collectors.azure.performance_counters import collects_counters
from collectors.document import Unknown, also, then
from collectors.logic import Known, every, some

LIST_RULES = listing(
    "Microsoft.Insights/dataCollectionRules", "DataCollectionRules_ListBySubscription"
)
LIST_ASSOCIATIONS = child(
    "Microsoft.Insights/dataCollectionRuleAssociations",
    "DataCollectionRuleAssociations_ListByResource",
    "{id}/providers/Microsoft.Insights/dataCollectionRuleAssociations",
    paged=True,
)
DATA_COLLECTION_CALLS = (LIST_RULES, LIST_ASSOCIATIONS)

Item = dict[str, Any]

_HIDDEN = Unknown("a data collection rule of the machine is not visible to this account")


def measured(
    account: Account, id_: str, extensions: list[Item] | Unknown, view: Item | Unknown | None
) -> Known:
    """Whether a machine with an id is measured. `view` is its instance view, null for the model of
    a scale set: whether the agent works in each instance is not asked."""
    agents = then(extensions, measuring_agents)
    if isinstance(agents, Unknown) or not agents:
        return agents if isinstance(agents, Unknown) else False
    working: Known = True
    if view is not None:
        working = then(view, lambda found: some(works(found, one) for one in agents))
    return every([working, _is_told_to(account, id_)])


def _is_told_to(account: Account, id_: str) -> Known:
    associated = account.listed(LIST_ASSOCIATIONS, id=id_)
    rules = account.resources(LIST_RULES)
    doubt = also(associated, rules)
    if isinstance(associated, Unknown) or isinstance(rules, Unknown):
        return doubt or False
    index = {key(rule["id"]): rule["properties"] for rule in rules}
    named = [one["properties"].get("dataCollectionRuleId") for one in associated]
    return some(_collects(index, one) for one in named if one)


def _collects(index: dict[str, Item], id_: str) -> Known:
    rule = index.get(key(id_))
    return _HIDDEN if rule is None else collects_counters(rule)
