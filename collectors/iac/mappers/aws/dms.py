"""aws_dms_replication_instance: a machine that copies from one database to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.logic import every, some
from collectors.aws.reachability import exposure
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Exposure
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.naming import named_one
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import DEFAULT_GROUP, nodes_exposure, routes
from collectors.iac.mappers.aws.reach import firewalls, groups_open
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import given, items, name_of

INSTANCE = "aws_dms_replication_instance"
SUBNET_GROUP = "aws_dms_replication_subnet_group"
_GROUP = "replication_subnet_group_id"

_VERSION = Unknown("the template gives no version: the service chooses it")
_DEFAULT_SUBNETS = Unknown("the database stands in the subnets of the default VPC")
_ELSEWHERE = Unknown("the subnet group is not part of this template")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance. The defaults are the provider's, which sends what is not written as false."""
    subnets = _subnets(block, project)
    groups = items(block.values, "vpc_security_group_ids")
    facts = Database(
        engine="dms",
        engine_version=block.read("engine_version", str, _VERSION),
        network_kind="vpc",
        exposure=_exposure(block, project, subnets, groups),
        allow_list=[],
        private_endpoint=True,
        authentication=None,
        tls=None,
        # Always on, as live.
        encryption=at_rest(project, True, block.values.get("kms_key_arn")),
        audit_log=None,
        alarms=watching(
            project, [("ReplicationInstanceIdentifier", block, "replication_instance_id")]
        ),
        backup=NO_BACKUP,
        multi_zone=block.read("multi_az", bool, False),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=block.read("auto_minor_version_upgrade", bool, False),
        tenancy="shared",
        subnet_routes_to_internet=routes(project, subnets),
        firewall_ids=firewalls(project, groups),
    )
    yield aws_document(block, project, facts, name=name_of(block, "replication_instance_id"))


def _subnets(block: Block, project: Project) -> list[Any] | Unknown:
    if given(block.values, _GROUP) is False:
        return _DEFAULT_SUBNETS
    group = named_one(project, block.get(_GROUP), _GROUP, SUBNET_GROUP)
    return items(group.values, "subnet_ids") if group else _ELSEWHERE


def _exposure(
    block: Block, project: Project, subnets: list[Any] | Unknown, groups: list[Any] | Unknown
) -> Exposure:
    """By a public IPv4 address, or an IPv6 address. No port is its own: any that is open counts."""
    asked = block.read("publicly_accessible", bool, False)
    open_ = groups_open(project, groups or DEFAULT_GROUP)
    by_ipv4 = every([asked, routes(project, subnets), open_])
    kind = block.read("network_type", str, "ipv4")
    by_ipv6: Any = nodes_exposure(project, subnets, groups, kind).public
    return exposure(some([by_ipv4, by_ipv6]))


MAPPINGS = [
    Mapping(
        types=(INSTANCE,),
        facts=Database,
        map=map_instance,
        joined=(SUBNET_GROUP, *SUBNETS, *KEYS, *KEY_DATA, *ALARMS),
    )
]

LINK_TYPES = frozenset({SUBNET_GROUP})
