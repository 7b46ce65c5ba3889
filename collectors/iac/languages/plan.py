"""Terraform plans: what `terraform show -json` prints."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from collectors.document import UserError
from collectors.iac import plan
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import BrokenProjectError, Loaded, Unread, uri_of

_SIGNS = re.compile(r'"(?:planned_values|resource_changes)"\s*:')
_VERSION = re.compile(r'"format_version"\s*:')


def _recognises(text: str) -> bool:
    return bool(_VERSION.search(text) and _SIGNS.search(text))


def _confirms(path: Path) -> bool:
    try:
        data = msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])
    except OSError:
        return False
    except msgspec.DecodeError:
        # A plan that is cut, which is said when it is read.
        return True
    return "format_version" in data and not {"planned_values", "resource_changes"}.isdisjoint(data)


def _load(path: Path, _request: Request) -> Loaded:
    try:
        return Loaded(plan.load(path, uri_of(path)), [])
    except UserError as error:
        raise BrokenProjectError(
            [Unread(uri_of(path), "NotValid", error.message)], error.hint
        ) from error


LANGUAGE = Language(
    name="Terraform plan",
    suffixes=frozenset({".json"}),
    recognises=_recognises,
    confirms=_confirms,
    load=_load,
    order=0,
)
