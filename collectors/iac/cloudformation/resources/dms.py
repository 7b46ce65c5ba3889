"""Replication instances of DMS. Source: CloudFormation template reference, AWS Database Migration
Service."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.dms import INSTANCE, SUBNET_GROUP
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags

_INSTANCE = {
    "ReplicationInstanceIdentifier": "replication_instance_id",
    "EngineVersion": "engine_version",
    "PubliclyAccessible": "publicly_accessible",
    "KmsKeyId": "kms_key_arn",
    "MultiAZ": "multi_az",
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
    "NetworkType": "network_type",
    "ReplicationSubnetGroupIdentifier": "replication_subnet_group_id",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
}
_ZONES = Unknown("the template does not write whether the instance stands in several zones")


def instance(resource: Resource) -> Iterator[Block]:
    """An instance, which is public without a word (API reference, CreateReplicationInstance)."""
    values = {"publicly_accessible": True, "auto_minor_version_upgrade": True, "multi_az": _ZONES}
    values |= renamed(resource.properties, _INSTANCE)
    yield resource.block(INSTANCE, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::DMS::ReplicationInstance": instance,
    "AWS::DMS::ReplicationSubnetGroup": plain(
        SUBNET_GROUP,
        {
            "ReplicationSubnetGroupIdentifier": "replication_subnet_group_id",
            "SubnetIds": "subnet_ids",
        },
    ),
}
