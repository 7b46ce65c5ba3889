"""Kubernetes clusters and their node groups. Source: CloudFormation template reference, Amazon
EKS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.cluster import CLUSTER, NODE_GROUP
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster."""
    values = renamed(resource.properties, {"Name": "name", "Version": "version"})
    endpoint = {
        "EndpointPublicAccess": "endpoint_public_access",
        "PublicAccessCidrs": "public_access_cidrs",
    }
    values |= {
        "vpc_config": part(resource.get("ResourcesVpcConfig"), endpoint),
        "kubernetes_network_config": part(
            resource.get("KubernetesNetworkConfig"), {"IpFamily": "ip_family"}
        ),
        "compute_config": part(resource.get("ComputeConfig"), {"Enabled": "enabled"}),
        "encryption_config": _encryption(resource.get("EncryptionConfig")),
        "enabled_cluster_log_types": _logs(resource.get("Logging")),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(CLUSTER, values)


def _encryption(listed: Any) -> Any:
    if not isinstance(listed, list):
        return listed
    return [
        each
        if not isinstance(each, dict)
        else {
            "resources": each.get("Resources"),
            "provider": part(each.get("Provider"), {"KeyArn": "key_arn"}),
        }
        for each in listed
    ]


def _logs(logging: Any) -> Any:
    """The kinds of logs that are on."""
    on = logging.get("ClusterLogging") if isinstance(logging, dict) else logging
    kinds = on.get("EnabledTypes") if isinstance(on, dict) else on
    if not isinstance(kinds, list):
        return kinds
    return [each.get("Type") if isinstance(each, dict) else each for each in kinds]


def node_group(resource: Resource) -> Iterator[Block]:
    """A node group."""
    values = renamed(resource.properties, {"ClusterName": "cluster_name", "Subnets": "subnet_ids"})
    sizes = resource.get("ScalingConfig")
    if isinstance(sizes, dict):
        sizes = {"desired_size": sizes.get("DesiredSize")}
    given = None if sizes is None else sizes if is_open(sizes) else [sizes]
    access = {"Ec2SshKey": "ec2_ssh_key", "SourceSecurityGroups": "source_security_group_ids"}
    values |= {
        "node_group_name": resource.get("NodegroupName"),
        "scaling_config": given,
        "remote_access": part(resource.get("RemoteAccess"), access),
    }
    yield resource.block(NODE_GROUP, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::EKS::Cluster": cluster,
    "AWS::EKS::Nodegroup": node_group,
}
