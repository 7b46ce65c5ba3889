"""Functions of ARM templates, as far as a template alone decides them.

A function that is not here, or whose arguments are not known, gives a symbol: see symbols.py.
Source: "ARM template functions" of the Azure Resource Manager documentation.
"""

from __future__ import annotations

import base64
import ipaddress
import json
from collections.abc import Callable
from typing import Any

from collectors.iac.arm.symbols import is_open, symbol

Pure = Callable[..., Any]

_MOST_ELEMENTS = 10_000
"""range() of ARM gives no more."""

SUBSCRIPTION = symbol("subscription().subscriptionId")
GROUP = symbol("resourceGroup().name")


class NotKnownError(Exception):
    """A function cannot be worked out from its arguments."""


def text_of(value: Any) -> str:
    """A value as ARM writes it into a text."""
    if isinstance(value, bool):
        return "True" if value else "False"
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def has_open(value: Any) -> bool:
    """Whether any part of a value is not known."""
    if isinstance(value, dict):
        return any(has_open(each) for each in value.values())
    if isinstance(value, list):
        return any(has_open(each) for each in value)
    return is_open(value)


def _numbers(function: Callable[[int, int], Any]) -> Pure:
    """A function of two whole numbers, and of nothing else."""

    def checked(one: Any, other: Any) -> Any:
        if type(one) is not int or type(other) is not int:
            raise NotKnownError
        return function(one, other)

    return checked


def _range(start: int, count: int) -> list[int]:
    if not 0 <= count <= _MOST_ELEMENTS:
        raise NotKnownError
    return list(range(start, start + count))


def _pad_left(text: Any, width: int, fill: str = " ") -> str:
    if width > _MOST_ELEMENTS:
        raise NotKnownError
    return text_of(text).rjust(width, fill)


def concat(*parts: Any) -> Any:
    """Texts to a text, lists to a list."""
    if parts and all(isinstance(each, list) for each in parts):
        return [item for each in parts for item in each]
    return "".join(text_of(each) for each in parts)


def _format(pattern: str, *values: Any) -> str:
    found = pattern
    for i, value in enumerate(values):
        found = found.replace("{" + str(i) + "}", text_of(value))
    if "{" in pattern.replace("{{", "") and any(f"{{{i}:" in pattern for i in range(len(values))):
        raise NotKnownError
    return found


def _contains(within: Any, item: Any) -> bool:
    if isinstance(within, dict):
        return str(item).lower() in {key.lower() for key in within}
    if isinstance(within, str):
        return text_of(item) in within
    return item in within


