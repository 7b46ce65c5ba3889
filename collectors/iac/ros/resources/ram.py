"""Users, groups, roles and policies. Source: ALIYUN::RAM::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from collectors.iac.mappers.alicloud.ram import ACCESS_KEY, LOGIN, MEMBER, MEMBERSHIP
from collectors.iac.mappers.alicloud.ram_account import PREFERENCE, SAML
from collectors.iac.mappers.alicloud.ram_rights import GROUP, HOLDERS, POLICY, ROLE, USER
from collectors.iac.ros.resources.shared import listed, plain, policy, rows
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, tags

_ATTACHED = {"policy_name": "PolicyName", "policy_type": "PolicyType"}


def user(resource: Resource) -> Iterator[Block]:
    """A user with its groups, its logon profile and what it holds."""
    yield resource.block(USER, {"name": resource.get("UserName")})
    for i, group in enumerate(_each(resource.get("Groups"))):
        link = {"user_name": resource.itself("name"), "group_name": group}
        yield resource.block(MEMBER, link, part=f"Groups/{i}")
    if resource.get("LoginProfile") is not None:
        to = open_(resource.get("LoginProfile")) or resource.itself("name")
        yield resource.block(LOGIN, {"user_name": to}, part="LoginProfile")
    yield from _held(resource, USER)


def group(resource: Resource) -> Iterator[Block]:
    """A group with what it holds."""
    yield resource.block(GROUP, {"group_name": resource.get("GroupName")})
    yield from _held(resource, GROUP)


def role(resource: Resource) -> Iterator[Block]:
    """A role with what it holds."""
    values = {
        "role_name": resource.get("RoleName"),
        "assume_role_policy_document": policy(resource.get("AssumeRolePolicyDocument")),
        "max_session_duration": resource.get("MaxSessionDuration"),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(ROLE, values)
    yield from _held(resource, ROLE)


def _held(resource: Resource, kind: str) -> Iterator[Block]:
    """The policies that a principal names, and those that are written into it: each becomes a
    custom policy of the account."""
    holder = HOLDERS[kind]
    own = resource.itself(holder.names[0])
    attached = resource.get("PolicyAttachments")
    for word in ("System", "Custom"):
        value = attached.get(word) if isinstance(attached, dict) else attached
        for i, name in enumerate(_each(value)):
            link = {holder.argument: own, "policy_name": name, "policy_type": word}
            yield resource.block(holder.attachment, link, part=f"PolicyAttachments/{word}/{i}")
    for i, each in enumerate(_each(resource.get("Policies"))):
        part = f"Policies/{i}"
        written = each if isinstance(each, dict) else {}
        text = policy(written.get("PolicyDocument")) if written else each
        yield resource.block(
            POLICY,
            {"policy_name": written.get("PolicyName"), "policy_document": text},
            part=part,
        )
        link = {
            holder.argument: own,
            "policy_name": Reference(f"{resource.address}/{part}", "policy_name"),
            "policy_type": "Custom",
        }
        yield resource.block(holder.attachment, link, part=f"{part}/attachment")


def _each(value: Any) -> list[Any]:
    """The entries of a list; one that stands for all where they are not known."""
    found = listed(value)
    return rows(found) if not isinstance(found, list) else found


def managed_policy(resource: Resource) -> Iterator[Block]:
    """A custom policy, with whom it is attached to."""
    unchecked = resource.get("PolicyDocumentUnchecked")
    document = resource.get("PolicyDocument") if unchecked is None else unchecked
    values = {"policy_name": resource.get("PolicyName"), "policy_document": policy(document)}
    yield resource.block(POLICY, values)
    for word, kind in (("Users", USER), ("Groups", GROUP), ("Roles", ROLE)):
        holder = HOLDERS[kind]
        for i, name in enumerate(_each(resource.get(word))):
            link = {
                holder.argument: name,
                "policy_name": resource.itself("policy_name"),
                "policy_type": "Custom",
            }
            yield resource.block(holder.attachment, link, part=f"{word}/{i}")


def _attachment(kind: str, word: str) -> Translation:
    holder = HOLDERS[kind]
    names = {word: holder.argument, **{old: new for new, old in _ATTACHED.items()}}
    return plain(holder.attachment, names)


def login(resource: Resource) -> Iterator[Block]:
    """A logon profile, which names its user as it signs in."""
    name = resource.get("UserPrincipalName")
    if isinstance(name, str):
        name = name.partition("@")[0]
    elif not isinstance(name, Unknown):
        name = Unknown("its name is known after apply")
    yield resource.block(LOGIN, {"user_name": name, "status": resource.get("Status")})


def membership(resource: Resource) -> Iterator[Block]:
    """Users who are put into a group."""
    users = resource.get("Users")
    values = {"group_name": resource.get("GroupName"), "user_names": listed(users)}
    if is_open(users):
        values["user_names"] = open_(users)
    yield resource.block(MEMBERSHIP, values)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::RAM::AccessKey": plain(ACCESS_KEY, {"UserName": "user_name"}),
    "ALIYUN::RAM::AttachPolicyToGroup": _attachment(GROUP, "GroupName"),
    "ALIYUN::RAM::AttachPolicyToRole": _attachment(ROLE, "RoleName"),
    "ALIYUN::RAM::AttachPolicyToUser": _attachment(USER, "UserName"),
    "ALIYUN::RAM::Group": group,
    "ALIYUN::RAM::LoginProfile": login,
    "ALIYUN::RAM::ManagedPolicy": managed_policy,
    "ALIYUN::RAM::Role": role,
    "ALIYUN::RAM::SAMLProvider": plain(SAML, {"SAMLProviderName": "saml_provider_name"}),
    "ALIYUN::RAM::SecurityPreference": plain(
        PREFERENCE,
        {
            "LoginNetworkMasks": "login_network_masks",
            "LoginSessionDuration": "login_session_duration",
        },
    ),
    "ALIYUN::RAM::User": user,
    "ALIYUN::RAM::UserToGroupAddition": membership,
}
