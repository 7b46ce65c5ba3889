"""What the tests of templates share: a project in a folder, and a template read into documents."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document
from collectors.iac.check import collect
from collectors.snapshot import Manifest, open_snapshot

Read = Callable[..., dict[str, Document]]
Write = Callable[..., Path]


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
def project(folder: Path) -> Write:
    """`project("…HCL…", **{"modules/a/main.tf": "…"})`: a folder "infra" below the working one."""

    def write(main: str = "", **files: str) -> Path:
        for name, text in {"main.tf": main, **files}.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return folder

    return write
