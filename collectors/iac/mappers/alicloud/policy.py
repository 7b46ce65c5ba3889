"""Reading the resource policies of Alibaba Cloud (OSS bucket policies, KMS key policies): pure, no
documents and no blocks. See the vendor's "Authorization syntax and elements".

An OSS `Principal` is a list of account or user ids, ARNs or "*"; a KMS one is {"RAM": [...]}.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple, cast

from collectors.document import Unknown
from collectors.facts.shared import Grant
from collectors.iac.blocks import ACCOUNT

# Conditions under which the vendor itself no longer counts a grant to everyone as public: who, or
# from where. Others (the protocol, a prefix, the time) do not narrow it.
_NARROWING = {
    "acs:sourceip",
    "acs:sourcevpc",
    "acs:sourcevpcid",
    "acs:accessid",
    "acs:principalorgid",
    "acs:principalarn",
}
_POSITIVE = {"ipaddress", "stringequals", "stringlike", "stringequalsignorecase"}
_NEGATIVE = {"notipaddress", "stringnotequals", "stringnotlike", "stringnotequalsignorecase"}
_EVERYWHERE = {"*", "", "0.0.0.0/0", "::/0"}
_ALL_OBJECTS = re.compile(r"(?:.*:)?[^:/]*?/?\*")
_RAM = re.compile(rf"(?:acs:ram|arn:(?:ram|sts))::(\d+|{ACCOUNT}):")


class Statement(NamedTuple):
    """One statement, its lists made plain. The "not" forms say the most that they can mean: in an
    Allow everything, in a Deny nothing."""

    effect: str
    principals: list[tuple[str, str]]
    """(kind of principal in the policy's words, or "", its id)."""
    actions: list[str]
    resources: list[str]
    conditions: dict[str, dict[str, list[str]]]


def parse(text: str) -> list[Statement] | Unknown:
    """The statements of a policy document; Unknown when it is not one."""
    try:
        document = json.loads(text)
    except ValueError:
        return Unknown("the policy is not JSON")
    statements = document.get("Statement") if isinstance(document, dict) else None
    if isinstance(statements, dict):
        statements = [statements]
    if not isinstance(statements, list) or not all(isinstance(s, dict) for s in statements):
        return Unknown("the policy has no list of statements")
    return [_statement(each) for each in statements]


def grants(statements: list[Statement]) -> list[Grant]:
    """What the Allow statements give, one entry a statement and principal."""
    return [
        _grant(statement, kind, principal)
        for statement in statements
        if statement.effect == "allow"
        for kind, principal in statement.principals
    ]


def public(statements: list[Statement]) -> bool | Unknown:
    """Whether a statement lets everyone in from everywhere. A Deny by address or network may take
    that back: it is not computed, and so unknown."""
    if not any(g.kind == "anyone" and g.narrows is False for g in grants(statements)):
        return False
    for statement in statements:
        if statement.effect == "deny" and _keys(statement, _NEGATIVE) & _NARROWING:
            return Unknown("a Deny by address or network may close what an Allow opens")
    return True


def requires_tls(statements: list[Statement]) -> bool:
    """Whether everyone is denied plain HTTP on every object: Deny, acs:SecureTransport false."""
    return any(
        statement.effect == "deny"
        and ("", "*") in statement.principals
        and _refuses_plaintext(statement)
        and {"*", "oss:*"} & {action.lower() for action in statement.actions}
        and any(_ALL_OBJECTS.fullmatch(resource) for resource in statement.resources)
        for statement in statements
    )


def _refuses_plaintext(statement: Statement) -> bool:
    if len(statement.conditions) != 1:
        return False
    keys = statement.conditions.get("bool", {})
    return {key: [v.lower() for v in values] for key, values in keys.items()} == {
        "acs:securetransport": ["false"]
    }


def _statement(values: dict[str, Any]) -> Statement:
    effect = str(values.get("Effect", "")).lower()
    rest = ["*"] if effect == "allow" else []
    return Statement(
        effect=effect,
        principals=[("", text) for text in rest]
        if "NotPrincipal" in values
        else _principals(values),
        actions=rest if "NotAction" in values else _texts(values.get("Action")),
        resources=rest if "NotResource" in values else _texts(values.get("Resource")),
        conditions=_conditions(values.get("Condition")),
    )


def _principals(values: dict[str, Any]) -> list[tuple[str, str]]:
    principal = values.get("Principal")
    if isinstance(principal, dict):
        return [(str(kind), text) for kind, each in principal.items() for text in _texts(each)]
    return [("", text) for text in _texts(principal)]


def _conditions(value: Any) -> dict[str, dict[str, list[str]]]:
    """{operator: {key: values}}, operators and keys in lower case."""
    if not isinstance(value, dict):
        return {}
    return {
        str(operator).lower(): {str(key).lower(): _texts(values) for key, values in keys.items()}
        for operator, keys in value.items()
        if isinstance(keys, dict)
    }


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [_text(each) for each in value]
    return [_text(value)]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _keys(statement: Statement, operators: set[str]) -> set[str]:
    return {
        key
        for operator, keys in statement.conditions.items()
        if operator in operators
        for key in keys
    }


def _narrows(statement: Statement) -> bool:
    """A positive condition on who or where whose every value says less than "all of them"."""
    return any(
        key in _NARROWING and values and not any(_says_all(value) for value in values)
        for operator, keys in statement.conditions.items()
        if operator in _POSITIVE
        for key, values in keys.items()
    )


def _says_all(value: str) -> bool:
    return value in _EVERYWHERE or value.endswith("/0") or not value.strip("*?")


def _grant(statement: Statement, kind: str, principal: str) -> Grant:
    account: str | Unknown | None = None
    who = "account"
    match = _RAM.match(principal)
    if principal == "*" or principal.endswith("::*:*"):
        who = "anyone"
    elif kind.lower() == "service" or principal.endswith(".aliyuncs.com"):
        who = "service"
    elif kind.lower() == "federated":
        who = "federated"
    elif match:
        account = match[1]
    elif principal == ACCOUNT or (principal.isdigit() and not principal.startswith("2")):
        account = principal
    else:  # ids of RAM users and roles begin with 2 or 3 and do not tell their account
        account = Unknown(f"the id {principal} does not tell its account")
    return Grant(
        principal=principal,
        account=account,
        kind=cast("Any", who),
        actions=statement.actions,
        conditions=sorted({key for keys in statement.conditions.values() for key in keys}),
        narrows=_narrows(statement),
    )
