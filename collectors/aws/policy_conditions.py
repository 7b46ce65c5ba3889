"""Whether the condition of a policy statement really narrows who may use it, or from where.

A condition narrows when it can be met only by fixed accounts, organisations, principals, networks
or identities. What the caller can choose or bring along (a tag of its own principal, a user name,
TLS, the time) does not narrow. In doubt a condition does not narrow.
"""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Callable

from collectors.policy_clauses import Conditions
from collectors.token_subjects import names_owner, names_somebody, stem

_POSITIVE = {
    "stringequals",
    "stringequalsignorecase",
    "stringlike",
    "arnequals",
    "arnlike",
    "ipaddress",
    "bool",
}

# Broader ranges count as public in Amazon S3's own reckoning (S3 user guide, "The meaning of
# public"): a list of a few of them is the whole internet.
_BROADEST_PREFIX = {4: 8, 6: 32}

# Variables that mean "the same account or organisation as the resource" (IAM user guide, global
# condition keys). Others are filled in from the caller.
_OWN = {"${aws:resourceaccount}", "${aws:resourceorgid}"}

# Audiences that every customer of an identity provider may ask for: they tell nobody apart.
_COMMON_AUDIENCES = {"sts.amazonaws.com", "sts.amazonaws.com.cn"}

# What narrows a grant to an account, and nothing in a grant to anyone: an external id is no secret,
# and everybody can use a key by way of a service.
_OF_NAMED_PRINCIPALS = {"sts:externalid", "kms:viaservice"}

_ARN_PARTS = 6
_UNIQUE_ID = re.compile(r"[A-Z0-9]{16,}")


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
    """`operator` and `key` in lower case; one of the values has to be met.

    Negative operators, those that end in IfExists, and ForAllValues (met by a request without the
    key) are not among the positive ones.
    """
    positive = operator.removeprefix("foranyvalue:")
    test = _TESTS.get(key) or _claim_test(key)
    if positive not in _POSITIVE or test is None or not values:
        return False
    if (positive == "ipaddress") != (key == "aws:sourceip"):
        return False
    if (positive == "bool") != (key in _SWITCHES):
        return False
    return all(value.lower() in _OWN or ("${" not in value and test(value)) for value in values)


def _is_fixed(value: str) -> bool:
    return value != "" and not _has_wildcard(value)


def _has_wildcard(value: str) -> bool:
    return "*" in value or "?" in value


def _is_fixed_arn(value: str) -> bool:
    """An ARN of one account; or, as ARNs of buckets name no account, of one bucket."""
    parts = value.split(":", _ARN_PARTS - 1)
    if len(parts) < _ARN_PARTS:
        return False
    account, resource = parts[4], parts[5]
    if parts[2] == "s3" and not re.fullmatch(r"\d{12}", account):
        return stem(resource) != ""
    if account == "":
        return _is_fixed(resource)
    return re.fullmatch(r"\d{12}", account) is not None


def _is_fixed_path(value: str) -> bool:
    """A path in an organisation: `o-…/r-…/ou-…/*` is below one organisation."""
    return value.startswith("o-") and "/" in stem(value)


def _is_fixed_user_id(value: str) -> bool:
    """A unique id; `AROA…:*` is every session of one role."""
    return _UNIQUE_ID.fullmatch(stem(value).split(":")[0]) is not None or _is_fixed(value)


def _is_service(value: str) -> bool:
    return stem(value) != ""


def _is_narrow_range(value: str) -> bool:
    try:
        network = ipaddress.ip_network(value.strip(), strict=False)
    except ValueError:
        return False
    return network.prefixlen >= _BROADEST_PREFIX[network.version]


def _is_true(value: str) -> bool:
    return value.lower() == "true"


def _is_audience(value: str) -> bool:
    return _is_fixed(value) and value.lower() not in _COMMON_AUDIENCES


def _claim_test(key: str) -> Callable[[str], bool] | None:
    """Claims of tokens and SAML assertions: `<provider>:sub`."""
    provider, _, claim = key.rpartition(":")
    if not provider or provider in {"aws", "s3", "kms", "iam", "sts"}:
        return None
    tests: dict[str, Callable[[str], bool]] = {
        "aud": _is_audience,
        "sub": functools.partial(names_somebody, provider=provider),
        "repository": names_owner,
        "repository_id": _is_fixed,
        "repository_owner": _is_fixed,
        "repository_owner_id": _is_fixed,
        "job_workflow_ref": names_owner,
        "oaud": _is_fixed,
        "azp": _is_fixed,
    }
    return tests.get(claim)


_SWITCHES: dict[str, Callable[[str], bool]] = {
    # Mounted from inside the network, not called from outside (EFS user guide).
    "elasticfilesystem:accessedviamounttarget": _is_true,
}

_TESTS: dict[str, Callable[[str], bool]] = {
    "aws:sourceaccount": _is_fixed,
    "aws:sourceowner": _is_fixed,
    "aws:sourcearn": _is_fixed_arn,
    "aws:sourceorgid": _is_fixed,
    "aws:sourceorgpaths": _is_fixed_path,
    "aws:principalaccount": _is_fixed,
    "aws:principalarn": _is_fixed_arn,
    "aws:principalorgid": _is_fixed,
    "aws:principalorgpaths": _is_fixed_path,
    "aws:principalservicename": _is_service,
    "aws:userid": _is_fixed_user_id,
    "aws:sourcevpc": _is_fixed,
    "aws:sourcevpcarn": _is_fixed_arn,
    "aws:sourcevpce": _is_fixed,
    "aws:vpceaccount": _is_fixed,
    "aws:vpceorgid": _is_fixed,
    "aws:vpceorgpaths": _is_fixed_path,
    "aws:sourceip": _is_narrow_range,
    "kms:calleraccount": _is_fixed,
    "kms:viaservice": _is_service,
    "s3:dataaccesspointaccount": _is_fixed,
    "s3:dataaccesspointarn": _is_fixed_arn,
    "sts:externalid": _is_fixed,
    **_SWITCHES,
}
