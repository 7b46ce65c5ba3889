"""Defaults that depend on the version of a provider."""

from __future__ import annotations

from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.versions import Version, reaches


def by_version(block: Block, since: Version, newer: Any, older: Any, untold: Any) -> Any:
    """The default of an argument: `newer` since a version, `older` before it, and `untold` where
    the project allows both or asks for none, and of other languages, whose translation writes
    none."""
    if block.native_type:
        return untold
    asked = block.provider_values.get("version")
    found = reaches(asked, since) if isinstance(asked, str) else None
    return untold if found is None else newer if found else older
