"""The resource policy that SAM makes for an API of what `Auth.ResourcePolicy` lists. Source: SAM
specification, ResourcePolicyStatement, and what SAM's transform makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.mappers.aws.policy_source import listed

_ALL = "execute-api:/*"
"""Every method of the API: SAM names each."""
_ADDRESS, _VPC, _VPC_ENDPOINT = "aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce"


def statements(written: dict[str, Any]) -> list[Any]:
    """The statements of the policy, none where nothing is listed."""
    return [
        *_of_accounts(written),
        *_of_ranges(written),
        *_of_networks(written),
        *_values(written, "CustomStatements"),
    ]


def _values(written: dict[str, Any], name: str) -> list[Any]:
    value = written.get(name)
    return [] if value is None else listed(value)


def _of_accounts(written: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, effect in (("AwsAccountWhitelist", "Allow"), ("AwsAccountBlacklist", "Deny")):
        named = _values(written, name)
        if named:
            yield _statement(effect, {"AWS": named})


def _of_ranges(written: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, operator in (
        ("IpRangeWhitelist", "NotIpAddress"),
        ("IpRangeBlacklist", "IpAddress"),
    ):
        ranges = _values(written, name)
        if ranges:
            yield from _all_but({operator: {_ADDRESS: ranges}})


def _of_networks(written: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind, operator in (("Blacklist", "StringEquals"), ("Whitelist", "StringNotEquals")):
        named = _values(written, f"SourceVpc{kind}")
        endpoints = [each for each in named if str(each).startswith("vpce-")]
        networks = [each for each in named if each not in endpoints]
        keys = {
            _VPC: [*networks, *_values(written, f"IntrinsicVpc{kind}")],
            _VPC_ENDPOINT: [*endpoints, *_values(written, f"IntrinsicVpce{kind}")],
        }
        condition = {key: values for key, values in keys.items() if values}
        if condition:
            yield from _all_but({operator: condition})


def _all_but(condition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everybody is let in but those of a condition."""
    yield _statement("Allow", "*")
    yield _statement("Deny", "*") | {"Condition": condition}


def _statement(effect: str, principal: Any) -> dict[str, Any]:
    return {
        "Effect": effect,
        "Principal": principal,
        "Action": "execute-api:Invoke",
        "Resource": _ALL,
    }
