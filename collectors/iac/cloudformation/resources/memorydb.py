"""Clusters of MemoryDB with their users. Source: CloudFormation template reference, Amazon
MemoryDB."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws.memorydb_facts import OPEN_ACCESS
from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.memorydb import CLUSTER, MULTI_REGION, SUBNET_GROUP
from collectors.iac.mappers.aws.memorydb_users import ACL, USER
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_CLUSTER = {
    "ClusterName": "name",
    "Engine": "engine",
    "EngineVersion": "engine_version",
    "ACLName": "acl_name",
    "TLSEnabled": "tls_enabled",
    "KmsKeyId": "kms_key_arn",
    "SnapshotRetentionLimit": "snapshot_retention_limit",
    "NumReplicasPerShard": "num_replicas_per_shard",
    "SubnetGroupName": "subnet_group_name",
    "SecurityGroupIds": "security_group_ids",
    "NetworkType": "network_type",
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
    "MultiRegionClusterName": "multi_region_cluster_name",
}
_TLS = Unknown("the template does not write whether the cluster uses TLS")
_UPGRADES = Unknown("the template does not write whether minor versions are upgraded by themselves")


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster. Whether it uses TLS without a word is not documented, but that one without TLS
    takes the open list alone (API reference, CreateCluster)."""
    acl = resource.get("ACLName")
    usual = True if isinstance(acl, str) and acl != OPEN_ACCESS else _TLS
    values = {"tls_enabled": usual, "auto_minor_version_upgrade": _UPGRADES}
    values |= renamed(resource.properties, _CLUSTER)
    yield resource.block(CLUSTER, values | {"tags": tags(resource.get("Tags"))})


def user(resource: Resource) -> Iterator[Block]:
    """A user of clusters."""
    values = renamed(
        resource.properties, {"UserName": "user_name", "AccessString": "access_string"}
    )
    values["authentication_mode"] = part(resource.get("AuthenticationMode"), {"Type": "type"})
    yield resource.block(USER, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::MemoryDB::ACL": plain(ACL, {"ACLName": "name", "UserNames": "user_names"}),
    "AWS::MemoryDB::Cluster": cluster,
    "AWS::MemoryDB::MultiRegionCluster": plain(MULTI_REGION, {}),
    "AWS::MemoryDB::SubnetGroup": plain(
        SUBNET_GROUP, {"SubnetGroupName": "name", "SubnetIds": "subnet_ids"}
    ),
    "AWS::MemoryDB::User": user,
}
