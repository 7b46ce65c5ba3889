"""Clusters and serverless warehouses of Redshift. Source: CloudFormation template reference, Amazon
Redshift and Amazon Redshift Serverless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.warehouse import CLUSTER, PARAMETERS, SUBNET_GROUP
from collectors.iac.mappers.aws.warehouse_snapshot import SERVERLESS_SNAPSHOT
from collectors.iac.mappers.aws.workgroup import NAMESPACE, WORKGROUP
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags

_NAMES = {
    "ClusterIdentifier": "cluster_identifier",
    "ClusterVersion": "cluster_version",
    "PubliclyAccessible": "publicly_accessible",
    "Port": "port",
    "Encrypted": "encrypted",
    "KmsKeyId": "kms_key_id",
    "SnapshotIdentifier": "snapshot_identifier",
    "ClusterParameterGroupName": "cluster_parameter_group_name",
    "ClusterSubnetGroupName": "cluster_subnet_group_name",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
    "AutomatedSnapshotRetentionPeriod": "automated_snapshot_retention_period",
    "AllowVersionUpgrade": "allow_version_upgrade",
    "MultiAZ": "multi_az",
}
_LOGGING = {
    "BucketName": "bucket_name",
    "S3KeyPrefix": "s3_key_prefix",
    "LogDestinationType": "log_destination_type",
    "LogExports": "log_exports",
}
_COPY = {"DestinationRegion": "destination_region"}


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster, whose logging is on where it is written."""
    values = renamed(resource.properties, _NAMES) | {"tags": tags(resource.get("Tags"))}
    logging = resource.get("LoggingProperties")
    if isinstance(logging, dict):
        logging = {"enable": True, **renamed(logging, _LOGGING)}
    region = resource.get("DestinationRegion")
    values |= {
        "logging": logging,
        "snapshot_copy": None if region is None else {"destination_region": region},
    }
    yield resource.block(CLUSTER, values)


def parameter_group(resource: Resource) -> Iterator[Block]:
    """A parameter group."""
    names = {"ParameterName": "name", "ParameterValue": "value"}
    values = {
        "name": resource.get("ParameterGroupName"),
        "family": resource.get("ParameterGroupFamily"),
        "parameter": parts(resource.get("Parameters"), names),
    }
    yield resource.block(PARAMETERS, values)


def workgroup(resource: Resource) -> Iterator[Block]:
    """A workgroup."""
    names = {
        "WorkgroupName": "workgroup_name",
        "NamespaceName": "namespace_name",
        "PubliclyAccessible": "publicly_accessible",
        "SubnetIds": "subnet_ids",
        "SecurityGroupIds": "security_group_ids",
        "Port": "port",
    }
    pair = {"ParameterKey": "parameter_key", "ParameterValue": "parameter_value"}
    values: dict[str, Any] = renamed(resource.properties, names)
    values["config_parameter"] = parts(resource.get("ConfigParameters"), pair)
    yield resource.block(WORKGROUP, values | {"tags": tags(resource.get("Tags"))})


def namespace(resource: Resource) -> Iterator[Block]:
    """A namespace."""
    names = {
        "NamespaceName": "namespace_name",
        "KmsKeyId": "kms_key_id",
        "LogExports": "log_exports",
    }
    values: dict[str, Any] = renamed(resource.properties, names)
    copies = resource.get("SnapshotCopyConfigurations")
    values["snapshot_copy"] = (
        parts(copies, _COPY) if isinstance(copies, list) else part(copies, _COPY)
    )
    yield resource.block(NAMESPACE, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Redshift::Cluster": cluster,
    "AWS::Redshift::ClusterParameterGroup": parameter_group,
    "AWS::Redshift::ClusterSubnetGroup": plain(
        SUBNET_GROUP, {"ClusterSubnetGroupName": "name", "SubnetIds": "subnet_ids"}
    ),
    "AWS::RedshiftServerless::Namespace": namespace,
    "AWS::RedshiftServerless::Snapshot": plain(
        SERVERLESS_SNAPSHOT, {"SnapshotName": "snapshot_name", "NamespaceName": "namespace_name"}
    ),
    "AWS::RedshiftServerless::Workgroup": workgroup,
}
