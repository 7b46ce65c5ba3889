"""Terraform directories: evaluated by tfparse, believed as far as the source lets it be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from collectors.document import Source
from collectors.iac.arguments import Arguments
from collectors.iac.blocks import Block
from collectors.iac.certainty import Certainty, Module, Scope
from collectors.iac.hcl import Declaration
from collectors.iac.loaded import Loaded, uri_of
from collectors.iac.source_files import stem_of
from collectors.iac.terraform_files import (
    evaluate_project,
    modules_below,
    names_given,
    refuse_unreadable,
    unread_files,
    unread_modules,
    variable_files,
)
from collectors.iac.values import META_ARGUMENTS, Values
from collectors.iac.versions import constraints
from collectors.iac.written import placed

_STEP = re.compile(r'([^.\[\]]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?')


def load(root: Path, var_files: Sequence[Path] = ()) -> Loaded:
    """Read the project whose root module is the folder `root`. `var_files` are values of variables
    beside those of the files that Terraform loads itself; later ones win.

    Raises BrokenProjectError when a file of it is not valid: a project without one of its files
    would be judged by half of its rules.
    """
    refuse_unreadable(root)
    variables = [*variable_files(root), *var_files]
    found = evaluate_project(root, variables)
    module = Module(root, variables=frozenset(names_given(variables)))
    reader = _Reader(module, found)
    blocks = [*reader.blocks(), *reader.uncounted(module, "", certain=True)]
    blocks.sort(key=lambda block: (block.source.uri, block.source.start_line, block.address))
    declared = {each.labels[0] for each in module.of_kind("variable")}
    return Loaded(
        _overridden(blocks),
        [*unread_modules(module), *unread_files(module)],
        frozenset(names_given(var_files)) & declared,
    )


def _overridden(blocks: list[Block]) -> list[Block]:
    """The blocks with those of override files merged into what they override: each argument, and
    all nested blocks of a name together, take the place of those before (Terraform language,
    "Override Files"). A block that overrides nothing stays."""
    later = [block for block in blocks if _is_override(block)]
    merged = [block for block in blocks if not _is_override(block)]
    for override in later:
        place, address = _place_of(override), _without_keys(override.address)
        found = [
            i
            for i, each in enumerate(merged)
            if _place_of(each) == place
            and (each.address == override.address or _without_keys(each.address) == address)
        ]
        for i in found:
            both = _together([merged[i].values, override.values])
            for name in [name for name, value in both.items() if value is None]:
                del both[name]
            merged[i] = msgspec.structs.replace(merged[i], values=both)
        merged += [] if found else [override]
    return merged


def _together(values: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Arguments of several blocks as of one, later ones winning."""
    found = Arguments({}, {})
    for each in values:
        found.update(each)
        if isinstance(each, Arguments):
            found.places.update(each.places)
            found.head = found.head or each.head
    return found


def _is_override(block: Block) -> bool:
    return _is_override_file(Path(block.source.uri))


def _is_override_file(path: Path) -> bool:
    stem = stem_of(path)
    return stem == "override" or stem.endswith("_override")


def _nulls(declared: Declaration) -> dict[str, None]:
    """The arguments that an override takes back."""
    attributes = declared.body.attributes.items()
    return {name: None for name, expression in attributes if expression.null}


def _place_of(block: Block) -> str:
    return Path(block.source.uri).parent.as_posix()


