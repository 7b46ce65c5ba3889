"""What the tests of ARM templates share: a template read into documents."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document
from collectors.iac.check import collect
from collectors.snapshot import Manifest, open_snapshot

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
Read = Callable[..., dict[str, Document]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder "infra" below the working one."""
    monkeypatch.chdir(tmp_path)
    found = Path("infra")
    found.mkdir()
    return found


def documents(folder: Path, **parameters: Any) -> tuple[Manifest, dict[str, Document]]:
    """The manifest, and the documents of a folder by their address."""
    shutil.rmtree("snapshot", ignore_errors=True)
    snapshot = Path("snapshot")
    manifest = collect([folder], snapshot, tool_version="test", parameters=parameters)
    read = [each.document for each in open_snapshot(snapshot)]
    return manifest, {each.id.partition("#")[2]: each for each in read}


@pytest.fixture
def deployment(folder: Path) -> Read:
    """`deployment([{"type": …}], parameters={…})`: its documents by their address."""

    def read(
        resources: list[Any] | dict[str, Any], given: dict[str, Any] | None = None, **sections: Any
    ) -> dict[str, Document]:
        template = {"$schema": SCHEMA, **sections, "resources": resources}
        (folder / "main.json").write_text(json.dumps(template, indent=2), encoding="utf-8")
        return documents(folder, **(given or {}))[1]

    return read
