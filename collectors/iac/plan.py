"""Terraform plan files: what `terraform show -json PLAN` prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.document import Source, Unknown, UserError
from collectors.iac.blocks import Block, Reference
from collectors.iac.hcl import Declaration
from collectors.iac.loaded import uri_of
from collectors.iac.plan_source import PlanSource
from collectors.iac.written import placed

_AFTER_APPLY = Unknown("known after apply")
_SENSITIVE = Unknown("the value is sensitive: a plan's secrets are not read")
_DIGEST = re.compile(r"[0-9a-f]{40}")
_ADDRESS = re.compile(r'"address":\s*("(?:[^"\\]|\\.)*")')
_DEEPEST = 8
_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]')
_STEP = rf"module\.[\w-]+(?:{_KEY.pattern})?"
_MODULES = re.compile(rf"(?:{_STEP}\.)+")
_CALLER = re.compile(rf"(.*){_STEP}\.")
_CALLERS = ("aws_caller_identity", "alicloud_caller_identity")
_OUTPUT = re.compile(rf"({_STEP})\.(\w+)")
_HINT = "Make one with: terraform show -json PLANFILE > plan.json"

Json = dict[str, Any]


def load(path: Path, uri: str, declared_in: PlanSource | None = None) -> list[Block]:
    """The resources that a plan leaves in place or makes, in the order of the plan, each where
    `declared_in` declares it, or else where the plan has it.

    Raises UserError when the file is not a plan in JSON.
    """
    text, plan = _read(path)
    configuration = _Configuration(plan)
    lines = _lines(text)
    unknown = {
        str(change["address"]): change.get("change", {}).get("after_unknown") or {}
        for change in plan.get("resource_changes", [])
        if "address" in change
    }
    planned = list(_resources(plan["planned_values"].get("root_module", {})))
    planned += _callers(plan, {str(each["address"]) for each in planned})
    ids = _ids(planned)
    blocks = []
    for resource in planned:
        address = str(resource["address"])
        prefix, declared = configuration.find(address)
        key = _KEY.search(address, len(prefix))
        values = _Values(configuration, prefix, key[0] if key else "", ids)
        data = resource.get("mode") == "data"
        labels = (str(resource["type"]), str(resource["name"]))
        kind = "data" if data else "resource"
        written = declared_in.find(address, kind, labels) if declared_in else None
        given = values.of_resource(
            resource.get("values") or {},
            unknown.get(address, {}),
            resource.get("sensitive_values") or {},
            declared.get("expressions"),
        )
        blocks.append(
            Block(
                address=address,
                type=f"data.{labels[0]}" if data else labels[0],
                name=labels[1],
                values=_placed(given, written) if written else given,
                source=_source(address, written, uri, lines.get(address, 1)),
                provider_values=configuration.provider(str(declared.get("provider_config_key"))),
            )
        )
    return blocks


def _source(address: str, written: Declaration | None, uri: str, line: int) -> Source:
    """Where a resource is declared; where its source is not there, its line in the plan `uri`."""
    if written is None:
        return Source(uri=uri, start_line=line, end_line=line, address=address)
    return Source(
        uri=uri_of(written.file),
        start_line=written.start_line,
        end_line=written.end_line,
        address=address,
    )


def _placed(values: Json, written: Declaration) -> Json:
    """Planned values with their places in the source. A plan has nested blocks in another order."""
    return placed(values, written.body, uri_of(written.file), ordered=False)


def _read(path: Path) -> tuple[str, Json]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        plan = json.loads(text)
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not JSON; a saved plan is binary.", _HINT) from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        raise UserError(
            f"{path}:{error.lineno}: not valid JSON: {error.msg}. The file may be cut.", _HINT
        ) from error
    if isinstance(plan, dict) and "planned_values" not in plan and "values" in plan:
        raise UserError(f"{path} is a Terraform state, not a plan.", _HINT)
    if not isinstance(plan, dict) or not isinstance(plan.get("planned_values"), dict):
        raise UserError(f"{path} is not a Terraform plan in JSON.", _HINT)
    version = str(plan.get("format_version", ""))
    if version.partition(".")[0] not in {"0", "1"}:
        raise UserError(
            f"{path} has plan format {version or '?'}; this version reads formats 0 and 1.",
            "Upgrade mlps: pipx upgrade mlps-scanner",
        )
    return text, plan


def _resources(module: Json) -> Iterator[Json]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _callers(plan: Json, known: set[str]) -> list[Json]:
    """The data sources that tell the account, which a plan has among what it has read before."""
    values = (plan.get("prior_state") or {}).get("values") or {}
    return [
        each
        for each in _resources(values.get("root_module") or {})
        if each.get("mode") == "data"
        and each.get("type") in _CALLERS
        and str(each.get("address")) not in known
    ]


def _lines(text: str) -> dict[str, int]:
    """The line on which each address stands first."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        for found in _ADDRESS.finditer(line):
            lines.setdefault(json.loads(found[1]), number)
    return lines


