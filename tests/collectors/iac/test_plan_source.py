"""Resources of a plan stand where the source of the plan declares them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, UserError
from collectors.iac.check import collect
from collectors.snapshot import open_snapshot
from tests.collectors.iac.conftest import Write

ADDRESSES = (
    "aws_ebs_volume.own",
    'module.disks["a.b"].aws_ebs_volume.v[0]',
    'module.disks["a.b"].module.inner.aws_ebs_volume.w',
    "module.far.aws_ebs_volume.x",
)
FILES = {
    "modules/disks/main.tf": 'module "inner" { source = "../inner" }\n\n'
    'resource "aws_ebs_volume" "v" {\n  count = 1\n}\n',
    "modules/inner/more.tf": '# mlps:waive data-disk-encryption reason="demo" until=2999-01-01\n'
    'resource "aws_ebs_volume" "w" {\n}\n',
}
MAIN = (
    'resource "aws_ebs_volume" "own" {\n}\n'
    'module "disks" {\n  source = "./modules/disks"\n  for_each = toset(["a.b"])\n}\n'
    'module "far" { source = "example/disks/aws" }\n'
)


def _resource(address: str) -> dict[str, Any]:
    name = address.rsplit("aws_ebs_volume.", 1)[1].partition("[")[0]
    return {
        "address": address,
        "mode": "managed",
        "type": "aws_ebs_volume",
        "name": name,
        "values": {"encrypted": False},
    }


def _plan(path: Path, *addresses: str) -> Path:
    planned = {"root_module": {"resources": [_resource(each) for each in addresses]}}
    path.write_text(json.dumps({"format_version": "1.2", "planned_values": planned}, indent=1))
    return path


def _read(*paths: Path, source: Path | None = None) -> dict[str, Document]:
    shutil.rmtree("snapshot", ignore_errors=True)
    collect(paths, Path("snapshot"), tool_version="test", source=source)
    documents = [each.document for each in open_snapshot(Path("snapshot"))]
    assert len({each.id for each in documents}) == len(documents)
    return {each.id: each for each in documents}


def _places(found: dict[str, Document]) -> dict[str, str]:
    return {
        each.source.address: f"{each.source.uri}:{each.source.start_line}-{each.source.end_line}"
        for each in found.values()
        if each.source
    }


EXPECTED = {
    ADDRESSES[0]: "infra/main.tf:1-2",
    ADDRESSES[1]: "infra/modules/disks/main.tf:3-5",
    ADDRESSES[2]: "infra/modules/inner/more.tf:2-3",
}


def test_the_folder_that_is_named(project: Write) -> None:
    root = project(MAIN, **FILES)
    found = _read(_plan(Path("plan.json"), *ADDRESSES), source=root)
    places = _places(found)
    # What the source does not have stands where the plan has it.
    assert places.pop(ADDRESSES[3]).startswith("plan.json:")
    assert places == EXPECTED
    waived = found[f"infra/modules/inner/more.tf#{ADDRESSES[2]}"].source
    assert waived
    assert [one.reason for one in waived.waivers] == ["demo"]


def test_a_resource_is_known_by_the_same_id_as_from_its_folder(project: Write) -> None:
    root = project(MAIN)
    plan = _plan(Path("plan.json"), ADDRESSES[0])
    assert set(_read(plan, source=root)) == set(_read(root))


def test_the_folder_beside_the_plan(project: Write) -> None:
    root = project(MAIN, **FILES)
    plan = _plan(root / "plan.json", *ADDRESSES[:3])
    assert _places(_read(plan)) == EXPECTED


@pytest.mark.parametrize("turned", [False, True])
def test_a_folder_that_is_read_itself_has_its_own_places(project: Write, turned: bool) -> None:
    root = project(MAIN, **FILES)
    plan = _plan(root / "plan.json", *ADDRESSES[:3])
    paths = (plan, root) if turned else (root, plan)
    ids = set(_read(*paths))
    assert {f"infra/plan.json#{each}" for each in ADDRESSES[:3]} <= ids
    assert "infra/main.tf#aws_ebs_volume.own" in ids


def test_a_fact_is_traced_to_its_argument(project: Write) -> None:
    root = project('resource "aws_ebs_volume" "own" {\n  size = 8\n\n  encrypted = false\n}\n')
    (found,) = _read(_plan(Path("plan.json"), ADDRESSES[0]), source=root).values()
    assert found.source
    assert {path: place.line for path, place in found.source.lines.items()} == {"encryption": 4}


def test_without_a_source_the_plan_has_the_place(project: Write) -> None:
    project(MAIN, **FILES)
    places = _places(_read(_plan(Path("plan.json"), *ADDRESSES)))
    assert all(place.startswith("plan.json:") for place in places.values())


def test_a_source_of_another_plan_is_refused(project: Write) -> None:
    root = project('resource "aws_kms_key" "k" {}\n')
    with pytest.raises(UserError, match="infra declares no resource of the plan"):
        _read(_plan(Path("plan.json"), *ADDRESSES), source=root)


def test_a_source_without_a_plan_is_refused(project: Write) -> None:
    root = project(MAIN)
    with pytest.raises(UserError, match="no plan was named"):
        _read(root, source=root)
