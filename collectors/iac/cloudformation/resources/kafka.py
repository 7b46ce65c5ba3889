"""Clusters of Managed Streaming for Apache Kafka. Source: CloudFormation template reference, Amazon
MSK."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.kafka import CLUSTER, POLICY, SERVERLESS
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_NODES = {"ClientSubnets": "client_subnets", "SecurityGroups": "security_groups"}


def cluster(resource: Resource) -> Iterator[Block]:
    """A provisioned cluster."""
    values: dict[str, Any] = {
        "cluster_name": resource.get("ClusterName"),
        "broker_node_group_info": _nodes(resource.get("BrokerNodeGroupInfo")),
        "encryption_info": _encryption(resource.get("EncryptionInfo")),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(CLUSTER, values)


def _nodes(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    connectivity = given.get("ConnectivityInfo")
    if isinstance(connectivity, dict):
        access = part(connectivity.get("PublicAccess"), {"Type": "type"})
        connectivity = {"public_access": access} | renamed(
            connectivity, {"NetworkType": "network_type"}
        )
    return renamed(given, _NODES) | {"connectivity_info": connectivity}


def _encryption(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    disks = part(given.get("EncryptionAtRest"), {"DataVolumeKMSKeyId": "key"})
    key = disks.get("key") if isinstance(disks, dict) else disks
    transit = part(given.get("EncryptionInTransit"), {"ClientBroker": "client_broker"})
    return {"encryption_at_rest_kms_key_arn": key, "encryption_in_transit": transit}


TRANSLATIONS: dict[str, Translation] = {
    "AWS::MSK::Cluster": cluster,
    "AWS::MSK::ClusterPolicy": plain(POLICY, {"ClusterArn": "cluster_arn", "Policy": "policy"}),
    "AWS::MSK::ServerlessCluster": plain(SERVERLESS, {"ClusterName": "cluster_name"}),
}
