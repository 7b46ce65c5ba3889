"""Clusters of DAX. Source: CloudFormation template reference, Amazon DynamoDB Accelerator."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.dax import CLUSTER, SUBNET_GROUP
from collectors.iac.stacks.resource import Resource, Translation, part, renamed

_CLUSTER = {
    "ClusterName": "cluster_name",
    "ClusterEndpointEncryptionType": "cluster_endpoint_encryption_type",
    "ReplicationFactor": "replication_factor",
    "AvailabilityZones": "availability_zones",
    "SubnetGroupName": "subnet_group_name",
    "SecurityGroupIds": "security_group_ids",
    "NetworkType": "network_type",
    "Tags": "tags",
}


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster. Its tags are written as a mapping."""
    values = renamed(resource.properties, _CLUSTER)
    values["server_side_encryption"] = part(
        resource.get("SSESpecification"), {"SSEEnabled": "enabled"}
    )
    yield resource.block(CLUSTER, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::DAX::Cluster": cluster,
    "AWS::DAX::SubnetGroup": plain(
        SUBNET_GROUP, {"SubnetGroupName": "name", "SubnetIds": "subnet_ids"}
    ),
}
