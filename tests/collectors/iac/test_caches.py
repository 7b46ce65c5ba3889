"""Caches of ElastiCache in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("known after apply")
SAFE: dict[str, Any] = {
    "replication_group_id": "core",
    "engine": "valkey",
    "engine_version": "8.0",
    "transit_encryption_enabled": True,
    "transit_encryption_mode": "required",
    "at_rest_encryption_enabled": True,
    "kms_key_id": Reference("aws_kms_key.k", "arn"),
    "auth_token": "secret",
    "snapshot_retention_limit": 7,
    "multi_az_enabled": True,
    "subnet_group_name": Reference("aws_elasticache_subnet_group.g", "name"),
    "security_group_ids": ["sg-1"],
}


def group(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_elasticache_replication_group.r", values), *others)


def test_safe() -> None:
    subnets = block("aws_elasticache_subnet_group.g", {"subnet_ids": [Reference("aws_subnet.s")]})
    link = block(
        "aws_route_table_association.a",
        {
            "subnet_id": Reference("aws_subnet.s"),
            "route_table_id": Reference("aws_route_table.t"),
        },
    )
    table = block("aws_route_table.t", {})
    found = group(
        SAFE, block("aws_kms_key.k", {}), subnets, block("aws_subnet.s", {}), link, table
    ).facts
    assert found["engine"] == "valkey"
    assert found["exposure"] == {"public": False, "via": []}
    assert found["authentication"] is True
    assert found["tls"]["required"] is True
    assert found["encryption"]["key_manager"] == "customer"
    assert found["backup"]["retention_days"] == 7
    assert found["multi_zone"] is True
    assert found["replicas"] == []
    assert found["subnet_routes_to_internet"] is False


def test_minimal() -> None:
    found = group({"replication_group_id": "core"}).facts
    assert found["engine"] == "redis"
    assert found["authentication"] is False
    assert found["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert found["encryption"]["enabled"] is False
    assert found["backup"] == {
        "enabled": False,
        "retention_days": 0,
        "point_in_time": False,
        "copies": [],
    }
    assert found["multi_zone"] is False
    valkey = group({"engine": "valkey"}).facts["encryption"]
    assert (valkey["enabled"], valkey["key_manager"]) == (True, "provider")


def test_its_groups_and_subnets_are_in_use() -> None:
    uses = {"security_group_ids": [Reference("aws_security_group.g")]}
    cache = block("aws_elasticache_replication_group.r", uses)
    assert the(block("aws_security_group.g", {}), cache).facts["attached"] == 1
    subnet = block("aws_subnet.s", {"vpc_id": Reference("aws_vpc.v")})
    subnets = block("aws_elasticache_subnet_group.g", {"subnet_ids": [Reference("aws_subnet.s")]})
    assert the(block("aws_vpc.v", {}), subnet, subnets).facts["workloads"] == 1


def test_tls_beside_plaintext() -> None:
    found = group(SAFE | {"transit_encryption_mode": "preferred"}).facts
    assert found["tls"]["required"] is False
    # Which mode holds is told by nobody; old versions know none, and TLS is all that they accept.
    unwritten = SAFE | {"transit_encryption_mode": None}
    assert "tls/required" in group(unwritten).unknown
    old = unwritten | {"engine": "redis", "engine_version": "6.2"}
    assert group(old).facts["tls"]["required"] is True


def test_unknown_arguments() -> None:
    found = group(dict.fromkeys(set(SAFE) - {"replication_group_id"}, APPLY))
    assert {
        "engine",
        "authentication",
        "tls/required",
        "encryption/enabled",
        "backup/enabled",
        "multi_zone",
        "subnet_routes_to_internet",
    } <= set(found.unknown)
    assert "authentication" in group({"auth_token": APPLY}).unknown
    mode = SAFE | {"transit_encryption_mode": APPLY}
    assert "tls/required" in group(mode).unknown


def user(**values: Any) -> Any:
    return block(
        "aws_elasticache_user.u", {"user_id": "u", "access_string": "on ~* +@all"} | values
    )


@pytest.mark.parametrize(
    ("users", "asks"),
    [
        ([user(authentication_mode=[{"type": "iam"}])], True),
        ([user(passwords=[APPLY])], True),
        ([user(no_password_required=True)], False),
        ([user(no_password_required=True, access_string="off")], True),
        ([user(authentication_mode=[{"type": "no-password-required"}])], False),
        ([user(authentication_mode=APPLY)], None),
        ([user()], None),
        ([], None),
    ],
)
def test_users(users: list[Any], asks: bool | None) -> None:
    ids = [Reference("aws_elasticache_user.u", "user_id")]
    members = block("aws_elasticache_user_group.g", {"user_group_id": "g", "user_ids": ids})
    found = group({"user_group_ids": ["g"]}, members, *users)
    assert found.facts.get("authentication") is asks


def test_the_user_that_is_there_already() -> None:
    members = {"user_group_id": "g", "user_ids": ["default"]}
    found = group({"user_group_ids": ["g"]}, block("aws_elasticache_user_group.g", members))
    assert found.facts["authentication"] is False
    assert "authentication" in group({"user_group_ids": ["elsewhere"]}).unknown


def test_global_datastores() -> None:
    here, there = {"region": "cn-north-1"}, {"region": "cn-northwest-1"}
    shared = block(
        "aws_elasticache_global_replication_group.g",
        {"primary_replication_group_id": Reference("aws_elasticache_replication_group.r")},
    )
    of = Reference("aws_elasticache_global_replication_group.g", "global_replication_group_id")
    secondary = block(
        "aws_elasticache_replication_group.s", {"global_replication_group_id": of, **there}
    )
    found = group(SAFE | here, shared, secondary).facts["replicas"]
    assert [each["region"] for each in found] == ["cn-northwest-1"]
    primary = block("aws_elasticache_replication_group.r", SAFE | here)
    other = the(secondary, shared, primary)
    assert [each["region"] for each in other.facts["replicas"]] == ["cn-north-1"]
    assert {"engine", "encryption/enabled", "tls/required", "authentication"} <= set(other.unknown)


def test_clusters() -> None:
    memcached = the(block("aws_elasticache_cluster.c", {"engine": "memcached"})).facts
    assert memcached["authentication"] is False
    assert memcached["backup"]["enabled"] is False
    assert memcached["multi_zone"] is False
    redis = the(
        block("aws_elasticache_cluster.c", {"engine": "redis", "snapshot_retention_limit": 3})
    ).facts
    assert redis["encryption"]["enabled"] is False
    assert redis["backup"]["retention_days"] == 3
    valkey = the(block("aws_elasticache_cluster.c", {"engine": "valkey"}))
    assert "encryption/enabled" in valkey.unknown


def test_nodes_of_groups() -> None:
    values = {"replication_group_id": Reference("aws_elasticache_replication_group.r")}
    node = block("aws_elasticache_cluster.c", values)
    assert the(node, block("aws_elasticache_replication_group.r", SAFE)).facts["engine"] == "valkey"
    alone = the(block("aws_elasticache_cluster.c", {"replication_group_id": "elsewhere"}))
    assert alone.facts == {}


def test_serverless() -> None:
    values = {"name": "core", "engine": "valkey", "kms_key_id": "alias/mine"}
    found = the(block("aws_elasticache_serverless_cache.s", values))
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.facts["tls"]["required"] is True
    assert found.facts["authentication"] is False
    assert "backup/enabled" in found.unknown
    open_ = the(block("aws_elasticache_serverless_cache.s", values | {"connection_type": "public"}))
    assert open_.facts["exposure"]["public"] is True


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      Engine: redis
      EngineVersion: "7.1"
      TransitEncryptionEnabled: true
      TransitEncryptionMode: required
      AtRestEncryptionEnabled: true
      UserGroupIds: [{Ref: Users}]
      SnapshotRetentionLimit: 7
      MultiAZEnabled: true
      CacheSubnetGroupName: {Ref: Subnets}
  Users:
    Type: AWS::ElastiCache::UserGroup
    Properties: {UserGroupId: g, Engine: redis, UserIds: [{Ref: Someone}]}
  Someone:
    Type: AWS::ElastiCache::User
    Properties:
      {UserId: u, UserName: default, Engine: redis, AuthenticationMode: {Type: iam}}
  Subnets: {Type: AWS::ElastiCache::SubnetGroup, Properties: {SubnetIds: [subnet-1]}}
  Open: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: redis}}
  Memory: {Type: AWS::ElastiCache::CacheCluster, Properties: {Engine: memcached}}
  Serverless:
    Type: AWS::ElastiCache::ServerlessCache
    Properties: {Engine: valkey, SnapshotRetentionLimit: 3}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    safe, open_ = found["Safe"].facts, found["Open"].facts
    assert safe["authentication"] is True
    assert safe["tls"]["required"] is True
    assert safe["encryption"]["enabled"] is True
    assert safe["backup"]["retention_days"] == 7
    assert open_["authentication"] is False
    assert open_["encryption"]["enabled"] is False
    assert found["Memory"].facts["engine"] == "memcached"
    assert found["Serverless"].facts["backup"]["retention_days"] == 3
