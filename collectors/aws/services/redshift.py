"""Redshift: settings, audit logs and snapshots of clusters; and serverless warehouses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backup_selections import CALLS as PLAN_CALLS
from collectors.aws.backup_selections import Plan, Thing, read_backup_plans
from collectors.aws.bucket import RETENTION_CALLS
from collectors.aws.ec2_calls import DESCRIBE_VPCS
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.log_delivery import to_bucket, to_log_group
from collectors.aws.logic import Known, told
from collectors.aws.plan_backup import backup_by_plans
from collectors.aws.rds_joins import is_public, subnet_routes
from collectors.aws.rds_settings import Parameters, values
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, exposure, read_ground
from collectors.aws.redshift_facts import backup, is_audited, switch
from collectors.aws.redshift_workgroups import CALLS as SERVERLESS_CALLS
from collectors.aws.redshift_workgroups import NAMESPACE, WORKGROUP, workgroups
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.aws.services.rds import tenancy
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Logging, Tls

CLUSTER = "AWS::Redshift::Cluster"
_KEPT = (
    "ClusterIdentifier",
    "NodeType",
    "NumberOfNodes",
    "ClusterStatus",
    "ClusterCreateTime",
    "ClusterVersion",
    "Endpoint",
    "VpcId",
    "ClusterSubnetGroupName",
    "PubliclyAccessible",
    "EnhancedVpcRouting",
    "Encrypted",
    "KmsKeyId",
    "AutomatedSnapshotRetentionPeriod",
    "MultiAZ",
    "ClusterParameterGroups",
)


def _redshift(operation: str, result: str, scope: Scope = "region", *, paged: bool = True) -> Call:
    return Call(
        provider="aws",
        service="redshift",
        operation=operation,
        permission=f"redshift:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_CLUSTERS = _redshift("DescribeClusters", "Clusters")
DESCRIBE_SUBNET_GROUPS = _redshift("DescribeClusterSubnetGroups", "ClusterSubnetGroups")
DESCRIBE_PARAMETERS = _redshift("DescribeClusterParameters", "Parameters", "resource")
DESCRIBE_LOGGING = _redshift("DescribeLoggingStatus", "", "resource", paged=False)

_DEDICATED = Unknown("whether Redshift uses the dedicated hardware of the VPC is not told")
_MINIMUM = Unknown("the lowest TLS version of Redshift is not told")
_TABLES = Unknown("the audit log goes to tables of S3, which are not read")

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the clusters of a region are joined with."""

    ground: Ground
    tenancies: dict[str, str] | Unknown
    subnet_groups: dict[str, Item] | Unknown
    plans: list[Plan] | Unknown
    alarms: Alarms | Unknown


def warehouses(account: Account, region: str) -> Iterable[Document]:
    """Documents of the clusters and of the serverless warehouses of a region."""
    yield from clusters(account, region)
    yield from workgroups(account, region)


