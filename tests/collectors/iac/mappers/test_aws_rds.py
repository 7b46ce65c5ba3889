"""RDS: instances, clusters with their instances, parameter groups, snapshots."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents as stacks
from tests.collectors.iac.mappers.hand import block, documents, the, unknown

APPLY = Unknown("var.x is decided at apply")
CN = {"region": "cn-north-1"}


def network(*, route: str = "igw-1", source: str = "0.0.0.0/0", port: int = 3306) -> list[Block]:
    """A subnet group whose subnets have a route, and a security group `g`."""
    return [
        block("aws_vpc.v", {"cidr_block": "10.0.0.0/16"}),
        block("aws_subnet.s", {"vpc_id": Reference("aws_vpc.v"), "cidr_block": "10.0.1.0/24"}),
        block("aws_route_table.t", {"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": route}]}),
        block(
            "aws_route_table_association.a",
            {
                "subnet_id": Reference("aws_subnet.s"),
                "route_table_id": Reference("aws_route_table.t"),
            },
        ),
        block("aws_db_subnet_group.n", {"name": "n", "subnet_ids": [Reference("aws_subnet.s")]}),
        block(
            "aws_security_group.g",
            {
                "vpc_id": Reference("aws_vpc.v"),
                "ingress": [
                    {
                        "from_port": port,
                        "to_port": port,
                        "protocol": "tcp",
                        "cidr_blocks": [source],
                    }
                ],
            },
        ),
    ]


def instance(**values: Any) -> Block:
    usual = {"identifier": "orders", "engine": "mysql", "instance_class": "db.m5.large"}
    return block("aws_db_instance.db", usual | values, CN)


PLACED = {
    "db_subnet_group_name": Reference("aws_db_subnet_group.n", "name"),
    "vpc_security_group_ids": [Reference("aws_security_group.g")],
}


def test_a_good_instance() -> None:
    document = the(
        instance(
            engine="postgres",
            engine_version="16.3",
            **PLACED,
            multi_az=True,
            storage_encrypted=True,
            kms_key_id=Reference("aws_kms_key.k", "arn"),
            backup_retention_period=30,
            deletion_protection=True,
            parameter_group_name=Reference("aws_db_parameter_group.p", "name"),
            enabled_cloudwatch_logs_exports=["postgresql"],
        ),
        *network(),
        block("aws_kms_key.k", {}),
        block(
            "aws_db_parameter_group.p",
            {
                "parameter": [
                    {"name": "rds.force_ssl", "value": "1"},
                    {"name": "ssl_min_protocol_version", "value": "TLSv1.2"},
                    {"name": "log_statement", "value": "all"},
                ]
            },
        ),
        block(
            "aws_cloudwatch_log_group.l",
            {"name": "/aws/rds/instance/orders/postgresql", "retention_in_days": 180},
        ),
        block(
            "aws_db_instance_automated_backups_replication.r",
            {"source_db_instance_arn": Reference("aws_db_instance.db", "arn")},
            {"region": "cn-northwest-1"},
        ),
        block(
            "aws_db_instance.replica", {"replicate_source_db": Reference("aws_db_instance.db")}, CN
        ),
    )
    assert (document.region, document.country, document.name) == ("cn-north-1", "CN", "orders")
    assert document.facts == {
        "engine": "postgresql",
        "engine_version": "16.3",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": [],
        "private_endpoint": True,
        "authentication": True,
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "main.tf#aws_kms_key.k",
            "algorithm": "AES-256",
        },
        "audit_log": {
            "enabled": True,
            "destination": "main.tf#aws_cloudwatch_log_group.l",
            "destination_account": "template",
            "destination_region": "cn-north-1",
            "retention_days": 180,
        },
        "backup": {
            "enabled": True,
            "retention_days": 30,
            "point_in_time": True,
            "copies": [
                {"region": "cn-northwest-1", "account": "template", "kind": "automated-backup"}
            ],
        },
        "multi_zone": True,
        "replicas": [{"region": "cn-north-1", "account": "template"}],
        "guard_instance": None,
        "deletion_protection": True,
        "auto_minor_upgrade": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": True,
        "firewall_ids": ["main.tf#aws_security_group.g"],
    }
    assert set(unknown(document)) == {"alarms"}


def test_nothing_but_what_is_required() -> None:
    document = the(instance())
    facts = document.facts
    assert facts["encryption"]["enabled"] is False
    assert facts["backup"]["retention_days"] == 0
    assert facts["backup"]["enabled"] is False
    assert facts["multi_zone"] is False
    assert facts["deletion_protection"] is False
    assert facts["audit_log"]["enabled"] is False
    assert facts["exposure"] == {"public": False, "via": []}
    for path in ("tls/required", "tls/minimum", "tenancy", "firewall_ids", "engine_version"):
        assert path in unknown(document), path


@pytest.mark.parametrize(
    ("port", "source", "route", "public"),
    [
        (3306, "0.0.0.0/0", "igw-1", True),
        (3306, "10.0.0.0/8", "igw-1", False),
        (22, "0.0.0.0/0", "igw-1", False),
        (3306, "0.0.0.0/0", "nat-1", False),
    ],
)
def test_reach_takes_address_route_and_firewall(
    port: int, source: str, route: str, public: bool
) -> None:
    blocks = network(port=port, source=source, route=route)
    document = the(instance(publicly_accessible=True, **PLACED), *blocks)
    assert document.facts["exposure"]["public"] is public
    private = the(instance(publicly_accessible=False, **PLACED), *blocks)
    assert private.facts["exposure"] == {"public": False, "via": []}


@pytest.mark.parametrize(
    "values",
    [
        {"publicly_accessible": True},
        {"publicly_accessible": True, "db_subnet_group_name": "elsewhere"},
        {"publicly_accessible": APPLY, **PLACED},
        {"publicly_accessible": True, **PLACED, "vpc_security_group_ids": ["sg-elsewhere"]},
        {"publicly_accessible": True, **PLACED, "vpc_security_group_ids": APPLY},
        {"publicly_accessible": True, **PLACED, "vpc_security_group_ids": []},
    ],
)
def test_what_is_not_told_of_its_reach_is_unknown(values: dict[str, Any]) -> None:
    document = the(instance(**values), *network())
    assert "exposure/public" in unknown(document)


def test_one_open_group_beside_an_unseen_one_is_open() -> None:
    groups = ["sg-elsewhere", Reference("aws_security_group.g")]
    document = the(
        instance(publicly_accessible=True, **(PLACED | {"vpc_security_group_ids": groups})),
        *network(),
    )
    assert document.facts["exposure"]["public"] is True


@pytest.mark.parametrize(
    "source",
    [
        {"snapshot_identifier": "snap"},
        {"replicate_source_db": "arn:aws-cn:rds:cn-north-1:1:db:x"},
        {"restore_to_point_in_time": [{"use_latest_restorable_time": True}]},
    ],
)
def test_a_copy_is_as_its_source_which_is_not_seen(source: dict[str, Any]) -> None:
    document = the(instance(**source))
    assert {"encryption/enabled", "backup/retention_days"} <= set(unknown(document))


def test_a_replica_is_encrypted_as_its_source() -> None:
    replica = block("aws_db_instance.r", {"replicate_source_db": Reference("aws_db_instance.db")})
    for encrypted in (True, False):
        document = the(replica, instance(storage_encrypted=encrypted))
        assert document.facts["encryption"]["enabled"] is encrypted


def test_values_of_apply_are_unknown() -> None:
    names = (
        "engine", "engine_version", "storage_encrypted", "backup_retention_period", "multi_az",
        "deletion_protection", "auto_minor_version_upgrade", "publicly_accessible",
        "enabled_cloudwatch_logs_exports", "parameter_group_name",
    )  # fmt: skip
    document = the(instance(**dict.fromkeys(names, APPLY)))
    assert {
        "engine", "engine_version", "encryption/enabled", "backup/enabled", "multi_zone",
        "deletion_protection", "auto_minor_upgrade", "audit_log/enabled", "tls",
    } <= set(unknown(document))  # fmt: skip


@pytest.mark.parametrize(
    ("engine", "parameters", "required"),
    [
        ("postgres", {"rds.force_ssl": "0"}, False),
        ("mysql", {"require_secure_transport": "ON"}, True),
        ("mysql", {"require_secure_transport": "OFF"}, False),
        ("MySQL", {"require_secure_transport": "OFF"}, False),
        ("mysql", {}, None),
        ("postgres", {"rds.force_ssl": APPLY}, None),
    ],
)
def test_tls(engine: str, parameters: dict[str, Any], required: bool | None) -> None:
    group = block(
        "aws_db_parameter_group.p",
        {"name": "p", "parameter": [{"name": k, "value": v} for k, v in parameters.items()]},
    )
    by_name = the(instance(engine=engine, parameter_group_name="p"), group)
    by_reference = the(
        instance(engine=engine, parameter_group_name=Reference("aws_db_parameter_group.p")), group
    )
    assert by_name.facts["tls"] == by_reference.facts["tls"]
    if required is None:
        assert "tls/required" in unknown(by_name)
    else:
        assert by_name.facts["tls"]["required"] is required


@pytest.mark.parametrize("name", ["default.mysql8.0", "elsewhere", APPLY])
def test_parameters_that_are_not_written_here(name: Any) -> None:
    assert "tls/required" in unknown(the(instance(parameter_group_name=name)))


def test_mysql_audits_by_its_option() -> None:
    exports = {"enabled_cloudwatch_logs_exports": ["audit"]}
    options = block("aws_db_option_group.o", {"option": [{"option_name": "MARIADB_AUDIT_PLUGIN"}]})
    named = Reference("aws_db_option_group.o", "name")
    audited = the(instance(**exports, option_group_name=named), options)
    assert audited.facts["audit_log"]["enabled"] is True
    assert audited.facts["audit_log"]["destination"] == "/aws/rds/instance/orders/audit"
    assert "audit_log/retention_days" in unknown(audited)
    assert the(instance(**exports)).facts["audit_log"]["enabled"] is False
    assert "audit_log/enabled" in unknown(the(instance(**exports, option_group_name="elsewhere")))
    some = the(instance(enabled_cloudwatch_logs_exports=["error", APPLY]))
    assert "audit_log/enabled" in unknown(some)


def cluster(**values: Any) -> Block:
    usual = {"cluster_identifier": "core", "engine": "aurora-mysql"}
    return block("aws_rds_cluster.c", usual | values, CN)


def member(name: str, **values: Any) -> Block:
    usual: dict[str, Any] = {
        "identifier": name,
        "cluster_identifier": Reference("aws_rds_cluster.c"),
    }
    return block(f"aws_rds_cluster_instance.{name}", usual | values, CN)


def test_a_cluster_decides_for_its_instances() -> None:
    found = documents(
        cluster(
            storage_encrypted=True, backup_retention_period=14, deletion_protection=True, **PLACED
        ),
        member("a", availability_zone="cn-north-1a", publicly_accessible=True),
        member("b", availability_zone="cn-north-1b"),
        *network(),
    )
    one, two = (each for each in found if each.type == "database.instance")
    assert (one.name, two.name) == ("a", "b")
    for each in (one, two):
        assert each.facts["encryption"]["enabled"] is True
        assert each.facts["backup"]["retention_days"] == 14
        assert each.facts["multi_zone"] is True
        assert each.facts["deletion_protection"] is True
    assert one.facts["exposure"]["public"] is True
    assert two.facts["exposure"]["public"] is False


@pytest.mark.parametrize(
    ("zones", "spread"),
    [
        (["cn-north-1a"], False),
        (["cn-north-1a", "cn-north-1a"], False),
        (["cn-north-1a", "cn-north-1b"], True),
        ([None, None], None),
        (["cn-north-1a", None], None),
        (["cn-north-1a", APPLY], None),
    ],
)
def test_zones_of_a_cluster(zones: list[Any], spread: bool | None) -> None:
    members = [member(f"m{i}", availability_zone=zone) for i, zone in enumerate(zones)]
    document = documents(cluster(), *members)[0]
    if spread is None:
        assert "multi_zone" in unknown(document)
    else:
        assert document.facts["multi_zone"] is spread


def test_a_cluster_without_instances_stands_for_itself() -> None:
    document = the(cluster())
    assert document.facts["exposure"] == {"public": False, "via": []}
    assert document.facts["backup"]["retention_days"] == 1
    three = the(cluster(engine="mysql", db_cluster_instance_class="db.r6gd.large"))
    assert three.facts["multi_zone"] is True


def test_aurora_not_asked_to_encrypt_depends_on_its_age() -> None:
    for written in ({}, {"storage_encrypted": False}):
        assert "encryption/enabled" in unknown(the(cluster(**written)))
        other = the(cluster(engine="mysql", **written))
        assert other.facts["encryption"]["enabled"] is False


def test_an_instance_of_a_cluster_elsewhere_is_unknown() -> None:
    document = the(member("a", publicly_accessible=True))
    assert {"exposure/public", "encryption", "backup", "tls"} <= set(unknown(document))
    assert the(member("a")).facts["exposure"]["public"] is False


ABROAD = {"region": "eu-west-1"}
ARN = "arn:aws-cn:rds:cn-north-1:123456789012"
GROUP = "aws_rds_global_cluster.g"
OF_GROUP = {"global_cluster_identifier": Reference(GROUP, "id")}


@pytest.mark.parametrize(
    ("argument", "source"),
    [
        ("replicate_source_db", f"{ARN}:db:orders"),
        ("replication_source_identifier", f"{ARN}:db:orders"),
        ("replicate_source_db", Reference("aws_db_instance.db", "arn")),
        # In other regions others may have the name.
        ("replicate_source_db", "orders"),
        ("replicate_source_db", f"{ARN.replace('north', 'northwest')}:db:orders"),
        ("replicate_source_db", f"{ARN}:db:goods"),
    ],
)
def test_replicas_by_the_name_of_their_source(argument: str, source: Any) -> None:
    kind = "aws_db_instance" if argument == "replicate_source_db" else "aws_rds_cluster"
    replica = block(f"{kind}.r", {argument: source}, ABROAD)
    own = block("aws_db_instance.db", {"identifier": "orders"}, CN)
    found = [each["region"] for each in documents(own, replica)[0].facts["replicas"]]
    is_own = source in (f"{ARN}:db:orders", Reference("aws_db_instance.db", "arn"))
    assert found == (["eu-west-1"] if is_own else [])
    near = block(f"{kind}.r", {argument: source}, CN)
    found = [each["region"] for each in documents(own, near)[0].facts["replicas"]]
    assert found == (["cn-north-1"] if is_own or source == "orders" else [])


@pytest.mark.parametrize("source", [f"{ARN}:cluster:c", Reference("aws_rds_cluster.c", "arn")])
def test_clusters_of_a_global_one_that_is_made_from_a_cluster(source: Any) -> None:
    """The first cluster does not name the global one: that names it."""
    own = block("aws_rds_cluster.c", {"cluster_identifier": "c"}, CN)
    group = {"global_cluster_identifier": "all", "source_db_cluster_identifier": source}
    around = block(GROUP, group)
    other = block("aws_rds_cluster.o", OF_GROUP, ABROAD)
    found = documents(own, around, other)[0].facts["replicas"]
    assert [each["region"] for each in found] == ["eu-west-1"]
    assert "replicas/0" in unknown(documents(own, around)[0])
    perhaps = block("aws_rds_cluster.o", {"global_cluster_identifier": APPLY}, ABROAD)
    assert "replicas/0" in unknown(documents(own, around, perhaps)[0])
    alone = block(GROUP, {"global_cluster_identifier": "all"})
    assert documents(own, alone, other)[0].facts["replicas"] == []


def test_clusters_that_write_one_global_cluster_in_two_ways() -> None:
    own = block("aws_rds_cluster.c", OF_GROUP, CN)
    other = block("aws_rds_cluster.o", {"global_cluster_identifier": "all"}, ABROAD)
    found = documents(own, block(GROUP, {"global_cluster_identifier": "all"}), other)[0]
    assert [each["region"] for each in found.facts["replicas"]] == ["eu-west-1"]


def test_a_replica_of_a_source_whose_name_is_not_known() -> None:
    own = block("aws_db_instance.db", {"identifier": APPLY}, CN)
    replica = block("aws_db_instance.r", {"replicate_source_db": f"{ARN}:db:orders"}, ABROAD)
    assert "replicas" in unknown(documents(own, replica)[0])


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  First: {Type: AWS::RDS::DBCluster, Properties: {Engine: mysql}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {SourceDBClusterIdentifier: !Ref First}}
  Main: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  All: {Type: AWS::RDS::GlobalCluster, Properties: {SourceDBClusterIdentifier: !Ref Main}}
  More:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref All}
"""


