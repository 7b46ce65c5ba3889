"""How far a value that tfparse evaluated can be believed, from what its expression refers to.

An unset variable stays visible where it stands alone, and vanishes in a function, a condition or a
loop: `length(var.unset)` is 0, `merge(var.unset, {})` is {}. What only looks known must not be
taken for a value.
"""

from __future__ import annotations

import enum
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.iac.blocks import Reference
from collectors.iac.hcl import Body, Declaration, Expression, Mention, Names
from collectors.iac.source_files import declarations

_VISIBLE_IN = frozenset({"jsonencode", "concat", "toset", "tolist", "format", "join"})
"""Functions in whose result an attribute that is not known yet shows, as null or by its id."""

_DEEPEST = 12
_NAME = re.compile(r"[A-Za-z_][\w-]*")


class Certainty(enum.IntEnum):
    """From what is certain to what is not: known; known but for attributes of resources; with
    visible gaps; not to be believed."""

    KNOWN = 0
    RESOURCE = 1
    GAPS = 2
    UNKNOWN = 3


class Scope(Struct, frozen=True):
    """What the names of a block refer to: its `for_each`, and its dynamic blocks' iterators."""

    for_each: Expression | None = None
    iterators: Mapping[str, Expression | None] = {}

    def within(self, iterator: str, for_each: Expression | None) -> Scope:
        """The scope inside a dynamic block."""
        return Scope(self.for_each, {**self.iterators, iterator: for_each})


def _declared_twice(declared: list[Declaration]) -> set[Names]:
    """Variables and locals that an override file gives another value: tfparse takes either."""
    names: list[Names] = [
        ("var", each.labels[0])
        for each in declared
        if each.kind == "variable" and each.labels and "default" in each.body.attributes
    ]
    names += [
        ("local", name)
        for each in declared
        if each.kind == "locals"
        for name in each.body.attributes
    ]
    return {name for name, number in Counter(names).items() if number > 1}


