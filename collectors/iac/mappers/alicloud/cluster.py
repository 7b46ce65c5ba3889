"""Clusters of Container Service for Kubernetes (alicloud_cs_*) with their node pools."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Cluster
from collectors.facts.shared import Encryption, Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.shared import customer_key, region_of, zone_of
from collectors.iac.mappers.joins import items, joined, name_of, tags_of, target_of

MANAGED, DEDICATED = "alicloud_cs_managed_kubernetes", "alicloud_cs_kubernetes"
EDGE, SERVERLESS = "alicloud_cs_edge_kubernetes", "alicloud_cs_serverless_kubernetes"
NODE_POOL = "alicloud_cs_kubernetes_node_pool"
VSWITCH = "alicloud_vswitch"

_AES = "AES-256"
_OF_BALANCER = Unknown("who may reach the API server is decided by the balancer that ACK makes")
_POOLS_ELSEWHERE = Unknown("the cluster's node pools are not part of this template")
_TERWAY = "terway-eni"
_PLUGIN = Unknown("ACK does not tell whether the network plug-in enforces network policies")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster."""
    region = region_of(block, project)
    pools = joined(project, block, "cluster_id", NODE_POOL)
    public = _public(block)
    facts = Cluster(
        version=block.read("version", str, Unknown("not written: ACK takes its latest version")),
        version_supported=Unknown("which versions ACK supports changes with time"),
        endpoint_public=public,
        endpoint_ranges=then(public, lambda on: _OF_BALANCER if on else []),
        secrets_encryption=_secrets(block, project),
        audit_log=_audit(block, project, region),
        # "Authorization overview": every cluster of ACK has RBAC.
        rbac=True,
        network_policy=_network_policy(block),
        node_zones=_node_zones(block, pools.blocks, project, pools.doubt),
        nodes_hardened=_hardened(block, pools.blocks, pools.doubt),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region,
        name=name_of(block, "name"),
        tags=tags_of(block),
    )


def _public(block: Block) -> bool | Unknown:
    """Whether the API server has an address in the internet, by the provider's defaults: yes, but
    for serverless clusters."""
    if block.type == SERVERLESS:
        return block.read("endpoint_public_access_enabled", bool, default=False)
    own = block.read("slb_internet_enabled", bool, default=True)
    if own is True:
        return True
    config = nested(block.values, "control_plane_endpoints_config")
    balancers = then(
        config, lambda found: nested(found[0], "load_balancers_config") if found else []
    )
    if isinstance(balancers, Unknown):
        return balancers
    kinds = [read(each, "endpoint_type", str, "private") for each in balancers]
    return True if "public" in kinds else also(own, *kinds) or False


def _secrets(block: Block, project: Project) -> Encryption:
    """Encryption of Secrets, by a key of KMS that the cluster names."""
    key = block.values.get("encryption_provider_key")
    off = block.read("disable_encryption", bool, default=False)
    doubt = also(key, off)
    if doubt:
        return Encryption.unread(doubt)
    return customer_key(project, key not in (None, "") and not off, key, _AES)


def _audit(block: Block, project: Project, region: str | Unknown) -> Logging:
    """The audit log of the API server, in a Logstore that ACK makes."""
    settings = nested(block.values, "audit_log_config")
    if isinstance(settings, Unknown):
        return Logging.unread(settings)
    unwritten = Unknown("not written: the service decides")
    enabled = read(settings[0] if settings else {}, "enabled", bool, unwritten)
    if enabled is False:
        return Logging.off()
    if isinstance(enabled, Unknown):
        return Logging.unread(enabled)
    made = Unknown("ACK makes the Logstore of the audit log: a template does not tell of it")
    return Logging(
        enabled=True,
        destination=made,
        destination_account=project.account,
        destination_region=region,
        retention_days=made,
    )


def _network_policy(block: Block) -> bool | Unknown:
    """Flannel, whose pods have a CIDR block of their own, enforces no network policies. Terway does
    as its configuration says."""
    addons = nested(block.values, "addons")
    if isinstance(addons, Unknown):
        return addons
    named = {read(each, "name", str, Unknown("an addon has no name")): each for each in addons}
    if "flannel" in named or isinstance(block.values.get("pod_cidr"), str):
        return False
    answers = [_enforced(each) for name, each in named.items() if str(name).startswith(_TERWAY)]
    return answers[0] if len(answers) == 1 else _PLUGIN


def _enforced(addon: dict[str, Any]) -> bool | Unknown:
    """What the configuration of Terway, a text in JSON, says of network policies."""
    return then(read(addon, "config", str, ""), _said)


def _said(config: str) -> bool | Unknown:
    try:
        word = json.loads(config or "{}").get("NetworkPolicy")
    except (ValueError, AttributeError):
        return _PLUGIN
    return {"true": True, "false": False}.get(str(word).lower(), _PLUGIN)


def _serverless(block: Block) -> bool:
    return block.type == SERVERLESS or block.values.get("profile") in ("Serverless", "Acs")


def _node_zones(
    block: Block, pools: list[Block], project: Project, doubt: Unknown | None
) -> list[str] | Unknown:
    """The zone of the nodes where all of them must be in one. Over several vSwitches they spread
    as they are made."""
    if not pools and not doubt and _serverless(block):
        return []
    if not pools or doubt:
        return doubt or _POOLS_ELSEWHERE
    zones: list[Any] = []
    for pool in pools:
        switches = items(pool.values, "vswitch_ids")
        if isinstance(switches, Unknown) or not switches:
            return also(switches) or Unknown("the node pool names no vSwitch")
        zones += [_zone(each, project) for each in switches]
    unclear = also(None, *zones)
    if unclear:
        return unclear
    several = Unknown("in which of several zones nodes stand is decided when they are made")
    return several if len(set(zones)) > 1 else [zones[0]]


def _zone(value: Any, project: Project) -> str | Unknown:
    switch = target_of(project, value, VSWITCH)
    elsewhere = Unknown("a vSwitch of the node pool is not part of this template")
    return zone_of(switch, project) if switch else elsewhere


def _hardened(block: Block, pools: list[Block], doubt: Unknown | None) -> bool | Unknown | None:
    """Whether the nodes of every pool are hardened: for MLPS 2.0, or as Alibaba Cloud Linux has
    it. Neither is on by default."""
    if not pools and not doubt and _serverless(block):
        return None
    answers: list[bool | Unknown] = []
    for pool in pools:
        kinds = [
            pool.read(name, bool, default=False)
            for name in ("soc_enabled", "security_hardening_os")
        ]
        answers.append(True if True in kinds else also(*kinds) or False)
    if False in answers:
        return False
    return doubt or also(None, *answers) or (True if answers else _POOLS_ELSEWHERE)


MAPPINGS = [
    Mapping(
        types=(MANAGED, DEDICATED, EDGE, SERVERLESS),
        facts=Cluster,
        map=map_cluster,
        joined=(NODE_POOL,),
    )
]

PART_OF = {
    "alicloud_cs_kubernetes_node_pool": PartOf(
        "alicloud_cs_managed_kubernetes", ("cluster_id",), too=True
    ),
}
