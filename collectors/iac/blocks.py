"""Terraform resources after evaluation, however they were read: from HCL or from a plan file.

A mapper sees only what is here, so that a directory and the plan made from it give equal documents.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from msgspec import Struct

from collectors.document import Document, Facts, Provider, Source, Unknown, document
from collectors.regions import GLOBAL, country_of, unknown_country

T = TypeVar("T")

ACCOUNT = "template"
"""The account of a project that does not tell its own."""

DEPLOYED_TO = "deployed_to"
"""Among the arguments of a provider: the region that the user gives where its block has none."""

NOT_GIVEN = object()
"""What `Block.get` finds where the argument does not stand in the block at all."""


class Reference(Struct, frozen=True):
    """A value that is an attribute of another resource: known which, not known what."""

    address: str
    attribute: str = "id"


class Block(Struct, kw_only=True):
    """One resource instance; a data source's type and address begin with "data.".

    `values` holds its arguments: plain JSON values, `Reference` for an attribute of another
    resource, `Unknown` for what is decided at apply; nested blocks are lists of dicts, whose values
    are of the same kinds. An argument that is not written is not in `values`.
    """

    address: str
    type: str
    name: str
    values: dict[str, Any]
    source: Source
    provider_values: dict[str, Any] = {}
    """Arguments of the provider block that this resource uses (its region, for one)."""
    native_type: str = ""
    """The type as the template writes it, where that is not Terraform's."""

    def get(self, argument: str) -> Any:
        """An argument's value: JSON, Reference, Unknown, or NOT_GIVEN."""
        return self.values.get(argument, NOT_GIVEN)

    def read(self, argument: str, kind: builtins.type[T], default: T | Unknown) -> T | Unknown:
        """An argument of a plain kind, Unknown when decided at apply, `default` when not written.

        `default` must be the provider's documented default, or an Unknown that says why not.
        """
        return read(self.values, argument, kind, default)


class Partly(Unknown, frozen=True):
    """A text of which some pieces are known only after apply. `text` has the others, with "${}" in
    place of each of those: it may hold secrets, and is for looking at alone."""

    text: str


class OpenArguments(dict[str, Any]):
    """Arguments of which some are known, and all others may or may not be given."""

    def __init__(self, known: dict[str, Any], reason: Unknown) -> None:
        super().__init__(known)
        self._reason = reason

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ARG002 - as of any dict
        """The argument's value, which is never the default."""
        return self[key]

    def __missing__(self, key: str) -> Unknown:
        return self._reason

    def __contains__(self, key: object) -> bool:
        return True


def read(values: dict[str, Any], argument: str, kind: type[T], default: T | Unknown) -> T | Unknown:
    """Like `Block.read`, for the arguments of a nested block. A null counts as not written."""
    value = values.get(argument)
    if value is None:
        return default
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    if isinstance(value, Unknown):
        return value
    return _convert(value, argument, kind)


def _convert(value: Any, argument: str, kind: type[T]) -> T | Unknown:
    """Terraform converts between strings, numbers and booleans; so does this. CloudFormation takes
    "True", too."""
    if kind is bool and isinstance(value, str) and value.lower() in {"true", "false"}:
        value = value.lower() == "true"
    elif kind is int and _is_whole(value):
        value = int(value)
    elif kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    return Unknown(f"{argument} is not of the expected type ({kind.__name__})")


def _is_whole(value: Any) -> bool:
    if isinstance(value, str):
        return value.lstrip("-").isdigit()
    return isinstance(value, float) and value.is_integer()


def nested(values: dict[str, Any], argument: str) -> list[dict[str, Any]] | Unknown:
    """The nested blocks of a name, an empty list when there is none."""
    value = values.get(argument)
    if value is None:
        return []
    if isinstance(value, Unknown):
        return value
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return list(value)
    return Unknown(f"{argument} is not a block")


