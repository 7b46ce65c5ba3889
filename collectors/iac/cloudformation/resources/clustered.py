"""Clusters of DocumentDB and Neptune. Source: CloudFormation template reference, Amazon DocumentDB
and Amazon Neptune."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.cloudformation.resources.rds import global_cluster, parameters
from collectors.iac.mappers.aws.clustered_kinds import DOCDB, NEPTUNE, Kind
from collectors.iac.mappers.aws.database_replicas import GLOBAL
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags

_CLUSTER = {
    "DBClusterIdentifier": "cluster_identifier",
    "EngineVersion": "engine_version",
    "StorageEncrypted": "storage_encrypted",
    "BackupRetentionPeriod": "backup_retention_period",
    "DeletionProtection": "deletion_protection",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
    "SnapshotIdentifier": "snapshot_identifier",
    "SourceDBClusterIdentifier": "restore_to_point_in_time",
    "GlobalClusterIdentifier": "global_cluster_identifier",
    "IamAuthEnabled": "iam_database_authentication_enabled",
    "Port": "port",
    "DBPort": "port",
}
_MEMBER = {
    "DBInstanceIdentifier": "identifier",
    "DBClusterIdentifier": "cluster_identifier",
    "AvailabilityZone": "availability_zone",
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
    "PubliclyAccessible": "publicly_accessible",
}
_PROTECTED = Unknown("the template does not write whether the cluster is protected from deletion")

_PUBLIC = Unknown("the template does not write whether the instance is publicly accessible")


def cluster(kind: Kind) -> Translation:
    """A cluster. Whether it is protected without a word differs between APIs."""
    names = _CLUSTER | {
        "DBClusterParameterGroupName": kind.parameter_argument,
        "DBSubnetGroupName": kind.subnet_argument,
        "EnableCloudwatchLogsExports": kind.exports,
        "KmsKeyId": kind.key,
    }

    def translate(resource: Resource) -> Iterator[Block]:
        values = {"deletion_protection": _PROTECTED} | renamed(resource.properties, names)
        yield resource.block(kind.cluster, values | {"tags": tags(resource.get("Tags"))})

    return translate


def member(kind: Kind) -> Translation:
    """An instance. Whether it is public without a word is not documented."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = {"publicly_accessible": _PUBLIC} | renamed(resource.properties, _MEMBER)
        yield resource.block(kind.member, values | {"tags": tags(resource.get("Tags"))})

    return translate


def _of(prefix: str, kind: Kind) -> dict[str, Translation]:
    return {
        f"{prefix}::DBCluster": cluster(kind),
        f"{prefix}::DBInstance": member(kind),
        f"{prefix}::GlobalCluster": global_cluster(GLOBAL[kind.cluster]),
        f"{prefix}::DBClusterParameterGroup": parameters(kind.parameters, "Name"),
        f"{prefix}::DBSubnetGroup": plain(
            kind.subnet_group, {"DBSubnetGroupName": "name", "SubnetIds": "subnet_ids"}
        ),
    }


TRANSLATIONS: dict[str, Translation] = _of("AWS::DocDB", DOCDB) | _of("AWS::Neptune", NEPTUNE)
