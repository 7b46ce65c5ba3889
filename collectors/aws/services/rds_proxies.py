"""Proxies of RDS, through which clients reach databases: they keep nothing themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws import proxy_facts
from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import OFF
from collectors.aws.logic import Known, told
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.rds_calls import DESCRIBE_PROXIES, LIST_TAGS
from collectors.aws.rds_joins import subnet_routes
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, read_ground
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database

PROXY = "AWS::RDS::DBProxy"

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the proxies of a region are joined with."""

    ground: Ground
    alarms: Alarms | Unknown


def proxies(account: Account, region: str) -> Iterable[Document]:
    """A document for each proxy of a region."""
    found = account.read(DESCRIBE_PROXIES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, PROXY)
        return
    if not found:
        return
    around = _Around(read_ground(account, region), read_alarms(account, region))
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: _Around) -> Document:
    arn, name = item["DBProxyArn"], item["DBProxyName"]
    subnets, groups = item["VpcSubnetIds"], item.get("VpcSecurityGroupIds") or []
    kind = str(item.get("EndpointNetworkType") or "").lower()
    return account.document(
        Database(
            engine=proxy_facts.ENGINE,
            engine_version=proxy_facts.NO_VERSION,
            network_kind="vpc",
            # Proxies have no public IPv4 addresses (RDS user guide, "Limitations for RDS Proxy").
            exposure=nodes_exposure(around.ground, subnets, item["VpcId"], groups, kind),
            allow_list=[],
            private_endpoint=True,
            # By a secret or by IAM (RDS user guide, "RDS Proxy security").
            authentication=True,
            tls=proxy_facts.tls(told(item, "RequireTLS")),
            encryption=OFF,
            audit_log=None,
            alarms=watching(around.alarms, [("ProxyName", name)], ("AWS/RDS",)),
            backup=NO_BACKUP,
            multi_zone=_multi_zone(subnets, around.ground),
            replicas=[],
            guard_instance=None,
            deletion_protection=None,
            auto_minor_upgrade=proxy_facts.NO_UPGRADE,
            tenancy="shared",
            subnet_routes_to_internet=subnet_routes(subnets, item["VpcId"], around.ground),
            firewall_ids=groups,
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, arn, ResourceName=arn), tags_of),
        native_type=PROXY,
        native=item,
    )


def _multi_zone(subnets: list[str], ground: Ground) -> Known:
    """A proxy stands in the zones of its subnets (RDS user guide, "Overview of RDS Proxy")."""
    if isinstance(ground.subnets, Unknown):
        return ground.subnets
    zones = set()
    for subnet in subnets:
        if subnet not in ground.subnets:
            return Unknown(f"the subnet {subnet} is not visible to this account")
        zones.add(ground.subnets[subnet]["AvailabilityZone"])
    return len(zones) > 1


SERVICE = Service(
    name="RDS proxies",
    types=((Database, PROXY),),
    calls=(DESCRIBE_PROXIES, LIST_TAGS, *REACHABILITY_CALLS, *ALARM_CALLS),
    region=proxies,
)
