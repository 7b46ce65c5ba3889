"""Databases over real HTTP, and what they are joined with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.backup_selections import Thing
from collectors.aws.logic import Known
from collectors.aws.rds_backup import backup, thing_of
from collectors.aws.rds_joins import (
    Around,
    cluster_of,
    global_members,
    is_public,
    log_group,
    read_parameters,
    subnet_routes,
)
from collectors.aws.reachability import Ground
from collectors.aws.services.rds import authentication, databases
from collectors.aws.services.rds_snapshots import snapshots
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Document, Unknown
from collectors.facts.shared import Backup, BackupCopy, Rule
from tests.collectors.aws.conftest import Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
ARN = f"arn:aws-cn:rds:{REGION}:123456789012"
NO_COPY = "RDS replicates no backup itself; copies made by other means are not told"


def default(name: str) -> str:
    return f"the parameter {name} has no value of its own: the engine's default holds"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def filled(client: Client) -> dict[str, str]:
    """A public PostgreSQL with a snapshot shared with everyone, and an Aurora cluster without
    instances."""
    ec2, rds = client("ec2", REGION), client("rds", REGION)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    subnets = [item["SubnetId"] for item in ec2.describe_subnets()["Subnets"]][:2]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.describe_route_tables()["RouteTables"][0]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    group = ec2.create_security_group(GroupName="db", Description="db", VpcId=vpc)["GroupId"]
    ports = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432}
    ec2.authorize_security_group_ingress(
        GroupId=group, IpPermissions=[{**ports, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    )
    key = client("kms", REGION).create_key()["KeyMetadata"]["Arn"]
    rds.create_db_subnet_group(
        DBSubnetGroupName="both", DBSubnetGroupDescription="both", SubnetIds=subnets
    )
    rds.create_db_instance(
        DBInstanceIdentifier="ledger",
        Engine="postgres",
        EngineVersion="16.3",
        DBInstanceClass="db.m5.large",
        AllocatedStorage=20,
        Port=5432,
        MasterUsername="owner",
        MasterUserPassword="correct-horse",
        DBSubnetGroupName="both",
        VpcSecurityGroupIds=[group],
        PubliclyAccessible=True,
        StorageEncrypted=True,
        KmsKeyId=key,
        BackupRetentionPeriod=7,
        MultiAZ=True,
        Tags=[{"Key": "system", "Value": "bank"}],
    )
    rds.create_db_cluster(
        DBClusterIdentifier="archive",
        Engine="aurora-mysql",
        EngineVersion="8.0.mysql_aurora.3.04.0",
        MasterUsername="owner",
        MasterUserPassword="correct-horse",
    )
    rds.create_db_cluster(
        DBClusterIdentifier="graph",
        Engine="neptune",
        EngineVersion="1.3.2.1",
        StorageEncrypted=True,
        BackupRetentionPeriod=14,
    )
    rds.create_db_instance(
        DBInstanceIdentifier="graph-1",
        DBClusterIdentifier="graph",
        Engine="neptune",
        DBInstanceClass="db.r5.large",
    )
    rds.create_db_snapshot(DBInstanceIdentifier="ledger", DBSnapshotIdentifier="by-hand")
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier="by-hand", AttributeName="restore", ValuesToAdd=["all"]
    )
    rds.create_db_cluster_snapshot(
        DBClusterIdentifier="archive", DBClusterSnapshotIdentifier="of-archive"
    )
    return {"key": key, "group": group}


@pytest.fixture
def collected(filled: dict[str, str], proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The documents of a collector by name, after the denials that the test wants."""

    def collect(collector: Any, *denied: str) -> dict[str, Document]:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        return {item.name: item for item in collector(open_account(proxy.url, REGION), REGION)}

    return collect


def test_a_public_database(collected: Any, filled: dict[str, str]) -> None:
    found = collected(databases)["ledger"]
    assert (found.id, found.tags) == (f"{ARN}:db:ledger", {"system": "bank"})
    assert found.facts == {
        "engine": "postgresql",
        "engine_version": "16.3",
        "network_kind": "vpc",
        "exposure": {"public": True, "via": ["public-ip+route+firewall"]},
        "allow_list": [],
        "private_endpoint": True,
        "authentication": True,
        "tls": {"policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": filled["key"],
            "algorithm": "AES-256",
        },
        "audit_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": None,
        },
        "backup": {"enabled": True, "retention_days": 7, "point_in_time": True},
        "alarms": 0,
        "multi_zone": True,
        "replicas": [],
        "guard_instance": None,
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": True,
        "firewall_ids": [filled["group"]],
    }
    assert found.unknown == {
        "version_supported": "not collected by this version",
        "tls/minimum": default("ssl_min_protocol_version"),
        "tls/required": default("rds.force_ssl"),
        "backup/copies": NO_COPY,
    }
    assert "correct-horse" not in str(found)


