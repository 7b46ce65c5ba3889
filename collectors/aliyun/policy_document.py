"""Policy documents of Alibaba Cloud: whom those of resources let in. Pure functions.

They are trust policies of RAM roles (`{"RAM": […], "Service": […], "Federated": […]}`), policies
of KMS keys (`{"RAM": […]}`) and OSS bucket policies (a bare list of ids, ARNs and "*"). Each
function gives Unknown for a document that is not one; see collectors/policy_clauses.py.
"""

from __future__ import annotations

import re

from collectors.aliyun.policy_conditions import narrows
from collectors.document import Unknown
from collectors.facts.shared import Grant
from collectors.policy_clauses import ANYONE, Clause, PolicyText, clauses, keys_of

# Of users, roles, providers and the account itself ("…:root"); OSS writes "arn:sts::…" and
# "arn:ram::…" too.
_RAM_NAME = re.compile(r"(?:acs|arn):(?:ram|sts):[^:]*:(\d{5,}):.+")
_ACCOUNT = re.compile(r"\d{5,}")
# Ids of users and roles begin with 2 and 3 and have 18 digits, those of accounts have 16 at most.
_LONGEST_ACCOUNT = 16
# A service that acts for one account: "1234567890123456@actiontrail.aliyuncs.com".
_SERVICE_FOR = re.compile(r"(\d{5,})@[\w.-]+\.aliyuncs\.com")


def grants(document: PolicyText) -> list[Grant] | Unknown:
    """Whom a policy of a resource lets in: a grant for each Allow statement and principal.

    NotPrincipal lets in anyone but a few and counts as anyone; NotAction counts as every action.
    Deny statements are not weighed against them. A service that acts for a named account is let in
    for that account, and counts as it. `account` is null for services and for anyone; it is unknown
    for bare ids of users and roles, which do not tell their account.
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


def _grants(clause: Clause) -> list[Grant]:
    actions, keys = list(clause.actions) or [ANYONE], keys_of(clause.conditions)
    principals = clause.principals or ()
    if clause.not_principal:
        principals = ((ANYONE, ANYONE),)
    found = []
    for kind, value in principals:
        grant = _principal(kind.lower(), value)
        grant.actions, grant.conditions = list(actions), list(keys)
        grant.narrows = narrows(clause.conditions, anyone=grant.kind == "anyone")
        found.append(grant)
    return found


def _principal(kind: str, value: str) -> Grant:
    """Who a principal is: the part of a grant that the statement's other elements do not change."""
    name = _RAM_NAME.fullmatch(value)
    if kind == "federated" and value != ANYONE:
        return Grant(principal=value, account=name[1] if name else None, kind="federated")
    acts_for = _SERVICE_FOR.fullmatch(value)
    if acts_for:
        return Grant(principal=value, account=acts_for[1], kind="account")
    if kind == "service" or value.endswith(".aliyuncs.com"):
        return Grant(principal=value, account=None, kind="service")
    if name:
        return Grant(principal=value, account=name[1], kind="account")
    if _ACCOUNT.fullmatch(value) and len(value) <= _LONGEST_ACCOUNT:
        return Grant(principal=value, account=value, kind="account")
    if ANYONE in value:
        return Grant(principal=value, account=None, kind="anyone")
    return Grant(
        principal=value,
        account=Unknown(f"the id {value} does not tell its account"),
        kind="account",
    )
