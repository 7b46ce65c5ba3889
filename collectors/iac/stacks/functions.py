"""The functions that CloudFormation and ROS share, as far as a template alone decides them.

What is decided at deployment becomes `Reference` (an attribute of a resource) or `Unknown`.
Sources: "Intrinsic function reference" of the CloudFormation user guide; "Function index" of the
ROS user guide.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from collectors.document import Provider, Unknown, also
from collectors.iac.blocks import NOT_GIVEN, Partly, Reference
from collectors.iac.located import Located
from collectors.iac.stacks.resource import REGION, Translation, is_open

_HOLE = re.compile(r"\$\{(!?)([^}]*)\}")
_DYNAMIC = "{{resolve:"
_INSIDE = "/*"
"""What follows the ARN of a bucket where its objects are meant."""
_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


Function = Callable[["Stack", Any], Any]
"""Gives the value of a function, from its argument as it is written."""


class Dialect(Struct, frozen=True, kw_only=True):
    """In what CloudFormation and ROS differ.

    `sign` is what their texts show, `version` the key of the template's version, `prefix` that of
    resource types, `nested` the type of nested stacks, `transforms` those that change no resource.
    `pseudo` gives a pseudo parameter, `principal` recognises a text that names somebody of the own
    account ("\\0" stands for its id, "?" for what is not known), `caller` is the Terraform data
    source that stands for the account that a stack is deployed to.
    """

    provider: Provider
    sign: re.Pattern[str]
    version: str
    prefix: str
    nested: str
    transforms: frozenset[str]
    functions: Mapping[str, Function]
    pseudo: Callable[[Stack, str], Any]
    principal: re.Pattern[str]
    caller: str
    translations: Callable[[], dict[str, Translation]]
    body: str = ""
    """The property by which a nested stack has its template written into it, where there is one."""
    shared: Mapping[str, str] = {}
    """Where the section Globals has properties for all resources of a type, by that type."""
    implied: Callable[[Mapping[str, Any]], Iterable[tuple[str, Located]]] = lambda _: ()
    """The resources that a transform makes of others without a word, by their logical ids."""

    @property
    def account(self) -> Reference:
        """The id of the account that a stack is deployed to."""
        return Reference(self.address_of_caller, "account_id")

    @property
    def address_of_caller(self) -> str:
        """The address of what stands for that account."""
        return f"data.{self.caller}.deployment"


class Stack(Struct, kw_only=True):
    """What functions may ask for: parameters, mappings, conditions and resources of one template.

    `prefix` stands before the logical ids of a nested stack. `children` are nested stacks by their
    logical id, for their outputs.
    """

    dialect: Dialect
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
            function = stack.dialect.functions.get(name)
            if function:
                return function(stack, argument)
            if name.startswith("Fn::"):
                return Unknown(f"{name} is not known before deployment")
        merging = next((name for name in value if name.startswith("Fn::")), None)
        if merging:
            # What is merged into the mapping may be anything.
            return Unknown(f"{merging} is not known before deployment")
        return mapping(stack, value)
    if isinstance(value, list):
        return [each for each in (evaluate(stack, one) for one in value) if each is not NOT_GIVEN]
    if isinstance(value, str) and _DYNAMIC in value:
        return Unknown(f"{value} is not known before deployment")
    return value


def mapping(stack: Stack, value: dict[str, Any]) -> dict[str, Any]:
    """A mapping with each of its values evaluated."""
    found = {name: evaluate(stack, each) for name, each in value.items()}
    given = {name: each for name, each in found.items() if each is not NOT_GIVEN}
    return value.like(given) if isinstance(value, Located) else given


def condition(stack: Stack, name: str, depth: int = 0) -> bool | Unknown:
    """Whether a named condition holds."""
    if name not in stack.conditions or depth > len(stack.conditions):
        return Unknown(f"the condition {name} is not declared")
    return _truth(stack, stack.conditions[name], depth + 1)


def _truth(stack: Stack, value: Any, depth: int) -> bool | Unknown:
    if isinstance(value, str):
        return condition(stack, value, depth)
    if not isinstance(value, dict) or len(value) != 1:
        return unclear("the condition")
    ((name, argument),) = value.items()
    if name == "Condition" and isinstance(argument, str):
        return condition(stack, argument, depth)
    # ROS takes the one condition of Fn::Not without a list, too.
    parts = argument if isinstance(argument, list) else [argument]
    if name == "Fn::Equals" and len(parts) == 2:
        return _equal(*(evaluate(stack, part) for part in parts))
    results = [_truth(stack, part, depth) for part in parts]
    if name == "Fn::Not" and len(results) == 1:
        return results[0] if isinstance(results[0], Unknown) else not results[0]
    if name in {"Fn::And", "Fn::Or"} and results:
        decisive = name == "Fn::Or"
        doubt = also(*results)
        return decisive if decisive in results else doubt or not decisive
    found = evaluate(stack, value)
    if isinstance(found, bool | Unknown):
        return found
    return Unknown(f"{name} is not known before deployment")


def _equal(one: Any, other: Any) -> bool | Unknown:
    doubt = open_within(one) or open_within(other)
    return doubt or plain_text(one) == plain_text(other)


def unclear(name: str) -> Unknown:
    """The reason for a function that is not written as it must be."""
    return Unknown(f"{name} is malformed")


def plain_text(value: Any) -> str:
    """A scalar as CloudFormation writes it into a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _ref(stack: Stack, name: Any) -> Any:
    if not isinstance(name, str):
        return unclear("Ref")
    if name in stack.loops:
        return stack.loops[name]
    if name in stack.parameters:
        return stack.parameters[name]
    if name in stack.resources:
        return Reference(stack.prefix + name)
    return stack.dialect.pseudo(stack, name)