def _equals(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _union(*parts: Any) -> Any:
    if all(isinstance(each, dict) for each in parts):
        merged: dict[str, Any] = {}
        for each in parts:
            for key, value in each.items():
                both = isinstance(merged.get(key), dict) and isinstance(value, dict)
                merged[key] = _union(merged[key], value) if both else value
        return merged
    found: list[Any] = []
    for each in parts:
        found += [item for item in each if item not in found]
    return found


def _intersection(first: Any, *others: Any) -> Any:
    if isinstance(first, dict):
        return {k: v for k, v in first.items() if all(k in o and o[k] == v for o in others)}
    return [item for item in first if all(item in other for other in others)]


def _split(text: str, by: Any) -> list[str]:
    marks = by if isinstance(by, list) else [by]
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    return text.split(marks[0])


def _substring(text: str, start: int, length: int | None = None) -> str:
    return text[start:] if length is None else text[start : start + length]


def _cidr_subnet(network: str, prefix: int, index: int) -> str:
    parent = ipaddress.ip_network(network, strict=False)
    if not parent.prefixlen <= prefix <= parent.max_prefixlen:
        raise NotKnownError
    if index >= 1 << (prefix - parent.prefixlen):
        raise NotKnownError
    first = int(parent.network_address) + (index << (parent.max_prefixlen - prefix))
    kind = type(parent.network_address)
    return f"{kind(first)}/{prefix}"


def _resource_id(*parts: str) -> str:
    """resourceId([subscription], [group], type, name…)."""
    given = list(parts)
    at = next(i for i, each in enumerate(given) if "/" in each and "." in each.split("/")[0])
    before, kind, names = given[:at], given[at], given[at + 1 :]
    group = before[-1] if before else GROUP
    subscription = before[0] if len(before) > 1 else SUBSCRIPTION
    scope = f"/subscriptions/{subscription}/resourceGroups/{group}"
    return f"{scope}/providers/{typed_path(kind, names)}"


def typed_path(kind: str, names: list[str]) -> str:
    """`Microsoft.X/a/b` with the names [n, m] as `Microsoft.X/a/n/b/m`."""
    provider, *kinds = kind.split("/")
    if len(kinds) != len(names):
        raise NotKnownError
    pairs = [part for pair in zip(kinds, names, strict=True) for part in pair]
    return "/".join([provider, *pairs])


def _extension_id(base: str, kind: str, *names: str) -> str:
    return f"{base}/providers/{typed_path(kind, list(names))}"


def _subscription_id(*parts: str) -> str:
    given = list(parts)
    at = next(i for i, each in enumerate(given) if "/" in each and "." in each.split("/")[0])
    subscription = given[0] if at else SUBSCRIPTION
    return f"/subscriptions/{subscription}/providers/{typed_path(given[at], given[at + 1 :])}"


def _int(value: Any) -> int:
    return int(value)


def _bool(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() in {"true", "1"}


def _array(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _create_object(*parts: Any) -> dict[str, Any]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


SYMBOLIC: dict[str, Pure] = {
    "array": _array,
    "concat": concat,
    "createarray": lambda *parts: list(parts),
    "createobject": _create_object,
    "extensionresourceid": _extension_id,
    "first": lambda value: value[0] if value else None,
    "format": _format,
    "last": lambda value: value[-1] if value else None,
    "length": len,
    "resourceid": _resource_id,
    "string": text_of,
    "subscriptionresourceid": _subscription_id,
    "tenantresourceid": lambda kind, *names: f"/providers/{typed_path(kind, list(names))}",
    "union": _union,
}
"""Functions that make something of what is known in part."""

PURE: dict[str, Pure] = {
    "add": _numbers(lambda one, other: one + other),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64tostring": lambda text: base64.b64decode(text).decode(),
    "bool": _bool,
    "cidrsubnet": _cidr_subnet,
    "contains": _contains,
    "div": _numbers(lambda one, other: one // other),
    "empty": lambda value: value in (None, "", [], {}),
    "endswith": lambda text, end: text.lower().endswith(end.lower()),
    "equals": _equals,
    "false": lambda: False,
    "flatten": lambda lists: [item for each in lists for item in each],
    "float": float,
    "greater": _numbers(lambda one, other: one > other),
    "greaterorequals": _numbers(lambda one, other: one >= other),
    "indexof": lambda within, item: (
        within.lower().find(item.lower())
        if isinstance(within, str)
        else within.index(item)
        if item in within
        else -1
    ),
    "int": _int,
    "intersection": _intersection,
    "items": lambda value: [{"key": key, "value": value[key]} for key in sorted(value)],
    "join": lambda values, by: by.join(text_of(each) for each in values),
    "json": json.loads,
    "lastindexof": lambda text, item: text.lower().rfind(item.lower()),
    "less": _numbers(lambda one, other: one < other),
    "lessorequals": _numbers(lambda one, other: one <= other),
    "max": lambda *values: max(values[0] if isinstance(values[0], list) else values),
    "min": lambda *values: min(values[0] if isinstance(values[0], list) else values),
    "mod": _numbers(lambda one, other: one % other),
    "mul": _numbers(lambda one, other: one * other),
    "null": lambda: None,
    "objectkeys": list,
    "padleft": _pad_left,
    "range": _range,
    "replace": lambda text, old, new: text.replace(old, new),
    "skip": lambda value, count: value[max(count, 0) :],
    "split": _split,
    "startswith": lambda text, start: text.lower().startswith(start.lower()),
    "sub": _numbers(lambda one, other: one - other),
    "substring": _substring,
    "take": lambda value, count: value[: max(count, 0)],
    "tolower": str.lower,
    "toupper": str.upper,
    "trim": str.strip,
    "true": lambda: True,
}
"""Functions that need all of their arguments."""
