"""The resource document: the contract between collectors and checks.

A collector builds a `Document` with `document(...)` from a typed facts struct. A fact may hold an
`Unknown` in place of a value, at any depth: it is then left out of `facts` and its path is named in
`unknown` with the reason. A fact that nobody set is unknown too ("not collected"), so that no
collector can leave one out silently.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias, TypeVar, cast

import msgspec
from msgspec import Struct

Provider = Literal["aws", "azure", "aliyun"]

T = TypeVar("T")
R = TypeVar("R")


class Unknown(Struct, frozen=True):
    """What stands in place of a value that could not be read. Never equal to a value.

    `reason` is an English text; `reasons.zh.yaml` of the same room has its Chinese.
    """

    reason: str


# A field `x: bool | Absent = ABSENT` holds a bool or an Unknown. At run time the annotation is
# msgspec's UnsetType, so that JSON Schemas list `x` as an optional boolean and nothing else.
if TYPE_CHECKING:
    Absent: TypeAlias = Unknown
else:
    Absent = msgspec.UnsetType

ABSENT: Final[Unknown] = cast("Any", msgspec.UNSET)
NOT_COLLECTED = "not collected by this version"


def then(value: T | Unknown, function: Callable[[T], R | Unknown]) -> R | Unknown:
    """Apply `function` to a value that was read; an Unknown passes through unchanged."""
    return value if isinstance(value, Unknown) else function(value)


def also(first: Unknown | object, *others: Unknown | object) -> Unknown | None:
    """The first Unknown among the arguments: what a fact that needs all of them must become."""
    for value in (first, *others):
        if isinstance(value, Unknown):
            return value
    return None


class UserError(Exception):
    """An error that the user can act on: one sentence, and the next step. Exit code 2."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Facts(Struct, kw_only=True):
    """Base of the facts of one resource type; `TYPE` is the type's name in documents."""

    TYPE: ClassVar[str]


class InlineWaiver(Struct, kw_only=True, frozen=True):
    """A waiver that stands beside a resource in its template: the check (a shell glob), the reason,
    the last day that it holds (a date), and its line."""

    check: str
    reason: str
    until: str
    line: int


class Place(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """Where an argument stands: its 1-based line, its name as the template writes it
    ("ingress[1].cidr_blocks"), and its file where that is not the resource's own."""

    line: int
    argument: str
    uri: str = ""


class Source(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """Where a template declares a resource: path as given, 1-based lines, its address there."""

    uri: str
    start_line: int
    end_line: int
    address: str
    lines: dict[str, Place] = {}
    """The argument that decides a fact, by the fact's path ("encryption/enabled"). A path holds for
    all below it unless there are longer ones. What no written argument decides is not here."""
    waivers: list[InlineWaiver] = []
    """Waivers that stand beside the resource."""


class Document(Struct, kw_only=True):
    """One resource, self-contained, in cloud-neutral terms. See design.md §3.

    `region` is "global" for what has no region; `country` is ISO 3166-1 alpha-2, null when the
    region is global or unknown. `facts` has only what was read, `unknown` maps the path of each
    absent fact ("rules/3/sources") to the reason. `unlisted` marks the stand-in for all resources
    of a type that could not be listed.
    """

    id: str
    type: str
    provider: Provider
    account: str
    region: str
    country: str | None
    name: str
    tags: dict[str, str] = {}
    facts: dict[str, Any] = {}
    unknown: dict[str, str] = {}
    native_type: str = ""
    native: dict[str, Any] = {}
    source: Source | None = None
    unlisted: bool = False


def document(
    *,
    id: str,  # noqa: A002 - the contract's own field name
    facts: Facts,
    provider: Provider,
    account: str,
    region: str,
    country: str | None,
    name: str,
    tags: dict[str, str] | Unknown | None = None,
    unknown: dict[str, str] | None = None,
    native_type: str = "",
    native: dict[str, Any] | None = None,
    source: Source | None = None,
    unlisted: bool = False,
) -> Document:
    """Build a document: split `facts` into what is known and the reasons for what is not.

    `unknown` adds reasons for parts of the envelope (such as "region" in a template whose region
    is decided at deployment).
    """
    reasons: dict[str, str] = dict(unknown or {})
    if isinstance(tags, Unknown):
        reasons["tags"] = tags.reason
        tags = {}
    known = _split(facts, "", reasons)
    return Document(
        id=id,
        type=facts.TYPE,
        provider=provider,
        account=account,
        region=region,
        country=country,
        name=name or id,
        tags=tags or {},
        facts=known,
        unknown=reasons,
        native_type=native_type,
        native=native or {},
        source=source,
        unlisted=unlisted,
    )


def unlisted(
    facts_type: type[Facts],
    reason: Unknown,
    *,
    provider: Provider,
    account: str,
    region: str,
    country: str | None,
    native_type: str = "",
) -> Document:
    """The stand-in for every resource of a type that could not be listed.

    All of its facts are unknown, so each check on the type answers "unknown" instead of finding
    no resource and saying nothing.
    """
    names = [field.name for field in msgspec.structs.fields(facts_type)]
    empty = facts_type(**dict.fromkeys(names, reason))
    return document(
        id=f"unlisted:{provider}:{account}:{region}:{facts_type.TYPE}:{native_type}",
        facts=empty,
        provider=provider,
        account=account,
        region=region,
        country=country,
        name=f"{native_type or facts_type.TYPE} (could not be listed)",
        tags=reason,
        native_type=native_type,
        unlisted=True,
    )


def _split(value: object, path: str, reasons: dict[str, str]) -> Any:
    """Turn structs into plain JSON values without their unknown parts, which go to `reasons`."""
    if isinstance(value, Struct):
        # Not msgspec.structs.fields, which works out the types of all fields each time.
        names = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        value = {encoded: getattr(value, name) for encoded, name in names}
    if isinstance(value, dict):
        plain = {}
        for name, item in value.items():
            at = f"{path}/{name}" if path else name
            if item is msgspec.UNSET:
                reasons[at] = NOT_COLLECTED
            elif isinstance(item, Unknown):
                reasons[at] = item.reason
            else:
                plain[name] = _split(item, at, reasons)
        return plain
    if isinstance(value, list | tuple):
        return [_split_element(item, f"{path}/{i}", reasons) for i, item in enumerate(value)]
    return msgspec.to_builtins(value)


def _split_element(item: object, path: str, reasons: dict[str, str]) -> Any:
    """A list element that is unknown as a whole keeps its place as null, and its reason."""
    if isinstance(item, Unknown):
        reasons[path] = item.reason
        return None
    return _split(item, path, reasons)