def _get_att(stack: Stack, argument: Any) -> Any:
    if isinstance(argument, str):
        argument = argument.split(".", maxsplit=1)
    if not isinstance(argument, list) or len(argument) < 2:
        return unclear("Fn::GetAtt")
    name, attribute = str(argument[0]), evaluate(stack, argument[1])
    if not isinstance(attribute, str):
        return unclear("Fn::GetAtt")
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
        return unclear("Fn::Sub")
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
    return joined(stack, [*pieces, text[end:]])


def joined(stack: Stack, pieces: list[Any]) -> Any:
    """A text of pieces, some of which may be decided at deployment."""
    pieces = [each for each in pieces if each not in ("", NOT_GIVEN)]
    if len(pieces) == 1 and is_open(pieces[0]):
        return pieces[0]
    doubts = [each for each in pieces if not isinstance(each, str | int | float)]
    if not doubts:
        return "".join(plain_text(each) for each in pieces)
    shape = "".join(
        each if isinstance(each, str) else "\0" if each == stack.dialect.account else "?"
        for each in pieces
    )
    if stack.dialect.principal.fullmatch(shape):
        # Whatever it is named, it is of the account that the stack is deployed to.
        return Reference(stack.dialect.address_of_caller, "arn")
    doubt = open_(doubts[0]) or unclear("a text")
    return _arn(pieces) or Partly(doubt.reason, "".join(map(_known_of, pieces)))


def _known_of(piece: Any) -> str:
    """What is known of a piece of a text."""
    if isinstance(piece, Partly):
        return piece.text
    return plain_text(piece) if isinstance(piece, str | int | float) else "${}"


def _arn(pieces: list[Any]) -> Reference | None:
    """The ARN that a text writes of the resource whose name it ends with, or of all that is in
    it."""
    if pieces[-1] == _INSIDE:
        around = _arn(pieces[:-1]) if len(pieces) > 2 else pieces[0]
        if isinstance(around, Reference) and around.attribute == "arn":
            return Reference(around.address, f"arn{_INSIDE}")
        return None
    last = pieces[-1]
    named = (
        isinstance(last, Reference)
        and last.attribute == "id"
        and not last.address.startswith("data.")
    )
    if not named or not str(pieces[0]).startswith("arn:"):
        return None
    before = pieces[-2]
    whole = isinstance(before, str) and before.endswith(("/", ":"))
    return Reference(last.address, "arn") if whole else None


def open_(value: Any) -> Unknown | None:
    """Why a value is not known before deployment; None for one that is."""
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    return value if isinstance(value, Unknown) else None


def open_within(value: Any) -> Unknown | None:
    """Why some part of a value is not known before deployment."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return next((doubt for each in value if (doubt := open_within(each))), None)
    return open_(value)


def _join(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return unclear("Fn::Join")
    separator, values = argument[0], evaluate(stack, argument[1])
    if is_open(values):
        return open_(values)
    if not isinstance(values, list) or not isinstance(separator, str):
        return unclear("Fn::Join")
    pieces: list[Any] = []
    for value in values:
        pieces += [separator, value] if pieces else [value]
    return joined(stack, pieces)


def _split(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return unclear("Fn::Split")
    text = evaluate(stack, argument[1])
    if isinstance(text, str) and isinstance(argument[0], str) and argument[0]:
        return text.split(argument[0])
    return (
        text if isinstance(text, Unknown) else Unknown("Fn::Split is not known before deployment")
    )


def _select(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 2:
        return unclear("Fn::Select")
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
        return unclear("Fn::FindInMap")
    found: Any = stack.mappings
    for part in argument[:3]:
        key = evaluate(stack, part)
        if is_open(key):
            return open_(key)
        if not isinstance(found, dict) or plain_text(key) not in found:
            other = argument[3] if len(argument) > 3 else None
            if isinstance(other, dict) and "DefaultValue" in other:
                return evaluate(stack, other["DefaultValue"])
            return Unknown(f"the mapping has no {plain_text(key)}")
        found = found[plain_text(key)]
    return evaluate(stack, found)


def _if(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) != 3:
        return unclear("Fn::If")
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
    if isinstance(text, Partly):
        return Partly(text.reason, base64.b64encode(text.text.encode()).decode())
    return open_(text) or unclear("Fn::Base64")


def _cidr(stack: Stack, argument: Any) -> Any:
    if not isinstance(argument, list) or len(argument) < 2:
        return unclear("Fn::Cidr")
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
        return unclear("Fn::Cidr")


def _condition(stack: Stack, argument: Any) -> Any:
    """`Condition` as a function stands in conditions only; elsewhere it is a plain key, as in a
    statement of a policy."""
    return {"Condition": evaluate(stack, argument)}


FUNCTIONS: dict[str, Function] = {
    "Ref": _ref,
    "Condition": _condition,
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
}
