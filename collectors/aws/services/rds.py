"""Databases of Amazon RDS, Aurora, DocumentDB and Neptune, which share one API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backup_selections import CALLS as PLAN_CALLS
from collectors.aws.backup_selections import Plan, read_backup_plans
from collectors.aws.ec2_calls import DESCRIBE_VPCS
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.plan_backup import backup_by_plans
from collectors.aws.rds_backup import backup, thing_of
from collectors.aws.rds_calls import (
    DESCRIBE_CLUSTER_PARAMETERS,
    DESCRIBE_CLUSTERS,
    DESCRIBE_GLOBAL_CLUSTERS,
    DESCRIBE_INSTANCES,
    DESCRIBE_OPTION_GROUPS,
    DESCRIBE_PARAMETERS,
)
from collectors.aws.rds_joins import (
    Around,
    Item,
    audit_log,
    cluster_of,
    is_public,
    read_around,
    read_parameters,
    replicas,
    subnet_routes,
)
from collectors.aws.rds_settings import engine_of, tls
from collectors.aws.reachability import REACHABILITY_CALLS, exposure
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, Dimension, read_alarms, watching
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Exposure

INSTANCE = "AWS::RDS::DBInstance"
CLUSTER = "AWS::RDS::DBCluster"
_KEPT = (
    "DBInstanceArn",
    "DBInstanceClass",
    "DBClusterArn",
    "DBClusterIdentifier",
    "Engine",
    "EngineVersion",
    "EngineMode",
    "Endpoint",
    "PubliclyAccessible",
    "MultiAZ",
    "StorageEncrypted",
    "KmsKeyId",
    "BackupRetentionPeriod",
    "DeletionProtection",
    "EnabledCloudwatchLogsExports",
    "DBParameterGroups",
    "DBClusterParameterGroup",
    "CACertificateIdentifier",
)
_NO_HARDWARE = Unknown("a cluster without instances runs on no hardware")


class _Cover(Struct, frozen=True):
    """What watches the databases of a region, and what backs them up."""

    alarms: Alarms | Unknown
    plans: list[Plan] | Unknown


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each database instance, and for each cluster that has no instance."""
    found = account.read(DESCRIBE_INSTANCES, region)
    clusters = account.read(DESCRIBE_CLUSTERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, INSTANCE)
        found = []
    if isinstance(clusters, Unknown):
        yield account.unlisted(Database, clusters, region, CLUSTER)
        clusters = []
    empty = [cluster for cluster in clusters if not cluster["DBClusterMembers"]]
    if not found and not empty:
        return
    cover = _Cover(read_alarms(account, region), read_backup_plans(account, region))
    if found:
        around = read_around(account, region)
        yield from account.map(lambda item: _instance(account, region, item, around, cover), found)
    yield from account.map(lambda item: _cluster(account, region, item, cover), empty)


