"""aws_dax_cluster: a cache before tables of DynamoDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws import dax_facts
from collectors.aws.logic import Known
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.encryption import at_rest
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import (
    nodes_exposure,
    routes,
    subnets_by_group,
    texts,
    zones,
)
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import items, name_of

CLUSTER, SUBNET_GROUP = "aws_dax_cluster", "aws_dax_subnet_group"

_DEFAULT_SUBNETS = Unknown("the database stands in the subnets of the default VPC")
_NODES = Unknown("the template does not write how many nodes the cluster has")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster. The defaults are the provider's and CreateCluster's."""
    found = subnets_by_group(block, project, "subnet_group_name", SUBNET_GROUP)
    subnets = _DEFAULT_SUBNETS if found is None else found
    groups = items(block.values, "security_group_ids")
    facts = Database(
        engine="dax",
        engine_version=dax_facts.NO_VERSION,
        network_kind="vpc",
        exposure=nodes_exposure(project, subnets, groups, block.read("network_type", str, "ipv4")),
        allow_list=[],
        private_endpoint=True,
        authentication=True,
        tls=dax_facts.tls(block.read("cluster_endpoint_encryption_type", str, "NONE")),
        encryption=_encryption(block, project),
        audit_log=None,
        alarms=watching(project, [("ClusterId", block, "cluster_name")], ("AWS/DAX",)),
        backup=NO_BACKUP,
        multi_zone=_multi_zone(block, project, subnets),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=dax_facts.NO_UPGRADE,
        tenancy="shared",
        subnet_routes_to_internet=routes(project, subnets),
        firewall_ids=firewalls(project, groups),
    )
    yield aws_document(block, project, facts, name=name_of(block, "cluster_name"))


def _encryption(block: Block, project: Project) -> Encryption:
    """Off unless it is switched on; by a key of the service alone, as live."""
    written = nested(block.values, "server_side_encryption")
    settings = then(written, lambda known: known[0] if known else {})
    enabled = then(settings, lambda known: read(known, "enabled", bool, False))
    if isinstance(enabled, Unknown):
        return Encryption.unread(enabled)
    return at_rest(project, enabled, None)


def _multi_zone(block: Block, project: Project, subnets: list[Any] | Unknown) -> Known:
    """Nodes stand in the zones that are told, or are spread over those of the subnets (API
    reference, CreateCluster)."""
    nodes = block.read("replication_factor", int, _NODES)
    if nodes == 1:
        return False
    named = texts(block.values, "availability_zones")
    doubt = also(named, *(named if isinstance(named, list) else []))
    places = doubt or (set(named) if isinstance(named, list) and named else zones(project, subnets))
    spread = then(places, lambda known: len(known) > 1)
    return spread if spread is False else also(nodes, spread) or True


MAPPINGS = [
    Mapping(
        types=(CLUSTER,),
        facts=Database,
        map=map_cluster,
        joined=(SUBNET_GROUP, *SUBNETS, *ALARMS),
    )
]

LINK_TYPES = frozenset({SUBNET_GROUP})
