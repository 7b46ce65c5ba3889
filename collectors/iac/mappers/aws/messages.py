"""aws_sqs_queue and aws_sns_topic with their policies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from collectors.aws.message_policy import refuses_plaintext
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Grant, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, Reference
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, joined, points_to

QUEUE, QUEUE_POLICY = "aws_sqs_queue", "aws_sqs_queue_policy"
TOPIC, TOPIC_POLICY = "aws_sns_topic", "aws_sns_topic_policy"

_CARRYING = {QUEUE: ("sqs:SendMessage", "sqs:ReceiveMessage"), TOPIC: ("sns:Publish",)}
_DEFAULT = Unknown("the template writes no policy: SNS gives the topic its default one")
_WHOSE = Unknown("whether the policy speaks of this queue or topic is not known")
_ARN = "arn:aws:sqs:region:account:queue"
"""What stands for the queue or topic itself where a policy names it by reference."""


def map_queue(block: Block, project: Project) -> Iterator[Document]:
    """A queue; without a policy only the account's own identities reach it."""
    yield _document(block, project, QUEUE_POLICY, "queue_url", _of_queue(block, project), [])


def map_topic(block: Block, project: Project) -> Iterator[Document]:
    """A topic; its default policy lets in the own account alone (SNS developer guide)."""
    key = block.values.get("kms_master_key_id")
    encryption = at_rest(project, given(block.values, "kms_master_key_id"), key)
    yield _document(block, project, TOPIC_POLICY, "arn", encryption, _DEFAULT)


def _of_queue(block: Block, project: Project) -> Encryption:
    """A key of KMS where one is named, else one of SQS, which is on unless it is switched off (SQS
    developer guide, "Encryption at rest")."""
    key = block.values.get("kms_master_key_id")
    if given(block.values, "kms_master_key_id") is not False:
        return at_rest(project, given(block.values, "kms_master_key_id"), key)
    return at_rest(project, block.read("sqs_managed_sse_enabled", bool, default=True), None)


def _document(
    block: Block,
    project: Project,
    separate: str,
    argument: str,
    encryption: Encryption,
    unwritten: list[Grant] | Unknown,
) -> Document:
    written = _policy(block, project, separate, argument)
    grants: Any = unwritten
    public: bool | Unknown = False
    if written is not None:
        grants = then(written, lambda known: policy.grants(project, block, known))
        public = then(written, lambda known: is_open(project, known, whole=block))
    via: Any = then(public, lambda anyone: ["policy"] if anyone else [])
    facts = Topic(
        encryption=encryption,
        policy=grants,
        tls=_tls(block, project, written),
        exposure=Exposure(public=public, via=via),
    )
    return aws_document(block, project, facts)


def _policy(
    block: Block, project: Project, separate: str, argument: str
) -> policy.Written | Unknown | None:
    found = joined(project, block, argument, separate)
    if len(found.blocks) > 1:
        return Unknown("several policies set this queue or topic: the last one applied holds")
    if found.doubt and not found.blocks:
        return found.doubt
    source = found.blocks[0] if found.blocks else block
    return policy.read_policy(project, source.get("policy"))


def _tls(block: Block, project: Project, written: policy.Written | Unknown | None) -> Tls:
    """TLS towards the endpoint, which answers plain HTTP until the policy refuses it."""
    required: bool | Unknown = False
    if written is not None:
        required = then(written, lambda known: _refuses(block, project, known))
    return Tls(minimum="1.2", required=required, policy=None)


def _refuses(block: Block, project: Project, written: policy.Written) -> bool | Unknown:
    denials = [each for each in written if each["Effect"] == "Deny"]
    own = [_named(block, project, each) for each in denials]
    if any(policy.has_doubt(each) for each in own):
        return policy.doubt_of(own)
    text = json.dumps({"Version": "2012-10-17", "Statement": own})
    return refuses_plaintext(text, _CARRYING[block.type], _ARN)


def _named(block: Block, project: Project, statement: dict[str, Any]) -> dict[str, Any]:
    """A statement in which the queue or topic has a name where it is referred to."""
    listed = statement.get("Resource")
    values = listed if isinstance(listed, list) else [listed]
    if "Resource" not in statement:
        return statement
    return {**statement, "Resource": [_own_arn(block, project, value) for value in values]}


def _own_arn(block: Block, project: Project, value: Any) -> Any:
    """A resource of a statement, under the stand-in's name where it is the queue or topic."""
    if isinstance(value, Reference):
        return _ARN if points_to(project, value, block) else value
    if not isinstance(value, str) or value == "*":
        return value
    name, pattern = block.get("name"), value.rpartition(":")[2]
    if not isinstance(name, str):
        return _WHOSE
    return _ARN if fnmatchcase(name, pattern) else value


MAPPINGS = [
    Mapping(
        types=(QUEUE,),
        facts=Topic,
        map=map_queue,
        joined=(QUEUE_POLICY, DOCUMENT, *KEYS, *KEY_DATA),
    ),
    Mapping(
        types=(TOPIC,),
        facts=Topic,
        map=map_topic,
        joined=(TOPIC_POLICY, DOCUMENT, *KEYS, *KEY_DATA),
    ),
]

PART_OF = {
    "aws_sns_topic_policy": PartOf("aws_sns_topic", ("arn",)),
    "aws_sqs_queue_policy": PartOf("aws_sqs_queue", ("queue_url",)),
}
