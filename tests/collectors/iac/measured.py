"""What is read of templates, measured: `docs/coverage/iac.md`.

A mapping is asked about a resource in which nothing is written, and about parts of it in which
nothing is written; each argument that it asks for is then taken for unknown, and the facts that are
unknown then are the ones that it decides. So the page cannot say more than the mappings do. What an
argument decides only beside certain values of others is measured beside those in `BESIDE`.

    python -m tests.collectors.iac.measured      writes the page (make coverage)
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from collectors.document import NOT_COLLECTED, Document, Place, Source, Unknown
from collectors.iac.arguments import Arguments, watched
from collectors.iac.arm import resources as arm
from collectors.iac.arm.resource import Resource as ArmResource
from collectors.iac.blocks import Block, Mapping, Project, Reference
from collectors.iac.cloudformation import resources as cloudformation
from collectors.iac.loaded import SHAPES
from collectors.iac.mappers import load_mappings
from collectors.iac.origins import PROBE, is_probe, leaves
from collectors.iac.ros import resources as ros
from collectors.iac.stacks.resource import Resource as StackResource

DEEPEST = 3
_ENVELOPE = frozenset({"region", "country", "tags"})
_LOCATIONS = {
    "policy_definition_id": "/providers/Microsoft.Authorization/policyDefinitions/"
    "e56962a6-4747-49cd-b67b-bf8b01975c4c",
    "parameters": '{"listOfAllowedLocations": {"value": ["chinanorth3"]}}',
}
BESIDE: dict[str, list[dict[str, Any]]] = {
    "aws_db_instance": [{"engine": "mysql"}, {"engine": "postgres"}, {"engine": "sqlserver-se"}],
    "aws_rds_cluster": [{"engine": "aurora-mysql"}, {"engine": "aurora-postgresql"}],
    "alicloud_db_instance": [{"engine": "MySQL"}, {"engine": "SQLServer"}],
    "aws_kms_key": [{"enable_key_rotation": True}],
    "azurerm_management_group_policy_assignment": [_LOCATIONS],
    "azurerm_subscription_policy_assignment": [_LOCATIONS],
    # Without a model a set has no machines.
    "azurerm_orchestrated_virtual_machine_scale_set": [{"os_disk": [{"caching": "None"}]}],
}
"""Arguments beside which a type is measured too, because they choose what others mean."""


class Told(Struct):
    """Of one resource type: what decides each fact, by its path without list positions, and what
    each fact is when nothing is written: a value, or an `Unknown`."""

    by: dict[str, set[str]]
    unwritten: dict[str, Any]


def measure(kind: str, mapping: Mapping) -> Told | None:
    """What is read of a type; None where its mapping makes no document of an empty resource."""
    found = Told({}, {})
    for given in ({}, *BESIDE.get(kind, [])):
        one = _block(kind, "one", given)
        project = Project([one], "template")
        documents = _made(mapping, one, project)
        if documents is None or not documents:
            continue
        found.unwritten = found.unwritten or _unwritten(documents[0])
        _ask(found, mapping, [one], one.values, "", 0)
        for joined in mapping.joined:
            _ask_joined(found, mapping, given, kind, joined)
    return found if found.unwritten else None


def _ask_joined(
    found: Told, mapping: Mapping, given: dict[str, Any], kind: str, joined: str
) -> None:
    """A resource of a joined type that points to the one that is asked about."""
    if joined == kind:
        return
    one, other = _block(kind, "one", given), _block(joined, "two", {})
    project = Project([one, other], "template")
    if _made(mapping, one, project) is None:
        return
    links = [argument for each, argument in project.pointing if each == joined and argument]
    for link in links:
        dict.__setitem__(other.values, link, Reference(one.address))
        _ask(found, mapping, [one, other], other.values, f"{joined}.", 0, frozenset(links))


def _ask(
    found: Told,
    mapping: Mapping,
    blocks: list[Block],
    values: Any,
    prefix: str,
    depth: int,
    skipped: frozenset[str] = frozenset(),
) -> None:
    """Take each argument that is asked for in `values` for unknown, then for an empty block."""
    keys = _asked_for(mapping, blocks, values, skipped)
    free = [key for key in keys if key and dict.get(values, key) is None]
    _probe(found, mapping, blocks, values, prefix, keys)
    # What is decided only by several switches together shows beside others that are on.
    for key in free:
        dict.__setitem__(values, key, True)
    _probe(found, mapping, blocks, values, prefix, _asked_for(mapping, blocks, values, skipped))
    for key in free:
        dict.__delitem__(values, key)
    for key in free if depth < DEEPEST else ():
        # Not empty: an empty block is taken for none.
        inner = Arguments({"": None}, {}, Place(line=1, argument=key))
        dict.__setitem__(values, key, [inner])
        _ask(found, mapping, blocks, inner, f"{prefix}{key}.", depth + 1)
        dict.__delitem__(values, key)


def _asked_for(
    mapping: Mapping, blocks: list[Block], values: Any, skipped: frozenset[str]
) -> list[str]:
    with watched() as reads:
        _made(mapping, blocks[0], Project(blocks, "template"))
    return [key for identity, key in reads if identity == id(values) and key not in skipped]


def _probe(
    found: Told, mapping: Mapping, blocks: list[Block], values: Any, prefix: str, keys: list[str]
) -> None:
    for key in keys:
        there, before = dict.__contains__(values, key), dict.get(values, key)
        dict.__setitem__(values, key, Unknown(PROBE))
        documents = _made(mapping, blocks[0], Project(blocks, "template"))
        dict.__setitem__(values, key, before)
        if not there:
            dict.__delitem__(values, key)
        for fact in _hit(documents or []):
            found.by.setdefault(fact, set()).add(prefix + key)


def _block(kind: str, name: str, given: dict[str, Any]) -> Block:
    address = f"{kind}.{name}"
    head = Place(line=1, argument="")
    return Block(
        address=address,
        type=kind,
        name=name,
        values=Arguments(dict(given), {}, head),
        source=Source(uri="main.tf", start_line=1, end_line=1, address=address),
    )


def _made(mapping: Mapping, block: Block, project: Project) -> list[Document] | None:
    try:
        found = list(mapping.map(block, project))
    except SHAPES:
        return None
    return [each for each in found if each.type == mapping.facts.TYPE]


def _hit(documents: list[Document]) -> Iterator[str]:
    for document in documents:
        for path, reason in document.unknown.items():
            if is_probe(Unknown(reason)) and path not in _ENVELOPE:
                yield fact_of(path)


def _unwritten(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, value in leaves(document.facts):
        found.setdefault(fact_of(path), value)
    for path, reason in document.unknown.items():
        if reason != NOT_COLLECTED and path not in _ENVELOPE:
            found.setdefault(fact_of(path), Unknown(reason))
    return found


def fact_of(path: str) -> str:
    """A path without the positions in lists: "rules.sources"."""
    return ".".join(step for step in path.split("/") if not step.isdigit())


PAGE = Path(__file__).parents[3] / "docs" / "coverage" / "iac.md"
_TITLES = {"aws": "AWS", "azurerm": "Azure", "alicloud": "Alibaba Cloud"}
_HEAD = """# Coverage: templates

