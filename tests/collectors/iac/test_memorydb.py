"""MemoryDB, DAX, DMS and RDS Proxy in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("known after apply")
OPEN = {"publicly_accessible": True, "vpc_security_group_ids": [Reference("aws_security_group.g")]}


def cluster(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_memorydb_cluster.c", values), *others)


def subnets(kind: str, naming: dict[str, Any], *zones: str) -> list[Any]:
    """A subnet group of a type over subnets of such zones, which lead to the internet."""
    names = [Reference(f"aws_subnet.{i}") for i, _ in enumerate(zones)]
    places = [
        block(f"aws_subnet.{i}", {"vpc_id": Reference("aws_vpc.v"), "availability_zone": zone})
        for i, zone in enumerate(zones)
    ]
    link = {
        "subnet_id": Reference("aws_subnet.0"),
        "route_table_id": Reference("aws_route_table.t"),
    }
    route = {"gateway_id": Reference("aws_internet_gateway.i"), "cidr_block": "0.0.0.0/0"}
    return [
        block(f"{kind}.s", naming | {"subnet_ids": names}),
        block("aws_vpc.v", {}),
        block("aws_internet_gateway.i", {"vpc_id": Reference("aws_vpc.v")}),
        block("aws_route_table.t", {"vpc_id": Reference("aws_vpc.v"), "route": [route]}),
        block("aws_route_table_association.a", link),
        *places,
    ]


def test_a_minimal_cluster() -> None:
    found = cluster({"acl_name": "open-access", "tls_enabled": False})
    assert found.facts["authentication"] is False
    assert found.facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.facts["backup"]["enabled"] is False
    assert "multi_zone" in found.unknown
    # No engine is documented to be taken where none is written; most versions are of one alone.
    assert "engine" in found.unknown
    for version, engine in (("7.1", "redis"), ("7.2.6", "valkey"), ("9.9", None)):
        assert cluster({"engine_version": version}).facts.get("engine") == engine


def user(**values: Any) -> Any:
    return block("aws_memorydb_user.u", {"user_name": "u", "access_string": "on ~* +@all"} | values)


@pytest.mark.parametrize(
    ("users", "asks"),
    [
        ([user(authentication_mode=[{"type": "iam"}])], True),
        ([user(authentication_mode=[{"type": "password", "passwords": [APPLY]}])], True),
        ([user(authentication_mode=[{"type": "no-password"}])], False),
        ([user(authentication_mode=[{"type": "no-password"}], access_string="off")], True),
        ([user(authentication_mode=APPLY)], None),
        ([], None),
    ],
)
def test_who_signs_in(users: list[Any], asks: bool | None) -> None:
    acl = block("aws_memorydb_acl.a", {"name": "staff", "user_names": ["u"]})
    assert cluster({"acl_name": "staff"}, acl, *users).facts.get("authentication") is asks


def test_lists_that_tell_less() -> None:
    default = block("aws_memorydb_acl.a", {"name": "staff", "user_names": ["default"]})
    assert cluster({"acl_name": "staff"}, default).facts["authentication"] is False
    nobody = block("aws_memorydb_acl.a", {"name": "staff", "user_names": []})
    for value, others in (("staff", [nobody]), ("elsewhere", []), (APPLY, [])):
        assert "authentication" in cluster({"acl_name": value}, *others).unknown


@pytest.mark.parametrize(
    ("values", "zones", "several"),
    [
        ({}, ("a", "b"), True),
        ({}, ("a", "a"), False),
        ({"num_replicas_per_shard": 0}, ("a", "b"), False),
        ({"num_replicas_per_shard": APPLY}, ("a", "b"), None),
        ({"num_replicas_per_shard": APPLY}, ("a", "a"), False),
    ],
)
def test_zones(values: dict[str, Any], zones: tuple[str, ...], several: bool | None) -> None:
    group = subnets("aws_memorydb_subnet_group", {"name": "s"}, *zones)
    found = cluster({"subnet_group_name": "s"} | values, *group)
    assert found.facts.get("multi_zone") is several
    assert found.facts["subnet_routes_to_internet"] is True


def test_multi_region_clusters() -> None:
    shared = block("aws_memorydb_multi_region_cluster.m", {})
    of = Reference("aws_memorydb_multi_region_cluster.m", "multi_region_cluster_name")
    here = {"multi_region_cluster_name": of, "region": "us-east-1"}
    there = block("aws_memorydb_cluster.d", here | {"region": "eu-west-1"})
    found = cluster(here, shared, there)
    assert [each["region"] for each in found.facts["replicas"]] == ["eu-west-1"]
    assert "replicas/0" in cluster(here, shared).unknown
    assert cluster({}).facts["replicas"] == []


def test_snapshots() -> None:
    own = the(block("aws_memorydb_snapshot.s", {"cluster_name": "core", "kms_key_arn": "alias/k"}))
    assert own.facts["shared_with"] == []
    assert own.facts["encryption"]["key_manager"] == "customer"
    other = the(block("aws_memorydb_snapshot.s", {"cluster_name": "core"}))
    assert other.facts["encryption"] == {"enabled": True, "algorithm": "AES-256"}


def dax(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_dax_cluster.c", {"cluster_name": "front"} | values), *others)


def test_dax() -> None:
    safe = {
        "server_side_encryption": [{"enabled": True}],
        "cluster_endpoint_encryption_type": "TLS",
        "replication_factor": 3,
        "availability_zones": ["a", "b", "c"],
    }
    found = dax(safe).facts
    assert found["encryption"]["key_manager"] == "provider"
    assert (found["tls"]["required"], found["multi_zone"]) == (True, True)
    least = dax({"replication_factor": 1}).facts
    assert least["encryption"]["enabled"] is False
    assert least["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert least["multi_zone"] is False
    open_ = dax(dict.fromkeys(safe, APPLY))
    assert {"encryption/enabled", "tls/required", "tls/minimum", "multi_zone"} <= set(open_.unknown)
    group = subnets("aws_dax_subnet_group", {"name": "s"}, "a", "a")
    assert dax({"subnet_group_name": "s"}, *group).facts["multi_zone"] is False


def dms(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_dms_replication_instance.i", values), *others)


def test_dms() -> None:
    found = dms({"kms_key_arn": Reference("aws_kms_key.k", "arn")}, block("aws_kms_key.k", {}))
    assert found.facts["exposure"]["public"] is False
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert (found.facts["multi_zone"], found.facts["auto_minor_upgrade"]) == (False, False)
    assert (found.facts["authentication"], found.facts["tls"]) == (None, None)
    assert dms({}).facts["encryption"]["key_manager"] == "provider"
    rule = {"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}
    naming = {"replication_subnet_group_id": "s"}
    around = subnets("aws_dms_replication_subnet_group", naming, "a")
    group = block("aws_security_group.g", {"ingress": [rule]})
    open_ = dms(OPEN | naming, group, *around)
    assert open_.facts["exposure"]["public"] is True
    closed = dms(OPEN | naming, block("aws_security_group.g", {"ingress": []}), *around)
    assert closed.facts["exposure"]["public"] is False
    assert (
        "exposure/public"
        in dms(OPEN | {"publicly_accessible": APPLY} | naming, group, *around).unknown
    )
    # By IPv6 no public address has to be asked for.
    dual = {"network_type": "DUAL", "vpc_security_group_ids": OPEN["vpc_security_group_ids"]}
    assert dms(dual | naming, group, *around).facts["exposure"]["public"] is True


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: core
      NodeType: db.t4g.small
      Engine: valkey
      ACLName: {Ref: List}
      SubnetGroupName: {Ref: Subnets}
      SnapshotRetentionLimit: 30
      Tags: [{Key: system, Value: bank}]
  List: {Type: AWS::MemoryDB::ACL, Properties: {ACLName: staff, UserNames: [{Ref: Someone}]}}
  Someone:
    Type: AWS::MemoryDB::User
    Properties: {UserName: app, AccessString: on ~*, AuthenticationMode: {Type: iam}}
  Subnets: {Type: AWS::MemoryDB::SubnetGroup, Properties: {SubnetIds: [subnet-1]}}
  Named: {Type: AWS::MemoryDB::Cluster, Properties: {ACLName: staff}}
  Open: {Type: AWS::MemoryDB::Cluster, Properties: {ACLName: open-access}}
  Front:
    Type: AWS::DAX::Cluster
    Properties:
      ReplicationFactor: 3
      SSESpecification: {SSEEnabled: true}
      ClusterEndpointEncryptionType: TLS
      Tags: {system: bank}
  Plain: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 1}}
  Copies:
    Type: AWS::DMS::ReplicationInstance
    Properties: {PubliclyAccessible: false, MultiAZ: true, KmsKeyId: alias/mine}
  Shown: {Type: AWS::DMS::ReplicationInstance, Properties: {NetworkType: IPV4}}
  Way: {Type: AWS::RDS::DBProxy, Properties: {RequireTLS: true, VpcSubnetIds: [subnet-1]}}
  Wide: {Type: AWS::RDS::DBProxy, Properties: {VpcSubnetIds: [subnet-1]}}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    safe = found["Safe"]
    assert (safe.facts["authentication"], safe.tags) == (True, {"system": "bank"})
    assert safe.facts["backup"]["retention_days"] == 30
    # Without TLS a cluster takes the open list alone; of that one nothing is told.
    assert found["Named"].facts["tls"]["required"] is True
    assert "tls/required" in found["Open"].unknown
    assert found["Open"].facts["authentication"] is False
    front, plain = found["Front"], found["Plain"].facts
    assert (front.facts["tls"]["required"], front.tags) == (True, {"system": "bank"})
    assert front.facts["encryption"]["enabled"] is True
    assert (plain["encryption"]["enabled"], plain["tls"]["required"]) == (False, False)
    copies = found["Copies"].facts
    assert (copies["exposure"]["public"], copies["multi_zone"]) == (False, True)
    assert copies["encryption"]["key_manager"] == "customer"
    # Public unless it is told not to be.
    assert {"exposure/public", "multi_zone"} <= set(found["Shown"].unknown)
    assert found["Way"].facts["tls"]["required"] is True
    assert "tls/required" in found["Wide"].unknown
