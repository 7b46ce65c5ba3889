"""Hypothesis: facts of any type, with an Unknown, a value or nothing at every place that can be."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from collectors.document import Facts, Unknown

REASONS = ("AccessDenied: ec2:DescribeVpcs", "known after apply", "Throttling: s3:GetBucketAcl")

unknowns = st.sampled_from(REASONS).map(Unknown)


def facts_of(facts_type: type[Facts], *, known: bool = False) -> st.SearchStrategy[Any]:
    """Any facts of a type. With `known`, everything is there and nothing is an Unknown."""
    return _values(inspect.type_info(facts_type), known)


def _values(kind: inspect.Type, known: bool) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            each = {field.encode_name: _field(field.type, known) for field in fields}
            made = st.fixed_dictionaries(each if known else {}, optional={} if known else each)
            return made.map(lambda chosen: cls(**chosen))
        case inspect.ListType(item_type=item):
            elements = _values(item, known)
            return st.lists(elements if known else elements | unknowns, max_size=3)
        case inspect.UnionType(types=types):
            return st.one_of([_values(one, known) for one in types])
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType():
            return st.integers(-1, 70_000)
        case inspect.StrType():
            return st.text(max_size=5)
        case inspect.NoneType():
            return st.none()
    raise NotImplementedError(f"facts of {kind}: teach this module about them")


def _field(kind: inspect.Type, known: bool) -> st.SearchStrategy[Any]:
    return _values(kind, known) if known else _values(kind, known) | unknowns


def unknown_paths(value: object, path: str = "") -> dict[str, str | None]:
    """Every place that holds no value, with the reason of its Unknown, None where it is unset:
    written independently of the code under test."""
    found: dict[str, str | None] = {}
    if isinstance(value, Unknown):
        return {path: value.reason}
    if value is msgspec.UNSET:
        return {path: None}
    prefix = f"{path}/" if path else ""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            found |= unknown_paths(getattr(value, name), prefix + name)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            found |= unknown_paths(item, f"{prefix}{index}")
    elif isinstance(value, dict):
        for key, item in value.items():
            found |= unknown_paths(item, f"{prefix}{key}")
    return found
