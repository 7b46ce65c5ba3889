"""JSON Schemas (2020-12) of every file that mlps reads and writes, made from the types themselves.

    <resource type>.schema.json   a resource document of that type, its facts typed
    manifest, verdicts, report, config, items, diff, trend .schema.json

`policies/schemas/` holds them as exported; `mlps schemas DIR` exports them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from collectors.document import Document, Facts, UserError
from collectors.facts import fact_types
from collectors.snapshot import Manifest
from scanner.config import Config
from scanner.history.model import Difference, Trend
from scanner.items import ItemList
from scanner.report.json import JsonReport
from scanner.verdict import ResourceVerdicts, VerdictsFooter, VerdictsHeader

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PREFIX = "urn:mlps:schema:"
SUFFIX = ".schema.json"

_FILES: list[tuple[str, str, str, Any]] = [
    (
        "config",
        "mlps.yaml",
        "What the user declares to mlps, in YAML.",
        Config,
    ),
    (
        "diff",
        "Difference of two runs",
        "What `mlps diff --format json` writes: findings and items that changed.",
        Difference,
    ),
    (
        "items",
        "Items of the catalogue",
        "What `mlps items --format json` writes: items with their risks and checks.",
        ItemList,
    ),
    (
        "manifest",
        "Manifest of a snapshot",
        "manifest.json in a snapshot: what was read, when, and every call that failed.",
        Manifest,
    ),
    (
        "report",
        "JSON report",
        "What `mlps report --format json` writes: the whole assessment.",
        JsonReport,
    ),
    (
        "trend",
        "Trend over the runs of a history",
        "What `mlps trend --format json` writes.",
        Trend,
    ),
    (
        "verdicts",
        "Line of a verdicts file",
        "One line of a verdicts file (NDJSON): the header, a resource, or the end.",
        VerdictsHeader | ResourceVerdicts | VerdictsFooter,
    ),
]


def schemas() -> dict[str, Schema]:
    """Every schema by its file name, in the order of the names."""
    found = {name: _of_type(title, about, kind) for name, title, about, kind in _FILES}
    found |= {name: _of_document(name, facts) for name, facts in fact_types().items()}
    return {
        f"{name}{SUFFIX}": {"$schema": DIALECT, "$id": PREFIX + name, **schema}
        for name, schema in sorted(found.items())
    }


def export(folder: Path) -> None:
    """Write every schema into a folder, and remove those of ours that are no more.

    Raises UserError when the folder cannot be written.
    """
    wanted = schemas()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, schema in wanted.items():
            (folder / name).write_text(as_text(schema), encoding="utf-8")
        for path in folder.glob(f"*{SUFFIX}"):
            if path.name not in wanted and _is_ours(path):
                path.unlink()
    except OSError as error:
        raise UserError(
            f"The schemas cannot be written to {folder}: {error.strerror}.",
            "Choose another folder, or make it writable.",
        ) from error


def as_text(schema: Schema) -> str:
    """A schema as its file holds it: indented, with a newline at the end."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _is_ours(path: Path) -> bool:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, ValueError):
        return False
    return isinstance(found, dict) and str(found.get("$id", "")).startswith(PREFIX)


def _of_type(title: str, about: str, kind: Any) -> Schema:
    schema = _closed(msgspec.json.schema(kind))
    return {"title": title, "description": about, **schema}


def _of_document(name: str, facts: type[Facts]) -> Schema:
    """The schema of documents of one type: the envelope, with that type's facts."""
    (envelope, own), components = msgspec.json.schema_components(
        (Document, facts), ref_template="#/$defs/{name}"
    )
    definitions = _closed(components)
    document = definitions.pop(envelope["$ref"].rpartition("/")[2])
    document["properties"] |= {"type": {"const": name}, "facts": own}
    definitions = {
        key: _with_holes(value) if key != "Source" else value for key, value in definitions.items()
    }
    return {
        **document,
        "title": f"Resource document: {name}",
        "description": definitions[own["$ref"].rpartition("/")[2]]["description"],
        "$defs": definitions,
    }


def _closed(node: Any) -> Any:
    """A schema in which structs have no further fields, texts have no line breaks of the source,
    and nothing stands that only OpenAPI knows."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _closed(value) for key, value in node.items() if key != "discriminator"}
    if isinstance(node.get("description"), str):
        closed["description"] = " ".join(node["description"].split())
    if isinstance(node.get("properties"), dict) and node.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def _with_holes(node: Any) -> Any:
    """A schema whose lists may have null for an element: one that is not known keeps its place."""
    if isinstance(node, list):
        return [_with_holes(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _with_holes(value) for key, value in node.items()}
    if node.get("type") == "array":
        changed["items"] = {"anyOf": [changed["items"], {"type": "null"}]}
    return changed
