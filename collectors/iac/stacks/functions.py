"""CloudFormation's intrinsic functions, as far as a template alone decides them.

What is decided at deployment becomes `Reference` (an attribute of a resource) or `Unknown`.
Source: "Intrinsic function reference" of the CloudFormation user guide.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from collectors.document import Unknown, also
from collectors.iac.blocks import NOT_GIVEN, Reference
from collectors.iac.cloudformation.resource import CALLER, REGION, is_open

ACCOUNT = Reference(CALLER, "account_id")
_HOLE = re.compile(r"\$\{(!?)([^}]*)\}")
_OWN_PRINCIPAL = re.compile(r"arn:[^:]*:(?:iam|sts)::\0:.*")
_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Stack(Struct, kw_only=True):
    """What functions may ask for: parameters, mappings, conditions and resources of one template.

    `prefix` stands before the logical ids of a nested stack. `children` are nested stacks by their
    logical id, for their outputs.
    """

    parameters: dict[str, Any]
    mappings: Mapping[str, Any]
    conditions: Mapping[str, Any]
    resources: frozenset[str]
    prefix: str = ""
    region: str | Unknown = REGION
    outputs_of: Callable[[str, str], Any] = lambda _stack, _output: None
    loops: dict[str, Any] = {}
    """Values of Fn::ForEach's identifiers, while its body is read."""


def evaluate(stack: Stack, value: Any) -> Any:
    """A value of the template; NOT_GIVEN for what `AWS::NoValue` takes away."""
    if isinstance(value, dict):
        if len(value) == 1:
            ((name, argument),) = value.items()
            function = _FUNCTIONS.get(name)
            if function:
                return function(stack, argument)
            if name.startswith("Fn::"):
                return Unknown(f"{name} is not known before deployment")
        return mapping(stack, value)
    if isinstance(value, list):
        return [each for each in (evaluate(stack, one) for one in value) if each is not NOT_GIVEN]
    return value


def mapping(stack: Stack, value: dict[str, Any]) -> dict[str, Any]:
    """A mapping with each of its values evaluated."""
    found = {name: evaluate(stack, each) for name, each in value.items()}
    return {name: each for name, each in found.items() if each is not NOT_GIVEN}


def condition(stack: Stack, name: str, depth: int = 0) -> bool | Unknown:
    """Whether a named condition holds."""
    if name not in stack.conditions or depth > len(stack.conditions):
        return Unknown(f"the condition {name} is not declared")
    return _truth(stack, stack.conditions[name], depth + 1)


def _truth(stack: Stack, value: Any, depth: int) -> bool | Unknown:
    if isinstance(value, str):
        return condition(stack, value, depth)
    if not isinstance(value, dict) or len(value) != 1:
        return _unclear("the condition")
    ((name, argument),) = value.items()
    if name == "Condition" and isinstance(argument, str):
        return condition(stack, argument, depth)
    parts = argument if isinstance(argument, list) else []
    if name == "Fn::Equals" and len(parts) == 2:
        return _equal(*(evaluate(stack, part) for part in parts))
    results = [_truth(stack, part, depth) for part in parts]
    if name == "Fn::Not" and len(results) == 1:
        return results[0] if isinstance(results[0], Unknown) else not results[0]
    if name in {"Fn::And", "Fn::Or"} and results:
        decisive = name == "Fn::Or"
        doubt = also(*results)
        return decisive if decisive in results else doubt or not decisive
    return Unknown(f"{name} is not known before deployment")


def _equal(one: Any, other: Any) -> bool | Unknown:
    for value in (one, other):
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Reference):
            return Unknown(f"{value.address}.{value.attribute} is known after apply")
    return plain_text(one) == plain_text(other)


def _unclear(name: str) -> Unknown:
    return Unknown(f"{name} is malformed")


def plain_text(value: Any) -> str:
    """A scalar as CloudFormation writes it into a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _ref(stack: Stack, name: Any) -> Any:
    if not isinstance(name, str):
        return _unclear("Ref")
    if name in stack.loops:
        return stack.loops[name]
    if name in stack.parameters:
        return stack.parameters[name]
    if name in stack.resources:
        return Reference(stack.prefix + name)
    return _pseudo(stack, name)


def _pseudo(stack: Stack, name: str) -> Any:
    if name == "AWS::NoValue":
        return NOT_GIVEN
    if name == "AWS::AccountId":
        return ACCOUNT
    if name == "AWS::Region":
        return stack.region
    if name in {"AWS::Partition", "AWS::URLSuffix"} and isinstance(stack.region, str):
        china = stack.region.startswith("cn-")
        texts = {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"}
        cn = {"AWS::Partition": "aws-cn", "AWS::URLSuffix": "amazonaws.com.cn"}
        return (cn if china else texts)[name]
    return Unknown(f"{name} is not known before deployment")


def _get_att(stack: Stack, argument: Any) -> Any:
    if isinstance(argument, str):
        argument = argument.split(".", maxsplit=1)
    if not isinstance(argument, list) or len(argument) < 2:
        return _unclear("Fn::GetAtt")
    name, attribute = str(argument[0]), evaluate(stack, argument[1])
    if not isinstance(attribute, str):
        return _unclear("Fn::GetAtt")
    if attribute.startswith("Outputs."):
        found = stack.outputs_of(name, attribute.removeprefix("Outputs."))
        if found is not None:
            return found
    if name not in stack.resources:
        return Unknown(f"{name} is not declared in the template")
    return Reference(stack.prefix + name, snake(attribute))


def snake(name: str) -> str:
    """An attribute's name as Terraform writes names: "DBInstanceArn" is "dbinstance_arn"."""
    return _SNAKE.sub("_", name).lower()


