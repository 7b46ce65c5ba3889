"""Alert rules of Azure Monitor: on metrics, on log queries, on the activity log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.alert_kinds import kind_of
from collectors.document import Document, Unknown, also, then
from collectors.facts.operations import Alarm
from collectors.iac.blocks import Block, Mapping, Project, Reference, nested
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.joins import identity, items, target_of
from collectors.logic import Known, every, some
from collectors.regions import GLOBAL

ACTIVITY, METRIC = "azurerm_monitor_activity_log_alert", "azurerm_monitor_metric_alert"
QUERY = "azurerm_monitor_scheduled_query_rules_alert"
GROUP = "azurerm_monitor_action_group"
SILENCED = Unknown("a rule of the template may silence the alarm")

# The second is that of versions of the provider before 4.
_SILENCING = (
    "azurerm_monitor_alert_processing_rule_suppression", "azurerm_monitor_action_rule_suppression",
)  # fmt: skip
_LISTS = ("action_group", "action_groups")
_ELSEWHERE = Unknown("an action group of the alert rule is not part of this template")
_TARGET = Unknown("whether what the alert rule watches exists is not known")
_WHOLE = re.compile(r"/subscriptions/[^/]+(?:/resourceGroups/[^/]+)?/?", re.IGNORECASE)
_SITES = "microsoft.web/sites"
_TYPES = (
    ("azurerm_linux_virtual_machine", "microsoft.compute/virtualmachines"),
    ("azurerm_windows_virtual_machine", "microsoft.compute/virtualmachines"),
    ("azurerm_virtual_machine", "microsoft.compute/virtualmachines"),
    ("azurerm_managed_disk", "microsoft.compute/disks"),
    ("azurerm_mssql_", "microsoft.sql/"),
    ("azurerm_sql_", "microsoft.sql/"),
    ("azurerm_postgresql_", "microsoft.dbforpostgresql/"),
    ("azurerm_mysql_", "microsoft.dbformysql/"),
    ("azurerm_cosmosdb_", "microsoft.documentdb/"),
    ("azurerm_redis_", "microsoft.cache/"),
    ("azurerm_lb", "microsoft.network/loadbalancers"),
    ("azurerm_application_gateway", "microsoft.network/applicationgateways"),
    ("azurerm_firewall", "microsoft.network/azurefirewalls"),
    ("azurerm_virtual_network_gateway", "microsoft.network/virtualnetworkgateways"),
    ("azurerm_vpn_gateway", "microsoft.network/vpngateways"),
    ("azurerm_nat_gateway", "microsoft.network/natgateways"),
    ("azurerm_public_ip", "microsoft.network/publicipaddresses"),
    ("azurerm_bastion_host", "microsoft.network/bastionhosts"),
    ("azurerm_express_route", "microsoft.network/expressroute"),
    ("azurerm_kubernetes_", "microsoft.containerservice/"),
    ("azurerm_linux_web_app", _SITES),
    ("azurerm_windows_web_app", _SITES),
    ("azurerm_linux_function_app", _SITES),
    ("azurerm_windows_function_app", _SITES),
    ("azurerm_app_service", _SITES),
    ("azurerm_function_app", _SITES),
    ("azurerm_storage_", "microsoft.storage/"),
)
"""Beginnings of types of Terraform, and what ARM calls those."""


def map_rule(block: Block, project: Project) -> Iterator[Document]:
    """A rule. One that does not say is on (provider documentation)."""
    single = block.type == QUERY
    heard = listeners_of(block, project)
    scopes = _one(block.values, "data_source_id") if single else items(block.values, "scopes")
    facts = Alarm(
        enabled=block.read("enabled", bool, default=True),
        actions=SILENCED if heard and may_be_silenced(project) else heard,
        target_kind="other" if block.type == ACTIVITY else _kind(block, scopes, project),
        targets=then(scopes, lambda found: _count([_exists(each, project) for each in found])),
    )
    # Only rules on log queries stand in a region; others may name one.
    placed = block.type.startswith(QUERY) or block.values.get("location") is not None
    yield azure_document(
        block, project, facts, region=location_of(block, project) if placed else GLOBAL
    )


def may_be_silenced(project: Project) -> bool:
    """Whether a rule of the template takes the action groups from alerts; whose is not decided."""
    rules = project.of_type(*_SILENCING)
    return any(rule.read("enabled", bool, default=True) is not False for rule in rules)


def listeners_of(rule: Block, project: Project) -> list[str] | Unknown:
    """The action groups that tell somebody; those of which it is not known do not count beside
    others that do."""
    actions = nested(rule.values, "action")
    if isinstance(actions, Unknown):
        return actions
    named = [_one(action, "action_group_id") for action in actions]
    listed = [items(action, name) for action in actions for name in _LISTS]
    doubt = also(None, *listed)
    ids = [each for some_ in (*named, *listed) if isinstance(some_, list) for each in some_]
    told = [(each, _tells(each, project)) for each in ids]
    found = [identity(project, each) for each, yes in told if yes is True]
    return cast("list[str]", found) or doubt or also(None, *(yes for _, yes in told)) or []


def _one(values: dict[str, Any], argument: str) -> list[Any]:
    """The value of an argument that takes one, as a list."""
    value = values.get(argument)
    return [] if value is None else [value]


def _tells(value: Any, project: Project) -> Known:
    """Whether an action group is on and has a receiver."""
    group = target_of(project, value, GROUP)
    if group is None:
        return value if isinstance(value, Unknown) else _ELSEWHERE
    receivers = [name for name in list(group.values) if name.endswith("_receiver")]
    found = (nested(group.values, name) for name in receivers)
    has_one = some(each if isinstance(each, Unknown) else bool(each) for each in found)
    return every([group.read("enabled", bool, default=True), has_one])


def _kind(rule: Block, scopes: list[Any] | Unknown, project: Project) -> str | Unknown:
    named = [
        *_items_or_doubt(rule.values, "target_resource_type"),
        *_items_or_doubt(rule.values, "target_resource_types"),
    ]
    if not named and isinstance(scopes, Unknown):
        return scopes
    types = named or [_type_of(each, project) for each in cast("list[Any]", scopes)]
    doubt = also(None, *types)
    return doubt or kind_of(str(each).lower() for each in types)


def _items_or_doubt(values: dict[str, Any], argument: str) -> list[Any]:
    """The elements of an argument; where they are not known, that alone."""
    found = items(values, argument)
    return [found] if isinstance(found, Unknown) else found


def _type_of(value: Any, project: Project) -> str | Unknown:
    """The type of what a scope leads to, as ARM calls it; "" where it is a whole group."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        target = project.target(value)
        kind = target.type if target else re.sub(r"^(?:.*\.)?(\w+)\.[^.]+$", r"\1", value.address)
        if target and target.native_type.lower().startswith("microsoft."):
            return target.native_type.lower()
        kind = kind.removeprefix("data.")
        return next((arm for start, arm in _TYPES if kind.startswith(start)), "")
    parts = str(value).lower().partition("/providers/")[2].split("/")
    return "/".join([*parts[:1], *parts[1::2]])


def _exists(value: Any, project: Project) -> Known:
    """Whether what a scope names is there: a resource of the template, one that is looked up, or a
    whole group."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        looked_up = "data." in value.address or project.target(value) is not None
        return looked_up or _TARGET
    return bool(_WHOLE.fullmatch(str(value))) or _TARGET


def _count(there: list[Known]) -> int | Unknown:
    """How many are there; one that is not known leaves the number open where none is for sure."""
    sure = sum(each is True for each in there)
    return sure or also(None, *there) or 0


MAPPINGS = [Mapping(types=(ACTIVITY, METRIC, QUERY, f"{QUERY}_v2"), facts=Alarm, map=map_rule)]