def test_a_cluster_without_instances_is_not_forgotten(collected: Any) -> None:
    found = collected(databases)["archive"]
    assert (found.id, found.native_type) == (f"{ARN}:cluster:archive", "AWS::RDS::DBCluster")
    assert {name: found.facts[name] for name in ("engine", "exposure", "encryption", "backup")} == {
        "engine": "mysql",
        "exposure": {"public": False, "via": []},
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "backup": {"enabled": True, "retention_days": 1, "point_in_time": True},
    }
    assert found.facts["subnet_routes_to_internet"] is None
    assert found.unknown["tenancy"] == "a cluster without instances runs on no hardware"


def test_a_cluster_of_neptune_appears_once_by_its_instance(collected: Any) -> None:
    found = collected(databases)
    assert {name for name in found if "graph" in name} == {"graph-1"}
    graph = found["graph-1"].facts
    assert (graph["engine"], graph["authentication"]) == ("neptune", False)
    assert graph["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert graph["encryption"]["enabled"] is True
    assert graph["backup"]["retention_days"] == 14


def test_plans_that_cannot_be_listed(collected: Any) -> None:
    found = collected(databases, "ListBackupPlans")["ledger"]
    denied = "AccessDenied: backup:ListBackupPlans"
    assert found.facts["backup"] == {"enabled": True, "point_in_time": True}
    assert found.unknown["backup/retention_days"] == found.unknown["backup/copies"] == denied


@pytest.mark.parametrize(
    ("operation", "permission", "facts"),
    [
        (
            "DescribeDBParameters",
            "rds:DescribeDBParameters",
            {"tls/minimum", "tls/required"},
        ),
        (
            "DescribeRouteTables",
            "ec2:DescribeRouteTables",
            {"exposure/public", "exposure/via", "subnet_routes_to_internet"},
        ),
        (
            "DescribeSecurityGroups",
            "ec2:DescribeSecurityGroups",
            {"exposure/public", "exposure/via"},
        ),
        ("DescribeVpcs", "ec2:DescribeVpcs", {"tenancy"}),
        ("DescribeAlarms", "cloudwatch:DescribeAlarms", {"alarms"}),
        ("DescribeKey", "kms:DescribeKey", {"encryption/key_manager"}),
    ],
)
def test_a_denial_leaves_exactly_its_facts_unknown(
    operation: str, permission: str, facts: set[str], collected: Any
) -> None:
    unknown = collected(databases, operation)["ledger"].unknown
    reason = f"AccessDenied: {permission}"
    assert {path for path, why in unknown.items() if why == reason} == facts


def test_databases_that_cannot_be_listed_are_unlisted(collected: Any) -> None:
    found = collected(databases, "DescribeDBInstances", "DescribeDBClusters").values()
    assert [(item.native_type, item.unlisted, item.facts) for item in found] == [
        ("AWS::RDS::DBInstance", True, {}),
        ("AWS::RDS::DBCluster", True, {}),
    ]


def test_snapshots_and_with_whom_they_are_shared(collected: Any, filled: dict[str, str]) -> None:
    found = collected(snapshots)
    for document in found.values():
        assert document.facts.pop("created").endswith("Z")
    off = {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None}
    on = {
        "enabled": True,
        "key_manager": "customer",
        "key_id": filled["key"],
        "algorithm": "AES-256",
    }
    assert {document.id: (document.facts, document.unknown) for document in found.values()} == {
        f"{ARN}:snapshot:by-hand": ({"encryption": on, "shared_with": ["all"]}, {}),
        f"{ARN}:cluster-snapshot:of-archive": ({"encryption": off, "shared_with": []}, {}),
    }


def test_snapshots_whose_sharing_or_list_is_denied(collected: Any) -> None:
    found = collected(snapshots, "DescribeDBSnapshotAttributes", "DescribeDBClusterSnapshots")
    assert found["by-hand"].unknown == {
        "shared_with": "AccessDenied: rds:DescribeDBSnapshotAttributes"
    }
    assert [item.native_type for item in found.values() if item.unlisted] == [
        "AWS::RDS::DBClusterSnapshot"
    ]


OPEN = [
    Rule(direction="ingress", action="allow", from_port=3306, to_port=3306, sources=["0.0.0.0/0"])
]
ROUTE = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}
DENIED_CALL = Unknown("denied")


def ground(routes: Any, rules: Any) -> Ground:
    table = {"VpcId": "vpc-1", "Associations": [{"Main": True}], "Routes": routes}
    return Ground(subnets={}, tables=[table], rules=rules)


@pytest.mark.parametrize(
    ("public_address", "port", "around", "expected"),
    [
        (True, 3306, ground([ROUTE], {"sg-1": OPEN}), True),
        (False, 3306, ground([ROUTE], {"sg-1": OPEN}), False),
        (False, 3306, ground([ROUTE], DENIED_CALL), False),
        (True, 5432, ground([ROUTE], {"sg-1": OPEN}), False),
        (True, 3306, ground([], {"sg-1": OPEN}), False),
        (True, 3306, ground([], DENIED_CALL), False),
        (True, 3306, ground([ROUTE], DENIED_CALL), DENIED_CALL),
    ],
)
def test_a_database_is_public_by_address_route_and_firewall(
    public_address: bool, port: int, around: Ground, expected: Known
) -> None:
    item = {
        "PubliclyAccessible": public_address,
        "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}],
        "Endpoint": {"Port": port},
    }
    assert is_public(item, ["subnet-1"], "vpc-1", around) == expected


