"""Defaults that depend on the version of the provider azurerm."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.versions import Version, reaches

TLS_BY_VERSION = Unknown("not written: the default is 1.0 or 1.2 by provider version")


def by_version(block: Block, since: Version, newer: Any, older: Any, untold: Any) -> Any:
    """The default of an argument: `newer` since a version, `older` before it, and `untold` where
    the project allows both or asks for none, and of ARM, where the translation writes none."""
    if block.native_type:
        return untold
    asked = block.provider_values.get("version")
    found = reaches(asked, since) if isinstance(asked, str) else None
    return untold if found is None else newer if found else older
