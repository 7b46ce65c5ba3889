"""Whether the condition of a policy statement keeps anybody out at all. Pure."""

from __future__ import annotations

from collectors.addresses import opens_to_internet
from collectors.policy_clauses import Conditions

_NEGATIVE = {
    "stringnotequals",
    "stringnotequalsignorecase",
    "stringnotlike",
    "arnnotequals",
    "arnnotlike",
}
_TLS = {"acs:securetransport", "aws:securetransport"}


def always_holds(conditions: Conditions) -> bool:
    """True if every request meets a condition, or all but some that it leaves out: a pattern that
    takes anything, all addresses, TLS, which every request has. So is no condition at all. Times
    are not looked at, and count as a condition."""
    return all(
        _key_always_holds(operator.lower(), key.lower(), values)
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _key_always_holds(operator: str, key: str, values: list[str]) -> bool:
    # A request without the key meets "for all values".
    if operator.startswith("forallvalues:"):
        return True
    kind = operator.removeprefix("foranyvalue:").removesuffix("ifexists")
    words = {value.lower() for value in values}
    anything = any(word and not word.strip("*") for word in words)
    if kind in {"stringlike", "arnlike"}:
        return anything
    if kind in _NEGATIVE:
        return not anything
    if kind == "ipaddress":
        return opens_to_internet(values) is True
    if kind == "notipaddress":
        return opens_to_internet(values) is False
    if kind == "bool":
        return {"true", "false"} <= words or (key in _TLS and "true" in words)
    return False
