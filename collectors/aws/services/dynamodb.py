"""DynamoDB tables, which everybody reaches at the service's own endpoint, by signed requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backup_selections import CALLS as PLAN_CALLS
from collectors.aws.backup_selections import Plan, Thing, read_backup_plans
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.plan_backup import backup_by_plans, own_and_planned
from collectors.aws.policy_denials import is_open
from collectors.aws.policy_document import PolicyText
from collectors.aws.private_endpoints import CALLS as ENDPOINT_CALLS
from collectors.aws.private_endpoints import has_way
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Replica, Tls

TABLE = "AWS::DynamoDB::Table"
_KEPT = (
    "TableArn",
    "TableId",
    "TableStatus",
    "CreationDateTime",
    "BillingModeSummary",
    "SSEDescription",
    "DeletionProtectionEnabled",
    "GlobalTableVersion",
    "MultiRegionConsistency",
    "Replicas",
    "StreamSpecification",
)


def _dynamodb(
    operation: str,
    result: str,
    scope: Scope = "resource",
    *,
    paged: bool = False,
    absent: tuple[str, ...] = (),
) -> Call:
    return Call(
        provider="aws",
        service="dynamodb",
        operation=operation,
        permission=f"dynamodb:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=absent,
    )


LIST_TABLES = _dynamodb("ListTables", "TableNames", "region", paged=True)
DESCRIBE_TABLE = _dynamodb("DescribeTable", "Table")
DESCRIBE_BACKUPS = _dynamodb("DescribeContinuousBackups", "ContinuousBackupsDescription")
GET_POLICY = _dynamodb("GetResourcePolicy", "Policy", absent=("PolicyNotFoundException",))
LIST_TAGS = _dynamodb("ListTagsOfResource", "Tags", paged=True)

# Continuous backups reach back this far unless told otherwise (API reference,
# PointInTimeRecoverySpecification).
_DEFAULT_DAYS = 35
_NO_NETWORK = Unknown("tables stand in no network: the service has one endpoint in each region")
_NO_VERSION = Unknown("DynamoDB tells no version of its engine")
_NO_UPGRADE = Unknown("DynamoDB has no setting for updates of its engine")
_NOT_READ = Unknown("which trails record the requests to a table is not read")
_PLAINTEXT = Unknown("whether the endpoint of the service refuses plaintext is not told")

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the tables of a region are joined with."""

    alarms: Alarms | Unknown
    plans: list[Plan] | Unknown


def tables(account: Account, region: str) -> Iterable[Document]:
    """A document for each table of a region, replicas of global ones among them."""
    found = account.read(LIST_TABLES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, TABLE)
        return
    if not found:
        return
    around = _Around(read_alarms(account, region), read_backup_plans(account, region))
    yield from account.map(lambda name: _document(account, region, name, around), found)


def _document(account: Account, region: str, name: str, around: _Around) -> Document:
    table: Item | Unknown = account.read(DESCRIBE_TABLE, region, name, TableName=name)
    arn = account.arn("dynamodb", region, f"table/{name}")
    tags = then(account.read(LIST_TAGS, region, arn, ResourceArn=arn), tags_of)
    policy: PolicyText | Unknown = account.read(GET_POLICY, region, arn, ResourceArn=arn)
    continuous = account.read(DESCRIBE_BACKUPS, region, name, TableName=name)
    planned = then(tags, lambda known: backup_by_plans(around.plans, Thing("DynamoDB", arn, known)))
    return account.document(
        Database(
            engine="dynamodb",
            engine_version=_NO_VERSION,
            version_supported=None,
            network_kind=_NO_NETWORK,
            exposure=exposure(policy),
            # Addresses are up to policies.
            allow_list=[],
            private_endpoint=has_way(account, region, "dynamodb", arn),
            # Every request is signed (developer guide, "Authentication").
            authentication=True,
            tls=Tls(minimum="1.2", required=_PLAINTEXT, policy=None),
            encryption=then(table, lambda known: encryption(account, region, known)),
            audit_log=Logging.unread(_NOT_READ),
            alarms=watching(around.alarms, [("TableName", name)], ("AWS/DynamoDB",)),
            backup=then(planned, lambda known: backup(continuous, known)),
            # A table is kept in three zones (developer guide, "High availability").
            multi_zone=True,
            replicas=then(table, lambda known: replicas(account, region, known)),
            guard_instance=None,
            deletion_protection=then(table, lambda known: told(known, "DeletionProtectionEnabled")),
            auto_minor_upgrade=_NO_UPGRADE,
            tenancy="shared",
            subnet_routes_to_internet=None,
            firewall_ids=[],
        ),
        id=arn,
        region=region,
        name=name,
        tags=tags,
        native_type=TABLE,
        native={}
        if isinstance(table, Unknown)
        else {key: table[key] for key in _KEPT if key in table},
    )


def exposure(policy: PolicyText | Unknown) -> Exposure:
    """Whether the policy of the table lets anyone in; without one only the account's own may."""
    public = then(policy, is_open)
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["policy"] if public else [])


def encryption(account: Account, region: str, table: Item) -> Encryption:
    """Tables are always encrypted: by a key of the service unless one of KMS is named (developer
    guide, "Encryption at rest")."""
    told_of = table.get("SSEDescription") or {}
    by_kms = told_of.get("SSEType") == "KMS" and told_of.get("Status") != "DISABLED"
    key = told_of.get("KMSMasterKeyArn", KEY_NOT_TOLD) if by_kms else None
    return at_rest(account, region, True, key)


def backup(continuous: Item | Unknown, planned: Backup) -> Backup:
    """Continuous backups, from which any second can be restored, and those of plans."""
    if isinstance(continuous, Unknown):
        return own_and_planned(continuous, continuous, planned)
    recovery = continuous.get("PointInTimeRecoveryDescription") or {}
    on = recovery.get("PointInTimeRecoveryStatus") == "ENABLED"
    days: int = recovery.get("RecoveryPeriodInDays", _DEFAULT_DAYS)
    return own_and_planned(days if on else 0, on, planned)


def replicas(account: Account, region: str, table: Item) -> list[Replica] | Unknown:
    """The replicas of a global table in other regions."""
    if str(table.get("GlobalTableVersion", "")).startswith("2017"):
        return Unknown("the replicas of a global table of the version of 2017 are not read")
    return [
        Replica(
            region=one["RegionName"],
            account=one["ReplicaArn"].split(":")[4] if one.get("ReplicaArn") else account.id,
        )
        for one in table.get("Replicas") or []
        if one["RegionName"] != region
    ]


SERVICE = Service(
    name="DynamoDB",
    types=((Database, TABLE),),
    calls=(
        LIST_TABLES,
        DESCRIBE_TABLE,
        DESCRIBE_BACKUPS,
        GET_POLICY,
        LIST_TAGS,
        DESCRIBE_KEY,
        *ENDPOINT_CALLS,
        *PLAN_CALLS,
        *ALARM_CALLS,
    ),
    region=tables,
)
