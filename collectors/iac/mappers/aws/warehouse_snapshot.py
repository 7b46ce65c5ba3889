"""Manual snapshots of Redshift, of clusters and serverless."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.facts.database import DatabaseSnapshot
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.naming import named_one
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.warehouse import CLUSTER, encryption
from collectors.iac.mappers.aws.workgroup import NAMESPACE
from collectors.iac.mappers.joins import name_of

SNAPSHOT = "aws_redshift_cluster_snapshot"
SERVERLESS_SNAPSHOT = "aws_redshiftserverless_snapshot"


def map_snapshot(block: Block, project: Project) -> Iterator[Document]:
    """A snapshot, encrypted as what it is made from."""
    facts = DatabaseSnapshot(
        encryption=_encryption(block, project),
        shared_with=Unknown("with whom the snapshot is shared no argument tells"),
        created=Unknown("the snapshot is made at apply"),
    )
    name = name_of(block, "snapshot_identifier", "snapshot_name")
    yield aws_document(block, project, facts, name=name)


def _encryption(block: Block, project: Project) -> Encryption:
    unseen = Unknown("what the snapshot is made from is not part of this template")
    if block.type == SNAPSHOT:
        naming = "cluster_identifier"
        cluster = named_one(project, block.get(naming), naming, CLUSTER)
        if cluster:
            return encryption(cluster, project)
        return Encryption.unread(unseen)
    naming = "namespace_name"
    namespace = named_one(project, block.get(naming), naming, NAMESPACE)
    if namespace:
        return at_rest(project, True, namespace.values.get("kms_key_id"))
    # Those of serverless warehouses are always encrypted.
    return Encryption(enabled=True, key_manager=unseen, key_id=unseen, algorithm="AES-256")


MAPPINGS = [
    Mapping(
        types=(SNAPSHOT, SERVERLESS_SNAPSHOT),
        facts=DatabaseSnapshot,
        map=map_snapshot,
        joined=(CLUSTER, NAMESPACE, *KEYS, *KEY_DATA),
    )
]
