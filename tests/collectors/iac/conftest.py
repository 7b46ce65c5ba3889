"""What the tests of templates share: a project written into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """`project("…HCL…", **{"modules/a/main.tf": "…"})`: a folder "infra" below the working one."""
    monkeypatch.chdir(tmp_path)

    def write(main: str = "", **files: str) -> Path:
        root = Path("infra")
        for name, text in {"main.tf": main, **files}.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return root

    return write