class Project:
    """All resources of one Terraform project, and how they refer to each other.

    It keeps which of them mappers took into a document of another one, so that what nobody took
    can be found afterwards.
    """

    def __init__(self, blocks: Iterable[Block], account: str) -> None:
        self.account = account
        self._taken: set[str] = set()
        self._takers: set[tuple[str, str]] = set()
        self.reader = ""
        """The type of the documents that are being made."""
        self._by_address: dict[str, Block] = {}
        self._by_type: dict[str, list[Block]] = {}
        self.pointing: dict[tuple[str, str], Any] = {}
        """What `collectors.iac.mappers.pointers` has found already, by type and argument."""
        for block in blocks:
            self._by_address[block.address] = block
            self._by_type.setdefault(block.type, []).append(block)

    def __iter__(self) -> Iterator[Block]:
        return iter(self._by_address.values())

    def of_type(self, *types: str) -> list[Block]:
        """Every resource of these types, in the order of the project."""
        return [block for kind in types for block in self._by_type.get(kind, [])]

    def each_of(self, kind: str) -> Sequence[Block]:
        """Every resource of one type, in the order of the project."""
        return self._by_type.get(kind, ())

    def take(self, block: Block) -> Block:
        """Note that the resource is read into the document of another one; joins do so."""
        self._taken.add(block.address)
        self._takers.add((self.reader, block.address))
        return block

    @contextmanager
    def trial(self, *, keep: bool) -> Iterator[set[str]]:
        """Notes apart which resources are taken within. Afterwards they count as taken if `keep`;
        else all is as if nothing had been asked."""
        before, takers, pointing = self._taken, self._takers, self.pointing
        taken: set[str] = set()
        self._taken = taken
        self._takers = takers if keep else set()
        self.pointing = pointing if keep else dict(pointing)
        try:
            yield taken
        finally:
            self._taken, self._takers, self.pointing = before, takers, pointing
            if keep:
                before |= taken

    def at(self, address: str) -> Block:
        """The resource of an address. Raises KeyError."""
        return self._by_address[address]

    def is_taken(self, block: Block, into: str = "") -> bool:
        """Whether a mapper has read the resource into the document of another one, of the type
        `into` where it is given."""
        if not into:
            return block.address in self._taken
        return (into, block.address) in self._takers

    def target(self, value: Any) -> Block | None:
        """The resource that a value refers to, when it is one of this project."""
        return self._by_address.get(value.address) if isinstance(value, Reference) else None

    def related(self, block: Block, argument: str, *types: str) -> list[Block] | Unknown:
        """The resources of `types` whose `argument` points to `block`, by reference or by its name.

        Where such a resource points to something that is not known before apply, it may or may
        not be this one: the answer is then Unknown.
        """
        found = []
        for other in self.of_type(*types):
            value = other.get(argument)
            if isinstance(value, Unknown):
                return Unknown(f"{other.address}.{argument}: {value.reason}")
            if self.target(value) is block or _names(block, value):
                found.append(self.take(other))
        return found


def _names(block: Block, value: Any) -> bool:
    """Whether a literal names the block: by its address's own naming arguments."""
    if not isinstance(value, str):
        return False
    return value in {
        block.values.get(key)
        for key in ("bucket", "name", "id", "identifier")
        if key in block.values
    }


Mapper = Callable[[Block, Project], Iterable[Document]]
"""Turns one resource, with what belongs to it, into documents. Several types may share one."""


class PartOf(Struct, frozen=True):
    """How a resource belongs to another: by which argument (the first that is given counts) to a
    resource of which type. `assumed` are arguments of that resource which its part alone implies,
    or whose worse value is taken so that the part is judged; `no_more` are types of which nothing
    further is taken to belong to it. `too`: it is judged as a part though it has a document of its
    own."""

    parent: str
    arguments: tuple[str, ...]
    assumed: dict[str, Any] = {}
    no_more: tuple[str, ...] = ()
    too: bool = False


class Mapping(Struct, frozen=True, kw_only=True):
    """A mapper with what it covers. Each module under `collectors/iac/mappers/<provider>/` has a
    list of them as `MAPPINGS`. `types` yield documents; `joined` are types that `map` reads through
    joins or takes with `Project.take`. Each of them that yields no documents of its own stands in
    the `PART_OF` or `LINK_TYPES` of a module, which say what becomes of it where no mapping
    takes it. `owners` are
    types with documents of other facts whose arguments decide facts of these: findings may point to
    them. `also`: facts of further documents that `map` may yield, as an instance has disks."""

    types: tuple[str, ...]
    facts: type[Facts]
    map: Mapper
    joined: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    also: tuple[type[Facts], ...] = ()


def template_document(
    block: Block,
    project: Project,
    facts: Facts,
    *,
    provider: Provider,
    region: str | Unknown,
    name: str | Unknown,
    tags: dict[str, str] | Unknown,
    native_type: str = "",
) -> Document:
    """A document of a resource in a template; its id is the address, its account the project's."""
    unknown = {}
    if isinstance(region, Unknown):
        unknown = {"region": region.reason, "country": region.reason}
        region = ""
    elif region != GLOBAL:
        unknown = unknown_country(provider, region)
    return document(
        id=f"{block.source.uri}#{block.address}",
        facts=facts,
        provider=provider,
        account=project.account,
        region=region,
        country=country_of(provider, region),
        name=block.address if isinstance(name, Unknown) else name,
        tags=tags,
        unknown=unknown,
        native_type=native_type or block.native_type or block.type,
        source=block.source,
    )