Generated by `make coverage`: each mapping was asked about a resource in which nothing is written,
and each argument that it asked for was taken for unknown; what was unknown then is what the
argument decides. What an argument decides only beside certain values of others is not all here; "—"
stands where no single argument was found to decide. An argument of another resource stands behind
that resource's type. The last column is the fact where nothing is written: the default that the
provider documents, or unknown and why.

CloudFormation, ARM and ROS are read into the same types: beside each stand those that become it.
"""


def page() -> str:
    """The whole page."""
    others = _translated()
    lines = [_HEAD]
    mappings = load_mappings()
    for provider, title in _TITLES.items():
        lines.append(f"## {title}\n")
        for kind in sorted(each for each in mappings if each.partition("_")[0] == provider):
            lines += _section(kind, mappings[kind], others.get(kind, []))
    return "\n".join(lines)


def _section(kind: str, mapping: Mapping, others: list[str]) -> Iterator[str]:
    yield f"### {kind}\n"
    owner = _owner(kind, mapping)
    yield f"`{mapping.facts.TYPE}`" + "".join(f" · {each}" for each in others) + "\n"
    told = None if owner else measure(kind, mapping)
    if told is None:
        yield f"A part of `{owner}`, where it is read; judged alone where that is elsewhere.\n"
        return
    yield from _table(told)
    for facts in mapping.also:
        further = measure(kind, structs.replace(mapping, facts=facts))
        if further:
            yield f"With it, `{facts.TYPE}`:\n"
            yield from _table(further)


def _table(told: Told) -> Iterator[str]:
    yield "| fact | decided by | where nothing is written |"
    yield "|---|---|---|"
    for fact in sorted({*told.by, *told.unwritten}):
        by = told.by.get(fact, set())
        innermost = sorted(one for one in by if not any(o.startswith(f"{one}.") for o in by))
        if innermost or not _is_empty(told.unwritten.get(fact, {})):
            names = ", ".join(f"`{each}`" for each in innermost) or "—"
            yield f"| {fact} | {names} | {_shown(told.unwritten, fact)} |"
    yield ""


def _owner(kind: str, mapping: Mapping) -> str:
    """The type of resources that a type is a part of."""
    for owner, other in load_mappings().items():
        if other is not mapping and other.facts is mapping.facts and kind in other.joined:
            return owner
    return ""


def _is_empty(value: Any) -> bool:
    return bool(value == {})


def _shown(unwritten: dict[str, Any], fact: str) -> str:
    if fact not in unwritten:
        return ""
    value = unwritten[fact]
    if isinstance(value, Unknown):
        return f"unknown: {value.reason}"
    words = {None: "none", True: "yes", False: "no"}
    if value is None or isinstance(value, bool):
        return words[value]
    return "nothing" if value in ([], {}) else f"`{value}`"


def _translated() -> dict[str, list[str]]:
    """The types of other languages that become each type."""
    found: dict[str, set[str]] = {}
    for kind, made in _translations():
        for block in made:
            found.setdefault(block.type, set()).add(f"`{kind}`")
    return {kind: sorted(others) for kind, others in found.items()}


def _translations() -> Iterator[tuple[str, list[Block]]]:
    source = Source(uri="t", start_line=1, end_line=1, address="one")
    for module in (cloudformation, ros):
        for kind, translation in module.load_translations().items():
            stack = StackResource(address="one", type=kind, properties={}, source=source)
            yield kind, _translate(functools.partial(translation, stack))
    for package in pkgutil.iter_modules(arm.__path__):
        module = importlib.import_module(f"{arm.__name__}.{package.name}")
        for kind, translation in module.TRANSLATIONS.items():
            one = ArmResource(
                address="one",
                type=kind,
                names=["one"] * kind.count("/"),
                location="chinanorth3",
                tags={},
                body={},
                properties={},
                ancestors=("parent",) * kind.count("/"),
                source=source,
            )
            yield kind, _translate(functools.partial(translation, one))


def _translate(make: Callable[[], Iterable[Block]]) -> list[Block]:
    try:
        return list(make())
    except SHAPES:
        return []


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
