"""Generated documents of every resource type, made from the types' own structs.

The same seed gives the same documents. Values are of the right type and plausible by the name of
the field (a port, a range, a time); they do not make sense together, which no check minds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

from collectors.document import Document, Provider, Unknown, document
from collectors.facts import fact_types

NOW = "2026-03-01T00:00:00Z"

_REASON = "AccessDenied: generated"
_ACCOUNTS: dict[Provider, str] = {
    "aws": "111122223333",
    "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
    "aliyun": "5123456789012345",
}
_REGIONS: dict[Provider, list[tuple[str, str | None]]] = {
    "aws": [("cn-north-1", "CN"), ("cn-northwest-1", "CN"), ("us-east-1", "US"), ("global", None)],
    "azure": [("chinanorth3", "CN"), ("chinaeast2", "CN"), ("westeurope", "NL"), ("global", None)],
    "aliyun": [("cn-hangzhou", "CN"), ("cn-hongkong", "HK"), ("eu-central-1", "DE")],
}
_RANGES = [
    *("0.0.0.0/0", "::/0", "0.0.0.0/1", "8000::/1", "10.0.0.0/8", "10.1.2.0/24", "172.16.0.0/12"),
    *("203.0.113.7/32", "198.51.0.0/16", "2001:db8::/32", "100.64.0.0/10", "0.0.0.0"),
    *("group:sg-0a1", "prefix-list:pl-0b2", "not a range"),
]
_REGION_NAMES = ["cn-north-1", "us-east-1", "chinaeast2", "cn-hangzhou", "cn-hongkong", "global"]
_TIMES = [
    *("2026-02-28T12:00:00Z", "2025-12-01T00:00:00Z", "2024-02-29T23:59:59Z"),
    *("2019-01-01T00:00:00.123Z", "2026-03-01T08:00:00+08:00", "2027-01-01T00:00:00Z"),
]
_WORDS = {
    "protocol": ["tcp", "udp", "icmp", "icmpv6", "any", "50"],
    "account": ["111122223333", "999988887777", "5123456789012345"],
    "shared_with": ["all", "999988887777", "111122223333"],
    "actions": ["s3:GetObject", "s3:*", "*", "kms:Decrypt", "iam:PassRole"],
    "resources": ["*", "arn:aws-cn:s3:::b/*"],
    "principal": ["*", "arn:aws-cn:iam::999988887777:root", "logs.amazonaws.com"],
    "via": ["acl", "policy", "public-ip+route+firewall", "endpoint"],
    "on": ["console-login", "policy-change", "network-change", "root-use"],
    "engine": ["mysql", "postgres", "redis", "mongodb", "sqlserver"],
    "state": ["enabled", "disabled", "pending-deletion", "active"],
    "mfa_kinds": ["virtual", "hardware", "sms"],
    "zone": ["a", "b", "c"],
    "encryption": ["aes-128", "3des", "aes-256"],
    "integrity": ["sha1", "sha256", "md5"],
    "ike": ["1", "2"],
    "algorithm": ["aes-256", "AES256", "sm4", "rsa-2048"],
}
_FREE = ["", "web", "核心系统", 'odd "text"\\', "a/b", "<undefined", "\u2028"]
_RANGE_FIELDS = {"sources", "destinations", "cidrs", "allow_list", "source_ranges"}
_TIME_FIELDS = {"created", "expires", "last_used", "root_last_used", "last_rotated"}
_PORTS = [0, 21, 22, 23, 443, 445, 1433, 3306, 3389, 6379, 27017, 65535]
_NUMBERS = [0, 1, 2, 3, 5, 7, 8, 12, 14, 24, 30, 60, 89, 90, 91, 179, 180, 181, 364, 365, 730, 4096]


def documents(count: int, *, seed: int, gaps: float = 0.02) -> Iterator[Document]:
    """`count` documents, of the types in turn; `gaps` is the share of facts that are unknown."""
    maker = _Maker(random.Random(seed), gaps)
    types = list(fact_types().items())
    for number in range(count):
        yield maker.document(number, *types[number % len(types)])


class _Maker:
    def __init__(self, dice: random.Random, gaps: float) -> None:
        self._dice = dice
        self._gaps = gaps
        self._shapes = {cls: inspect.type_info(cls) for cls in fact_types().values()}

    def document(self, number: int, type_: str, facts: type[Any]) -> Document:
        provider = self._dice.choice(list(_ACCOUNTS))
        region, country = self._dice.choice(_REGIONS[provider])
        shape = self._shapes[facts]
        return document(
            id=f"{provider}:{type_}:{number}",
            facts=self._struct(shape),
            provider=provider,
            account=_ACCOUNTS[provider],
            region=region,
            country=country,
            name=self._dice.choice(_FREE),
            tags={} if self._dice.random() < 0.5 else {"system": "core-bank"},
            native_type=f"Generated::{type_}",
            native={"Generated": number},
        )

    def _struct(self, shape: inspect.Type) -> Any:
        assert isinstance(shape, inspect.StructType)
        return shape.cls(**{f.name: self._field(f.type, f.name) for f in shape.fields})

    def _field(self, type_: inspect.Type, name: str) -> Any:
        if self._dice.random() < self._gaps:
            return Unknown(_REASON)
        return self._value(type_, name)

    def _value(self, type_: inspect.Type, name: str) -> Any:
        match type_:
            case inspect.UnionType(types=types):
                rest = [t for t in types if not isinstance(t, inspect.NoneType)]
                nullable = len(rest) < len(types)
                if nullable and self._dice.random() < 0.25:
                    return None
                return self._value(self._dice.choice(rest), name)
            case inspect.BoolType():
                return self._dice.random() < 0.5
            case inspect.IntType():
                return self._dice.choice(_PORTS if name.endswith("port") else _NUMBERS)
            case inspect.LiteralType(values=values):
                return self._dice.choice(values)
            case inspect.StrType():
                return self._dice.choice(_texts(name))
            case inspect.ListType(item_type=item):
                return [self._field(item, name) for _ in range(self._dice.choice((0, 1, 1, 2, 4)))]
            case inspect.StructType():
                return self._struct(type_)
        raise TypeError(f"{name}: no values for {type_}")


def _texts(name: str) -> list[str]:
    if name in _RANGE_FIELDS or name.endswith("_ranges"):
        return _RANGES
    if name in _TIME_FIELDS or name.endswith(("_used", "_changed", "_rotated")):
        return _TIMES
    if "region" in name:
        return _REGION_NAMES
    if name.endswith(("account", "owner")):
        return _WORDS["account"]
    return _WORDS.get(name, _FREE) if name not in {"zones", "node_zones"} else _WORDS["zone"]


def as_input(made: Document, *, level: int = 3, now: str = NOW) -> bytes:
    """A document as checks see it: JSON, without `native`, with level, system and time."""
    plain = msgspec.to_builtins(made)
    del plain["native"], plain["source"], plain["unlisted"]
    return msgspec.json.encode(plain | {"level": level, "system": "", "now": now})
