"""Databases of RDS and Aurora. Source: CloudFormation template reference, Amazon RDS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.database import COPY
from collectors.iac.mappers.aws.database_proxy import PROXY
from collectors.iac.mappers.aws.database_replicas import GLOBAL
from collectors.iac.stacks.resource import Resource, Translation, parts, renamed, tags

_COMMON = {
    "Engine": "engine",
    "EngineVersion": "engine_version",
    "PubliclyAccessible": "publicly_accessible",
    "StorageEncrypted": "storage_encrypted",
    "KmsKeyId": "kms_key_id",
    "BackupRetentionPeriod": "backup_retention_period",
    "DeletionProtection": "deletion_protection",
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
    "DBSubnetGroupName": "db_subnet_group_name",
    "EnableCloudwatchLogsExports": "enabled_cloudwatch_logs_exports",
    "Port": "port",
    "AvailabilityZone": "availability_zone",
}
_INSTANCE = {
    "DBInstanceIdentifier": "identifier",
    "MultiAZ": "multi_az",
    "VPCSecurityGroups": "vpc_security_group_ids",
    "DBParameterGroupName": "parameter_group_name",
    "OptionGroupName": "option_group_name",
    "DBSnapshotIdentifier": "snapshot_identifier",
    "DBClusterSnapshotIdentifier": "snapshot_identifier",
    "SourceDBInstanceIdentifier": "replicate_source_db",
    "SourceDBClusterIdentifier": "replicate_source_db",
    "SourceDbiResourceId": "restore_to_point_in_time",
    "SourceDBInstanceAutomatedBackupsArn": "restore_to_point_in_time",
    "DBClusterIdentifier": "cluster_identifier",
}
_CLUSTER = {
    "DBClusterIdentifier": "cluster_identifier",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
    "DBClusterParameterGroupName": "db_cluster_parameter_group_name",
    "SnapshotIdentifier": "snapshot_identifier",
    "SourceDBClusterIdentifier": "restore_to_point_in_time",
    "SourceDbClusterResourceId": "restore_to_point_in_time",
    "ReplicationSourceIdentifier": "replication_source_identifier",
    "GlobalClusterIdentifier": "global_cluster_identifier",
    "DBClusterInstanceClass": "db_cluster_instance_class",
}
_RESTORED = ("snapshot_identifier", "replicate_source_db", "restore_to_point_in_time")
_BY_SUBNETS = Unknown("PubliclyAccessible is not written: RDS decides by the subnets")
_TLS = Unknown("the template does not write whether the proxy asks for TLS")


def instance(resource: Resource) -> Iterator[Block]:
    """An instance, alone or of a cluster. RDS keeps its backups for a day unless told otherwise."""
    values: dict[str, Any] = {"publicly_accessible": _BY_SUBNETS}
    values |= renamed(resource.properties, _COMMON | _INSTANCE)
    if values.get("cluster_identifier") is not None:
        kind = "aws_rds_cluster_instance"
    else:
        kind = "aws_db_instance"
        if not any(values.get(name) is not None for name in _RESTORED):
            values.setdefault("backup_retention_period", 1)
    yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})
    elsewhere = resource.get("AutomaticBackupReplicationRegion")
    if elsewhere is not None:
        copied = {"source_db_instance_arn": resource.itself("arn"), "region": elsewhere}
        yield resource.block(COPY, copied, part="AutomaticBackupReplicationRegion")


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster of Aurora, or one that RDS spreads over zones."""
    values = renamed(resource.properties, _COMMON | _CLUSTER)
    if values.get("db_cluster_instance_class") is not None:
        values.setdefault("publicly_accessible", _BY_SUBNETS)
    yield resource.block("aws_rds_cluster", values | {"tags": tags(resource.get("Tags"))})


def parameters(kind: str, name: str) -> Translation:
    """Groups of parameters, which stand there as a mapping."""

    def translate(resource: Resource) -> Iterator[Block]:
        given = resource.get("Parameters")
        if isinstance(given, dict):
            given = [{"name": each, "value": value} for each, value in given.items()]
        yield resource.block(kind, {"name": resource.get(name), "parameter": given})

    return translate


def options(resource: Resource) -> Iterator[Block]:
    """A group of options."""
    chosen = parts(resource.get("OptionConfigurations"), {"OptionName": "option_name"})
    values = {"name": resource.get("OptionGroupName"), "option": chosen}
    yield resource.block("aws_db_option_group", values)


def global_cluster(kind: str) -> Translation:
    """A global cluster, which may be made from one that is there."""
    return plain(
        kind,
        {
            "GlobalClusterIdentifier": "global_cluster_identifier",
            "SourceDBClusterIdentifier": "source_db_cluster_identifier",
        },
    )


def proxy(resource: Resource) -> Iterator[Block]:
    """A proxy. Whether it asks for TLS without a word is not documented."""
    names = {
        "DBProxyName": "name",
        "RequireTLS": "require_tls",
        "EndpointNetworkType": "endpoint_network_type",
        "VpcSubnetIds": "vpc_subnet_ids",
        "VpcSecurityGroupIds": "vpc_security_group_ids",
    }
    values = {"require_tls": _TLS} | renamed(resource.properties, names)
    yield resource.block(PROXY, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::RDS::DBCluster": cluster,
    "AWS::RDS::DBClusterParameterGroup": parameters(
        "aws_rds_cluster_parameter_group", "DBClusterParameterGroupName"
    ),
    "AWS::RDS::DBInstance": instance,
    "AWS::RDS::DBParameterGroup": parameters("aws_db_parameter_group", "DBParameterGroupName"),
    "AWS::RDS::DBProxy": proxy,
    "AWS::RDS::DBSubnetGroup": plain(
        "aws_db_subnet_group", {"DBSubnetGroupName": "name", "SubnetIds": "subnet_ids"}
    ),
    "AWS::RDS::GlobalCluster": global_cluster(GLOBAL["aws_rds_cluster"]),
    "AWS::RDS::OptionGroup": options,
}