def test_replicas_of_clusters_in_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = stacks(folder)[1]
    assert [len(found[name].facts["replicas"]) for name in ("First", "Main", "More")] == [1, 1, 1]


def test_snapshots() -> None:
    shared = block(
        "aws_db_snapshot.s",
        {
            "db_snapshot_identifier": "before",
            "db_instance_identifier": Reference("aws_db_instance.db", "identifier"),
            "shared_accounts": ["all"],
        },
        CN,
    )
    document = the(shared, instance(storage_encrypted=True))
    assert document.name == "before"
    assert document.facts["shared_with"] == ["all"]
    assert document.facts["encryption"]["enabled"] is True
    clear = documents(instance(), shared)[1]
    assert clear.facts["encryption"]["enabled"] is False
    elsewhere = the(block("aws_db_snapshot.s", {"db_instance_identifier": "x"}))
    assert elsewhere.facts["shared_with"] == []
    assert "encryption/enabled" in unknown(elsewhere)
    copy = block(
        "aws_db_snapshot_copy.c",
        {"kms_key_id": Reference("aws_kms_key.k"), "shared_accounts": APPLY},
    )
    found = the(copy, block("aws_kms_key.k", {}))
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert "shared_with" in unknown(found)
    partner = [Reference("data.aws_ssm_parameter.partner", "value"), "111122223333"]
    found = the(block("aws_db_snapshot.s", {"shared_accounts": partner}))
    assert found.facts["shared_with"] == [None, "111122223333"]
