"""What a database of RDS is joined with: its network, parameters, options, logs and replicas."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.ec2_calls import DESCRIBE_VPCS
from collectors.aws.log_group import retention_days
from collectors.aws.logic import Known, every, some, told
from collectors.aws.rds_calls import (
    DESCRIBE_CLUSTER_PARAMETERS,
    DESCRIBE_CLUSTERS,
    DESCRIBE_GLOBAL_CLUSTERS,
    DESCRIBE_OPTION_GROUPS,
    DESCRIBE_PARAMETERS,
)
from collectors.aws.rds_settings import (
    Parameters,
    audit_enabled,
    audited_by_option,
    engine_of,
    values,
)
from collectors.aws.reachability import (
    Ground,
    firewall_open,
    lets_in,
    read_ground,
    routes_to_internet,
)
from collectors.document import Unknown, then
from collectors.facts.shared import Logging, Replica

Item = dict[str, Any]

_NO_SUBNET = Unknown("the API does not name the subnets of this database")


class Around(Struct, frozen=True):
    """What databases of a region are joined with; each part may be unknown."""

    ground: Ground
    clusters: dict[str, Item] | Unknown
    """Clusters by identifier."""
    tenancy: dict[str, str] | Unknown
    """The instance tenancy of each VPC."""


def read_around(account: Account, region: str) -> Around:
    """Read what databases of a region are joined with."""
    return Around(
        ground=read_ground(account, region),
        clusters=then(
            account.read(DESCRIBE_CLUSTERS, region),
            lambda found: {cluster["DBClusterIdentifier"]: cluster for cluster in found},
        ),
        tenancy=then(
            account.read(DESCRIBE_VPCS, region),
            lambda found: {vpc["VpcId"]: vpc["InstanceTenancy"] for vpc in found},
        ),
    )


def cluster_of(around: Around, identifier: str) -> Item | Unknown:
    """The cluster of that identifier, which may be newer than the list of clusters."""
    missing = Unknown(f"the cluster {identifier} is not listed")
    return then(around.clusters, lambda known: known.get(identifier, missing))


def is_public(item: Item, subnets: list[str], vpc_id: str | None, ground: Ground) -> Known:
    """Whether the internet reaches a database instance: a public address, the way to it, and a
    firewall that is open at its port. Instances in both IP versions have private IPv6 addresses
    only (RDS user guide, "RDS IP addressing")."""
    if item.get("PubliclyAccessible") is False:
        return False
    if vpc_id is None:
        return Unknown("the database has a public address outside of any VPC")
    if not subnets:
        return _NO_SUBNET
    groups = [group["VpcSecurityGroupId"] for group in item["VpcSecurityGroups"]]
    port = (item.get("Endpoint") or {}).get("Port") or item.get("DbInstancePort") or None
    return every(
        [
            told(item, "PubliclyAccessible"),
            some(lets_in(ground, subnet, vpc_id, 4) for subnet in subnets),
            firewall_open(ground, groups, 4, port),
        ]
    )


def subnet_routes(subnets: list[str], vpc_id: str | None, ground: Ground) -> Known:
    """Whether any subnet that the database may stand in leads to an internet gateway."""
    if vpc_id is None:
        return Unknown("the database stands outside of any VPC")
    if not subnets:
        return _NO_SUBNET
    return some(
        routes_to_internet(ground, subnet, vpc_id, version)
        for subnet in subnets
        for version in (4, 6)
    )


def read_parameters(
    account: Account, region: str, item: Item, cluster: Item
) -> Parameters | Unknown:
    """The parameters in force: the cluster's, or else the instance's. Unknown while a change waits
    for a restart, because the group then tells what will be."""
    identifier = item.get("DBInstanceIdentifier")
    if "DBClusterParameterGroup" in cluster:
        name = cluster["DBClusterParameterGroup"]
        states = [
            member["DBClusterParameterGroupStatus"]
            for member in cluster["DBClusterMembers"]
            if member["DBInstanceIdentifier"] == identifier
        ]
        call, key = DESCRIBE_CLUSTER_PARAMETERS, "DBClusterParameterGroupName"
    else:
        groups = item.get("DBParameterGroups") or []
        if not groups:
            return Unknown("the database names no parameter group")
        group = groups[0]
        name, states = group["DBParameterGroupName"], [group["ParameterApplyStatus"]]
        call, key = DESCRIBE_PARAMETERS, "DBParameterGroupName"
    if any(state != "in-sync" for state in states):
        return Unknown(f"a change of the parameter group {name} is not in force yet")
    return then(account.read(call, region, name, **{key: name}), values)


def replicas(account: Account, region: str, item: Item, cluster: Item) -> list[Replica] | Unknown:
    """The read replicas of an instance or its cluster, and the other members of a global one."""
    names = [
        *item.get("ReadReplicaDBInstanceIdentifiers", []),
        *item.get("ReadReplicaDBClusterIdentifiers", []),
    ]
    if "DBClusterArn" in cluster:
        names.extend(cluster.get("ReadReplicaIdentifiers", []))
        found = account.read(DESCRIBE_GLOBAL_CLUSTERS, region)
        if isinstance(found, Unknown):
            return found
        names.extend(global_members(found, cluster["DBClusterArn"]))
    return [_replica(account, region, name) for name in sorted(set(names))]


def global_members(clusters: list[Item], arn: str) -> list[str]:
    """The other clusters of the global cluster that a cluster belongs to."""
    for cluster in clusters:
        members = [member["DBClusterArn"] for member in cluster["GlobalClusterMembers"]]
        if arn in members:
            return [member for member in members if member != arn]
    return []


def _replica(account: Account, region: str, name: str) -> Replica:
    """A replica by its ARN, or by its plain identifier in the same region."""
    if not name.startswith("arn:"):
        return Replica(region=region, account=account.id)
    parts = name.split(":")
    return Replica(region=parts[3], account=parts[4])


def audit_log(
    account: Account,
    region: str,
    item: Item,
    cluster: Item,
    parameters: Parameters | Unknown,
) -> Logging:
    """Where the audit log of a database goes: a database activity stream, or CloudWatch Logs."""
    source = cluster if cluster.get("ActivityStreamStatus") == "started" else item
    if source.get("ActivityStreamStatus") == "started":
        stream = account.arn(
            "kinesis", region, f"stream/{source['ActivityStreamKinesisStreamName']}"
        )
        unread = Unknown("how long the activity stream is kept is decided by its consumer")
        return _logging(account, region, stream, unread)
    exports = cluster.get("EnabledCloudwatchLogsExports", [])
    options = _options(account, region, item) if audited_by_option(item["Engine"]) else set()
    enabled = audit_enabled(item["Engine"], exports, parameters, options)
    if isinstance(enabled, Unknown):
        return Logging(
            enabled=enabled,
            destination=enabled,
            destination_account=enabled,
            destination_region=enabled,
            retention_days=enabled,
        )
    if not enabled:
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=None,
        )
    if engine_of(item["Engine"]) == "sqlserver":
        bucket = Unknown("SQL Server's audit goes to the bucket that its option names")
        return Logging(
            enabled=True,
            destination=bucket,
            destination_account=bucket,
            destination_region=bucket,
            retention_days=bucket,
        )
    group = log_group(item, cluster)
    return _logging(
        account,
        region,
        account.arn("logs", region, f"log-group:{group}"),
        retention_days(account, region, group),
    )


def _logging(
    account: Account, region: str, destination: str, kept: int | Unknown | None
) -> Logging:
    return Logging(
        enabled=True,
        destination=destination,
        destination_account=account.id,
        destination_region=region,
        retention_days=kept,
    )


def log_group(item: Item, cluster: Item) -> str:
    """The log group that the audit log is exported to (RDS, DocumentDB and Neptune user guides)."""
    engine = item["Engine"]
    log = "postgresql" if engine_of(engine) == "postgresql" else "audit"
    if engine in {"docdb", "neptune"}:
        return f"/aws/{engine}/{cluster['DBClusterIdentifier']}/{log}"
    if "DBClusterArn" in cluster:
        return f"/aws/rds/cluster/{cluster['DBClusterIdentifier']}/{log}"
    return f"/aws/rds/instance/{item['DBInstanceIdentifier']}/{log}"


def _options(account: Account, region: str, item: Item) -> set[str] | Unknown:
    """The names of the options of a database's option groups."""
    options: set[str] = set()
    for membership in item.get("OptionGroupMemberships", []):
        name = membership["OptionGroupName"]
        found = account.read(DESCRIBE_OPTION_GROUPS, region, name, OptionGroupName=name)
        if isinstance(found, Unknown):
            return found
        options.update(option["OptionName"] for group in found for option in group["Options"])
    return options
