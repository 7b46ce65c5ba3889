"""Policy documents as the clouds write them in the form that AWS invented: statements with Effect,
Principal, Action, Resource and Condition. Pure; what principals and condition keys mean is each
cloud's own matter.

Every function takes the JSON text or the decoded document, and gives Unknown for a document that
is not one: what cannot be read grants nothing and denies nothing that could be counted on. A null
document (a resource without a policy) has no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from collectors.document import Unknown
from collectors.facts.identity import Statement

PolicyText = str | dict[str, Any] | None

Conditions = dict[str, dict[str, list[str]]]
"""Operators as written, each with its condition keys as written and their values."""

ANYONE = "*"
_OF_CALLERS = {ANYONE, "", "AWS", "RAM"}


class Clause(Struct, frozen=True, kw_only=True):
    """One statement as written, with every value a list. `principals` are pairs of a kind ("AWS",
    "RAM", "Service", …; "" where a bare list names them, "*" for anyone) and a value; null when the
    statement names none (a policy of an identity). `not_principal`: all but those are meant."""

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
            value == ANYONE and kind in _OF_CALLERS for kind, value in self.principals or ()
        )


class _MalformedError(ValueError):
    """The document is not a policy."""


def clauses(document: PolicyText) -> list[Clause] | Unknown:
    """The statements of a policy as written, in order."""
    try:
        return [_clause(item) for item in _statement_items(document)]
    except _MalformedError as error:
        return Unknown(f"the policy document cannot be read: {error}")


def keys_of(conditions: Conditions) -> list[str]:
    """The condition keys as written, sorted, each once."""
    return sorted({key for keys in conditions.values() for key in keys})


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


def matches(pattern: str, action: str) -> bool:
    """Whether an action pattern with `*` and `?` covers an action, in any case of letters."""
    return _compiled(pattern).fullmatch(action) is not None


def hits(clause: Clause, action: str) -> bool:
    """Whether a statement is about an action: named by Action, or not left out by NotAction."""
    if clause.not_actions:
        return not any(matches(pattern, action) for pattern in clause.not_actions)
    return any(matches(pattern, action) for pattern in clause.actions)


def is_denied(found: Iterable[Clause], action: str) -> bool:
    """Whether a Deny without a condition takes an action away on all resources."""
    return any(
        not clause.allows
        and not clause.conditions
        and ANYONE in clause.resources
        and hits(clause, action)
        for clause in found
    )


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    # Several asterisks in a row mean one; as written they would make matching slow.
    parts = re.split(r"(\*+|\?)", pattern)
    return re.compile("".join(map(_as_regex, parts)), re.IGNORECASE | re.DOTALL)


def _as_regex(part: str) -> str:
    if part.startswith("*"):
        return ".*"
    return "." if part == "?" else re.escape(part)


def _resources(clause: Clause) -> list[str] | Unknown:
    if not clause.not_resources:
        return list(clause.resources)
    return [ANYONE] if clause.allows else Unknown("a Deny with NotResource hits all but a few")


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
    if isinstance(named, list) and named:
        return tuple(("", value) for value in _texts(named))
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
    """A value or a list of values as text; booleans and numbers as the clouds write them."""
    values = value if isinstance(value, list) else [value]
    return tuple(_text(one) for one in values)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise _MalformedError("an element is neither text nor a list of texts")
