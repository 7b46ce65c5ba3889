"""Tools that tests need and machines may lack: skipped there, with the reason, and never in CI."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(why: str) -> NoReturn:
    """Skip the test, or fail it where CI says that no test may be skipped (MLPS_REQUIRE_TOOLS)."""
    if os.environ.get("MLPS_REQUIRE_TOOLS"):
        pytest.fail(f"{why}. MLPS_REQUIRE_TOOLS says that it must be there")
    pytest.skip(why)
