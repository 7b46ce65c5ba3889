"""Guardrails: the service control policies of the organisation that hold for an account.

They are those of the account itself and of every unit above it, up to the root. Only the management
account and delegated administrators may ask for them; to others they are unknown.
"""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.organization import DESCRIBE_ORGANIZATION
from collectors.aws.policy_document import Clause, clauses
from collectors.aws.policy_rights import matches
from collectors.calls import Call
from collectors.document import Unknown, also, then
from collectors.facts.account import Guardrail

LIST_POLICIES_FOR_TARGET = Call(
    provider="aws",
    service="organizations",
    operation="ListPoliciesForTarget",
    permission="organizations:ListPoliciesForTarget",
    scope="resource",
    result="Policies",
    paged=True,
)
LIST_PARENTS = Call(
    provider="aws",
    service="organizations",
    operation="ListParents",
    permission="organizations:ListParents",
    scope="resource",
    result="Parents",
    paged=True,
)
DESCRIBE_POLICY = Call(
    provider="aws",
    service="organizations",
    operation="DescribePolicy",
    permission="organizations:DescribePolicy",
    scope="resource",
    result="Policy",
)
CALLS = (DESCRIBE_ORGANIZATION, LIST_POLICIES_FOR_TARGET, LIST_PARENTS, DESCRIBE_POLICY)

KIND = "scp"

Item = dict[str, Any]
Policies = dict[str, Item]

_FULL_ACCESS = "p-FullAWSAccess"
_DEEPEST = 6
"""An account lies at most five units below the root (Organizations user guide, "Quotas")."""

# A statement denies a region when it denies the calls that put machines and data there.
_PLACING = ("ec2:RunInstances", "s3:CreateBucket", "rds:CreateDBInstance", "dynamodb:CreateTable")
_REGION, _PRINCIPAL = "aws:requestedregion", "aws:principalarn"
_NAMED = {"stringequals", "stringequalsignorecase", "stringlike"}
_NOT_NAMED = {"stringnotequals", "stringnotequalsignorecase", "stringnotlike"}
# Exemptions of named principals, such as the role by which the organisation itself works.
_EXEMPTS = {"arnnotlike", "arnnotequals", "stringnotlike", "stringnotequals"}
_BY_PATTERN = Unknown("the policy names regions by a pattern")


def guardrails(account: Account) -> list[Any] | Unknown:
    """The policies that hold for the account, by id, and one that is unknown for each answer that
    is missing. None holds for an account that is alone, for a management account (Organizations
    user guide, "Service control policies") or where the organisation only shares its bills."""
    organisation = account.read(DESCRIBE_ORGANIZATION)
    if isinstance(organisation, Unknown):
        return organisation
    if organisation is None or organisation["MasterAccountId"] == account.id:
        return []
    if organisation["FeatureSet"] != "ALL":
        return []
    found, unread = _above(account)
    rails = [_guardrail(account, found[arn]) for arn in sorted(found)]
    return unread[0] if unread and not rails else [*rails, *unread]


def _above(account: Account) -> tuple[Policies, list[Unknown]]:
    """The policies on the account and on what is above it by ARN, and what could not be read."""
    found: Policies = {}
    unread: list[Unknown] = []
    target: str | None = account.id
    for _ in range(_DEEPEST + 1):
        if target is None:
            return found, unread
        policies = account.read(
            LIST_POLICIES_FOR_TARGET,
            resource=target,
            TargetId=target,
            Filter="SERVICE_CONTROL_POLICY",
        )
        if isinstance(policies, Unknown):
            unread.append(policies)
        else:
            found |= {item["Arn"]: item for item in policies if item["Id"] != _FULL_ACCESS}
        target = _parent(account, target, unread)
    unread.append(Unknown("the account lies deeper in its organisation than AWS allows"))
    return found, unread


def _parent(account: Account, child: str, unread: list[Unknown]) -> str | None:
    """What is right above, null above the root; every other place has one parent."""
    if child.startswith("r-"):
        return None
    parents = account.read(LIST_PARENTS, resource=child, ChildId=child)
    if isinstance(parents, Unknown):
        unread.append(parents)
        return None
    return str(parents[0]["Id"])


def _guardrail(account: Account, item: Item) -> Guardrail:
    answer = account.read(DESCRIBE_POLICY, resource=item["Id"], PolicyId=item["Id"])
    return guardrail(item["Arn"], then(answer, lambda policy: policy["Content"]))


def guardrail(arn: str, content: str | Unknown) -> Guardrail:
    """A policy as a guardrail. A region counts as denied where calls that put machines and data
    there are, to all but named principals; what a policy allows limits no region by itself."""
    found = then(content, clauses)
    return Guardrail(
        kind=KIND, id=arn, denies_regions=then(found, _denied), only_regions=then(found, _only)
    )


def _denied(found: list[Clause]) -> list[str] | Unknown | None:
    named = [regions for regions in (_regions(clause, _NAMED) for clause in found) if regions]
    if not named:
        return None
    everywhere = {region for regions in named for region in regions}
    return _BY_PATTERN if _has_pattern(everywhere) else sorted(everywhere)


def _only(found: list[Clause]) -> list[str] | Unknown | None:
    """Each statement denies all but what it names: what every one of them leaves is left."""
    named = [regions for regions in (_regions(clause, _NOT_NAMED) for clause in found) if regions]
    if not named:
        return None
    unread = also(None, *(_BY_PATTERN for regions in named if _has_pattern(regions)))
    return unread or sorted(set.intersection(*named))


def _has_pattern(regions: set[str]) -> bool:
    return any(mark in region for region in regions for mark in "*?$")


def _regions(clause: Clause, operators: set[str]) -> set[str]:
    """The regions that a Deny of everything names with one of the operators; empty where it denies
    less, or under another condition."""
    if (
        clause.allows
        or clause.resources != ("*",)
        or not all(_hits(clause, one) for one in _PLACING)
    ):
        return set()
    named: list[set[str]] = []
    for written, keys in clause.conditions.items():
        operator = written.lower().removesuffix("ifexists")
        for key, values in keys.items():
            if key.lower() == _REGION and operator in operators:
                named.append({value.lower() for value in values})
            elif not (key.lower() == _PRINCIPAL and operator in _EXEMPTS and _is_few(values)):
                return set()
    return named[0] if len(named) == 1 else set()


def _is_few(principals: list[str]) -> bool:
    """Whether principals are named, in whatever account; not all, or all of a kind."""
    return all(principal.rpartition("/")[2].strip("*?") for principal in principals) and all(
        "/" in principal for principal in principals
    )


def _hits(clause: Clause, action: str) -> bool:
    if clause.not_actions:
        return not any(matches(pattern, action) for pattern in clause.not_actions)
    return any(matches(pattern, action) for pattern in clause.actions)