class _Reader:
    """Turns what tfparse evaluated of one project into Blocks."""

    def __init__(self, module: Module, evaluated: dict[str, list[dict[str, Any]]]) -> None:
        self._evaluated = [
            (kind, block)
            for kind, found in evaluated.items()
            for block in found
            if "__tfmeta" in block
        ]
        self._addresses = {
            block["id"]: block["__tfmeta"]["path"]
            for _, block in self._evaluated
            if block["__tfmeta"].get("type") in {"resource", "data"} and "id" in block
        }
        self._modules = {module.call: module} | {each.call: each for each in modules_below(module)}
        self._instances = {
            _without_keys(block["__tfmeta"]["path"])
            for kind, block in self._evaluated
            if kind == "module"
        }
        """What is there: modules, and resources as they are read."""
        self._providers = [block for kind, block in self._evaluated if kind == "provider"]
        self._provided: dict[tuple[tuple[str, ...], str], dict[str, Any]] = {}
        every = (one for each in self._modules.values() for one in each.declared)
        self._versions = constraints(every, module.folder)
        self._declared = {call: _by_place(each) for call, each in self._modules.items()}

    def blocks(self) -> Iterator[Block]:
        """Every instance of a resource or data source."""
        for kind, evaluated in self._evaluated:
            meta = evaluated["__tfmeta"]
            if meta.get("type") not in {"resource", "data"}:
                continue
            prefix, call = _module_of(meta["path"])
            module = self._modules.get(call)
            declared = self._declared.get(call, {}).get((meta["type"], kind, *_place_in(meta)))
            if module is None or declared is None:
                continue
            self._instances.add(_without_keys(meta["path"]))
            body = declared.body
            scope = Scope(body.attributes.get("for_each"))
            values = Values(module, self._addresses, prefix)
            taken_away = _nulls(declared) if _is_override_file(declared.file) else {}
            source = _source(declared, meta["path"])
            given = taken_away | self._given(values, evaluated, declared, scope)
            yield Block(
                address=meta["path"],
                type=f"data.{kind}" if meta["type"] == "data" else kind,
                name=declared.labels[-1],
                values=placed(given, body, source.uri),
                source=source,
                provider_values=self._provider(module, declared, kind),
            )

    def _given(
        self, values: Values, evaluated: dict[str, Any], declared: Declaration, scope: Scope
    ) -> dict[str, Any]:
        """The arguments of a resource. Of some in JSON syntax, as of those with `provider`, the
        parser tells nothing: then the source alone does."""
        body = declared.body
        written = body.attributes.keys() - META_ARGUMENTS
        if declared.file.suffix == ".json" and written and written.isdisjoint(evaluated):
            return values.of_source(body)
        return values.of_body(evaluated, body, scope)

    def _provider(self, module: Module, declared: Declaration, kind: str) -> dict[str, Any]:
        """The arguments of the provider block that a resource uses, also of a calling module."""
        asked = declared.body.attributes.get("provider")
        name = asked.text.strip() if asked else kind.partition("_")[0]
        known = (module.call, name)
        if known not in self._provided:
            found = self._found_provider(module, name)
            self._provided[known] = self._with_version(found, name.partition(".")[0])
        return self._provided[known]

    def _with_version(self, found: dict[str, Any], name: str) -> dict[str, Any]:
        """With which versions of the provider are asked for, as its block would write it."""
        asked = [self._versions.get(name), found.get("version")]
        text = ", ".join(each for each in asked if isinstance(each, str))
        return _together([found, {"version": text}]) if text else found

    def _found_provider(self, module: Module, name: str) -> dict[str, Any]:
        at: Module | None = module
        while at is not None:
            found = [each for each in at.of_kind("provider") if _provider_name(each) == name]
            found.sort(key=lambda each: _is_override_file(each.file))
            if found:
                return _together([self._provider_values(at, each, name) for each in found])
            name = _passed(at.caller, name)
            at = at.parent
        return {}

    def _provider_values(self, module: Module, block: Declaration, name: str) -> dict[str, Any]:
        for evaluated in self._providers:
            meta = evaluated["__tfmeta"]
            same = _provider_name(block) == _evaluated_name(evaluated)
            if same and _place_of_declared(block) == _place_in(meta):
                prefix, call = _module_of(meta["path"])
                if call == module.call:
                    values = Values(module, self._addresses, prefix)
                    given = values.of_body(evaluated, block.body, Scope())
                    return placed(given, block.body, uri_of(block.file), f"provider.{name}")
        return {}

    def uncounted(self, module: Module, prefix: str, *, certain: bool) -> Iterator[Block]:
        """One block for each declared resource of which `blocks` had no instance, although how many
        there are is not known (`for_each = var.unset`): what the source says of all of them.

        `certain`: the module around is there. Where the number is certain, none is none.
        """
        for declared in module.of_kind("resource"):
            address = prefix + ".".join(declared.labels)
            repeated = {"for_each", "count"} & set(declared.body.attributes)
            none = certain and repeated and module.repeated(declared) is Certainty.KNOWN
            if address in self._instances or none:
                continue
            source = _source(declared, address)
            values = Values(module, self._addresses, prefix).of_source(declared.body)
            yield Block(
                address=address,
                type=declared.labels[0],
                name=declared.labels[-1],
                values=placed(values, declared.body, source.uri),
                source=source,
                provider_values=self._provider(module, declared, declared.labels[0]),
            )
        for name, child in module.children.items():
            address = f"{prefix}module.{name}"
            there = certain and address in self._instances
            if there or not certain or module.repeated(module.calls[name]) is not Certainty.KNOWN:
                yield from self.uncounted(child, f"{address}.", certain=there)


def _provider_name(block: Declaration) -> str:
    alias = block.body.attributes.get("alias")
    return block.labels[0] + (f".{alias.text.strip().strip(chr(34))}" if alias else "")


def _evaluated_name(provider: dict[str, Any]) -> str:
    alias = provider.get("alias")
    return str(provider["__tfmeta"]["label"]) + (f".{alias}" if alias else "")


def _by_place(module: Module) -> dict[tuple[Any, ...], Declaration]:
    """The declarations of a module by kind, first label, file and line."""
    found: dict[tuple[Any, ...], Declaration] = {}
    for each in module.declared:
        if each.labels:
            found.setdefault((each.kind, each.labels[0], *_place_of_declared(each)), each)
    return found


def _place_of_declared(declared: Declaration) -> tuple[str, int]:
    return declared.file.name, declared.start_line


def _place_in(meta: dict[str, Any]) -> tuple[str, int]:
    """Where an evaluated block stands. tfparse gives paths from the root."""
    return Path(str(meta["filename"])).name, meta["line_start"]


def _passed(call: Declaration | None, name: str) -> str:
    """The caller's name of a provider: as `providers` of the module call says, else the same."""
    passed = call.body.attributes.get("providers") if call else None
    pairs = re.findall(r"([\w.]+)\s*[=:]\s*([\w.]+)", passed.text) if passed else []
    names: dict[str, str] = dict(pairs)
    return names.get(name, name)


def _module_of(path: str) -> tuple[str, tuple[str, ...]]:
    """The module part of an address with its keys, and the names of its calls."""
    steps = list(_STEP.finditer(path))
    end, calls = 0, []
    while len(steps) > 1 and steps[0][1] == "module":
        calls.append(steps[1][1])
        end = steps[1].end() + 1
        steps = steps[2:]
    return path[:end], tuple(calls)


def _without_keys(path: str) -> str:
    return ".".join(step[1] for step in _STEP.finditer(path))


def _source(declared: Declaration, address: str) -> Source:
    return Source(
        uri=uri_of(declared.file),
        start_line=declared.start_line,
        end_line=declared.end_line,
        address=address,
    )
