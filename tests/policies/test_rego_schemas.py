"""The rules of checks against the JSON Schemas of what they are given, by OPA's own type checker:
a fact that no target has, or a number compared with a text, does not pass `opa check`."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scanner.context import Context
from scanner.policies import Bundle, bundled, load
from scanner.schemas import schemas

pytestmark = pytest.mark.go_tools

ROOT = Path(__file__).parent.parent.parent


@cache
def _known() -> dict[str, Any]:
    """The schemas of resource types."""
    return {
        name.removesuffix(".schema.json"): schema
        for name, schema in schemas().items()
        if "facts" in schema.get("properties", {})
    }


def _input(targets: list[str]) -> dict[str, Any]:
    """The schema of a check's input: a document of a target, with what evaluation adds."""
    known = _known()
    chosen = list(known) if "*" in targets else targets
    definitions: dict[str, Any] = {}
    facts = []
    for target in chosen:
        definitions |= known[target]["$defs"]
        facts.append(known[target]["properties"]["facts"])
    envelope = dict(known[chosen[0]]["properties"])
    envelope["type"] = {"type": "string"}
    envelope["facts"] = {"anyOf": facts} if len(facts) > 1 else facts[0]
    context = msgspec.json.schema(Context, ref_template="#/$defs/{name}")
    definitions |= context["$defs"]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {
            **envelope,
            "level": {"type": "integer"},
            "system": {"type": "string"},
            "now": {"type": "string"},
            "context": {"$ref": "#/$defs/Context"},
        },
        "$defs": definitions,
    }


def _annotated(bundle: Bundle, folder: Path) -> None:
    """A copy of the checks, each with the schema of its own input."""
    shutil.copytree(bundled() / "lib", folder / "policies" / "lib")
    (folder / "schemas").mkdir()
    for check in bundle.checks:
        module = next(m for m in bundle.modules if m.package == check.package)
        name = check.id.replace("-", "_")
        text = module.source.replace(
            "# METADATA\n", f"# METADATA\n# schemas:\n#   - input: schema.{name}\n", 1
        )
        target = folder / "policies" / f"{name}.rego"
        target.write_text(text, encoding="utf-8")
        schema = folder / "schemas" / f"{name}.json"
        schema.write_text(json.dumps(_input(check.targets)), encoding="utf-8")


def _check(opa: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [opa, "check", "--strict", "--schema", str(folder / "schemas")]
    return subprocess.run(
        [*command, str(folder / "policies")], capture_output=True, text=True, check=False
    )


def test_checks_read_what_their_schemas_have(opa: str, tmp_path: Path) -> None:
    _annotated(load(bundled()), tmp_path)
    done = _check(opa, tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_fact_that_does_not_exist_is_found(opa: str, tmp_path: Path) -> None:
    """So that the test above can fail."""
    _annotated(load(bundled()), tmp_path)
    path = tmp_path / "policies" / "data_bucket_versioning.rego"
    path.write_text(path.read_text().replace("input.facts.versioning", "input.facts.versionning"))
    done = _check(opa, tmp_path)
    assert done.returncode != 0
    assert "versionning" in done.stderr
