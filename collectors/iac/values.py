"""What tfparse evaluated, as values of Blocks: references, unknowns, and what can be believed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from collectors.iac.certainty import Certainty, Module, Scope, body_at
from collectors.iac.hcl import Body, Expression
from collectors.iac.policy_text import document_of

_META = "__tfmeta"
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNEVALUATED = re.compile(
    r"\$\{\s*(?:var|local|data|module|each|count|path|self|terraform|[a-z][a-z0-9]*_\w+)\."
)
_ATTRIBUTE = re.compile(r"^((?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+(?:\[[^\]]*\])?)\.(.+)$")
_PART = re.compile(r'"\$\{([\w.-]+\.(?:id(?=\}/[^*]+$)|arn(?=\}[:/]\*)))\}((?:/[\w.-]+)+|[:/]\*)"')
"""A part of a resource: `${id}/path`, the streams of a log group: `${arn}:*`, or the objects of a
bucket: `${arn}/*`."""
_NOT_GIVEN = object()
META_ARGUMENTS = frozenset({"for_each", "count", "provider", "depends_on", "lifecycle"})
_NONE: frozenset[str] = frozenset()


class Values:
    """Reads evaluated blocks of one module. `addresses` maps tfparse's random ids, which stand for
    "the id of that resource", to addresses; `prefix` is the module's own, such as "module.a."."""

    def __init__(self, module: Module, addresses: Mapping[str, str], prefix: str) -> None:
        self._module = module
        self._addresses = addresses
        self._prefix = prefix

    def of_body(
        self,
        evaluated: dict[str, Any],
        body: Body,
        scope: Scope,
        *,
        meta: frozenset[str] = META_ARGUMENTS,
    ) -> dict[str, Any]:
        """The arguments and nested blocks that the source writes, with their evaluated values. Of
        `meta` are those of a resource that Terraform keeps to itself; nested blocks have none."""
        values: dict[str, Any] = {}
        for name, expression in body.attributes.items():
            if name not in meta:
                value = self._argument(evaluated.get(name), expression, scope)
                if value is not _NOT_GIVEN:
                    values[name] = value
        for name in {name for name, _ in body.blocks} | {each.label for each in body.dynamics}:
            if name not in meta:
                values[name] = self._blocks(name, evaluated.get(name), body, scope)
        return values

    def of_source(self, body: Body, *, meta: frozenset[str] = META_ARGUMENTS) -> dict[str, Any]:
        """What the source alone says: literals and references; all else is unknown."""
        values: dict[str, Any] = {}
        for name, expression in body.attributes.items():
            if name not in meta and not expression.null:
                values[name] = self._written(expression)
        for name, inner in body.blocks:
            if name not in meta:
                values.setdefault(name, []).append(self.of_source(inner, meta=_NONE))
        for dynamic in body.dynamics:
            values[dynamic.label] = Unknown("how many there are is not known before apply")
        return values

    def _written(self, expression: Expression) -> Any:
        if not expression.references and not expression.calls:
            try:
                return json.loads(expression.text)
            except ValueError:
                pass
        if len(expression.references) == 1 and not expression.calls:
            names = expression.references[0].names
            plain = re.sub(r"\[[^\]]*\]", "", expression.text).strip() == ".".join(names)
            found = self._reference(".".join(names)) if plain else None
            if found:
                return found
        unknown = Unknown(f"{' '.join(expression.text.split())[:60]} is not known before apply")
        return self._document(expression) or unknown

    def _blocks(self, name: str, evaluated: Any, body: Body, scope: Scope) -> Any:
        for dynamic in body.dynamics:
            certain = self._module.certainty(dynamic.for_each, scope)
            if dynamic.label == name and dynamic.for_each and certain is not Certainty.KNOWN:
                return Unknown(self._module.doubt(dynamic.for_each, scope))
        found = evaluated if isinstance(evaluated, list) else [evaluated]
        if evaluated is None:
            return [] if name not in {kind for kind, _ in body.blocks} else _unevaluated(name)
        blocks: list[Any] = []
        for each in found:
            if not isinstance(each, dict) or _META not in each:
                return _unevaluated(name)
            try:
                inner, made_by = body_at(body, name, each[_META]["line_start"])
            except LookupError:
                return _unevaluated(name)
            within = scope.within(*made_by) if made_by else scope
            blocks.append(self.of_body(each, inner, within, meta=_NONE))
        return blocks

    def _argument(self, evaluated: Any, expression: Expression, scope: Scope) -> Any:
        value = self._evaluated(evaluated, expression, scope)
        if isinstance(value, Unknown):
            return self._document(expression) or value
        return value

    def _evaluated(self, evaluated: Any, expression: Expression, scope: Scope) -> Any:
        certain = self._module.certainty(expression, scope)
        if certain is Certainty.UNKNOWN:
            return Unknown(self._module.doubt(expression, scope))
        if evaluated is None or _attribute(evaluated):
            named = bool(expression.references) and not expression.calls
            if expression.null or (certain is Certainty.KNOWN and named):
                # A variable or local whose value is null: as if it were not written.
                return _NOT_GIVEN
            if evaluated is None:
                return Unknown(self._module.doubt(expression, scope))
        doubt = Unknown(self._module.doubt(expression, scope))
        if isinstance(evaluated, list):
            return self._list(evaluated, expression, doubt, certain)
        value = self._value(evaluated, doubt, certain)
        return self._resolved(expression.text) or value if value is doubt else value

    def _list(
        self, evaluated: list[Any], expression: Expression, doubt: Unknown, certain: Certainty
    ) -> list[Any]:
        """A list; what tfparse lost of a reference in it stands in the source."""
        values = [self._value(each, doubt, certain) for each in evaluated]
        parts = (
            expression.text.strip().removeprefix("[").removesuffix("]").rstrip(", \n").split(",")
        )
        if len(parts) != len(values):
            return values
        return [
            self._resolved(part) or value if value is doubt else value
            for part, value in zip(parts, values, strict=True)
        ]

    def _document(self, expression: Expression) -> dict[str, Any] | list[Any] | None:
        """The policy or the containers that an expression writes, with parts that are not known."""
        return document_of(self._module.source_behind(expression.text), self._named)

    def _named(self, source: str, after: str) -> Reference | None:
        """What a part of a policy names: a resource, or with a text behind it a part of one."""
        found = self._module.resolve(source, self._prefix)
        return Reference(found.address, found.attribute + after) if found else None

    def _resolved(self, text: str) -> Reference | None:
        """What a plain reference leads to, or a part of it."""
        part = _PART.fullmatch(text.strip())
        found = self._module.resolve(part[1] if part else text, self._prefix)
        return Reference(found.address, found.attribute + part[2]) if part and found else found

    def _value(self, value: Any, doubt: Unknown, certain: Certainty) -> Any:
        if isinstance(value, str):
            return self._text(value, doubt, certain)
        if isinstance(value, list):
            return [self._value(each, doubt, certain) for each in value]
        if isinstance(value, dict):
            attribute = _attribute(value)
            if attribute:
                return self._reference(attribute) or doubt
            return {
                key: self._value(each, doubt, certain)
                for key, each in value.items()
                if key not in (_META, "id") or (key == "id" and not self._is_made_up(each))
            }
        if value is None and certain is not Certainty.KNOWN:
            return doubt
        return value

    def _text(self, text: str, doubt: Unknown, certain: Certainty) -> Any:
        if text in self._addresses:
            return Reference(self._addresses[text])
        if certain is Certainty.KNOWN:
            return text
        # tfparse's own id of something, or a part that it left as it is written.
        if _UNEVALUATED.search(text) or _ID.search(text):
            return doubt
        if text[:1] in "{[" and _has_gaps(text):
            return doubt
        return text

    def _reference(self, attribute: str) -> Reference | None:
        found = _ATTRIBUTE.match(attribute)
        return Reference(self._prefix + found[1], found[2]) if found else None

    def _is_made_up(self, value: Any) -> bool:
        return isinstance(value, str) and bool(_ID.fullmatch(value))


def _attribute(value: Any) -> str:
    """What tfparse leaves of a value that it does not know: the text of the reference."""
    return str(value.get("__attribute__", "")) if isinstance(value, dict) else ""


def _unevaluated(name: str) -> Unknown:
    return Unknown(f"{name} could not be evaluated")


def _has_gaps(text: str) -> bool:
    """Whether a JSON text has a null: what jsonencode makes of a part that is not known."""
    try:
        return _has_null(json.loads(text))
    except ValueError:
        return False


def _has_null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_null(each) for each in value.values())
    if isinstance(value, list):
        return any(_has_null(each) for each in value)
    return value is None
