"""The validator of SARIF logs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

MODULES = Path(__file__).parents[3] / "tools" / "sarif-multitool" / "node_modules"


@pytest.fixture(scope="session")
def sarif_multitool() -> str:
    """The path of Microsoft's SARIF validator, which `make test` installs where npm is. Its wrapper
    for npm breaks on the semicolons of its own options, so the native program is called. Where it
    is missing the test is skipped, and fails where CI says that none may be (MLPS_REQUIRE_TOOLS).
    """
    found = MODULES / f"@microsoft/sarif-multitool-{sys.platform}" / "Sarif.Multitool"
    if not found.is_file() and os.environ.get("MLPS_REQUIRE_TOOLS"):
        pytest.fail("sarif-multitool is not installed, and MLPS_REQUIRE_TOOLS says that it must be")
    if not found.is_file():
        pytest.skip("sarif-multitool is not installed; make test installs it where npm is present")
    return str(found)
