"""People, programs and rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from examples.company.account import (
    CORE,
    LOGS,
    MAIN_REGION,
    MALL,
    OA,
    PARTITION,
    PARTNER_ACCOUNT,
    STRANGER_ACCOUNT,
    UNTAGGED,
    Account,
    Tags,
    allow,
    arn,
    bucket_arn,
    pairs,
    policy_document,
    root_of,
)

PASSWORD = "Example-Only-2019!"

GROUPS: Mapping[str, Sequence[str]] = {
    "system-administrators": ("PowerUserAccess",),
    "security-administrators": ("SecurityAudit", "IAMFullAccess"),
    "auditors": ("ReadOnlyAccess", "AWSCloudTrail_ReadOnlyAccess"),
    "interns": (),  # bad: rights nobody uses, a group nobody is in
}

POLICIES: Mapping[str, Sequence[Mapping[str, Any]]] = {
    # bad: everything on everything
    "emergency-everything": (allow(["*"]),),
    # bad: whoever holds it can give a new function any role
    "mall-release": (
        allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]),
        allow(["s3:PutObject"], [bucket_arn("example-mall-static", "*")]),
    ),
    "core-documents-read": (
        allow(
            ["s3:GetObject", "s3:ListBucket"],
            [bucket_arn("example-bank-core-docs"), bucket_arn("example-bank-core-docs", "*")],
        ),
    ),
    # bad: attached to nothing
    "oa-migration-2019": (allow(["s3:*"], [bucket_arn("example-oa-share", "*")]),),
}


class User(msgspec.Struct, frozen=True):
    """A person or a program that signs in."""

    name: str
    tags: Tags
    groups: tuple[str, ...] = ()
    console: bool = False
    mfa: bool = False
    keys: tuple[bool, ...] = ()
    """One entry a key: is it active?"""
    managed: tuple[str, ...] = ()
    """Policies of the provider attached to the user directly."""
    own: tuple[str, ...] = ()
    """The company's policies attached to the user directly."""


USERS = (
    User("li.na", LOGS, ("security-administrators",), console=True, mfa=True),
    User("zhang.min", LOGS, ("auditors",), console=True, mfa=True),
    User("chen.jie", CORE, ("system-administrators",), console=True, mfa=True),
    # bad: an administrator by direct attachment, with a password and no second factor
    User("wang.wei", MALL, console=True, managed=("AdministratorAccess",)),
    # bad: one identity for a person and for programs, no second factor
    User("zhao.lei", OA, ("system-administrators",), console=True, keys=(True,)),
    # bad: two live keys, a policy that can raise its own rights
    User("ci-mall-release", MALL, keys=(True, True), own=("mall-release",)),
    User("core-batch", CORE, keys=(True,), own=("core-documents-read",)),
    # bad: left long ago, untagged, everything still attached
    User("contractor-2018", UNTAGGED, keys=(False,), own=("emergency-everything",)),
)


class Role(msgspec.Struct, frozen=True):
    """A role and who may take it."""

    name: str
    tags: Tags
    principal: Mapping[str, Any]
    condition: Mapping[str, Any] = {}
    managed: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    inline: tuple[Mapping[str, Any], ...] = ()
    instance_profile: bool = False
    max_session_seconds: int = 3600


def _service(name: str) -> dict[str, str]:
    return {"Service": name}


ROLES = (
    Role(
        "core-app-instance",
        CORE,
        _service("ec2.amazonaws.com.cn"),
        managed=("AmazonSSMManagedInstanceCore",),
        own=("core-documents-read",),
        instance_profile=True,
    ),
    # bad: the web servers may do anything with any bucket and change any role
    Role(
        "mall-web-instance",
        MALL,
        _service("ec2.amazonaws.com.cn"),
        managed=("AmazonS3FullAccess",),
        inline=(allow(["iam:PutRolePolicy", "iam:AttachRolePolicy"]),),
        instance_profile=True,
    ),
    # bad: a vendor that left is still trusted, without an external id, as an administrator
    Role(
        "vendor-support",
        UNTAGGED,
        {"AWS": root_of(STRANGER_ACCOUNT)},
        managed=("AdministratorAccess",),
        max_session_seconds=43200,
    ),
    Role(
        "partner-settlement",
        CORE,
        {"AWS": root_of(PARTNER_ACCOUNT)},
        condition={"StringEquals": {"sts:ExternalId": "settlement-2024"}},
        own=("core-documents-read",),
    ),
    Role("trail-to-logs", LOGS, _service("cloudtrail.amazonaws.com")),
    Role("flow-logs", LOGS, _service("vpc-flow-logs.amazonaws.com")),
    Role("config-recorder", LOGS, _service("config.amazonaws.com")),
    Role("bucket-replication", CORE, _service("s3.amazonaws.com")),
)


