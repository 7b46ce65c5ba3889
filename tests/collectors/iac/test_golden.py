"""Templates of another project with its verdicts: where ours differ, `verdicts.yaml` says why.

The other project's rules are of other rule books; each is held against the check of ours that asks
for the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from msgspec import Struct

from collectors.iac.check import collect
from scanner.evaluate import read_verdicts
from scanner.pipeline import open_evaluator
from scanner.verdict import ResourceVerdicts, Verdict
from tests.scanner.made import settings

GOLDEN = Path(__file__).parents[2] / "golden" / "iac" / "checkov"


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A folder: the check that asks the same, for a port where it asks for several, and where ours
    differs: by resource, the status and the reason."""

    check: str
    port: int | None = None
    differs: dict[str, str] = {}


CASES = msgspec.convert(
    yaml.safe_load((GOLDEN / "verdicts.yaml").read_text(encoding="utf-8")), dict[str, Case]
)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Any]]:
    """Our verdicts of every folder at level 3, by folder and address."""
    folder = tmp_path_factory.mktemp("golden")
    snapshot, verdicts = folder / "snapshot", folder / "verdicts.ndjson"
    collect([GOLDEN / name for name in CASES], snapshot, tool_version="test")
    found: dict[tuple[str, str], Any] = {}
    with open_evaluator(settings()) as evaluator:
        evaluator.evaluate(snapshot, (3,), verdicts)
    for line in read_verdicts(verdicts):
        if isinstance(line, ResourceVerdicts) and line.resource.source:
            uri = Path(line.resource.source.uri).resolve().relative_to(GOLDEN)
            folder_of = "/".join(uri.parts[:2])
            found[folder_of, line.resource.source.address] = line.verdicts
    yield found


def _address(name: str, folder: str) -> str:
    """The other project's address of a resource as ours."""
    if folder.startswith("cloudformation"):
        return name.rpartition(".")[2]
    return "/".join(name.rsplit(".", 1)) if folder.startswith("arm") else name


def _status(case: Case, verdicts: list[Verdict] | None) -> str:
    verdict = next((one for one in verdicts or [] if one.check == case.check), None)
    if verdict is None:
        return "absent"
    if verdict.status == "fail" and case.port is not None:
        # A long list of ports is shortened.
        port = re.compile(rf"\b{case.port}\b|\bmore\b|…|\.\.\.")
        told = [str(finding.args.get("ports")) for finding in verdict.findings]
        return "fail" if any(port.search(ports) for ports in told) else "pass"
    return str(verdict.status)


@pytest.mark.parametrize("name", sorted(CASES))
def test_verdicts_of_another_project(name: str, judged: dict[tuple[str, str], Any]) -> None:
    case = CASES[name]
    (expected,) = json.loads((GOLDEN / name / "expected.json").read_text(encoding="utf-8"))
    differing = {}
    for status, listed in (
        ("pass", expected["passing_resources"]),
        ("fail", expected["failing_resources"]),
    ):
        for resource in listed or []:
            ours = _status(case, judged.get((name, _address(resource, name))))
            if ours != status:
                differing[resource] = ours
    assert differing == {one: told.split(": ")[0] for one, told in case.differs.items()}
