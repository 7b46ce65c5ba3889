"""aws_db_proxy: a proxy of RDS, through which clients reach databases."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws import proxy_facts
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Document, then
from collectors.facts.database import Database
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import OFF
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import nodes_exposure, routes, zones
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import items

PROXY = "aws_db_proxy"


def map_proxy(block: Block, project: Project) -> Iterator[Document]:
    """A proxy. The provider takes what is not written for false, and would show a difference if
    RDS did not."""
    subnets = items(block.values, "vpc_subnet_ids")
    groups = items(block.values, "vpc_security_group_ids")
    kind = block.read("endpoint_network_type", str, "ipv4")
    facts = Database(
        engine=proxy_facts.ENGINE,
        engine_version=proxy_facts.NO_VERSION,
        network_kind="vpc",
        exposure=nodes_exposure(project, subnets, groups, kind),
        allow_list=[],
        private_endpoint=True,
        authentication=True,
        tls=proxy_facts.tls(block.read("require_tls", bool, False)),
        encryption=OFF,
        audit_log=None,
        alarms=watching(project, [("ProxyName", block, "name")]),
        backup=NO_BACKUP,
        multi_zone=then(zones(project, subnets), lambda found: len(found) > 1),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=proxy_facts.NO_UPGRADE,
        tenancy="shared",
        subnet_routes_to_internet=routes(project, subnets),
        firewall_ids=firewalls(project, groups),
    )
    yield aws_document(block, project, facts)


MAPPINGS = [
    Mapping(types=(PROXY,), facts=Database, map=map_proxy, joined=(*SUBNETS, *ALARMS)),
]
