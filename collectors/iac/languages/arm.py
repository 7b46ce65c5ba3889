"""Azure Resource Manager templates, and what Bicep compiles to."""

from __future__ import annotations

from pathlib import Path

from collectors.iac.arm import template
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import Loaded


def _load(path: Path, request: Request) -> Loaded:
    return template.load(path, request.parameters, request.root, request.regions.get("azure"))


LANGUAGE = Language(
    name="ARM",
    suffixes=template.SUFFIXES,
    recognises=lambda text: bool(template.SIGN.search(text)),
    confirms=template.is_one,
    calls=template.calls,
    load=_load,
)
