"""Values of ARM templates: expressions worked out, loops unrolled.

While a template is evaluated, what is not known stands as a symbol in a text. `finished` turns the
texts of a resource into what mappers read: `Reference` for the id of a resource of the template,
`Unknown` for other symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from collectors.document import Unknown
from collectors.iac.arm import functions
from collectors.iac.arm.expressions import (
    Expression,
    Literal,
    MalformedError,
    Member,
    is_expression,
    parse,
)
from collectors.iac.arm.functions import NotKnownError, has_open
from collectors.iac.arm.symbols import doubt, is_open, symbol
from collectors.iac.blocks import Reference
from collectors.iac.located import Located

MOST_COPIES = 800
"""ARM deploys no more copies of one resource or property."""
_ERRORS = (NotKnownError, TypeError, ValueError, KeyError, IndexError, AttributeError,
           ZeroDivisionError, StopIteration, OverflowError)  # fmt: skip


class Scope(Struct, kw_only=True):
    """What expressions may ask for. `variables` are evaluated when they are asked for; `loops` are
    the indexes of copies under way, by their names ("" for the innermost)."""

    parameters: Mapping[str, Any]
    variables: Mapping[str, Any]
    ids: Mapping[str, str]
    """Addresses of resources by their symbolic names."""
    loops: Mapping[str, int] = {}
    resource_group: Mapping[str, Any] = {}
    depth: int = 0


def evaluate(scope: Scope, value: Any) -> Any:
    """A value with its expressions worked out, as far as they can be."""
    if isinstance(value, str):
        return _text(scope, value)
    if isinstance(value, list):
        return [evaluate(scope, each) for each in value]
    if isinstance(value, dict):
        return _mapping(scope, value)
    return value


def _text(scope: Scope, text: str) -> Any:
    if text.startswith("[["):
        return text[1:]
    if not is_expression(text):
        return text
    try:
        return _value(scope, parse(text), text[1:-1])
    except MalformedError as error:
        return symbol(f"{text[1:-1]} ({error})")
    except RecursionError:
        return symbol(text[1:-1])


def _mapping(scope: Scope, value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(value, Located):
        found = Located(value.start_line, value.end_line)
        found.lines = value.lines
    for key, each in value.items():
        if key == "copy" and isinstance(each, list):
            found.update(_copied(scope, each))
        else:
            name = _text(scope, key)
            found[name if isinstance(name, str) else key] = evaluate(scope, each)
    return found


def _copied(scope: Scope, loops: list[Any]) -> dict[str, Any]:
    """The properties that a `copy` element makes: a list each."""
    found: dict[str, Any] = {}
    for loop in loops:
        if isinstance(loop, dict) and isinstance(loop.get("name"), str) and "input" in loop:
            name = loop["name"]
            count = copies(scope, loop)
            if count is None:
                found[name] = symbol(f"how many {name} there are")
            else:
                found[name] = [evaluate(within(scope, name, i), loop["input"]) for i in count]
    return found


def copies(scope: Scope, loop: Mapping[str, Any]) -> range | None:
    """The indexes of a loop; None where how many there are is not known."""
    count = evaluate(scope, loop.get("count"))
    is_number = isinstance(count, int) and not isinstance(count, bool)
    return range(min(count, MOST_COPIES)) if is_number else None


def within(scope: Scope, name: str, index: int) -> Scope:
    """The scope of one copy."""
    loops = {**scope.loops, name: index, "": index}
    return msgspec.structs.replace(scope, loops=loops)


def _value(scope: Scope, expression: Expression, text: str) -> Any:
    if isinstance(expression, Literal):
        return expression.value
    if isinstance(expression, Member):
        return _member(scope, expression, text)
    special = _SPECIAL.get(expression.name)
    if special:
        return special(scope, expression.arguments, text)
    arguments = [_value(scope, each, text) for each in expression.arguments]
    function = functions.SYMBOLIC.get(expression.name)
    pure = functions.PURE.get(expression.name)
    try:
        if function and not any(is_open(each) and _is_whole(each) and expression.name in _LISTS
                                for each in arguments):  # fmt: skip
            return function(*arguments)
        if pure and not any(has_open(each) for each in arguments):
            return pure(*arguments)
        if expression.name == "equals" and arguments[0] == arguments[1]:
            return True
    except _ERRORS:
        pass
    return symbol(_written(expression.name, arguments))


_LISTS = frozenset({"array", "first", "last", "length", "union"})
"""Functions for which a text that is not known may be a list."""


def _is_whole(text: str) -> bool:
    return text.startswith("\0")


def _written(name: str, arguments: list[Any]) -> str:
    """A call that cannot be worked out, the same for the same arguments."""
    inner = ", ".join(
        each.replace("\0", "") if isinstance(each, str) else functions.text_of(each)
        for each in arguments
    )
    return f"{name}({inner})"


def _member(scope: Scope, expression: Member, text: str) -> Any:
    owner = _value(scope, expression.of, text)
    key = _value(scope, expression.key, text)
    if isinstance(owner, dict) and isinstance(key, str):
        for name, value in owner.items():
            if name.lower() == key.lower():
                return value
        return None if expression.safe else symbol(text)
    if isinstance(owner, list) and isinstance(key, int) and -len(owner) <= key < len(owner):
        return owner[key]
    if isinstance(owner, str) and is_open(owner):
        return symbol(f"{owner.replace(chr(0), '')}.{functions.text_of(key)}")
    return symbol(text)


def _parameters(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    name = _value(scope, arguments[0], text) if arguments else None
    for key, value in scope.parameters.items():
        if isinstance(name, str) and key.lower() == name.lower():
            return value
    return symbol(text)


def _variables(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    name = _value(scope, arguments[0], text) if arguments else None
    if scope.depth > 50:
        raise MalformedError("variables lead in a circle")
    inner = msgspec.structs.replace(scope, depth=scope.depth + 1)
    for key, value in scope.variables.items():
        if isinstance(name, str) and key.lower() == name.lower():
            return evaluate(inner, value)
        if key == "copy" and isinstance(value, list):
            for loop in value:
                if isinstance(loop, dict) and loop.get("name") == name:
                    return _copied(inner, [loop]).get(str(name))
    return symbol(text)


def _if(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    if len(arguments) != 3:
        return symbol(text)
    test = _value(scope, arguments[0], text)
    if isinstance(test, bool):
        return _value(scope, arguments[1 if test else 2], text)
    both = [_value(scope, each, text) for each in arguments[1:]]
    return both[0] if both[0] == both[1] else symbol(text)


def _and(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    return _decided(scope, arguments, text, by=False)


def _or(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    return _decided(scope, arguments, text, by=True)


def _decided(scope: Scope, arguments: tuple[Expression, ...], text: str, *, by: bool) -> Any:
    values = [_value(scope, each, text) for each in arguments]
    if any(value is by for value in values):
        return by
    return (not by) if all(isinstance(value, bool) for value in values) else symbol(text)


def _not(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    value = _value(scope, arguments[0], text) if arguments else None
    return not value if isinstance(value, bool) else symbol(text)


def _coalesce(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    for each in arguments:
        value = _value(scope, each, text)
        if value is not None:
            return value
    return None


def _copy_index(scope: Scope, arguments: tuple[Expression, ...], text: str) -> Any:
    values = [_value(scope, each, text) for each in arguments]
    name = next((each for each in values if isinstance(each, str)), "")
    offset = next((each for each in values if isinstance(each, int)), 0)
    index = scope.loops.get(name)
    return symbol(text) if index is None else index + offset


def _resource_group(scope: Scope, _arguments: tuple[Expression, ...], _text: str) -> Any:
    group = f"/subscriptions/{functions.SUBSCRIPTION}/resourceGroups/{functions.GROUP}"
    location = symbol("resourceGroup().location")
    return {"id": group, "name": functions.GROUP, "location": location, **scope.resource_group}


def _subscription(_scope: Scope, _arguments: tuple[Expression, ...], _text: str) -> Any:
    own = functions.SUBSCRIPTION
    return {
        "id": f"/subscriptions/{own}",
        "subscriptionId": own,
        "tenantId": symbol("subscription().tenantId"),
        "displayName": symbol("subscription().displayName"),
    }


Special = Callable[[Scope, tuple[Expression, ...], str], Any]
_SPECIAL: dict[str, Special] = {
    "and": _and,
    "coalesce": _coalesce,
    "copyindex": _copy_index,
    "if": _if,
    "not": _not,
    "or": _or,
    "parameters": _parameters,
    "resourcegroup": _resource_group,
    "subscription": _subscription,
    "variables": _variables,
}


def finished(value: Any, addresses: Mapping[str, str]) -> Any:
    """A value as mappers read it. `addresses` are those of the template's resources, by their ids
    in lower case."""
    if isinstance(value, dict):
        found = {key: finished(each, addresses) for key, each in value.items()}
        return value.like(found) if isinstance(value, Located) else found
    if isinstance(value, list):
        return [finished(each, addresses) for each in value]
    if isinstance(value, str):
        address = addresses.get(value.lower())
        if address is not None:
            return Reference(address)
        return doubt(value) if is_open(value) else value
    return value


def open_reason(value: Any) -> Unknown | None:
    """Why a value is not known; None for one that is."""
    return doubt(value) if is_open(value) else None