def clusters(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    found = account.read(DESCRIBE_CLUSTERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, CLUSTER)
        return
    if not found:
        return
    around = _around(account, region)
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _around(account: Account, region: str) -> _Around:
    return _Around(
        ground=read_ground(account, region),
        tenancies=then(
            account.read(DESCRIBE_VPCS, region),
            lambda found: {vpc["VpcId"]: vpc["InstanceTenancy"] for vpc in found},
        ),
        subnet_groups=then(
            account.read(DESCRIBE_SUBNET_GROUPS, region),
            lambda found: {group["ClusterSubnetGroupName"]: group for group in found},
        ),
        plans=read_backup_plans(account, region),
        alarms=read_alarms(account, region),
    )


def _document(account: Account, region: str, item: Item, around: _Around) -> Document:
    name = item["ClusterIdentifier"]
    arn = account.arn("redshift", region, f"cluster:{name}")
    tags = tags_of(item.get("Tags"))
    parameters = read_parameters(account, region, item)
    group = subnet_group(item, around.subnet_groups)
    vpc_id = item.get("VpcId") or then(group, lambda known: known.get("VpcId"))
    subnets = then(
        group, lambda known: [one["SubnetIdentifier"] for one in known.get("Subnets", [])]
    )
    return account.document(
        Database(
            engine="redshift",
            engine_version=told(item, "ClusterVersion"),
            network_kind=then(vpc_id, lambda known: "vpc" if known else "classic"),
            exposure=exposure(_is_public(item, subnets, vpc_id, around.ground)),
            allow_list=[],
            private_endpoint=then(vpc_id, bool),
            # Databases ask for a password or a token of IAM (management guide, "Managing users").
            authentication=True,
            tls=Tls(
                minimum=_MINIMUM,
                required=then(parameters, lambda known: switch(known, "require_ssl")),
                policy=None,
            ),
            encryption=_encryption(account, region, item),
            audit_log=_audit_log(account, region, name, parameters),
            alarms=watching(around.alarms, [("ClusterIdentifier", name)], ("AWS/Redshift",)),
            backup=backup(
                item, account.id, backup_by_plans(around.plans, Thing("Redshift", arn, tags))
            ),
            multi_zone=then(told(item, "MultiAZ"), lambda word: str(word).lower() == "enabled"),
            replicas=[],
            guard_instance=None,
            deletion_protection=None,
            auto_minor_upgrade=told(item, "AllowVersionUpgrade"),
            tenancy=then(
                vpc_id,
                lambda known: then(
                    then(around.tenancies, lambda all_: tenancy(all_, known)), _shared
                ),
            ),
            subnet_routes_to_internet=then(
                subnets,
                lambda found: then(
                    vpc_id, lambda known: subnet_routes(found, known, around.ground)
                ),
            ),
            firewall_ids=[one["VpcSecurityGroupId"] for one in item["VpcSecurityGroups"]],
        ),
        id=arn,
        region=region,
        name=name,
        tags=tags,
        native_type=CLUSTER,
        native={key: item[key] for key in _KEPT if key in item},
    )


def subnet_group(item: Item, groups: dict[str, Item] | Unknown) -> Item | Unknown:
    """The subnet group of a cluster; empty where it has none, as outside of any VPC."""
    name = item.get("ClusterSubnetGroupName")
    if not name:
        return {}
    missing = Unknown(f"the subnet group {name} is not listed")
    return then(groups, lambda known: known.get(name, missing))


def _is_public(
    item: Item, subnets: list[str] | Unknown, vpc_id: str | Unknown | None, ground: Ground
) -> Known:
    """As for databases of RDS, whose answers have the same form."""
    if item.get("PubliclyAccessible") is False:
        return False
    doubt = also(subnets, vpc_id)
    if doubt:
        return doubt
    assert not isinstance(subnets, Unknown)
    assert not isinstance(vpc_id, Unknown)
    return is_public(item, subnets, vpc_id, ground)


def _shared(kind: str) -> Literal["shared"] | Unknown:
    return "shared" if kind == "shared" else _DEDICATED


def _encryption(account: Account, region: str, item: Item) -> Encryption:
    """Encryption with AES-256, by a key of KMS or of a hardware module (management guide)."""
    if item["Encrypted"] and (item.get("HsmStatus") or {}).get("Status"):
        return Encryption(
            enabled=True, key_manager="external", key_id=KEY_NOT_TOLD, algorithm="AES-256"
        )
    return at_rest(account, region, item["Encrypted"], item.get("KmsKeyId") or KEY_NOT_TOLD)


def read_parameters(account: Account, region: str, item: Item) -> Parameters | Unknown:
    """The parameters in force; unknown while a change waits for a restart."""
    groups = item.get("ClusterParameterGroups") or []
    if not groups:
        return Unknown("the database names no parameter group")
    name = groups[0]["ParameterGroupName"]
    if groups[0].get("ParameterApplyStatus") != "in-sync":
        return Unknown(f"a change of the parameter group {name} is not in force yet")
    found = account.read(DESCRIBE_PARAMETERS, region, name, ParameterGroupName=name)
    return then(found, values)


def _audit_log(
    account: Account, region: str, name: str, parameters: Parameters | Unknown
) -> Logging:
    status = account.read(DESCRIBE_LOGGING, region, name, ClusterIdentifier=name)
    if isinstance(status, Unknown):
        return Logging.unread(status)
    audits = is_audited(status, parameters)
    if isinstance(audits, Unknown):
        return Logging.unread(audits)
    if not audits:
        return Logging.off()
    kind = status.get("LogDestinationType", "s3")
    if kind == "cloudwatch":
        return to_log_group(account, region, f"/aws/redshift/cluster/{name}/useractivitylog")
    if kind != "s3" or not status.get("BucketName"):
        return Logging.unread(_TABLES)
    return to_bucket(account, status["BucketName"], status.get("S3KeyPrefix") or "")


SERVICE = Service(
    name="Redshift",
    types=((Database, CLUSTER), (Database, WORKGROUP), (Database, NAMESPACE)),
    calls=(
        DESCRIBE_CLUSTERS,
        DESCRIBE_SUBNET_GROUPS,
        DESCRIBE_PARAMETERS,
        DESCRIBE_LOGGING,
        DESCRIBE_VPCS,
        DESCRIBE_LOG_GROUPS,
        DESCRIBE_KEY,
        *RETENTION_CALLS,
        *REACHABILITY_CALLS,
        *PLAN_CALLS,
        *ALARM_CALLS,
        *SERVERLESS_CALLS,
    ),
    region=warehouses,
)
