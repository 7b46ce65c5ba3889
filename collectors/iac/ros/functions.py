"""The functions of ROS beyond those that CloudFormation has too, as far as a template alone decides
them. Source: "Function index" of the ROS user guide."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from collectors.iac.blocks import Reference
from collectors.iac.stacks.functions import (
    FUNCTIONS as SHARED,
)
from collectors.iac.stacks.functions import (
    Function,
    Stack,
    evaluate,
    joined,
    open_,
    open_within,
    plain_text,
    unclear,
)

_SCALARS = (str, int, float)


def _of_known(name: str, compute: Callable[[Any], Any]) -> Function:
    """A function of an argument that must be known throughout."""

    def function(stack: Stack, argument: Any) -> Any:
        value = evaluate(stack, argument)
        doubt = open_within(value)
        if doubt:
            return doubt
        try:
            return compute(value)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return unclear(name)

    return function


def _decoded(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    try:
        return base64.b64decode(value, validate=True).decode()
    except binascii.Error as error:
        raise ValueError from error


def _str(value: Any) -> str:
    if not isinstance(value, _SCALARS):
        raise TypeError
    return plain_text(value)


def _replaced(value: Any) -> str:
    pairs, text = value
    if not isinstance(text, str):
        raise TypeError
    for old, new in pairs.items():
        text = text.replace(old, plain_text(new))
    return text


def _merged(value: Any) -> list[Any]:
    if not all(isinstance(each, list) for each in value):
        raise TypeError
    return [item for each in value for item in each]


def _json_value(value: Any) -> Any:
    key, data = value
    found = json.loads(data) if isinstance(data, str) else data
    if not isinstance(found, dict):
        raise TypeError
    return found[key]


def _map_list(value: Any) -> list[dict[str, Any]]:
    """One mapping for each place of the longest list; a shorter one repeats its last entry ("Merge
    rules" of Fn::MergeMapToList)."""
    columns = {name: each for part in value for name, each in part.items()}
    longest = max(len(each) for each in columns.values())
    return [
        {name: each[min(i, len(each) - 1)] for name, each in columns.items()}
        for i in range(longest)
    ]


def _selected(value: Any) -> list[Any]:
    key, found = value
    return [each[key] for each in found if key in each]


def _total(value: Any) -> Any:
    """A sum of numbers, all entries of lists, or all keys of mappings."""
    if all(isinstance(each, list) for each in value):
        return _merged(value)
    if all(isinstance(each, dict) for each in value):
        return {name: item for each in value for name, item in each.items()}
    return sum(_number(each) for each in value)


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, _SCALARS):
        raise TypeError
    return value if isinstance(value, int | float) else float(value)


def _index(value: Any) -> int:
    item, found = value
    return [plain_text(each) for each in found].index(plain_text(item))


def _member(value: Any) -> bool:
    found, item = value
    if not isinstance(found, list):
        raise TypeError
    return plain_text(item) in {plain_text(each) for each in found}


def _each_member(value: Any) -> bool:
    some, found = value
    return all(_member([found, each]) for each in some)


def _any(value: Any) -> bool:
    if not all(isinstance(each, bool) for each in value):
        raise TypeError
    return any(value)


def _indented(stack: Stack, argument: Any) -> Any:
    """How a text is indented decides no check: the text as it is."""
    parts = argument if isinstance(argument, list) else [argument]
    return joined(stack, [evaluate(stack, parts[0])])


def _select(stack: Stack, argument: Any) -> Any:
    """An entry of a list or, which CloudFormation has not, the value of a key."""
    if isinstance(argument, list) and len(argument) in (2, 3):
        found = evaluate(stack, argument[1])
        key = evaluate(stack, argument[0])
        if isinstance(found, dict) and isinstance(key, str) and key in found:
            return found[key]
        if isinstance(found, Reference):
            return open_(found)
        argument = argument[:2]
    return SHARED["Fn::Select"](stack, argument)


FUNCTIONS: dict[str, Function] = SHARED | {
    "Fn::Add": _of_known("Fn::Add", _total),
    "Fn::Any": _of_known("Fn::Any", _any),
    "Fn::Base64Decode": _of_known("Fn::Base64Decode", _decoded),
    "Fn::Base64Encode": SHARED["Fn::Base64"],
    "Fn::Contains": _of_known("Fn::Contains", _member),
    "Fn::EachMemberIn": _of_known("Fn::EachMemberIn", _each_member),
    "Fn::GetJsonValue": _of_known("Fn::GetJsonValue", _json_value),
    "Fn::Indent": _indented,
    "Fn::Index": _of_known("Fn::Index", _index),
    "Fn::Length": _of_known("Fn::Length", len),
    # Another name of Fn::Join.
    "Fn::ListJoin": SHARED["Fn::Join"],
    "Fn::ListMerge": _of_known("Fn::ListMerge", _merged),
    "Fn::Max": _of_known("Fn::Max", lambda value: max(map(_number, value))),
    "Fn::MergeMapToList": _of_known("Fn::MergeMapToList", _map_list),
    "Fn::Min": _of_known("Fn::Min", lambda value: min(map(_number, value))),
    "Fn::Replace": _of_known("Fn::Replace", _replaced),
    "Fn::Select": _select,
    "Fn::SelectMapList": _of_known("Fn::SelectMapList", _selected),
    "Fn::Str": _of_known("Fn::Str", _str),
}
