"""Roles, users, groups and policies. Source: CloudFormation template reference, IAM."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, OpenArguments, Reference
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.account_identity import OIDC, SAML
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    parts,
    renamed,
    tags,
)

_HOLDERS = {"Roles": "role", "Users": "user", "Groups": "group"}
_NOBODY = Unknown("the policy names no role, user or group")
_LATER = Unknown("a policy is known after apply")
_INLINE = {"PolicyName": "name", "PolicyDocument": "policy"}


def role(resource: Resource) -> Iterator[Block]:
    """A role with the policies in it."""
    names = {
        "RoleName": "name",
        "AssumeRolePolicyDocument": "assume_role_policy",
        "ManagedPolicyArns": "managed_policy_arns",
        "MaxSessionDuration": "max_session_duration",
    }
    values = renamed(resource.properties, names)
    values["inline_policy"] = parts(resource.get("Policies"), _INLINE)
    yield resource.block("aws_iam_role", values | {"tags": tags(resource.get("Tags"))})


def user(resource: Resource) -> Iterator[Block]:
    """A user, with its password, groups and policies."""
    names = {"UserName": "name", "ManagedPolicyArns": "managed_policy_arns"}
    values = renamed(resource.properties, names)
    yield resource.block("aws_iam_user", values | {"tags": tags(resource.get("Tags"))})
    me = resource.itself()
    if resource.get("LoginProfile") is not None:
        yield resource.block("aws_iam_user_login_profile", {"user": me}, part="LoginProfile")
    if resource.get("Groups") is not None:
        member = {"user": me, "groups": resource.get("Groups")}
        yield resource.block("aws_iam_user_group_membership", member, part="Groups")
    yield from _inline(resource, "user")


def group(resource: Resource) -> Iterator[Block]:
    """A group with its policies."""
    names = {"GroupName": "name", "ManagedPolicyArns": "managed_policy_arns"}
    yield resource.block("aws_iam_group", renamed(resource.properties, names))
    yield from _inline(resource, "group")


def _inline(resource: Resource, holder: str) -> Iterator[Block]:
    """The policies that stand in a user or group, each a resource of its own."""
    written = resource.get("Policies")
    for i, each in enumerate([written] if is_open(written) else written or []):
        me = {holder: resource.itself()}
        block = resource.block(f"aws_iam_{holder}_policy", me, part=f"Policies/{i}")
        # One that is decided at deployment may be none at all.
        doubt = each if isinstance(each, Unknown) else _LATER
        known = isinstance(each, dict)
        block.values = renamed(each, _INLINE) | me if known else OpenArguments(me, doubt)
        yield block


def policy(resource: Resource) -> Iterator[Block]:
    """A policy that is written into roles, users and groups: one in each."""
    values = renamed(resource.properties, _INLINE)
    first = True
    for holder, name in _held(resource):
        place = "" if first else f"{holder}/{name.address if is_ref(name) else name}"
        yield resource.block(f"aws_iam_{holder}_policy", values | {holder: name}, part=place)
        first = False
    if first:
        # What is written into nobody is judged all the same.
        yield resource.block("aws_iam_role_policy", values | {"role": _NOBODY})


def is_ref(value: Any) -> bool:
    """Whether a value names a resource of the template."""
    return isinstance(value, Reference)


def _held(resource: Resource) -> Iterator[tuple[str, Any]]:
    for listed, holder in _HOLDERS.items():
        names = resource.get(listed)
        if is_open(names):
            names = [names]
        for name in names or []:
            yield holder, name


def managed_policy(resource: Resource) -> Iterator[Block]:
    """A managed policy, and to whom it is attached."""
    names = {"ManagedPolicyName": "name", "PolicyDocument": "policy"}
    yield resource.block("aws_iam_policy", renamed(resource.properties, names))
    for i, (holder, name) in enumerate(_held(resource)):
        values = {holder: name, "policy_arn": resource.itself("arn")}
        yield resource.block(f"aws_iam_{holder}_policy_attachment", values, part=f"{holder}/{i}")


def _of_its_own(holder: str) -> Translation:
    names = {f"{holder.title()}Name": holder, **_INLINE}
    return plain(f"aws_iam_{holder}_policy", names)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::IAM::AccessKey": plain("aws_iam_access_key", {"UserName": "user", "Status": "status"}),
    "AWS::IAM::Group": group,
    "AWS::IAM::GroupPolicy": _of_its_own("group"),
    "AWS::IAM::ManagedPolicy": managed_policy,
    "AWS::IAM::OIDCProvider": plain(OIDC, {"Url": "url"}),
    "AWS::IAM::Policy": policy,
    "AWS::IAM::Role": role,
    "AWS::IAM::RolePolicy": _of_its_own("role"),
    "AWS::IAM::SAMLProvider": plain(SAML, {"Name": "name"}),
    "AWS::IAM::User": user,
    "AWS::IAM::UserPolicy": _of_its_own("user"),
    "AWS::IAM::UserToGroupAddition": plain(
        "aws_iam_group_membership", {"GroupName": "group", "Users": "users"}
    ),
}
