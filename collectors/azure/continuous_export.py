"""Whether Defender for Cloud exports its alerts to one place: its automations, of which those with
the action Workspace are continuous exports.

Source: REST, "Automations" (sources, ruleSets, actions); "Set up continuous export".
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import listing
from collectors.azure.diagnostic_settings import (
    GET_WORKSPACE,
    GONE,
    LIST_WORKSPACES,
    workspace_of,
)
from collectors.azure.ids import same
from collectors.document import Unknown, then
from collectors.logic import Known, every, some

# What Resource Graph has of them is of another version.
LIST_AUTOMATIONS = listing("Microsoft.Security/automations", "Automations_List", graphed=False)
EXPORT_CALLS = (LIST_AUTOMATIONS, LIST_WORKSPACES, GET_WORKSPACE)

Item = dict[str, Any]

_SEVERITIES = {"low", "medium", "high"}
_FILTERED = Unknown("which alerts an export of Defender for Cloud leaves out is not worked out")
_TO_HUB = Unknown("whether alerts that go to an event hub are gathered behind it is not known")


def exports_alerts(account: Account) -> Known:
    """Whether every alert of the subscription, of low severity and above, goes to a workspace."""
    automations = account.resources(LIST_AUTOMATIONS)
    if isinstance(automations, Unknown):
        return automations
    return some(_exports(account, one["properties"]) for one in automations)


def _exports(account: Account, automation: Item) -> Known:
    whole = f"/subscriptions/{account.id}"
    scopes = [str(one.get("scopePath")) for one in automation.get("scopes") or ()]
    if automation.get("isEnabled") is not True or not any(same(one, whole) for one in scopes):
        return False
    sources = [
        one
        for one in automation.get("sources") or ()
        if str(one.get("eventSource")).lower() == "alerts"
    ]
    kept = some(keeps_all(one) for one in sources)
    return every([kept, some(_gathers(account, one) for one in automation.get("actions") or ())])


def keeps_all(source: Item) -> Known:
    """Whether a source of alerts keeps all of low severity and above. An alert is kept that any of
    its rule sets matches, by all rules of the set; without a set every alert is."""
    sets = source.get("ruleSets") or []
    if not sets:
        return True
    kept: set[str] = set()
    for rules in (one.get("rules") or [] for one in sets):
        if not rules:
            return True
        if len(rules) > 1 or not _is_severity(rules[0]):
            return _FILTERED
        kept.add(str(rules[0].get("expectedValue")).lower())
    return kept >= _SEVERITIES


def _is_severity(rule: Item) -> bool:
    path, operator = str(rule.get("propertyJPath")).lower(), str(rule.get("operator")).lower()
    return path.rpartition(".")[2] == "severity" and operator == "equals"


def _gathers(account: Account, action: Item) -> Known:
    kind = str(action.get("actionType")).lower()
    if kind == "eventhub":
        return _TO_HUB
    if kind != "workspace":
        return False
    id_ = str(action.get("workspaceResourceId"))
    return then(workspace_of(account, id_), lambda found: GONE if found is None else True)
