"""Terraform plans: what `terraform show -json` prints."""

from __future__ import annotations

import re
from pathlib import Path

from collectors.iac import plan
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import Loaded, uri_of

_SIGNS = re.compile(r'"(?:planned_values|resource_changes)"\s*:')
_VERSION = re.compile(r'"format_version"\s*:')


def _recognises(text: str) -> bool:
    return bool(_VERSION.search(text) and _SIGNS.search(text))


def _load(path: Path, _request: Request) -> Loaded:
    return Loaded(plan.load(path, uri_of(path)), [])


LANGUAGE = Language(
    name="Terraform plan", suffixes=frozenset({".json"}), recognises=_recognises, load=_load
)
