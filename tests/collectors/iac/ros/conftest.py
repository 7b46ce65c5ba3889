"""What the tests of ROS templates share: a template read into documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document
from tests.collectors.iac.conftest import Read, documents

HEAD = "ROSTemplateFormatVersion: '2015-09-01'\n"


@pytest.fixture
def stack(folder: Path) -> Read:
    """`stack("…resources in YAML…", Parameter="value")`: its documents by their address."""

    def read(resources: str, head: str = "", **parameters: Any) -> dict[str, Document]:
        text = f"{HEAD}{head}Resources:\n{resources}"
        (folder / "stack.yml").write_text(text, encoding="utf-8")
        return documents(folder, **parameters)[1]

    return read
