"""azurerm_storage_object_replication: where the blobs of a storage account are copied to."""

from __future__ import annotations

from typing import Any

from collectors.bucket_copies import by_place
from collectors.document import Unknown
from collectors.facts.storage import BucketReplica
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.azurerm.shared import location_of
from collectors.iac.mappers.joins import joined, target_of

OBJECT_REPLICATION = "azurerm_storage_object_replication"
SOURCE = "source_storage_account_id"

_ELSEWHERE = Unknown("the account that objects are replicated to is not part of this template")


def with_objects(
    paired: list[BucketReplica] | Unknown, block: Block, project: Project
) -> list[BucketReplica] | Unknown:
    """The copies of an account, with the accounts that its policies copy to. Rules name containers,
    and often prefixes: no such copy stands for the account."""
    found = joined(project, block, SOURCE, OBJECT_REPLICATION)
    copies: list[Any] = [_copy(each, block.type, project) for each in found.blocks]
    copies += [found.doubt] if found.doubt else []
    if isinstance(paired, Unknown):
        return by_place([paired, *copies]) if copies else paired
    return by_place([*paired, *copies])


def _copy(policy: Block, kind: str, project: Project) -> BucketReplica:
    target = target_of(project, policy.values.get("destination_storage_account_id"), kind)
    return BucketReplica(
        region=location_of(target, project) if target else _ELSEWHERE,
        account=project.account if target else _ELSEWHERE,
        whole=False,
    )
