"""Policy documents of IAM and of resources: whom they let in, and what they say. Pure functions.

Each gives Unknown for a document that is not one; see collectors/policy_clauses.py. What a bucket
policy demands of connections is judged in policy_transport, what rights amount to in policy_rights.
"""

from __future__ import annotations

import re

from collectors.aws.policy_conditions import narrows
from collectors.document import Unknown
from collectors.facts.shared import Grant
from collectors.policy_clauses import (
    ANYONE,
    Clause,
    PolicyText,
    clauses,
    keys_of,
    statements,
)

__all__ = [
    "ANYONE",
    "Clause",
    "PolicyText",
    "clauses",
    "grants",
    "is_public",
    "lets_anyone_in",
    "statements",
]

_ACCOUNT = re.compile(r"\d{12}")
_ARN_ACCOUNT = re.compile(r"arn:[^:]+:(?:iam|sts):[^:]*:(\d{12}):.+")
# CloudFront's origin access identities stand in for the service, not for an account.
_ORIGIN_ACCESS_IDENTITY = re.compile(r"arn:[^:]+:iam::cloudfront:user/.+")


def grants(document: PolicyText) -> list[Grant] | Unknown:
    """Whom a policy of a resource lets in: a grant for each Allow statement and principal.

    NotPrincipal lets in anyone but a few and counts as anyone; NotAction counts as every action.
    Deny statements are not weighed against them. `account` is null for services, for anyone and
    for providers such as accounts.google.com; it is unknown for canonical users and for ids of
    principals that were deleted, of which AWS does not tell the account.
    """
    found = clauses(document)
    if isinstance(found, Unknown):
        return found
    if any(clause.principals is None for clause in found):
        return Unknown("the policy document cannot be read: a statement names no principal")
    return [grant for clause in found if clause.allows for grant in _grants(clause)]


def is_public(found: list[Grant]) -> bool:
    """Whether anyone is let in without a condition that narrows who, or from where."""
    return any(grant.kind == "anyone" and grant.narrows is False for grant in found)


def lets_anyone_in(clause: Clause) -> bool:
    """Whether a statement by itself lets anyone in, as `is_public` has it."""
    return clause.allows and is_public(_grants(clause))


def _grants(clause: Clause) -> list[Grant]:
    actions, keys = list(clause.actions) or [ANYONE], keys_of(clause.conditions)
    principals = clause.principals or ()
    if clause.not_principal:
        principals = ((ANYONE, ANYONE),)
    grants_ = []
    for kind, value in principals:
        grant = _principal(kind, value)
        grant.actions, grant.conditions = list(actions), list(keys)
        grant.narrows = narrows(clause.conditions, anyone=grant.kind == "anyone")
        grants_.append(grant)
    return grants_


def _principal(kind: str, value: str) -> Grant:
    """Who a principal is: the part of a grant that the statement's other elements do not change."""
    arn = _ARN_ACCOUNT.fullmatch(value)
    if value == ANYONE or (kind == "AWS" and not arn and ANYONE in value):
        return Grant(principal=value, account=None, kind="anyone")
    if kind == "Service" or _ORIGIN_ACCESS_IDENTITY.fullmatch(value):
        return Grant(principal=value, account=None, kind="service")
    if kind == "Federated":
        return Grant(principal=value, account=arn[1] if arn else None, kind="federated")
    if kind == "AWS" and arn:
        return Grant(principal=value, account=arn[1], kind="account")
    if kind == "AWS" and _ACCOUNT.fullmatch(value):
        return Grant(principal=value, account=value, kind="account")
    return Grant(
        principal=value,
        account=Unknown(f"AWS does not tell the account of the principal {value}"),
        kind="account",
    )
