"""Flow logs of Network Watcher: of virtual networks, of subnets, and of network security groups.

A network is recorded where one targets it, or where each of its subnets with something in it is
recorded by itself or through its security group. Those of single interfaces record no network.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account
from collectors.azure.ids import key, region_of
from collectors.azure.named_resources import named
from collectors.azure.network_calls import LIST_FLOW_LOGS, LIST_NETWORK_WATCHERS
from collectors.azure.storage_calls import GET_ACCOUNT, GET_MANAGEMENT_POLICY, LIST_ACCOUNTS
from collectors.azure.storage_retention import deleted_after
from collectors.azure.subnets import PLATFORM, subnets_of, workloads_of
from collectors.document import Unknown, then
from collectors.facts.network import FlowLog
from collectors.logic import shortest, told

FLOW_LOG_CALLS = (
    LIST_NETWORK_WATCHERS,
    LIST_FLOW_LOGS,
    LIST_ACCOUNTS,
    GET_ACCOUNT,
    GET_MANAGEMENT_POLICY,
)

_OF_GROUPS = "insights-logs-networksecuritygroupflowevent"
_OF_NETWORKS = "insights-logs-flowlogflowevent"
_GONE = Unknown("the storage account of the flow log does not exist")

Item = dict[str, Any]
Logs = dict[str, list[Item]]
"""Flow logs by the key of the id of what they record."""


def read_flow_logs(account: Account) -> Logs | Unknown:
    """The flow logs of the subscription. A watcher that does not answer makes them all unknown."""
    watchers = account.resources(LIST_NETWORK_WATCHERS)
    if isinstance(watchers, Unknown):
        return watchers
    found: Logs = {}
    for logs in account.map(lambda one: account.listed(LIST_FLOW_LOGS, id=one["id"]), watchers):
        if isinstance(logs, Unknown):
            return logs
        for log in logs:
            found.setdefault(key(log["properties"]["targetResourceId"]), []).append(log)
    return found


def recording(account: Account, network: Item, logs: Logs) -> list[FlowLog]:
    """The flow logs that record a whole virtual network."""
    own = logs.get(key(network["id"]), [])
    by_subnet = [_of_subnet(subnet, logs) for subnet in subnets_of(network) if _counts(subnet)]
    # One that is off records nothing: where a single subnet has no other, the rest is no record.
    whole = by_subnet and all(_on(found) for found in by_subnet)
    found = [*own, *(log for each in by_subnet for log in each if whole)]
    return [_flow_log(account, log) for log in {key(log["id"]): log for log in found}.values()]


def _counts(subnet: Item) -> bool:
    return workloads_of(subnet) > 0 and str(subnet["name"]).lower() not in PLATFORM


def _of_subnet(subnet: Item, logs: Logs) -> list[Item]:
    group = (subnet["properties"].get("networkSecurityGroup") or {}).get("id", "")
    return [*logs.get(key(subnet["id"]), []), *logs.get(key(group), [])]


def _on(logs: Iterable[Item]) -> bool:
    return any(log["properties"].get("enabled") is True for log in logs)


def _flow_log(account: Account, log: Item) -> FlowLog:
    """The storage account of a flow log is in the log's region ("Flow logs", prerequisites)."""
    properties = log["properties"]
    destination = told(properties, "storageId")
    store = then(destination, lambda id_: named(account, id_, LIST_ACCOUNTS, GET_ACCOUNT))
    active = told(properties, "enabled")
    kept = _GONE if store is None else then(store, lambda one: _kept(account, one, properties))
    return FlowLog(
        traffic="all",
        active=_GONE if active is True and store is None else active,
        destination=destination,
        destination_region=region_of(log),
        retention_days=kept,
    )


def _kept(account: Account, store: Item, log: Item) -> int | Unknown | None:
    """Days that a log is kept: its own setting, or the lifecycle of its storage account."""
    of_group = "/networksecuritygroups/" in key(str(log["targetResourceId"]))
    container = _OF_GROUPS if of_group else _OF_NETWORKS
    deleted = deleted_after(account, store, container, "blockBlob")
    return shortest(_retention(log.get("retentionPolicy")), deleted)


def _retention(policy: Item | None) -> int | Unknown | None:
    """Days, null for ever: where the policy is off, or says 0 ("RetentionPolicyParameters")."""
    if not policy or "enabled" not in policy:
        return Unknown("the flow log does not tell how long it is kept")
    return policy.get("days") or None if policy["enabled"] else None
