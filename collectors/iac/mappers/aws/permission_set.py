"""IAM Identity Center: aws_ssoadmin_permission_set as the policies that it is made of, which those
whom it is assigned to hold together (IAM Identity Center user guide, "Permission sets")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from collectors.document import Document, Unknown, then
from collectors.facts.identity import Policy, Statement
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.identity_rights import POLICY, POLICY_DATA, managed_policy
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import Joined, joined, points_to

PERMISSION_SET = "aws_ssoadmin_permission_set"
INLINE = f"{PERMISSION_SET}_inline_policy"
MANAGED = "aws_ssoadmin_managed_policy_attachment"
OWN = "aws_ssoadmin_customer_managed_policy_attachment"
ASSIGNMENT = "aws_ssoadmin_account_assignment"
REFERENCE = "customer_managed_policy_reference"

_NOBODY = Unknown("nothing in this template assigns the permission set")
_NOTHING = Unknown("no policy of the permission set is in this template")
_EMPTY = Unknown("an inline policy is empty")
_ELSEWHERE = Unknown("a policy that the permission set names is not part of this template")

_Policies = list[policy.Written | Unknown]


def map_set(block: Block, project: Project) -> Iterator[Document]:
    """A permission set, with how often this template assigns it."""

    def parts(kind: str) -> Joined:
        return joined(project, block, "permission_set_arn", kind)

    inline, own, managed, links = map(parts, (INLINE, OWN, MANAGED, ASSIGNMENT))
    texts = [policy.read_policy(project, each.get("inline_policy")) for each in inline.blocks]
    written: _Policies = [
        *(text or _EMPTY for text in texts),
        *(_named(project, each) for each in own.blocks),
        *(managed_policy(project, each.get("managed_policy_arn")) for each in managed.blocks),
        *(each.doubt for each in (inline, own, managed) if each.doubt),
    ] or [_NOTHING]
    facts = Policy(
        attached=len(links.blocks) or links.doubt or _NOBODY,
        managed_by=_managed_by(inline, own, managed),
        statements=_together(written),
        full_admin=policy.full_admin(written),
        escalation_paths=policy.escalation_paths(written),
    )
    yield aws_document(block, project, facts)


def _named(project: Project, block: Block) -> policy.Written | Unknown:
    """What a managed policy of the accounts says, which is attached by its name."""
    found = nested(block.values, REFERENCE)
    if isinstance(found, Unknown):
        return found
    name = found[0].get("name") if found else None
    own = (each for each in project.each_of(POLICY) if points_to(project, name, each))
    one = next((project.take(each) for each in own), None)
    return (policy.read_policy(project, one.get("policy")) if one else None) or _ELSEWHERE


def _managed_by(
    inline: Joined, own: Joined, managed: Joined
) -> Literal["customer", "provider"] | Unknown:
    """Whose work it is: the customer's where something is written into it."""
    if inline.blocks or own.blocks:
        return "customer"
    doubt = inline.doubt or own.doubt
    if doubt is None and managed.blocks:
        return "provider"
    return doubt or managed.doubt or _NOTHING


def _together(written: _Policies) -> list[Statement] | Unknown:
    found: list[Statement] = []
    for each in written:
        statements = then(each, policy.statements)
        if isinstance(statements, Unknown):
            return statements
        found += statements
    return found


MAPPINGS = [
    Mapping(
        types=(PERMISSION_SET,),
        facts=Policy,
        map=map_set,
        joined=(INLINE, MANAGED, OWN, ASSIGNMENT, POLICY, POLICY_DATA, DOCUMENT),
    ),
]

PART_OF = {kind: PartOf(PERMISSION_SET, ("permission_set_arn",)) for kind in (INLINE, MANAGED, OWN)}

LINK_TYPES = frozenset({ASSIGNMENT})
