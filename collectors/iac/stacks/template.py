"""Templates of CloudFormation and ROS, read into Blocks."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from collectors.document import Source, Unknown
from collectors.iac import located
from collectors.iac.blocks import Block, OpenArguments
from collectors.iac.loaded import SHAPES, Loaded, Unread, not_valid, uri_of
from collectors.iac.located import Located, NotATemplateError
from collectors.iac.stacks.files import is_template, section, transforms
from collectors.iac.stacks.functions import (
    Dialect,
    Stack,
    condition,
    evaluate,
    mapping,
    open_,
    plain_text,
    unclear,
)
from collectors.iac.stacks.nested import template_of
from collectors.iac.stacks.resource import REGION, Resource, Translation, is_open
from collectors.iac.stacks.shared import with_shared
from collectors.iac.translated import located_blocks
from collectors.iac.uncertain import in_doubt


def load(dialect: Dialect, path: Path, given: dict[str, Any], root: Path) -> Loaded:
    """The resources of a template with those of its nested stacks that are files below `root`.

    `given` are values of parameters. Raises BrokenProjectError for what is not valid.
    """
    try:
        data = located.parse(located.read(path))
    except NotATemplateError as error:
        raise not_valid(path, error.line, error.reason) from error
    if not is_template(dialect, data):
        why = f"it has no section Resources with resources of {dialect.prefix}"
        raise not_valid(path, 0, why)
    reader = _Reader(dialect, path, data, given, root=root.resolve())
    used = given.keys() & {*section(data, "Parameters"), f"{dialect.prefix}Region"}
    return Loaded([*reader.blocks(), _caller(dialect, path)], reader.unread, frozenset(used))


def _caller(dialect: Dialect, path: Path) -> Block:
    """What stands for the account that the stack is deployed to."""
    address = dialect.address_of_caller
    return Block(
        address=address,
        type=f"data.{dialect.caller}",
        name="deployment",
        values={},
        source=Source(uri=uri_of(path), start_line=1, end_line=1, address=address),
        provider_values={"region": REGION},
    )


class _Reader:
    """Reads one template, and those of its nested stacks."""

    def __init__(
        self,
        dialect: Dialect,
        path: Path,
        data: dict[str, Any],
        given: dict[str, Any],
        *,
        root: Path,
        prefix: str = "",
        callers: tuple[Path, ...] = (),
    ) -> None:
        self._dialect = dialect
        self._path = path
        self._root = root
        self._uri = uri_of(path)
        self._callers = (*callers, path.resolve())
        self.unread: list[Unread] = []
        self._declared = dict(self._expanded(data["Resources"], {}))
        self._declared |= dict(dialect.implied(self._declared))
        self._data = data
        self._prefix = prefix
        self._children: dict[str, _Reader | None] = {}
        self._region = f"{dialect.prefix}Region"
        region = given.get(self._region, REGION)
        self._stack = Stack(
            dialect=dialect,
            parameters=_parameters(section(data, "Parameters"), given),
            mappings=section(data, "Mappings"),
            conditions=section(data, "Conditions"),
            resources=frozenset(self._declared),
            prefix=prefix,
            region=region if isinstance(region, str) else REGION,
            outputs_of=self._output_of,
        )
        for name in sorted(set(transforms(data)) - dialect.transforms):
            self._note(
                "TransformNotApplied", f"the macro {name} changes the template at deployment"
            )

    def blocks(self) -> Iterator[Block]:
        """Every resource that is or may be made, as Terraform resources where there is a
        translation; others under their own type."""
        for name, declared in self._declared.items():
            made = self._is_made(declared)
            if made is False:
                continue
            if declared.get("Type") == self._dialect.nested and (child := self._child(name)):
                yield from _of_child(child.blocks(), made, f"{self._prefix}{name}.")
                self.unread += child.unread
                continue
            yield from self._translated(self._resource(name, declared, made))

    def _translated(self, resource: Resource) -> Iterator[Block]:
        translation = self._dialect.translations().get(resource.type)
        if translation is None:
            yield resource.block(resource.type, resource.properties)
            return
        try:
            found = list(translation(resource))
        except SHAPES as error:
            # Of a shape that the translation does not expect: its resource must not vanish.
            reason = f"could not be read ({type(error).__name__}: {error})"
            self._note("NotUnderstood", f"{resource.address} {reason}", resource.source.start_line)
            found = _unread(translation, resource, Unknown(reason))
        else:
            again = functools.partial(translation, resource)
            found = located_blocks(found, again, [resource.properties], self._uri)
        for block in found:
            unsure = resource.uncertain
            yield in_doubt(block, unsure, resource.address) if unsure else block

    def _resource(self, name: str, declared: Located, made: bool | Unknown) -> Resource:
        address = self._prefix + name
        return Resource(
            address=address,
            type=str(declared.get("Type")),
            properties=self._properties(self._written(declared)),
            source=Source(
                uri=self._uri,
                start_line=max(declared.start_line - 1, 1),
                end_line=declared.end_line,
                address=address,
            ),
            region=self._stack.region,
            uncertain=made if isinstance(made, Unknown) else None,
        )

    def _written(self, declared: Located) -> Any:
        """The properties of a resource, with those that the template gives all of its type."""
        own = declared.get("Properties")
        kind = self._dialect.shared.get(str(declared.get("Type")), "")
        shared = section(section(self._data, "Globals"), kind)
        return with_shared(shared, own) if shared else own

    def _properties(self, written: Any) -> dict[str, Any]:
        """The properties of a resource. Those that a function gives may be any."""
        if written is None:
            return {}
        if isinstance(written, dict) and not any(name.startswith("Fn::") for name in written):
            return mapping(self._stack, written)
        found = evaluate(self._stack, written)
        if isinstance(found, dict):
            return found
        known = (
            {name: each for name, each in written.items() if not name.startswith("Fn::")}
            if isinstance(written, dict)
            else {}
        )
        reason = open_(found) or unclear("Properties")
        return OpenArguments(mapping(self._stack, known), reason)

    def _is_made(self, declared: dict[str, Any]) -> bool | Unknown:
        name = declared.get("Condition")
        made = condition(self._stack, name) if isinstance(name, str) else True
        if made is not True or "Count" not in declared:
            return made
        return _counted(evaluate(self._stack, declared["Count"]))

    def _expanded(self, resources: Any, loops: dict[str, Any]) -> Iterator[tuple[str, Located]]:
        """The resources by their logical ids, those of Fn::ForEach one by one."""
        for name, declared in resources.items():
            if name.startswith("Fn::ForEach::"):
                yield from self._looped(name, declared, loops)
            elif isinstance(declared, Located) and isinstance(declared.get("Type"), str):
                yield name, declared
            else:
                line = resources.lines.get(name, 0) if isinstance(resources, Located) else 0
                self._note("NotUnderstood", f"{name} has no Type", line)

    def _looped(
        self, name: str, declared: Any, loops: dict[str, Any]
    ) -> Iterator[tuple[str, Located]]:
        well_formed = isinstance(declared, list) and len(declared) == 3
        values = declared[1] if well_formed else None
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self._note("NotUnderstood", f"{name}: over what it loops is decided at deployment")
            return
        for value in values:
            inner = loops | {str(declared[0]): value}
            body = _filled(declared[2], inner)
            yield from self._expanded(body, inner)

    def _child(self, name: str) -> _Reader | None:
        """A nested stack, when its template is a file beside this one."""
        if name not in self._children:
            self._children[name] = self._nested(name)
        return self._children[name]

    def _nested(self, name: str) -> _Reader | None:
        properties = self._declared[name].get("Properties") or {}
        nested = template_of(
            self._dialect,
            self._stack,
            properties,
            caller=self._path,
            root=self._root,
            callers=self._callers,
        )
        if isinstance(nested, str):
            why = f"the nested stack {name} was not read: {nested}"
            self._note("ModuleNotRead", why, self._declared[name].start_line)
            return None
        given = evaluate(self._stack, properties.get("Parameters") or {})
        if not isinstance(given, dict):
            # Which of them is given is not known: none has its default for certain.
            reason = open_(given) or unclear("Parameters")
            given = dict.fromkeys(section(nested.data, "Parameters"), reason)
        passed = {self._region: self._stack.region, **given}
        return _Reader(
            self._dialect,
            nested.path,
            nested.data,
            passed,
            root=self._root,
            prefix=f"{self._prefix}{name}.",
            callers=self._callers,
        )

    def _output_of(self, name: str, output: str) -> Any:
        declared = self._declared.get(name)
        child = (
            self._child(name) if declared and declared.get("Type") == self._dialect.nested else None
        )
        if child is None:
            return None
        found = section(child._data, "Outputs").get(output)
        value = found.get("Value") if isinstance(found, dict) else None
        return evaluate(child._stack, value)

    def _note(self, code: str, message: str, line: int = 0) -> None:
        where = f"{self._uri}:{line}" if line else self._uri
        self.unread.append(Unread(self._uri, code, f"{where}: {message}."))


def _unread(translation: Translation, resource: Resource, reason: Unknown) -> list[Block]:
    """What a resource may be of which nothing is understood: as if all of it were known later, so
    that what it belongs to does not pass for being without it."""
    unknown = structs.replace(resource, properties=OpenArguments({}, reason))
    try:
        return list(translation(unknown))
    except SHAPES:
        return [resource.block(resource.type, {})]


def _of_child(blocks: Iterable[Block], made: bool | Unknown, prefix: str) -> Iterator[Block]:
    """The blocks of a nested stack. Of one that may not be made, what they say of resources outside
    of it may not hold."""
    for block in blocks:
        if isinstance(made, Unknown):
            yield in_doubt(block, made, block.address, within=prefix)
        else:
            yield block


def _counted(value: Any) -> bool | Unknown:
    """Whether ROS makes a resource of this count at all. However many there are, they are equal but
    for what the index decides, which is not known: one stands for all."""
    if is_open(value):
        return open_(value) or unclear("Count")
    return plain_text(value) != "0" if plain_text(value).isdigit() else unclear("Count")


def _parameters(declared: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The value of each parameter: what is given, or else its default."""
    return {
        name: _parameter(name, about if isinstance(about, dict) else {}, given.get(name))
        for name, about in declared.items()
    }


