"""AWS CloudFormation and SAM templates."""

from __future__ import annotations

from pathlib import Path

from collectors.iac.cloudformation import template
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import Loaded


def _load(path: Path, request: Request) -> Loaded:
    return template.load(path, request.parameters, root=request.root)


LANGUAGE = Language(
    name="CloudFormation",
    suffixes=template.SUFFIXES,
    recognises=template.looks_like_one,
    confirms=template.is_one,
    called=template.called,
    load=_load,
)
