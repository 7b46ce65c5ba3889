"""aws_kinesis_stream with its policies and those of its consumers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from collectors.aws.logic import Known, some
from collectors.aws.stream_facts import endpoint_tls
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Grant
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, OFF, at_rest
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import joined, settle

STREAM, CONSUMER = "aws_kinesis_stream", "aws_kinesis_stream_consumer"
POLICY = "aws_kinesis_resource_policy"

_NO_KEY = Unknown("the template names no key for the stream's encryption")


class _Said(NamedTuple):
    """A policy as it is written, and whose it is."""

    of: Block
    written: policy.Written | Unknown | None


def map_stream(block: Block, project: Project) -> Iterator[Document]:
    """A stream; without a policy only the account's own identities reach it."""
    said = _policies(block, project)
    public = some(_opens(project, one) for one in said)
    via: Any = then(public, lambda anyone: ["policy"] if anyone else [])
    facts = Topic(
        encryption=encryption_of(block, project),
        policy=_grants(project, said),
        tls=endpoint_tls(),
        exposure=Exposure(public=public, via=via),
    )
    yield aws_document(block, project, facts)


def encryption_of(block: Block, project: Project) -> Encryption:
    """Off unless told otherwise (API reference, StartStreamEncryption), which takes the name of a
    key, were it that of the service."""
    kind = block.read("encryption_type", str, "NONE")
    if isinstance(kind, Unknown):
        return Encryption.unread(kind)
    if kind.upper() == "NONE":
        return OFF
    return at_rest(project, True, block.values.get("kms_key_id") or _NO_KEY)


def _policies(block: Block, project: Project) -> list[_Said]:
    """The policies of the stream and of its consumers, each of which lets others read it; a doubt
    where one may or may not be among them."""
    own = joined(project, block, "resource_arn", POLICY, names=_arns(block, project))
    consumers = joined(project, block, "stream_arn", CONSUMER)
    theirs = [(each, joined(project, each, "resource_arn", POLICY)) for each in consumers.blocks]
    found = [(block, one) for one in own.blocks]
    found += [(consumer, one) for consumer, those in theirs for one in those.blocks]
    doubt = own.doubt or (consumers.doubt if project.each_of(POLICY) else None)
    said = [_Said(of, policy.read_policy(project, one.get("policy"))) for of, one in found]
    return [*said, *([_Said(block, doubt)] if doubt else [])]


def _arns(block: Block, project: Project) -> list[str]:
    """The ARNs, written in full, by which policies name the stream or one of its consumers."""
    name = block.get("name")
    if not isinstance(name, str):
        return []
    named = (settle(project, each.get("resource_arn")) for each in project.each_of(POLICY))
    return [arn for arn in named if isinstance(arn, str) and _is_of(arn, name)]


def _is_of(arn: str, name: str) -> bool:
    kind, _, rest = arn.rpartition(":stream/")[2].partition("/")
    return kind == name and (not rest or rest.startswith("consumer/"))


def _opens(project: Project, said: _Said) -> Known:
    if said.written is None or isinstance(said.written, Unknown):
        return said.written or False
    return is_open(project, said.written, whole=said.of)


def _grants(project: Project, said: list[_Said]) -> list[Grant] | Unknown:
    found: list[Grant] = []
    for one in said:
        those = _granted(project, one)
        if isinstance(those, Unknown):
            return those
        found += those
    return found


def _granted(project: Project, said: _Said) -> list[Grant] | Unknown:
    return then(said.written or [], lambda known: policy.grants(project, said.of, known))


MAPPINGS = [
    Mapping(
        types=(STREAM,),
        facts=Topic,
        map=map_stream,
        joined=(POLICY, CONSUMER, DOCUMENT, *KEYS, *KEY_DATA),
    )
]

PART_OF = {
    POLICY: PartOf(STREAM, ("resource_arn",)),
}

LINK_TYPES = frozenset({CONSUMER})