def _ids(resources: list[Json]) -> dict[str, Reference]:
    """The ids and ARNs of resources that exist already, by which others refer to them."""
    found = {}
    for resource in resources:
        for name in ("arn", "id"):
            value = (resource.get("values") or {}).get(name)
            if isinstance(value, str) and value:
                found[value] = Reference(str(resource["address"]), name)
    return found


class _Values:
    """Reads the planned values of one resource: that of a key in a module instance."""

    def __init__(
        self, configuration: _Configuration, prefix: str, key: str, ids: dict[str, Reference]
    ) -> None:
        self._configuration = configuration
        self._prefix = prefix
        self._key = key
        self._ids = ids

    def of_resource(
        self, planned: Json, unknown: Json, sensitive: Json, written: Json | None
    ) -> Json:
        """A block's arguments. What nobody wrote and is not known is the provider's to choose: it
        is left out, as in a directory. `written` is None where the configuration is not told."""
        values: Json = {}
        for name in sorted({*planned, *unknown}):
            expression = None if written is None else written.get(name)
            open_ = unknown.get(name)
            if open_ is True and written is not None and expression is None:
                continue
            value = self._value(planned.get(name), open_, sensitive.get(name), expression)
            if value is not None:
                values[name] = _constant(name, value, expression)
        return values

    def _value(self, planned: Any, unknown: Any, sensitive: Any, expression: Any) -> Any:
        if sensitive is True:
            return _SENSITIVE
        if unknown is True:
            return self._referred(expression) or _AFTER_APPLY
        if isinstance(planned, dict):
            marks = unknown if isinstance(unknown, dict) else {}
            hidden = sensitive if isinstance(sensitive, dict) else {}
            inner = expression if isinstance(expression, dict) else None
            is_block = inner is not None and not {"references", "constant_value"} & set(inner)
            return self.of_resource(planned, marks, hidden, inner if is_block else None)
        if isinstance(planned, list) or isinstance(unknown, list):
            return self._list(planned or [], unknown, sensitive, expression)
        if isinstance(planned, str) and _refers(expression):
            return self._ids.get(planned, planned)
        return planned

    def _list(self, planned: list[Any], unknown: Any, sensitive: Any, expression: Any) -> list[Any]:
        marks = unknown if isinstance(unknown, list) else []
        hidden = sensitive if isinstance(sensitive, list) else []
        same = isinstance(expression, list) and len(expression) == len(planned)
        values = []
        for index in range(max(len(planned), len(marks))):
            value = self._value(
                planned[index] if index < len(planned) else None,
                marks[index] if index < len(marks) else None,
                hidden[index] if index < len(hidden) else None,
                expression[index] if same else (expression if _refers(expression) else None),
            )
            values.append(_AFTER_APPLY if value is None else value)
        return values

    def _referred(self, expression: Any) -> Any:
        """The resources that an argument refers to, when it refers to nothing else."""
        if not _refers(expression):
            return None
        names = _whole(expression["references"])
        if len(names) == 2 and names[1] in {"each.key", "count.index"} and self._key:
            # one[each.key].id: the instance of the same key; a plan leaves out which attribute.
            names = [f"{names[0]}{self._key}.id"]
        found = [self._configuration.resolve(name, self._prefix) for name in names]
        if not found or None in found:
            return None
        return found[0] if len(found) == 1 else found


def _refers(expression: Any) -> bool:
    return isinstance(expression, dict) and "references" in expression


def _whole(references: list[str]) -> list[str]:
    """A plan lists each reference with its parts: of a.b.id also a.b."""
    parts = {
        name
        for name in references
        for other in references
        if other.startswith((f"{name}.", f"{name}["))
    }
    return [name for name in references if name not in parts]