def _sub(stack: Stack, argument: Any) -> Any:
    text, own = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        text, own = argument[0], mapping(stack, argument[1])
    if not isinstance(text, str):
        return _unclear("Fn::Sub")
    pieces: list[Any] = []
    end = 0
    for hole in _HOLE.finditer(text):
        pieces.append(text[end : hole.start()])
        end = hole.end()
        name = hole[2].strip()
        if hole[1]:
            pieces.append("${" + name + "}")
        elif name in own:
            pieces.append(own[name])
        elif "." in name and "::" not in name:
            pieces.append(_get_att(stack, name))
        else:
            pieces.append(_ref(stack, name))
    return joined([*pieces, text[end:]])


def joined(pieces: list[Any]) -> Any:
    """A text of pieces, some of which may be decided at deployment."""
    pieces = [each for each in pieces if each not in ("", NOT_GIVEN)]
    if len(pieces) == 1 and is_open(pieces[0]):
        return pieces[0]
    doubts = [each for each in pieces if not isinstance(each, str | int | float)]
    if not doubts:
        return "".join(plain_text(each) for each in pieces)
    shape = "".join(
        each if isinstance(each, str) else "\0" if each == ACCOUNT else "?" for each in pieces
    )
    if _OWN_PRINCIPAL.fullmatch(shape):
        # Whatever it is named, it is of the account that the stack is deployed to.
        return Reference(CALLER, "arn")
    first = doubts[0]
    if isinstance(first, Unknown):
        return first
    if isinstance(first, Reference):
        return Unknown(f"{first.address}.{first.attribute} is known after apply")
    return _unclear("a text")


def _join(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return _unclear("Fn::Join")
    separator, values = argument[0], evaluate(stack, argument[1])
    if is_open(values):
        return values if isinstance(values, Unknown) else joined(["", values, " "])
    if not isinstance(values, list) or not isinstance(separator, str):
        return _unclear("Fn::Join")
    pieces: list[Any] = []
    for value in values:
        pieces += [separator, value] if pieces else [value]
    return joined(pieces)


def _split(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return _unclear("Fn::Split")
    text = evaluate(stack, argument[1])
    if isinstance(text, str) and isinstance(argument[0], str) and argument[0]:
        return text.split(argument[0])
    return (
        text if isinstance(text, Unknown) else Unknown("Fn::Split is not known before deployment")
    )


def _select(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return _unclear("Fn::Select")
    index, values = evaluate(stack, argument[0]), evaluate(stack, argument[1])
    if isinstance(values, Unknown):
        return values
    if isinstance(values, str):
        values = values.split(",")
    place = plain_text(index)
    if isinstance(values, list) and place.isdigit() and int(place) < len(values):
        return values[int(place)]
    return Unknown("Fn::Select is not known before deployment")


def _find_in_map(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) < 3:
        return _unclear("Fn::FindInMap")
    found: Any = stack.mappings
    for part in argument[:3]:
        key = evaluate(stack, part)
        if is_open(key):
            return key if isinstance(key, Unknown) else joined([key, " "])
        if not isinstance(found, dict) or plain_text(key) not in found:
            other = argument[3] if len(argument) > 3 else None
            if isinstance(other, dict) and "DefaultValue" in other:
                return evaluate(stack, other["DefaultValue"])
            return Unknown(f"the mapping has no {plain_text(key)}")
        found = found[plain_text(key)]
    return evaluate(stack, found)


def _if(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 3:
        return _unclear("Fn::If")
    holds = condition(stack, str(argument[0]))
    if isinstance(holds, Unknown):
        both = [evaluate(stack, each) for each in argument[1:]]
        same = both[0] == both[1] and not isinstance(both[0], Unknown)
        return both[0] if same else holds
    return evaluate(stack, argument[1 if holds else 2])


def _base64(stack: Stack, argument: Any) -> Any:
    text = evaluate(stack, argument)
    if isinstance(text, str):
        return base64.b64encode(text.encode()).decode()
    return text if isinstance(text, Unknown) else joined([text, " "])


def _cidr(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) < 2:
        return _unclear("Fn::Cidr")
    parts = [evaluate(stack, part) for part in argument]
    doubt = also(*parts)
    if doubt:
        return doubt
    try:
        block = ipaddress.ip_network(str(parts[0]))
        bits = int(parts[2]) if len(parts) > 2 else 8
        subnets = block.subnets(new_prefix=block.max_prefixlen - bits)
        return [str(each) for each, _ in zip(subnets, range(int(parts[1])), strict=False)]
    except ValueError:
        return _unclear("Fn::Cidr")


def _import_value(_stack: Stack, _argument: Any) -> Any:
    return Unknown("the value is of another stack")


def _condition(stack: Stack, argument: Any) -> Any:
    """`Condition` as a function stands in conditions only; elsewhere it is a plain key, as in a
    statement of a policy."""
    return {"Condition": evaluate(stack, argument)}


_FUNCTIONS: dict[str, Callable[[Stack, Any], Any]] = {
    "Ref": _ref,
    "Condition": _condition,
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
}
