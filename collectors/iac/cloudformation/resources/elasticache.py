"""Caches with their users. Source: CloudFormation template reference, Amazon ElastiCache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.cache import CLUSTER, GLOBAL, GROUP, SERVERLESS, SUBNET_GROUP
from collectors.iac.mappers.aws.cache_users import USER, USER_GROUP
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags

_COMMON = {
    "Engine": "engine",
    "EngineVersion": "engine_version",
    "TransitEncryptionEnabled": "transit_encryption_enabled",
    "SnapshotRetentionLimit": "snapshot_retention_limit",
    "CacheSubnetGroupName": "subnet_group_name",
    "NetworkType": "network_type",
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
}
_GROUP = {
    "ReplicationGroupId": "replication_group_id",
    "AtRestEncryptionEnabled": "at_rest_encryption_enabled",
    "KmsKeyId": "kms_key_id",
    "TransitEncryptionMode": "transit_encryption_mode",
    "AuthToken": "auth_token",
    "UserGroupIds": "user_group_ids",
    "MultiAZEnabled": "multi_az_enabled",
    "SecurityGroupIds": "security_group_ids",
    "GlobalReplicationGroupId": "global_replication_group_id",
}
_CLUSTER = {
    "ClusterName": "cluster_id",
    "AZMode": "az_mode",
    "VpcSecurityGroupIds": "security_group_ids",
}
_ENGINE = Unknown("the template gives no engine")


def group(resource: Resource) -> Iterator[Block]:
    """A replication group. Which engine it has without a word is not documented."""
    values = {"engine": _ENGINE} | renamed(resource.properties, _COMMON | _GROUP)
    yield resource.block(GROUP, values | {"tags": tags(resource.get("Tags"))})


def datastore(resource: Resource) -> Iterator[Block]:
    """A global datastore: its primary group, and the regions of the others."""
    members = resource.get("Members")
    if not isinstance(members, list):
        yield resource.block(GLOBAL, {"primary_replication_group_id": members})
        return
    known = [each for each in members if isinstance(each, dict)]
    primary: Any = [each for each in known if each.get("Role") == "PRIMARY"]
    rest = [each for each in members if each not in primary]
    values = {
        "primary_replication_group_id": [each.get("ReplicationGroupId") for each in primary],
        "member": parts(rest, {"ReplicationGroupRegion": "region"}),
    }
    yield resource.block(GLOBAL, values)


def user(resource: Resource) -> Iterator[Block]:
    """A user of caches."""
    names = {
        "UserId": "user_id",
        "AccessString": "access_string",
        "NoPasswordRequired": "no_password_required",
        "Passwords": "passwords",
    }
    values = renamed(resource.properties, names)
    values["authentication_mode"] = part(resource.get("AuthenticationMode"), {"Type": "type"})
    yield resource.block(USER, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::ElastiCache::CacheCluster": plain(CLUSTER, _COMMON | _CLUSTER),
    "AWS::ElastiCache::GlobalReplicationGroup": datastore,
    "AWS::ElastiCache::ReplicationGroup": group,
    "AWS::ElastiCache::ServerlessCache": plain(
        SERVERLESS,
        {
            "ServerlessCacheName": "name",
            "Engine": "engine",
            "MajorEngineVersion": "major_engine_version",
            "SubnetIds": "subnet_ids",
            "SecurityGroupIds": "security_group_ids",
            "UserGroupId": "user_group_id",
            "KmsKeyId": "kms_key_id",
            "SnapshotRetentionLimit": "snapshot_retention_limit",
            "NetworkType": "network_type",
            "ConnectionType": "connection_type",
        },
    ),
    "AWS::ElastiCache::SubnetGroup": plain(
        SUBNET_GROUP, {"CacheSubnetGroupName": "name", "SubnetIds": "subnet_ids"}
    ),
    "AWS::ElastiCache::User": user,
    "AWS::ElastiCache::UserGroup": plain(
        USER_GROUP, {"UserGroupId": "user_group_id", "UserIds": "user_ids"}
    ),
}
