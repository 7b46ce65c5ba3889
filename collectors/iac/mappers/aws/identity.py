"""IAM roles, users and groups with the policies that a template gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, then
from collectors.facts.identity import AccessKey, Group, Policy, Role, User
from collectors.facts.shared import Grant
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.identity_policy import inline_of_role
from collectors.iac.mappers.aws.identity_rights import (
    ANY_ATTACHMENT,
    GROUP,
    HOLDERS,
    POLICY_DATA,
    ROLE,
    USER,
    held,
)
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import identity, items, joined, points_to
from collectors.regions import GLOBAL

LOGIN, ACCESS_KEY = "aws_iam_user_login_profile", "aws_iam_access_key"
GROUPS_OF_USER, USERS_OF_GROUP = "aws_iam_user_group_membership", "aws_iam_group_membership"

_BY_HAND = "is set by hand after apply: a template does not tell"


def map_role(block: Block, project: Project) -> Iterator[Document]:
    """A role: whom it trusts and what rights this template gives it; then the policies in it."""
    rights = held(block, project)
    seconds = block.read("max_session_duration", int, 3600)
    facts = Role(
        trust=_trust(block, project),
        policies=rights.names,
        privileged=policy.full_admin(rights.written),
        max_session_minutes=then(seconds, lambda known: known // 60),
        last_used=Unknown("a template does not tell when the role was used"),
        escalation_paths=policy.escalation_paths(rights.written),
    )
    yield aws_document(block, project, facts, region=GLOBAL)
    yield from inline_of_role(block, project)


def _trust(block: Block, project: Project) -> list[Grant] | Unknown:
    written = policy.read_policy(project, block.get("assume_role_policy"))
    if written is None:
        return Unknown("the template writes no assume_role_policy")
    return then(written, lambda known: policy.grants(project, block, known))


def map_user(block: Block, project: Project) -> Iterator[Document]:
    """A user. What people set by hand later, such as MFA, no template tells."""
    login = joined(project, block, "user", LOGIN)
    groups = _groups(block, project)
    rights = held(block, project).written
    for group in groups:
        found = _group_named(project, group)
        elsewhere = Unknown("a group of the user is not part of this template")
        rights += held(found, project).written if found else [elsewhere]
    facts = User(
        console=True if login.blocks else login.doubt or Unknown(f"the password {_BY_HAND}"),
        mfa=Unknown(f"MFA {_BY_HAND}"),
        mfa_kinds=Unknown(f"MFA {_BY_HAND}"),
        keys=_keys(block, project),
        password_last_used=Unknown("a template does not tell when the user signs in"),
        password_changed=Unknown(f"the password {_BY_HAND}"),
        groups=[identity(project, each) for each in groups],  # type: ignore[misc]
        direct_policies=held(block, project).names,
        privileged=policy.full_admin(rights),
        escalation_paths=policy.escalation_paths(rights),
        # An IAM user belongs to this account, and IAM has no switch that disables one.
        external=False,
        enabled=True,
    )
    yield aws_document(block, project, facts, region=GLOBAL)


def _groups(user: Block, project: Project) -> list[Any]:
    """The groups of a user; a doubt stands among them."""
    by_user = joined(project, user, "user", GROUPS_OF_USER)
    by_group = joined(project, user, "users", USERS_OF_GROUP)
    found: list[Any] = []
    for link in by_user.blocks:
        listed = items(link.values, "groups")
        found += [listed] if isinstance(listed, Unknown) else listed
    found += [link.get("group") for link in by_group.blocks]
    return [*found, *(each for each in (by_user.doubt, by_group.doubt) if each)]


def _group_named(project: Project, value: Any) -> Block | None:
    """The group of this template that a value leads to or names."""
    found = (each for each in project.each_of(GROUP) if points_to(project, value, each))
    return next((project.take(each) for each in found), None)


def _keys(user: Block, project: Project) -> list[AccessKey] | Unknown:
    """The access keys that the template makes; of none it is not known whether there are others."""
    found = joined(project, user, "user", ACCESS_KEY)
    if not found.blocks:
        return found.doubt or Unknown(f"an access key {_BY_HAND}")
    return [
        AccessKey(
            id=f"{key.source.uri}#{key.address}",
            active=then(key.read("status", str, "Active"), lambda status: status == "Active"),
            created=Unknown("the key is made at apply"),
            last_used=Unknown("a template does not tell when the key is used"),
        )
        for key in found.blocks
    ]


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """A group, with the users and the rights that this template gives it."""
    by_group = joined(project, block, "group", USERS_OF_GROUP)
    members: list[Any] = []
    doubt = by_group.doubt
    for link in by_group.blocks:
        listed = items(link.values, "users")
        if isinstance(listed, Unknown):
            doubt = doubt or listed
        else:
            members += listed
    by_user = project.of_type(GROUPS_OF_USER)
    for link in by_user:
        listed = items(link.values, "groups")
        if isinstance(listed, Unknown):
            doubt = doubt or listed
        elif any(points_to(project, each, block) for each in listed):
            members.append(project.take(link).get("user"))
    rights = held(block, project).written
    facts = Group(
        members=doubt or len(members),
        privileged=policy.full_admin(rights),
        escalation_paths=policy.escalation_paths(rights),
    )
    yield aws_document(block, project, facts, region=GLOBAL)


_JOINED = (
    ANY_ATTACHMENT, DOCUMENT, POLICY_DATA,
    *(holder.attachment for holder in HOLDERS.values()),
)  # fmt: skip

MAPPINGS = [
    Mapping(types=(ROLE,), facts=Role, also=(Policy,), map=map_role, joined=_JOINED),
    Mapping(
        types=(USER,),
        facts=User,
        map=map_user,
        joined=(*_JOINED, LOGIN, ACCESS_KEY, GROUPS_OF_USER, USERS_OF_GROUP),
    ),
    Mapping(
        types=(GROUP,),
        facts=Group,
        map=map_group,
        joined=(*_JOINED, GROUPS_OF_USER, USERS_OF_GROUP),
    ),
]

PART_OF = {
    "aws_iam_access_key": PartOf("aws_iam_user", ("user",)),
    "aws_iam_role_policy_attachment": PartOf("aws_iam_role", ("role",)),
    "aws_iam_user_login_profile": PartOf("aws_iam_user", ("user",)),
    "aws_iam_user_policy": PartOf("aws_iam_user", ("user",), too=True),
    "aws_iam_user_policy_attachment": PartOf("aws_iam_user", ("user",)),
}

LINK_TYPES = frozenset({"aws_iam_group_membership", "aws_iam_user_group_membership"})
