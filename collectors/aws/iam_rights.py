"""The rights of a principal: the statements of all policies that reach it, joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account
from collectors.aws.iam_calls import GET_POLICY_VERSION, LIST_POLICIES, POLICY_DETAILS
from collectors.aws.policy_document import Clause, clauses
from collectors.aws.policy_rights import escalation_paths, full_admin
from collectors.document import Unknown, also, then

Item = dict[str, Any]
Rights = list[list[Clause] | Unknown]
"""The clauses of each policy, unknown where it could not be read."""

CALLS = (POLICY_DETAILS, LIST_POLICIES, GET_POLICY_VERSION)

_INLINE = ("UserPolicyList", "GroupPolicyList", "RolePolicyList")


def policy_names(principal: Item) -> list[str]:
    """The policies that a principal holds directly: ARNs of managed ones, names of inline ones."""
    managed = [policy["PolicyArn"] for policy in principal["AttachedManagedPolicies"]]
    return sorted(managed) + sorted(policy["PolicyName"] for policy in inline_policies(principal))


def rights(account: Account, principals: Iterable[Item]) -> Rights:
    """The policies that principals (a user and its groups) hold together."""
    found: Rights = []
    for principal in principals:
        found += [clauses(policy["PolicyDocument"]) for policy in inline_policies(principal)]
        found += [
            then(managed_document(account, policy["PolicyArn"]), clauses)
            for policy in principal["AttachedManagedPolicies"]
        ]
    return found


def rights_of_user(account: Account, user: Item, groups: list[Item] | Unknown) -> Rights:
    """The policies that reach a user, by itself or through its groups."""
    if isinstance(groups, Unknown) and user["GroupList"]:
        return [*rights(account, [user]), groups]
    known = [] if isinstance(groups, Unknown) else groups
    own = [group for group in known if group["GroupName"] in user["GroupList"]]
    return rights(account, [user, *own])


def known_clauses(found: Rights) -> list[Clause]:
    """The clauses of the policies that could be read."""
    return [clause for policy in found if not isinstance(policy, Unknown) for clause in policy]


def is_privileged(found: Rights) -> bool | Unknown:
    """Whether policies together give full administration; what could not be read leaves that open
    unless the rest gives it already."""
    return full_admin(known_clauses(found)) or also(None, *found) or False


def ways_up(found: Rights) -> list[str] | Unknown:
    """The ways to raise one's own rights that policies together allow."""
    return also(None, *found) or escalation_paths(known_clauses(found))


def default_document(policy: Item) -> Any:
    """The document of a policy's default version, as its details give it."""
    for version in policy["PolicyVersionList"]:
        if version["IsDefaultVersion"]:
            return version["Document"]
    return Unknown(f"the default version of {policy['Arn']} is not told")


def managed_document(account: Account, arn: str) -> Any:
    """The document of a managed policy of the account or of AWS."""
    if arn.split(":")[4] == "aws":
        return _document_of_provider(account, arn)
    policies = account.read(POLICY_DETAILS, Filter=["LocalManagedPolicy"])
    return then(then(policies, lambda found: _one(found, arn)), default_document)


def _document_of_provider(account: Account, arn: str) -> Any:
    attached = account.read(LIST_POLICIES, Scope="AWS", OnlyAttached=True)
    policy = then(attached, lambda found: _one(found, arn))
    if isinstance(policy, Unknown):
        return policy
    version = policy["DefaultVersionId"]
    answer = account.read(GET_POLICY_VERSION, resource=arn, PolicyArn=arn, VersionId=version)
    return then(answer, lambda found: found["Document"])


def _one(policies: list[Item], arn: str) -> Item | Unknown:
    for policy in policies:
        if policy["Arn"] == arn:
            return policy
    return Unknown(f"{arn} is attached and not listed")


def inline_policies(principal: Item) -> list[Item]:
    """The policies written into a user, group or role: names and documents."""
    return [policy for key in _INLINE for policy in principal.get(key, [])]
