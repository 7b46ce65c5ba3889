"""Guardrails: the control policies of the resource directory that hold for an account.

They are those of the account itself and of every folder above it, up to the root. Any member may
ask which directory it belongs to; only the management account and delegated administrators may ask
for policies, which are unknown to others. A policy with the scope RAM does not bind the account
itself, only its users and roles (Resource Directory user guide, "Access control policies").
"""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import Account
from collectors.aliyun.control_policies import guardrail
from collectors.calls import Call, Scope
from collectors.document import Unknown, then
from collectors.facts.account import Guardrail


def _call(
    operation: str, result: str, scope: Scope = "resource", absent: tuple[str, ...] = ()
) -> Call:
    return Call(
        provider="aliyun",
        service="resourcemanager",
        operation=operation,
        permission=f"resourcemanager:{operation}",
        scope=scope,
        result=result,
        absent=absent,
    )


GET_RESOURCE_DIRECTORY = _call(
    "GetResourceDirectory", "ResourceDirectory", "account", ("ResourceDirectoryNotInUse",)
)
GET_ACCOUNT = _call("GetAccount", "Account")
LIST_CONTROL_POLICIES = _call(
    "ListControlPolicyAttachmentsForTarget", "ControlPolicyAttachments.ControlPolicyAttachment"
)
GET_CONTROL_POLICY = _call("GetControlPolicy", "ControlPolicy")
MEMBER_CALLS = (GET_RESOURCE_DIRECTORY, GET_ACCOUNT)
DIRECTORY_CALLS = (*MEMBER_CALLS, LIST_CONTROL_POLICIES, GET_CONTROL_POLICY)

FULL_ACCESS = "FullAliyunAccess"
"""What every folder and member has; it denies nothing."""

OTHERS = Unknown("whether another account of the resource directory protects it is not told here")

Item = dict[str, Any]


def member_kind(account: Account) -> str | Unknown | None:
    """CloudAccount, or ResourceAccount for one that the directory made; null for an account that is
    no member: it stands alone, or manages the directory."""
    directory = account.read(GET_RESOURCE_DIRECTORY)
    if isinstance(directory, Unknown):
        return directory
    if directory is None or str(directory["MasterAccountId"]) == account.id:
        return None
    member = account.read(GET_ACCOUNT, resource=account.id, AccountId=account.id)
    return then(member, lambda known: str(known["Type"]))


def others_may_guard(account: Account) -> Unknown | None:
    """What is not known of a member: WAF, Cloud Firewall and Anti-DDoS of the directory's
    administrators can protect its resources, which those accounts alone are told ("Use centralized
    account management" of each product). Null for an account that is no member."""
    directory = account.read(GET_RESOURCE_DIRECTORY)
    if isinstance(directory, Unknown):
        return directory
    if directory is None or str(directory["MasterAccountId"]) == account.id:
        return None
    return OTHERS


def guardrails(account: Account) -> list[Any] | Unknown:
    """The policies that hold for the account, by id, and one that is unknown for each answer that
    is missing. None holds for an account outside of directories, for a management account, or while
    the directory's control policies are off."""
    directory = account.read(GET_RESOURCE_DIRECTORY)
    if isinstance(directory, Unknown):
        return directory
    if directory is None or str(directory["MasterAccountId"]) == account.id:
        return []
    if directory.get("ControlPolicyStatus") in {"Disabled", "PendingEnable"}:
        return []
    member = account.read(GET_ACCOUNT, resource=account.id, AccountId=account.id)
    if isinstance(member, Unknown):
        return member
    found: dict[str, Item] = {}
    unread: list[Unknown] = []
    for target in _places(account, member):
        listed = account.read(LIST_CONTROL_POLICIES, resource=target, TargetId=target)
        if isinstance(listed, Unknown):
            unread.append(listed)
        else:
            found |= {item["PolicyId"]: item for item in listed}
    wanted = [one for one in sorted(found) if found[one]["PolicyName"] != FULL_ACCESS]
    rails = [_read(account, one) for one in wanted]
    return unread[0] if unread and not rails else [*rails, *unread]


def _places(account: Account, member: Item) -> list[str]:
    """The root, the folders down to the account, and the account, of `rd-…/r-…/fd-…/<account>`."""
    path = str(member["ResourceDirectoryPath"]).split("/")
    folders = [part for part in path if part.startswith(("r-", "fd-"))]
    if not folders:
        raise ValueError(f"the path of the account is {path}")
    return [*folders, account.id]


def _read(account: Account, policy: str) -> Guardrail:
    found = account.read(GET_CONTROL_POLICY, resource=policy, PolicyId=policy)
    return guardrail(policy, then(found, lambda one: str(one["PolicyDocument"])))
