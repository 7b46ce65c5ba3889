"""Snapshots of databases, made or copied by a template."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.facts.database import DatabaseSnapshot
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.database import (
    CLUSTER,
    INSTANCE,
    cluster_encryption,
    instance_encryption,
)
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.placed import texts
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, name_of, target_of

SNAPSHOTS = ("aws_db_snapshot", "aws_db_cluster_snapshot")
COPIES = ("aws_db_snapshot_copy", "aws_rds_cluster_snapshot_copy")


def map_snapshot(block: Block, project: Project) -> Iterator[Document]:
    """A manual snapshot: encrypted as its database is; shared with the accounts that it names."""
    facts = DatabaseSnapshot(
        encryption=_encryption(block, project),
        shared_with=texts(block.values, "shared_accounts"),
        created=Unknown("the snapshot is made at apply"),
    )
    name = name_of(
        block,
        "db_snapshot_identifier",
        "db_cluster_snapshot_identifier",
        "target_db_snapshot_identifier",
        "target_db_cluster_snapshot_identifier",
    )
    yield aws_document(block, project, facts, name=name)


def _encryption(block: Block, project: Project) -> Encryption:
    if given(block.values, "kms_key_id") is True:
        return at_rest(project, True, block.values["kms_key_id"])
    instance = target_of(project, block.get("db_instance_identifier"), INSTANCE)
    if instance:
        return instance_encryption(instance, project)
    cluster = target_of(project, block.get("db_cluster_identifier"), CLUSTER)
    if cluster:
        return cluster_encryption(cluster, project)
    unseen = Unknown("what the snapshot is made from is not part of this template")
    return Encryption.unread(unseen)


MAPPINGS = [
    Mapping(
        types=(*SNAPSHOTS, *COPIES),
        facts=DatabaseSnapshot,
        map=map_snapshot,
        joined=(*KEYS, *KEY_DATA),
    )
]
