"""What stands in each vSwitch, told by the lists of the products that put things there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun import (
    elasticsearch_facts,
    mongodb_calls,
    polardb_calls,
    rds_calls,
    redis_calls,
)
from collectors.aliyun.account import Account
from collectors.aliyun.bastion_calls import DESCRIBE_BASTIONS
from collectors.aliyun.databases import NOT_DESCRIBED
from collectors.aliyun.ecs_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aliyun.gateway_calls import DESCRIBE_NAT_GATEWAYS, DESCRIBE_VPN_GATEWAYS
from collectors.aliyun.services import (
    alb,
    analyticdb,
    clickhouse,
    elasticsearch,
    gpdb,
    lindorm,
    nlb,
)
from collectors.aliyun.services.ack import DESCRIBE_CLUSTERS
from collectors.aliyun.services.function_compute import (
    DESCRIBE_REGIONS,
    LIST_FUNCTIONS,
    read_functions,
)
from collectors.aliyun.services.nas import DESCRIBE_FILE_SYSTEMS
from collectors.aliyun.slb_calls import DESCRIBE_LOAD_BALANCERS
from collectors.calls import Call
from collectors.document import Unknown, also

Item = dict[str, Any]
Places = Callable[[Item], Iterable[str | None]]
"""The vSwitches that an item of a list stands in."""


_STORE_KINDS = ("replicate", "sharding", "serverless")
"""MongoDB lists its instances by kind."""

Ask = Callable[[Account, str], list[Item] | Unknown]


class Source(Struct, frozen=True):
    """A list of things that stand in vSwitches, and their kind (of `Subnet.workload_kinds`). `ask`
    reads it where that takes more than its call and the region."""

    call: Call
    kind: str
    places: Places
    ask: Ask | None = None

    def read(self, account: Account, region: str) -> list[Item] | Unknown:
        """The list of a region."""
        return self.ask(account, region) if self.ask else account.listed(self.call, region)


def _interface_places(item: Item) -> Iterable[str | None]:
    attachment = item.get("Attachment") or {}
    instance = item.get("InstanceId") or attachment.get("InstanceId") or ""
    return [item["VSwitchId"]] if str(instance).startswith("i-") else []


def _switch(item: Item) -> Iterable[str | None]:
    """One, or with commas those of several zones."""
    return str(item.get("VSwitchId") or item.get("VswitchId") or "").split(",")


def _mount_targets(item: Item) -> Iterable[str | None]:
    targets = (item.get("MountTargets") or {}).get("MountTarget") or []
    return [target.get("VswId") for target in targets]


def _clusters(account: Account, region: str) -> list[Item] | Unknown:
    return account.listed(DESCRIBE_CLUSTERS, region, region_id=region)


def _cluster_places(item: Item) -> Iterable[str | None]:
    """Where nodes, pods and the API server's addresses are; older answers have one text. Registered
    clusters run elsewhere."""
    if item.get("cluster_type") == "ExternalKubernetes":
        return []
    return [*(item.get("vswitch_ids") or []), *str(item.get("vswitch_id") or "").split(",")]


def _each(
    account: Account,
    region: str,
    items: list[Item] | Unknown,
    call: Call,
    key: str,
    param: str = "",
) -> list[Item] | Unknown:
    """The details of each item of a list that does not tell the vSwitches itself. `key` is where an
    item has its id, `param` what the call names it."""
    if isinstance(items, Unknown):
        return items
    ids = [str(item[key]) for item in items]
    found = account.map(lambda one: account.read(call, region, one, **{param or key: one}), ids)
    lists = [one if one and isinstance(one, list) else [one or NOT_DESCRIBED] for one in found]
    details = [one for part in lists for one in part]
    return also(None, *details) or [one for one in details if not isinstance(one, Unknown)]


def _application_balancers(account: Account, region: str) -> list[Item] | Unknown:
    listed = account.listed(alb.LIST_LOAD_BALANCERS, region)
    return _each(account, region, listed, alb.GET_LOAD_BALANCER, "LoadBalancerId")


def _wide_columns(account: Account, region: str) -> list[Item] | Unknown:
    listed = account.listed(lindorm.LIST_INSTANCES, region)
    return _each(account, region, listed, lindorm.GET_INSTANCE, "InstanceId")


def _search_engines(account: Account, region: str) -> list[Item] | Unknown:
    listed = account.listed(elasticsearch.LIST_INSTANCES, region)
    return _each(
        account, region, listed, elasticsearch.DESCRIBE_INSTANCE, "instanceId", "InstanceId"
    )


def _document_stores(account: Account, region: str) -> list[Item] | Unknown:
    lists = [
        account.listed(mongodb_calls.DESCRIBE_INSTANCES, region, DBInstanceType=kind)
        for kind in _STORE_KINDS
    ]
    doubt = also(None, *lists)
    items = [one for found in lists if not isinstance(found, Unknown) for one in found]
    return _each(account, region, doubt or items, mongodb_calls.DESCRIBE_ATTRIBUTE, "DBInstanceId")


def _zone_mappings(item: Item) -> Iterable[str | None]:
    return [one.get("VSwitchId") for one in item.get("ZoneMappings") or []]


def _function_places(item: Item) -> Iterable[str | None]:
    """Where a function has its way into a VPC, if it has one."""
    found: list[str | None] = (item.get("vpcConfig") or {}).get("vSwitchIds") or []
    return found


def _wide_column_places(item: Item) -> Iterable[str | None]:
    names = ("VswitchId", "PrimaryVSwitchId", "StandbyVSwitchId", "ArbiterVSwitchId")
    return [item.get(name) for name in names]


def _search_places(item: Item) -> Iterable[str | None]:
    return [elasticsearch_facts.vswitch_of(item)]


SOURCES = (
    Source(rds_calls.DESCRIBE_INSTANCES, "database", _switch),
    Source(redis_calls.DESCRIBE_INSTANCES, "database", _switch),
    Source(polardb_calls.DESCRIBE_CLUSTERS, "database", _switch),
    Source(analyticdb.DESCRIBE_CLUSTERS, "database", _switch),
    Source(gpdb.DESCRIBE_INSTANCES, "database", _switch),
    Source(clickhouse.DESCRIBE_INSTANCES, "database", _switch),
    Source(mongodb_calls.DESCRIBE_INSTANCES, "database", _switch, _document_stores),
    Source(lindorm.LIST_INSTANCES, "database", _wide_column_places, _wide_columns),
    Source(elasticsearch.LIST_INSTANCES, "database", _search_places, _search_engines),
    Source(DESCRIBE_NETWORK_INTERFACES, "instance", _interface_places),
    Source(DESCRIBE_LOAD_BALANCERS, "load_balancer", _switch),
    Source(nlb.LIST_LOAD_BALANCERS, "load_balancer", _zone_mappings),
    Source(alb.LIST_LOAD_BALANCERS, "load_balancer", _zone_mappings, _application_balancers),
    Source(DESCRIBE_FILE_SYSTEMS, "file_system", _mount_targets),
    Source(
        DESCRIBE_NAT_GATEWAYS,
        "gateway",
        lambda item: [(item.get("NatGatewayPrivateInfo") or {}).get("VswitchId")],
    ),
    Source(
        DESCRIBE_VPN_GATEWAYS,
        "gateway",
        lambda item: [item.get("VSwitchId"), item.get("DisasterRecoveryVSwitchId")],
    ),
    Source(
        DESCRIBE_BASTIONS,
        "bastion",
        lambda item: [item.get("VswitchId"), item.get("SlaveVswitchId")],
    ),
    Source(DESCRIBE_CLUSTERS, "cluster", _cluster_places, _clusters),
    Source(LIST_FUNCTIONS, "function", _function_places, read_functions),
)

WORKLOAD_CALLS = (
    DESCRIBE_REGIONS,
    alb.GET_LOAD_BALANCER,
    elasticsearch.DESCRIBE_INSTANCE,
    lindorm.GET_INSTANCE,
    mongodb_calls.DESCRIBE_ATTRIBUTE,
    *(source.call for source in SOURCES),
)


class Workloads(Struct, frozen=True):
    """The kinds that each vSwitch holds; `doubt` where a list could not be read."""

    kinds: dict[str, set[str]]
    doubt: Unknown | None

    def of(self, vswitch_id: str, used: int | Unknown) -> list[str] | Unknown:
        """The kinds in a vSwitch of which so many addresses are in use. Those that are in use and
        that no list tells of are other."""
        if used == 0:
            return []
        if self.doubt:
            return self.doubt
        kinds = self.kinds.get(vswitch_id, set())
        if not kinds and isinstance(used, Unknown):
            return used
        return sorted(kinds) or ["other"]


def read_workloads(account: Account, region: str) -> Workloads:
    """Ask every list of a region."""
    kinds: dict[str, set[str]] = {}
    doubt: Unknown | None = None
    for source in SOURCES:
        found = source.read(account, region)
        if isinstance(found, Unknown):
            doubt = doubt or found
            continue
        for item in found:
            for place in source.places(item):
                if place:
                    kinds.setdefault(place, set()).add(source.kind)
    return Workloads(kinds, doubt)
