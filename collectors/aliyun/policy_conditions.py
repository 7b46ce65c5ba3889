"""Whether the condition of a policy statement really narrows who may use it, or from where.

A condition narrows when it can be met only by fixed accounts, directories, principals, networks or
identities. What the caller can choose or bring along (a tag, TLS, a second factor, the time) does
not narrow. In doubt a condition does not narrow. RAM user guide, "Policy elements" (Condition); OSS
user guide, "Block public access" (what makes a statement non-public).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from collectors.policy_clauses import Conditions
from collectors.token_subjects import names_somebody, stem

_POSITIVE = {"stringequals", "stringequalsignorecase", "stringlike", "ipaddress", "arnequals",
             "arnlike"}  # fmt: skip

# Broader ranges are half of the internet: a list of a few of them is all of it.
_BROADEST_PREFIX = {4: 8, 6: 32}

# What RRSA and the vendor's examples put into every trust policy: it tells nobody apart.
_COMMON_AUDIENCES = {"sts.aliyuncs.com"}

# An external id is no secret: it narrows a grant to an account, and nothing in a grant to anyone.
_OF_NAMED_PRINCIPALS = {"sts:externalid"}

_ARN_OF_ONE = re.compile(r"(?:acs|arn):[^:*?]+:[^:]*:\d{5,}:.+")


def narrows(conditions: Conditions, *, anyone: bool = False) -> bool:
    """True if the keys of a condition, all of which must be met, narrow who or from where.

    `anyone`: the statement names no principal but everybody.
    """
    return any(
        _key_narrows(operator.lower(), key.lower(), values)
        for operator, keys in conditions.items()
        for key, values in keys.items()
        if not (anyone and key.lower() in _OF_NAMED_PRINCIPALS)
    )


def _key_narrows(operator: str, key: str, values: list[str]) -> bool:
    """`operator` and `key` in lower case; one of the values has to be met. Negative operators, and
    those that a request without the key meets, do not narrow."""
    test = _TESTS.get(key)
    positive = operator.removeprefix("foranyvalue:")
    if test is None or positive not in _POSITIVE or not values:
        return False
    if (positive == "ipaddress") != (key in _ADDRESSES):
        return False
    return all("${" not in value and test(value) for value in values)


def _is_fixed(value: str) -> bool:
    return value != "" and "*" not in value and "?" not in value


def _is_fixed_arn(value: str) -> bool:
    """A resource name of one account: `acs:ram::1234567890123456:role/*` too."""
    return _ARN_OF_ONE.fullmatch(value) is not None


def _is_fixed_path(value: str) -> bool:
    """A path in a resource directory: `rd-…/r-…/fd-…/*` is below one directory."""
    return value.startswith("rd-") and "/" in stem(value)


def _is_narrow_range(value: str) -> bool:
    try:
        network = ipaddress.ip_network(value.strip(), strict=False)
    except ValueError:
        return False
    return network.prefixlen >= _BROADEST_PREFIX[network.version]


def _is_audience(value: str) -> bool:
    return _is_fixed(value) and value.lower() not in _COMMON_AUDIENCES


def _is_subject(value: str) -> bool:
    """A subject with something fixed in front: `system:serviceaccount:default:*`, `repo:acme/*`."""
    return stem(value) not in {"system:", "system:serviceaccount:"} and names_somebody(value)


_ADDRESSES: dict[str, Callable[[str], bool]] = {"acs:sourceip": _is_narrow_range}

_TESTS: dict[str, Callable[[str], bool]] = {
    **_ADDRESSES,
    "acs:accessid": _is_fixed,
    "acs:principalarn": _is_fixed_arn,
    "acs:principalorgid": _is_fixed,
    "acs:principalrdid": _is_fixed,
    "acs:principalrdpath": _is_fixed_path,
    "acs:sourceaccount": _is_fixed,
    "acs:sourcearn": _is_fixed_arn,
    "acs:sourcevpc": _is_fixed,
    "acs:sourcevpcid": _is_fixed,
    "oidc:aud": _is_audience,
    "oidc:sub": _is_subject,
    # The provider's metadata name one customer's directory; who of it may take a role on is
    # decided there.
    "saml:recipient": _is_fixed,
    "sts:externalid": _is_fixed,
}
