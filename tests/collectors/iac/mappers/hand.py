"""Blocks built by hand, and the documents that the mappers of a provider make of them."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from collectors.document import NOT_COLLECTED, Document, Source
from collectors.iac.blocks import Block, Mapping, Project

ACCOUNT = "template"


def block(
    address: str, values: dict[str, Any], provider_values: dict[str, Any] | None = None
) -> Block:
    """A block of main.tf at an address such as "alicloud_disk.data" or "data.aws_kms_key.k"."""
    kind, _, name = address.rpartition(".")
    source = Source(uri="main.tf", start_line=1, end_line=9, address=address)
    return Block(
        address=address,
        type=kind,
        name=name,
        values=values,
        source=source,
        provider_values=provider_values or {},
    )


def mappings(provider: str) -> list[Mapping]:
    """Every mapping of a provider's package."""
    package = importlib.import_module(f"collectors.iac.mappers.{provider}")
    modules = [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]
    return [mapping for module in modules for mapping in getattr(module, "MAPPINGS", [])]


def documents(*blocks: Block) -> list[Document]:
    """What a project of these blocks gives, in the order of the blocks."""
    project = Project(blocks, ACCOUNT)
    by_type = {
        kind: mapping.map
        for provider in ("azurerm", "alicloud", "aws")
        for mapping in mappings(provider)
        for kind in mapping.types
    }
    return [
        found
        for each in blocks
        if each.type in by_type
        for found in by_type[each.type](each, project)
    ]


def the(*blocks: Block) -> Document:
    """The document of the first block that has one."""
    return documents(*blocks)[0]


def unknown(document: Document) -> dict[str, str]:
    """The reasons of what is unknown, without the facts that no template mapper collects."""
    return {path: why for path, why in document.unknown.items() if why != NOT_COLLECTED}


PLACED = ("alarms", "private_endpoint", "subnet_routes_to_internet", "version_supported")
"""What databases of Alibaba Cloud have by where they stand, which has a test of its own."""


def own_facts(document: Document) -> dict[str, Any]:
    """The facts of a database without those of its place."""
    return {name: value for name, value in document.facts.items() if name not in PLACED}


def own_unknown(document: Document) -> dict[str, str]:
    """`unknown` of a database without what its place leaves open, and what no argument tells."""
    return {
        path: why
        for path, why in unknown(document).items()
        if path not in PLACED and not why.startswith("no argument of the template")
    }