def role_arn(name: str) -> str:
    """The ARN of one of the company's roles."""
    return arn("iam", f"role/{name}")


def fill_identity(account: Account, region: str = MAIN_REGION) -> None:
    """IAM is global; `region` only says which partition is meant."""
    iam = account.client("iam", region)
    iam.create_account_alias(AccountAlias="example-bank")
    # bad: short, two kinds of characters, kept for ever, the last two only are refused
    iam.update_account_password_policy(
        MinimumPasswordLength=8,
        RequireLowercaseCharacters=True,
        RequireNumbers=True,
        RequireUppercaseCharacters=False,
        RequireSymbols=False,
        AllowUsersToChangePassword=True,
        PasswordReusePrevention=2,
    )
    for name, statements in POLICIES.items():
        iam.create_policy(PolicyName=name, PolicyDocument=policy_document(statements))
        account.made("iam", "policy")
    for name, managed in GROUPS.items():
        iam.create_group(GroupName=name)
        for policy in managed:
            iam.attach_group_policy(GroupName=name, PolicyArn=_managed(policy))
        account.made("iam", "group")
    for user in USERS:
        _user(account, iam, user)
    for role in ROLES:
        _role(account, iam, role)


def _user(account: Account, iam: Any, user: User) -> None:
    iam.create_user(UserName=user.name, Tags=pairs(user.tags))
    account.made("iam", "user")
    for group in user.groups:
        iam.add_user_to_group(GroupName=group, UserName=user.name)
    for policy in user.managed:
        iam.attach_user_policy(UserName=user.name, PolicyArn=_managed(policy))
    for policy in user.own:
        iam.attach_user_policy(UserName=user.name, PolicyArn=arn("iam", f"policy/{policy}"))
    if user.console:
        iam.create_login_profile(UserName=user.name, Password=PASSWORD)
    if user.mfa:
        device = iam.create_virtual_mfa_device(VirtualMFADeviceName=user.name)
        iam.enable_mfa_device(
            UserName=user.name,
            SerialNumber=device["VirtualMFADevice"]["SerialNumber"],
            AuthenticationCode1="123456",
            AuthenticationCode2="654321",
        )
        account.made("iam", "mfa-device")
    for active in user.keys:
        key = iam.create_access_key(UserName=user.name)["AccessKey"]["AccessKeyId"]
        if not active:
            iam.update_access_key(UserName=user.name, AccessKeyId=key, Status="Inactive")
        account.made("iam", "access-key")


def _role(account: Account, iam: Any, role: Role) -> None:
    trust: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": dict(role.principal),
        "Action": "sts:AssumeRole",
    }
    if role.condition:
        trust["Condition"] = dict(role.condition)
    iam.create_role(
        RoleName=role.name,
        AssumeRolePolicyDocument=policy_document([trust]),
        MaxSessionDuration=role.max_session_seconds,
        Tags=pairs(role.tags),
    )
    account.made("iam", "role")
    for policy in role.managed:
        iam.attach_role_policy(RoleName=role.name, PolicyArn=_managed(policy))
    for policy in role.own:
        iam.attach_role_policy(RoleName=role.name, PolicyArn=arn("iam", f"policy/{policy}"))
    if role.inline:
        iam.put_role_policy(
            RoleName=role.name, PolicyName="inline", PolicyDocument=policy_document(role.inline)
        )
    if role.instance_profile:
        iam.create_instance_profile(InstanceProfileName=role.name, Tags=pairs(role.tags))
        iam.add_role_to_instance_profile(InstanceProfileName=role.name, RoleName=role.name)
        account.made("iam", "instance-profile")


def _managed(name: str) -> str:
    return f"arn:{PARTITION}:iam::aws:policy/{name}"
