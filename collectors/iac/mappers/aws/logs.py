"""aws_cloudwatch_log_group."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown, then
from collectors.facts.operations import LogStore
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, identity

LOG_GROUP = "aws_cloudwatch_log_group"


def map_log_group(block: Block, project: Project) -> Iterator[Document]:
    """A log group. CloudWatch Logs always encrypts, without a key of the customer with its own."""
    key = given(block.values, "kms_key_id")
    facts = LogStore(
        retention_days=retention_days(block),
        encryption=Encryption(
            enabled=True,
            key_manager=then(key, lambda own: "customer" if own else "provider"),
            key_id=identity(project, block.values.get("kms_key_id") or None),
            algorithm="AES-256",
        ),
        # As collectors.aws.services.logs has it.
        exposure=Exposure(public=False, via=[]),
    )
    yield aws_document(block, project, facts)


def retention_days(block: Block) -> int | Unknown | None:
    """Days that a log group keeps events; null for ever, which is also what 0 and nothing mean
    (provider documentation)."""
    return then(block.read("retention_in_days", int, 0), lambda days: days or None)


MAPPINGS = [Mapping(types=(LOG_GROUP,), facts=LogStore, map=map_log_group)]