def _instance(account: Account, region: str, item: Item, around: Around, cover: _Cover) -> Document:
    cluster_id = item.get("DBClusterIdentifier")
    # A cluster decides on much of its members; without a cluster an instance decides itself.
    cluster = cluster_of(around, cluster_id) if cluster_id else item
    facts = _common(account, region, item, cluster, cover)
    subnets = [one["SubnetIdentifier"] for one in item.get("DBSubnetGroup", {}).get("Subnets", [])]
    vpc_id = item.get("DBSubnetGroup", {}).get("VpcId")
    facts.network_kind = "vpc" if vpc_id else "classic"
    facts.exposure = exposure(is_public(item, subnets, vpc_id, around.ground))
    facts.private_endpoint = vpc_id is not None
    facts.tenancy = then(around.tenancy, lambda known: tenancy(known, vpc_id))
    facts.subnet_routes_to_internet = subnet_routes(subnets, vpc_id, around.ground)
    return account.document(
        facts,
        id=item["DBInstanceArn"],
        region=region,
        name=item["DBInstanceIdentifier"],
        tags=tags_of(item.get("TagList")),
        native_type=INSTANCE,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _cluster(account: Account, region: str, item: Item, cover: _Cover) -> Document:
    """A cluster without instances: nothing answers on the network, the data is still there."""
    facts = _common(account, region, item, item, cover)
    facts.network_kind = "vpc"
    facts.exposure = Exposure(public=False, via=[])
    facts.private_endpoint = True
    facts.tenancy = _NO_HARDWARE
    facts.subnet_routes_to_internet = None
    return account.document(
        facts,
        id=item["DBClusterArn"],
        region=region,
        name=item["DBClusterIdentifier"],
        tags=tags_of(item.get("TagList")),
        native_type=CLUSTER,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _common(
    account: Account, region: str, item: Item, cluster: Item | Unknown, cover: _Cover
) -> Database:
    """The facts that an instance and a cluster have in common. `cluster` decides what a cluster
    decides for its members; it is the item itself where there is no other."""
    name = item["Engine"]
    parameters = then(cluster, lambda whole: read_parameters(account, region, item, whole))
    return Database(
        engine=engine_of(name),
        engine_version=item["EngineVersion"],
        # Access by address is up to security groups; RDS has no allow-list of its own.
        allow_list=[],
        authentication=then(cluster, lambda whole: authentication(name, whole)),
        tls=tls(engine_of(name), parameters, item["EngineVersion"]),
        encryption=encryption(account, region, item),
        audit_log=then(cluster, lambda whole: audit_log(account, region, item, whole, parameters)),
        alarms=alarms_on(item, cover.alarms),
        backup=then(
            cluster,
            lambda whole: backup(item, whole, backup_by_plans(cover.plans, thing_of(item, whole))),
        ),
        multi_zone=then(cluster, lambda whole: told(whole, "MultiAZ")),
        replicas=then(cluster, lambda whole: replicas(account, region, item, whole)),
        guard_instance=None,
        deletion_protection=then(cluster, lambda whole: told(whole, "DeletionProtection")),
        auto_minor_upgrade=told(item, "AutoMinorVersionUpgrade"),
        firewall_ids=[group["VpcSecurityGroupId"] for group in item["VpcSecurityGroups"]],
    )


def alarms_on(item: Item, alarms: Alarms | Unknown) -> int | Unknown:
    """How many alarms watch an instance or cluster, by itself or through its cluster."""
    keys = ("DBInstanceIdentifier", "DBClusterIdentifier")
    places: list[Dimension] = [(key, item[key]) for key in keys if item.get(key)]
    return watching(alarms, places, ("AWS/RDS", "AWS/DocDB", "AWS/Neptune"))


def tenancy(vpcs: dict[str, str], vpc_id: str | None) -> Literal["shared", "dedicated"] | Unknown:
    """Hardware of its own is a property of the VPC (RDS user guide, "Working with a VPC")."""
    if vpc_id not in vpcs:
        return Unknown("the database's VPC is not visible to this account")
    return "dedicated" if vpcs[vpc_id] == "dedicated" else "shared"


def authentication(engine: str, cluster: Item) -> bool:
    """Every engine asks for a password or an IAM token (RDS user guide, "Database authentication")
    except Neptune, which asks for nothing unless IAM authentication is on (Neptune user guide)."""
    return engine != "neptune" or bool(cluster["IAMDatabaseAuthenticationEnabled"])


def encryption(account: Account, region: str, item: Item) -> Encryption:
    """Encryption at rest, by AES-256 (RDS user guide). `sse-rds` is a key of the service."""
    by_service = item.get("StorageEncryptionType") == "sse-rds"
    key = None if by_service else item.get("KmsKeyId", KEY_NOT_TOLD)
    return at_rest(account, region, item["StorageEncrypted"] or by_service, key)


SERVICE = Service(
    name="RDS databases",
    types=((Database, INSTANCE), (Database, CLUSTER)),
    calls=(
        DESCRIBE_INSTANCES,
        DESCRIBE_CLUSTERS,
        DESCRIBE_GLOBAL_CLUSTERS,
        DESCRIBE_OPTION_GROUPS,
        DESCRIBE_PARAMETERS,
        DESCRIBE_CLUSTER_PARAMETERS,
        DESCRIBE_VPCS,
        DESCRIBE_LOG_GROUPS,
        DESCRIBE_KEY,
        *REACHABILITY_CALLS,
        *PLAN_CALLS,
        *ALARM_CALLS,
    ),
    region=databases,
)