class Module:
    """A module as it is called: `call` are the names of the calls that lead to it."""

    def __init__(
        self,
        folder: Path,
        *,
        call: Names = (),
        parent: Module | None = None,
        caller: Declaration | None = None,
        variables: frozenset[str] = frozenset(),
        installed: Mapping[str, Path] | None = None,
    ) -> None:
        self.folder = folder
        self.call = call
        self.caller = caller
        self.declared = declarations(folder)
        self.parent = parent
        self._variables = variables
        self._asked: set[Names] = set()
        self._found: dict[Names, Certainty] = {}
        self._locals = {
            name: expression
            for each in self.declared
            if each.kind == "locals"
            for name, expression in each.body.attributes.items()
        }
        self._overridden = _declared_twice(self.declared)
        self.calls = {each.labels[0]: each for each in self.of_kind("module")}
        installed = installed if installed is not None else _installed(folder)
        self.children: dict[str, Module] = {}
        for name, called in self.calls.items():
            target = _folder_of(called, folder, (*call, name), installed)
            if target and len(call) < _DEEPEST:
                self.children[name] = Module(
                    target, call=(*call, name), parent=self, caller=called, installed=installed
                )

    def of_kind(self, kind: str) -> list[Declaration]:
        """The module's declarations of a kind that have a label."""
        return [each for each in self.declared if each.kind == kind and each.labels]

    def certainty(self, expression: Expression | None, scope: Scope) -> Certainty:
        """How far the evaluated value of an expression can be believed."""
        if expression is None:
            return Certainty.KNOWN
        found = (self._visible(each, scope) for each in expression.references)
        return max(found, default=Certainty.KNOWN)

    def doubt(self, expression: Expression, scope: Scope) -> str:
        """Why an expression is not known: the worst of what it refers to."""
        if not expression.references:
            return f"{_short(expression.text)} could not be evaluated"
        worst = max(expression.references, key=lambda each: self._visible(each, scope))
        name = ".".join(worst.names)
        if len(worst.names) == 1:
            return f"{_short(name)} could not be evaluated"
        if worst.names[:2] in self._overridden:
            return f"{name} is declared again by an override file"
        if worst.names[0] == "var" and self._variable(name.split(".")[1]) is not Certainty.KNOWN:
            return f"{name} has no value here"
        return f"{name} is known after apply"

    def repeated(self, declaration: Declaration) -> Certainty:
        """How far the number of a block's instances (for_each, count) can be believed."""
        asked = (declaration.body.attributes.get(name) for name in ("for_each", "count"))
        return max(self.certainty(each, Scope()) for each in asked)

    def resolve(self, text: str, prefix: str, depth: int = 0) -> Reference | None:
        """The resource or data source that a plain reference leads to, through locals, and
        arguments and outputs of modules. `prefix` is this module's address, such as "module.a."."""
        names = text.strip().split(".")
        if depth > _DEEPEST or not all(_NAME.fullmatch(name) for name in names):
            return None
        match names:
            case ["local", name] if name in self._locals:
                return self.resolve(self._locals[name].text, prefix, depth + 1)
            case ["var", name] if self.caller and self.parent:
                given = self.caller.body.attributes.get(name)
                outer = prefix.removesuffix(f"module.{self.call[-1]}.")
                alone = prefix != outer
                return (
                    self.parent.resolve(given.text, outer, depth + 1) if given and alone else None
                )
            case ["module", name, output] if name in self.children:
                return self._resolve_output(name, output, prefix, depth)
            case [kind, name, attribute] if "_" in kind:
                return Reference(f"{prefix}{kind}.{name}", attribute)
            case ["data", kind, name, attribute]:
                return Reference(f"{prefix}data.{kind}.{name}", attribute)
        return None

    def source_behind(self, text: str, depth: int = 0) -> str:
        """The source of an expression, through locals that have nothing else."""
        kind, _, name = text.strip().partition(".")
        if kind != "local" or name not in self._locals or depth > _DEEPEST:
            return text
        if ("local", name) in self._overridden:
            return text
        return self.source_behind(self._locals[name].text, depth + 1)

    def _resolve_output(self, name: str, output: str, prefix: str, depth: int) -> Reference | None:
        if {"for_each", "count"} & set(self.calls[name].body.attributes):
            return None
        child = self.children[name]
        found = (each for each in child.of_kind("output") if each.labels[0] == output)
        value = next((each.body.attributes.get("value") for each in found), None)
        return child.resolve(value.text, f"{prefix}module.{name}.", depth + 1) if value else None

    def _visible(self, reference: Mention, scope: Scope) -> Certainty:
        found = self._of_name(reference.names, scope)
        hidden = reference.decides or reference.functions - _VISIBLE_IN
        if (found is Certainty.RESOURCE and hidden) or (
            found is Certainty.GAPS and (reference.decides or reference.functions)
        ):
            return Certainty.UNKNOWN
        return found

    def _of_name(self, names: Names, scope: Scope) -> Certainty:
        if names[0] in scope.iterators:
            return self.certainty(scope.iterators[names[0]], scope)
        match names:
            case ("path" | "count", _, *_):
                return Certainty.KNOWN
            case ("each", *_):
                return self.certainty(scope.for_each, scope)
            case ("var", name, *_):
                return self._variable(name)
            case ("local", name, *_):
                return self._local(name)
            case ("module", name, output, *_):
                return self._output(name, output)
            case (_,) | ("module" | "terraform" | "self", *_) | ("random_integer", _, "result"):
                # A bare word, such as False with a capital, is no value of HCL; a random number is
                # made up by tfparse, another one in each run.
                return Certainty.UNKNOWN
            case _:
                return Certainty.RESOURCE

    def _variable(self, name: str) -> Certainty:
        given = self.caller.body.attributes.get(name) if self.caller else None
        if given is not None and self.parent and self.caller:
            scope = Scope(self.caller.body.attributes.get("for_each"))
            return self.parent.certainty(given, scope)
        if name in self._variables:
            return Certainty.KNOWN
        if ("var", name) in self._overridden:
            return Certainty.UNKNOWN
        declared = (each for each in self.of_kind("variable") if each.labels[0] == name)
        has_default = any("default" in each.body.attributes for each in declared)
        return Certainty.KNOWN if has_default else Certainty.GAPS

    def _local(self, name: str) -> Certainty:
        again = ("local", name) in self._overridden
        return self._once(("local", name), None if again else self._locals.get(name))

    def _output(self, name: str, output: str) -> Certainty:
        child = self.children.get(name)
        if child is None:
            return Certainty.UNKNOWN
        outputs = (each for each in child.of_kind("output") if each.labels[0] == output)
        found = next(outputs, None)
        value = found.body.attributes.get("value") if found else None
        return max(child._once(("output", output), value), self.repeated(self.calls[name]))

    def _once(self, key: Names, expression: Expression | None) -> Certainty:
        """The certainty of a named value, found once: locals that name each other are many ways to
        the same. A circle of names is not known, nor is what leads to one, wherever one begins."""
        if expression is None or key in self._asked:
            return Certainty.UNKNOWN
        if key not in self._found:
            self._asked.add(key)
            try:
                self._found[key] = self.certainty(expression, Scope())
            finally:
                self._asked.discard(key)
        return self._found[key]


def source_of(call: Declaration) -> str:
    """The source of a module call, "" when it is not a plain text."""
    source = call.body.attributes.get("source")
    text = source.text.strip() if source and not source.references else ""
    return text.strip('"')


def is_local(source: str) -> bool:
    """Whether a module's source is a folder beside the calling one."""
    return source.startswith(("./", "../"))


def _folder_of(
    call: Declaration, folder: Path, names: Names, installed: Mapping[str, Path]
) -> Path | None:
    source = source_of(call)
    target = folder / source if is_local(source) else installed.get(".".join(names))
    return target if target and target.is_dir() else None


def _installed(root: Path) -> dict[str, Path]:
    """The modules that `terraform init` put into .terraform, by the names of their calls."""
    try:
        text = (root / ".terraform" / "modules" / "modules.json").read_text(encoding="utf-8")
        listed: list[dict[str, Any]] = json.loads(text)["Modules"]
        return {str(each["Key"]): root / str(each["Dir"]) for each in listed}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."


def body_at(body: Body, kind: str, line: int) -> tuple[Body, tuple[str, Expression | None] | None]:
    """The source of an evaluated nested block, and its iterator when a dynamic block made it.

    Raises LookupError when the source has no such block.
    """
    for name, inner in body.blocks:
        if name == kind and inner.line == line:
            return inner, None
    for dynamic in body.dynamics:
        if dynamic.label == kind and dynamic.content.line == line:
            return dynamic.content, (dynamic.iterator, dynamic.for_each)
    raise LookupError(f"{kind} of line {line}")
