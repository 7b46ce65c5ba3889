"""Terraform plans: what `terraform show -json` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from collectors.document import UserError
from collectors.iac import azapi, plan
from collectors.iac.deployed_to import with_regions
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import BrokenProjectError, Loaded, Unread, uri_of
from collectors.iac.plan_source import PlanSource
from collectors.iac.source_files import source_files

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


def _load(path: Path, request: Request) -> Loaded:
    try:
        blocks = plan.load(path, uri_of(path), _source(path, request))
    except UserError as error:
        raise BrokenProjectError(
            [Unread(uri_of(path), "NotValid", error.message)], error.hint
        ) from error
    if request.source and blocks and all(each.source.uri == uri_of(path) for each in blocks):
        raise UserError(
            f"{uri_of(request.source)} declares no resource of the plan {uri_of(path)}.",
            "Name the folder that terraform plan was run in with --source.",
        )
    placed = with_regions(azapi.translated(blocks), request.regions)
    return Loaded(placed, list(_left_out(path)))


def _left_out(path: Path) -> Iterator[Unread]:
    """Whether planning failed (Terraform 1.5 on), and whether the plan has all that the
    configuration asks for (1.8 on)."""
    text = path.read_text(encoding="utf-8-sig")
    told = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    if bytes(told.get("errored", b"")) == b"true":
        why = f"{uri_of(path)}: planning failed, and what comes after the error is not in the plan."
        yield Unread(uri_of(path), "PlanNotWhole", f"{why} Mend it and plan again.")
    elif bytes(told.get("complete", b"")) == b"false":
        why = f"{uri_of(path)}: the plan leaves resources out, by -target or to a later run."
        yield Unread(uri_of(path), "PlanNotWhole", f"{why} Plan without -target.")


def _source(path: Path, request: Request) -> PlanSource | None:
    """The module that was named, else the one beside the plan. Where that is read for itself, its
    resources stand there already: the plan's keep their places in the plan."""
    if request.source:
        return PlanSource(request.source)
    beside = path.parent
    is_there = beside.resolve() not in request.read and bool(source_files(beside))
    return PlanSource(beside) if is_there else None


LANGUAGE = Language(
    name="Terraform plan",
    suffixes=frozenset({".json"}),
    recognises=_recognises,
    confirms=_confirms,
    load=_load,
    order=0,
)
