"""RAM users, groups and roles with the policies that a template gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Facts, Unknown, then
from collectors.facts.identity import AccessKey, Group, Role, User
from collectors.iac.blocks import Block, Mapping, PartOf, Project, template_document
from collectors.iac.mappers.alicloud.ram_documents import trust_of
from collectors.iac.mappers.alicloud.ram_rights import (
    GROUP,
    JOINED,
    ROLE,
    USER,
    held,
    is_privileged,
    known_names,
    ways_up,
)
from collectors.iac.mappers.joins import (
    identity,
    items,
    joined,
    name_of,
    settle,
    tags_of,
    target_of,
)
from collectors.regions import GLOBAL

LOGIN, ACCESS_KEY = "alicloud_ram_login_profile", "alicloud_ram_access_key"
MEMBERSHIP, MEMBER = "alicloud_ram_group_membership", "alicloud_ram_user_group_attachment"

_BY_HAND = "is set by hand after apply: a template does not tell"


def map_user(block: Block, project: Project) -> Iterator[Document]:
    """A user. What people set by hand later, such as MFA, no template tells."""
    own = held(block, project)
    groups = _groups(block, project)
    rights = list(own.rights)
    for group in groups:
        found = _group_named(project, group)
        elsewhere = Unknown("a group of the user is not part of this template")
        rights += held(found, project).rights if found else [elsewhere]
    facts = User(
        console=_console(block, project),
        mfa=Unknown(f"MFA {_BY_HAND}"),
        mfa_kinds=Unknown(f"MFA {_BY_HAND}"),
        keys=_keys(block, project),
        password_last_used=Unknown("a template does not tell when the user signs in"),
        password_changed=Unknown(f"the password {_BY_HAND}"),
        groups=cast("list[str]", [identity(project, each) for each in groups]),
        direct_policies=own.names,
        privileged=is_privileged(rights),
        escalation_paths=ways_up(rights),
        # A RAM user belongs to this account, and a new one is active.
        external=False,
        enabled=True,
    )
    yield _document(block, project, facts, "name")


def _console(user: Block, project: Project) -> bool | Unknown:
    """Whether the user gets a password; a logon profile is on unless it says otherwise."""
    found = joined(project, user, "user_name", LOGIN)
    if not found.blocks:
        return found.doubt or Unknown(f"the password {_BY_HAND}")
    return then(found.blocks[0].read("status", str, "Active"), lambda word: word == "Active")


def _keys(user: Block, project: Project) -> list[AccessKey] | Unknown:
    """The access keys that the template makes; of none it is not known whether there are others."""
    found = joined(project, user, "user_name", ACCESS_KEY)
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


def _groups(user: Block, project: Project) -> list[Any]:
    """The groups of a user; a doubt stands among them."""
    several = joined(project, user, "user_names", MEMBERSHIP)
    single = joined(project, user, "user_name", MEMBER)
    found = [link.get("group_name") for link in (*several.blocks, *single.blocks)]
    return [*found, *(each for each in (several.doubt, single.doubt) if each)]


def _group_named(project: Project, value: Any) -> Block | None:
    found = target_of(project, value, GROUP)
    name = settle(project, value)
    if found is None and isinstance(name, str):
        named = (one for one in project.of_type(GROUP) if name in known_names(one))
        found = next((project.take(one) for one in named), None)
    return found


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """A group, with the users and the rights that this template gives it."""
    rights = held(block, project).rights
    names = known_names(block)
    several = joined(project, block, "group_name", MEMBERSHIP, names=names)
    single = joined(project, block, "group_name", MEMBER, names=names)
    members = len(single.blocks)
    doubt = several.doubt or single.doubt
    for link in several.blocks:
        listed = items(link.values, "user_names")
        if isinstance(listed, Unknown):
            doubt = doubt or listed
        else:
            members += len(listed)
    facts = Group(
        members=doubt or members,
        privileged=is_privileged(rights),
        escalation_paths=ways_up(rights),
    )
    yield _document(block, project, facts, "group_name", "name")


def map_role(block: Block, project: Project) -> Iterator[Document]:
    """A role: whom it trusts and what rights this template gives it."""
    own = held(block, project)
    seconds = block.read("max_session_duration", int, 3600)
    facts = Role(
        trust=trust_of(project, block),
        policies=own.names,
        privileged=is_privileged(own.rights),
        max_session_minutes=then(seconds, lambda known: known // 60),
        last_used=Unknown("Alibaba Cloud does not tell when a role was last used"),
        escalation_paths=ways_up(own.rights),
    )
    yield _document(block, project, facts, "role_name", "name")


def _document(block: Block, project: Project, facts: Facts, *names: str) -> Document:
    return template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=GLOBAL,
        name=name_of(block, *names),
        tags=tags_of(block),
    )


MAPPINGS = [
    Mapping(
        types=(USER,),
        facts=User,
        map=map_user,
        joined=(*JOINED, LOGIN, ACCESS_KEY, MEMBERSHIP, MEMBER, GROUP),
    ),
    Mapping(types=(GROUP,), facts=Group, map=map_group, joined=(*JOINED, MEMBERSHIP, MEMBER)),
    Mapping(types=(ROLE,), facts=Role, map=map_role, joined=JOINED),
]

PART_OF = {
    "alicloud_ram_role_policy_attachment": PartOf("alicloud_ram_role", ("role_name",)),
    "alicloud_ram_user_policy_attachment": PartOf("alicloud_ram_user", ("user_name",)),
    "alicloud_ram_access_key": PartOf("alicloud_ram_user", ("user_name",)),
    "alicloud_ram_login_profile": PartOf("alicloud_ram_user", ("user_name",)),
}

LINK_TYPES = frozenset({"alicloud_ram_group_membership", "alicloud_ram_user_group_attachment"})
