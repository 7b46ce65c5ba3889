"""The validator of SARIF logs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.required import missing

MODULES = Path(__file__).parents[3] / "tools" / "sarif-multitool" / "node_modules"


@pytest.fixture(scope="session")
def sarif_multitool() -> str:
    """The path of Microsoft's SARIF validator, which `make test` installs where npm is. Its wrapper
    for npm breaks on the semicolons of its own options, so the native program is called."""
    found = MODULES / f"@microsoft/sarif-multitool-{sys.platform}" / "Sarif.Multitool"
    if not found.is_file():
        missing("sarif-multitool is not installed; make test installs it where npm is present")
    return str(found)