def test_a_network_that_is_not_told_does_not_make_a_database_private() -> None:
    around = ground([ROUTE], {"sg-1": OPEN})
    groups = [{"VpcSecurityGroupId": "sg-1"}]
    no_subnet = Unknown("the API does not name the subnets of this database")
    assert [
        is_public(
            {"PubliclyAccessible": True, "VpcSecurityGroups": named}, subnets, "vpc-1", around
        )
        for named, subnets in ((groups, []), ([], ["subnet-1"]))
    ] == [no_subnet, Unknown("the API does not name the security groups")]
    assert subnet_routes([], "vpc-1", around) == no_subnet


def test_what_an_answer_leaves_out_is_unknown(open_account: OpenAccount) -> None:
    around = Around(ground=ground([], {}), clusters={"known": {"Engine": "x"}}, tenancy={})
    assert cluster_of(around, "known") == {"Engine": "x"}
    assert cluster_of(around, "new") == Unknown("the cluster new is not listed")
    item = {"DBInstanceIdentifier": "one"}
    assert read_parameters(open_account("http://127.0.0.1:9"), REGION, item, item) == Unknown(
        "the database names no parameter group"
    )


def test_a_replicated_backup_names_where_it_is() -> None:
    arn = "arn:aws-cn:rds:cn-northwest-1:123456789012:auto-backup:ab-1"
    replicated = {
        "DBInstanceAutomatedBackupsReplications": [{"DBInstanceAutomatedBackupsArn": arn}]
    }
    copy = BackupCopy(region="cn-northwest-1", account="123456789012", kind="automated-backup")
    assert backup(replicated, {"BackupRetentionPeriod": 7}, NO_BACKUP) == Backup(
        enabled=True, retention_days=7, point_in_time=True, copies=[copy]
    )
    assert backup({}, {"BackupRetentionPeriod": 0}, NO_BACKUP) == Backup(
        enabled=False, retention_days=0, point_in_time=False, copies=Unknown(NO_COPY)
    )


def test_backups_of_plans_beside_those_of_the_database() -> None:
    copy = BackupCopy(region="cn-northwest-1", account="123456789012", kind="aws-backup")
    planned = Backup(enabled=True, retention_days=365, point_in_time=False, copies=[copy])
    assert backup({}, {"BackupRetentionPeriod": 7}, planned) == Backup(
        enabled=True, retention_days=365, point_in_time=True, copies=[copy]
    )
    assert backup({}, {"BackupRetentionPeriod": 0}, planned) == planned
    doubt = Backup(
        enabled=DENIED_CALL, retention_days=DENIED_CALL, point_in_time=False, copies=DENIED_CALL
    )
    assert backup({}, {"BackupRetentionPeriod": 0}, doubt) == doubt
    assert backup({}, {"BackupRetentionPeriod": 7}, doubt).enabled is True


@pytest.mark.parametrize(
    ("engine", "kind"),
    [
        ("aurora-mysql", "Aurora"),
        ("docdb", "DocumentDB"),
        ("neptune", "Neptune"),
        # A cluster of RDS in several zones.
        ("postgres", "RDS"),
    ],
)
def test_a_plan_takes_the_cluster_of_an_instance(engine: str, kind: str) -> None:
    tags = [{"Key": "a", "Value": "b"}]
    cluster = {"DBClusterArn": "arn:of:cluster", "Engine": engine, "TagList": tags}
    assert thing_of({"DBInstanceArn": "arn"}, cluster) == Thing(kind, "arn:of:cluster", {"a": "b"})
    alone = {"DBInstanceArn": "arn", "Engine": engine}
    assert thing_of(alone, alone) == Thing("RDS", "arn", {})


def test_neptune_authenticates_only_with_iam() -> None:
    off, on = ({"IAMDatabaseAuthenticationEnabled": flag} for flag in (False, True))
    assert [authentication("neptune", off), authentication("neptune", on)] == [False, True]
    assert authentication("postgres", off) is True


def test_the_other_members_of_a_global_cluster() -> None:
    clusters = [{"GlobalClusterMembers": [{"DBClusterArn": "a"}, {"DBClusterArn": "b"}]}]
    assert (global_members(clusters, "a"), global_members(clusters, "c")) == (["b"], [])


@pytest.mark.parametrize(
    ("engine", "cluster", "expected"),
    [
        ("postgres", {}, "/aws/rds/instance/one/postgresql"),
        ("mariadb", {}, "/aws/rds/instance/one/audit"),
        ("aurora-mysql", {"DBClusterArn": "-"}, "/aws/rds/cluster/all/audit"),
        ("docdb", {"DBClusterArn": "-"}, "/aws/docdb/all/audit"),
        ("neptune", {"DBClusterArn": "-"}, "/aws/neptune/all/audit"),
    ],
)
def test_the_log_group_of_an_audit(engine: str, cluster: dict[str, str], expected: str) -> None:
    item = {"Engine": engine, "DBInstanceIdentifier": "one"}
    assert log_group(item, {"DBClusterIdentifier": "all", **cluster}) == expected
