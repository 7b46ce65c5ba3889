"""What the tests of ARM templates share: a template read into documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document
from tests.collectors.iac.conftest import Read, documents

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


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
