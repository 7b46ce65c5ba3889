"""Permission policies: managed ones, and those written into a role, user or group."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from collectors.document import Document, Unknown, then
from collectors.facts.identity import Policy
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.identity_rights import ANY_ATTACHMENT, HOLDERS, POLICY
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, items, joined, name_of
from collectors.regions import GLOBAL

_ATTACHMENTS = (*(holder.attachment for holder in HOLDERS.values()), ANY_ATTACHMENT)
_INLINE = tuple(holder.inline for holder in HOLDERS.values())


def map_policy(block: Block, project: Project) -> Iterator[Document]:
    """A managed policy, with whom this template attaches it to."""
    links = joined(project, block, "policy_arn", *_ATTACHMENTS, take=False)
    for each in links.blocks:
        # What is attached to a user is judged with the user, also where that one stands elsewhere.
        if not given(each.values, "user", "users"):
            project.take(each)
    elsewhere = Unknown("nothing in this template attaches the policy")
    attached = sum(map(_principals, links.blocks)) or links.doubt or elsewhere
    yield _document(block, project, attached)


def _principals(attachment: Block) -> int:
    listed = [items(attachment.values, holder.several) for holder in HOLDERS.values()]
    return sum(len(each) for each in listed if isinstance(each, list)) or 1


def map_inline(block: Block, project: Project) -> Iterator[Document]:
    """A policy that is written into a principal by a resource of its own."""
    yield _document(block, project, 1)


def inline_of_role(block: Block, project: Project) -> Iterator[Document]:
    """The policies that stand in an aws_iam_role as blocks."""
    own = nested(block.values, "inline_policy")
    for i, values in enumerate(own if isinstance(own, list) else []):
        if values:  # an empty block removes what others have added
            address = f"{block.address}.inline_policy[{i}]"
            part = msgspec.structs.replace(block, address=address, values=values)
            yield _document(part, project, 1)


def _document(block: Block, project: Project, attached: int | Unknown) -> Document:
    written = policy.read_policy(project, block.get("policy"))
    if written is None:
        written = Unknown("the policy is empty")
    facts = Policy(
        attached=attached,
        managed_by="customer",
        statements=then(written, policy.statements),
        full_admin=policy.full_admin([written]),
        escalation_paths=policy.escalation_paths([written]),
    )
    name = name_of(block, "name")
    return aws_document(block, project, facts, name=name, region=GLOBAL)


MAPPINGS = [
    Mapping(types=(POLICY,), facts=Policy, map=map_policy, joined=(*_ATTACHMENTS, DOCUMENT)),
    Mapping(types=_INLINE, facts=Policy, map=map_inline, joined=(DOCUMENT,)),
]

LINK_TYPES = frozenset({"aws_iam_group_policy_attachment"})