def _parameter(name: str, about: dict[str, Any], given: Any) -> Any:
    kind = str(about.get("Type"))
    value = about.get("Default") if given is None else given
    if str(about.get("NoEcho")).lower() == "true":
        return Unknown(f"the parameter {name} is a secret, which is not read")
    if kind.startswith("AWS::SSM::Parameter::Value"):
        return Unknown(f"the parameter {name} is read from SSM at deployment")
    if kind.startswith("ALIYUN::OOS::"):
        return Unknown(f"the parameter {name} is read from OOS at deployment")
    if value is None:
        return Unknown(f"the parameter {name} has no value here")
    if kind == "Json" and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return Unknown(f"the parameter {name} is not JSON")
    if isinstance(value, str) and (kind == "CommaDelimitedList" or kind.startswith("List<")):
        return [each.strip() for each in value.split(",") if each.strip()]
    return value


def _filled(value: Any, loops: dict[str, Any]) -> Any:
    """The body of a loop, with its identifiers filled into keys and texts."""
    if isinstance(value, Located):
        found = Located(value.start_line, value.end_line)
        for key, each in value.items():
            name = _text(key, loops)
            found[name], found.lines[name] = _filled(each, loops), value.lines.get(key, 0)
        if set(found) == {"Ref"} and found["Ref"] in loops:
            return loops[found["Ref"]]
        return found
    if isinstance(value, list):
        return [_filled(each, loops) for each in value]
    return _text(value, loops) if isinstance(value, str) else value


def _text(text: str, loops: dict[str, Any]) -> str:
    for name, value in loops.items():
        text = text.replace("${" + name + "}", str(value)).replace("&{" + name + "}", str(value))
    return text