def _constant(name: str, value: Any, expression: Any) -> Any:
    """A plan has user data as a digest; the configuration may have the text."""
    if name == "user_data" and isinstance(value, str) and _DIGEST.fullmatch(value):
        if isinstance(expression, dict) and isinstance(expression.get("constant_value"), str):
            return expression["constant_value"]
        return Unknown("a plan has only the digest of user data")
    return value


class _Declared(Struct):
    """A module of the configuration: its content and its call."""

    module: Json
    call: Json


class _Configuration:
    """The part of a plan that tells what was written: expressions, providers, modules."""

    def __init__(self, plan: Json) -> None:
        configuration = plan.get("configuration") or {}
        self._providers: Json = configuration.get("provider_config") or {}
        self._variables: Json = plan.get("variables") or {}
        self._modules: dict[str, _Declared] = {}
        self._add("", configuration.get("root_module") or {}, {})

    def _add(self, prefix: str, module: Json, call: Json) -> None:
        self._modules[prefix] = _Declared(module, call)
        for name, called in (module.get("module_calls") or {}).items():
            self._add(f"{prefix}module.{name}.", called.get("module") or {}, called)

    def find(self, address: str) -> tuple[str, Json]:
        """The address of the module instance that a resource is in, with a dot behind it, and the
        resource's declaration."""
        instance = _MODULES.match(address)
        prefix = instance[0] if instance else ""
        declared = self._modules.get(_KEY.sub("", prefix))
        resources = declared.module.get("resources", []) if declared else []
        own = _KEY.sub("", address.removeprefix(prefix))
        return prefix, next((each for each in resources if each.get("address") == own), {})

    def resolve(self, name: str, prefix: str, depth: int = 0) -> Reference | None:
        """The resource behind a reference made in a module instance, through variables and outputs
        of modules."""
        declared = self._modules.get(_KEY.sub("", prefix))
        if declared is None or depth > _DEEPEST:
            return None
        kind, _, variable = name.partition(".")
        caller = _CALLER.fullmatch(prefix)
        if kind == "var" and caller and "." not in variable:
            given = (declared.call.get("expressions") or {}).get(variable)
            return self._sole(given, caller[1], depth)
        if output := _OUTPUT.fullmatch(name):
            child = f"{prefix}{output[1]}."
            called = self._modules.get(_KEY.sub("", child))
            outputs = called.module.get("outputs", {}) if called else {}
            return self._sole((outputs.get(output[2]) or {}).get("expression"), child, depth)
        found = re.fullmatch(r"((?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+(?:\[[^\]]*\])?)\.(\w+)", name)
        return Reference(prefix + found[1], found[2]) if found else None

    def _sole(self, expression: Any, prefix: str, depth: int) -> Reference | None:
        if not _refers(expression):
            return None
        names = _whole(expression["references"])
        return self.resolve(names[0], prefix, depth + 1) if len(names) == 1 else None

    def provider(self, key: str) -> Json:
        """The arguments of a provider's configuration, by the key that a resource names."""
        # Of a module's own configuration the key is "module.a:aws".
        config = self._providers.get(key) or self._providers.get(key.rpartition(":")[2]) or {}
        found = self._arguments(config.get("expressions") or {})
        asked = self._version(key.rpartition(":")[2].partition(".")[0])
        return found | {"version": asked} if asked else found

    def _version(self, name: str) -> str:
        """Which versions of a provider all modules together ask for."""
        told = [
            str(each.get("version_constraint") or "")
            for each in self._providers.values()
            if isinstance(each, dict) and each.get("name") == name
        ]
        return ", ".join(dict.fromkeys(text for text in told if text))

    def _arguments(self, expressions: Json) -> Json:
        """Arguments and nested blocks; a block is a list of such expressions."""
        found: Json = {}
        for name, expression in expressions.items():
            if isinstance(expression, dict):
                found[name] = self._argument(expression)
            elif isinstance(expression, list):
                found[name] = [self._arguments(e) for e in expression if isinstance(e, dict)]
        return found

    def _argument(self, expression: Json) -> Any:
        if "constant_value" in expression:
            return expression["constant_value"]
        names = _whole(expression.get("references", []))
        if len(names) == 1 and names[0].startswith("var."):
            given = self._variables.get(names[0].removeprefix("var."), {})
            if isinstance(given, dict) and isinstance(given.get("value"), str):
                return given["value"]
        return Unknown("the provider's argument is decided at run time")
