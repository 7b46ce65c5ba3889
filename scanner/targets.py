"""What is judged: each document for each system that it belongs to, at that system's level."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from collectors.document import Document, Source
from collectors.regions import GLOBAL
from collectors.snapshot import Located, Snapshot
from scanner.config import Config, System
from scanner.context import Context, Index, annotate
from scanner.declared import Declared
from scanner.evidence import Host
from scanner.system_document import system_document
from scanner.systems import Systems
from scanner.verdict import DEFAULT_SYSTEM


class Target(Struct, frozen=True, kw_only=True):
    """A document to judge for a system at a level. `unknown` names what is not known of its
    context; `uncertain` says that its system could not be decided."""

    located: Located
    system: str
    level: int
    context: Context
    unknown: dict[str, str] = {}
    uncertain: bool = False


class Outside(Struct, frozen=True):
    """A document that belongs to none of the declared systems."""

    located: Located


class Census(Struct, frozen=True):
    """How many resources each system selects, and the ids of those that none does."""

    selected: dict[str, int]
    outside: list[str]


def census(snapshot: Snapshot, config: Config) -> Census:
    """Count the resources of a snapshot by system. Raises UserError as `targets` does."""
    systems = Systems(config.systems)
    for located in snapshot:
        systems.learn(located.document)
    selected = {system.name: 0 for system in config.systems}
    outside = []
    for located in snapshot:
        if located.document.unlisted:
            continue
        found = systems.of(located.document).systems
        for system in found:
            selected[system.name] += 1
        if not found:
            outside.append(located.document.id)
    return Census(selected, outside)


def targets(
    snapshot: Snapshot, declared: Declared, levels: tuple[int, ...], *, now: str
) -> Iterator[Target | Outside]:
    """Everything that is to be judged, in the snapshot's order, then the systems themselves.

    Without declared systems everything is one system, at each of `levels`; with them `levels` is
    not looked at. Raises UserError for a resource that belongs to two systems.
    """
    if declared.config.systems:
        yield from _of_systems(snapshot, declared, date.fromisoformat(now[:10]))
    else:
        yield from _of_everything(snapshot, declared.config, levels, date.fromisoformat(now[:10]))


def _of_everything(
    snapshot: Snapshot, config: Config, levels: tuple[int, ...], today: date
) -> Iterator[Target]:
    context = annotate_nothing(config)
    found: set[Host] = set()
    for located in snapshot:
        found |= _host(located.document)
        for level in levels:
            yield Target(located=located, system=DEFAULT_SYSTEM, level=level, context=context)
    for level in levels if config.platforms and found else ():
        system = System(name=DEFAULT_SYSTEM, level=level, select=[])
        document = system_document(
            system, _ordered(found), config.platforms, today=today, source=None
        )
        yield Target(located=_made(document), system=DEFAULT_SYSTEM, level=level, context=context)


def _host(document: Document) -> set[Host]:
    """The region that holds a document; none for what has no region, or none that is known."""
    if document.region in {"", GLOBAL}:
        return set()
    return {Host(document.provider, document.region, document.country)}


def _ordered(hosts: set[Host]) -> list[Host]:
    return sorted(hosts, key=lambda host: (host.provider, host.region))


def annotate_nothing(config: Config) -> Context:
    """The context of any document while no system is declared."""
    nothing = Document(id="", type="", provider="aws", account="", region="", country=None, name="")
    return annotate(nothing, None, config, Index()).context


def _of_systems(snapshot: Snapshot, declared: Declared, today: date) -> Iterator[Target | Outside]:
    config = declared.config
    systems, index = Systems(config.systems), Index()
    hosts: dict[str, set[Host]] = {system.name: set() for system in config.systems}
    for located in snapshot:
        assigned = systems.learn(located.document)
        index.learn(located.document, assigned.systems if assigned.certain else ())
        for system in assigned.systems:
            hosts[system.name] |= _host(located.document)
    for located in snapshot:
        assigned = systems.of(located.document)
        for system in assigned.systems:
            annotated = annotate(located.document, system, config, index)
            yield Target(
                located=located,
                system=system.name,
                level=system.level,
                context=annotated.context,
                unknown=annotated.unknown,
                uncertain=not assigned.certain,
            )
        if not assigned.systems:
            yield Outside(located)
    for system in config.systems:
        if not hosts[system.name]:
            continue
        document = system_document(
            system,
            _ordered(hosts[system.name]),
            config.platforms,
            today=today,
            source=_source(declared, system.name),
        )
        context = annotate(document, system, config, index).context
        yield Target(
            located=_made(document), system=system.name, level=system.level, context=context
        )


def _source(declared: Declared, name: str) -> Source | None:
    if declared.path is None:
        return None
    line = declared.lines[name]
    uri = declared.path.as_posix()
    return Source(uri=uri, start_line=line, end_line=line, address=f"systems.{name}")


def _made(document: Document) -> Located:
    """A document that no snapshot holds."""
    return Located(document, "", 0)
