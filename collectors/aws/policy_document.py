"""Policy documents of IAM and of resources: whom they let in, and what they say. Pure functions.

Every function takes the JSON text or the decoded document, and gives Unknown for a document that
is not one: what cannot be read grants nothing and denies nothing that could be counted on. A null
document (a resource without a policy) has no statement. What a bucket policy demands of connections
is judged in policy_transport, what rights amount to in policy_rights.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import Struct

from collectors.aws.policy_conditions import Conditions, keys_of, narrows
from collectors.document import Unknown
from collectors.facts.identity import Statement
from collectors.facts.shared import Grant

PolicyText = str | dict[str, Any] | None

ANYONE = "*"
_ACCOUNT = re.compile(r"\d{12}")
_ARN_ACCOUNT = re.compile(r"arn:[^:]+:(?:iam|sts):[^:]*:(\d{12}):.+")
# CloudFront's origin access identities stand in for the service, not for an account.
_ORIGIN_ACCESS_IDENTITY = re.compile(r"arn:[^:]+:iam::cloudfront:user/.+")


class Clause(Struct, frozen=True, kw_only=True):
    """One statement as written, with every value a list. `principals` are pairs of a kind ("AWS",
    "Service", …; "*" for anyone) and a value; null when the statement names none (a policy of an
    identity). `all_but` lists what a NotAction or NotResource leaves out."""

    allows: bool
    principals: tuple[tuple[str, str], ...] | None
    not_principal: bool
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    conditions: Conditions

    @property
    def for_anyone(self) -> bool:
        """Whether every caller is meant, without an exception."""
        return not self.not_principal and any(
            value == ANYONE and kind in {ANYONE, "AWS"} for kind, value in self.principals or ()
        )


class _MalformedError(ValueError):
    """The document is not a policy."""


def clauses(document: PolicyText) -> list[Clause] | Unknown:
    """The statements of a policy as written, in order."""
    try:
        return [_clause(item) for item in _statement_items(document)]
    except _MalformedError as error:
        return Unknown(f"the policy document cannot be read: {error}")


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


def statements(document: PolicyText) -> list[Statement] | Unknown:
    """The statements of a permission policy as facts.

    An Allow with NotResource counts as all resources. What a Deny with NotResource hits cannot be
    said in `resources`: that is unknown.
    """
    found = clauses(document)
    if isinstance(found, Unknown):
        return found
    return [
        Statement(
            effect="allow" if clause.allows else "deny",
            actions=list(clause.actions),
            not_actions=list(clause.not_actions),
            resources=_resources(clause),
            conditions=keys_of(clause.conditions),
        )
        for clause in found
    ]


def _resources(clause: Clause) -> list[str] | Unknown:
    if not clause.not_resources:
        return list(clause.resources)
    return [ANYONE] if clause.allows else Unknown("a Deny with NotResource hits all but a few")


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


def _statement_items(document: PolicyText) -> list[Any]:
    if document is None:
        return []
    if isinstance(document, str):
        try:
            document = msgspec.json.decode(document)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise _MalformedError("it is not JSON") from error
    if not isinstance(document, dict) or "Statement" not in document:
        raise _MalformedError("it has no Statement")
    items = document["Statement"]
    return items if isinstance(items, list) else [items]


def _clause(item: Any) -> Clause:
    if not isinstance(item, dict):
        raise _MalformedError("a statement is not an object")
    if item.get("Effect") not in {"Allow", "Deny"}:
        raise _MalformedError("a statement has no Effect")
    if not ("Action" in item) ^ ("NotAction" in item):
        raise _MalformedError("a statement has no Action, or both Action and NotAction")
    if "Principal" in item and "NotPrincipal" in item:
        raise _MalformedError("a statement has both Principal and NotPrincipal")
    if "Resource" in item and "NotResource" in item:
        raise _MalformedError("a statement has both Resource and NotResource")
    not_principal = "NotPrincipal" in item
    named = item.get("NotPrincipal" if not_principal else "Principal")
    return Clause(
        allows=item["Effect"] == "Allow",
        principals=None if named is None else _principals(named),
        not_principal=not_principal,
        actions=_texts(item.get("Action", [])),
        not_actions=_texts(item.get("NotAction", [])),
        resources=_texts(item.get("Resource", [])),
        not_resources=_texts(item.get("NotResource", [])),
        conditions=_conditions(item.get("Condition", {})),
    )


def _principals(named: Any) -> tuple[tuple[str, str], ...]:
    if named == ANYONE:
        return ((ANYONE, ANYONE),)
    if not isinstance(named, dict) or not named:
        raise _MalformedError("a statement's principal is neither * nor an object")
    return tuple((kind, value) for kind in named for value in _texts(named[kind]))


def _conditions(written: Any) -> Conditions:
    if not isinstance(written, dict):
        raise _MalformedError("a condition is not an object")
    conditions: Conditions = {}
    for operator, keys in written.items():
        if not isinstance(keys, dict):
            raise _MalformedError("a condition operator holds no object")
        conditions[operator] = {key: list(_texts(values)) for key, values in keys.items()}
    return conditions


def _texts(value: Any) -> tuple[str, ...]:
    """A value or a list of values as text; booleans and numbers as IAM writes them."""
    values = value if isinstance(value, list) else [value]
    return tuple(_text(one) for one in values)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise _MalformedError("an element is neither text nor a list of texts")
