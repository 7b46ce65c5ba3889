"""Templates into a snapshot: what is in it, what is said to be missing, and what never is in it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from collectors.document import Document, UserError
from collectors.iac.check import collect
from collectors.iac.mappers import load_mappings
from collectors.snapshot import Manifest, open_snapshot
from tests.collectors.iac.conftest import Write

EXAMPLES = Path(__file__).parents[3] / "examples" / "terraform"
GROUP = """
provider "alicloud" { region = "cn-hangzhou" }
resource "alicloud_security_group" "g" {}
"""
# The vSwitch of the database is not in the plan.
WHOLE = (
    "alicloud_ecs_disk.pictures",
    "alicloud_oss_bucket.pictures",
    'aws_ebs_volume.data["uploads"]',
    "aws_kms_key.data",
    "aws_kms_key.legacy",
    "aws_s3_bucket.banners",
    "aws_s3_bucket.reports_abroad",
)
"""Resources of the example whose parts are all in its plan as well."""


def _read(*paths: Path) -> tuple[Manifest, dict[str, Document]]:
    snapshot = Path("snapshot")
    shutil.rmtree(snapshot, ignore_errors=True)
    manifest = collect(paths, snapshot, tool_version="test")
    return manifest, {each.document.id: each.document for each in open_snapshot(snapshot)}


def test_a_directory(project: Write) -> None:
    manifest, found = _read(project(GROUP))
    group = found["infra/main.tf#alicloud_security_group.g"]
    assert (manifest.origin, manifest.providers, manifest.accounts) == (
        "template",
        ["aliyun"],
        ["template"],
    )
    assert manifest.failed_calls == []
    assert (group.type, group.region, group.country) == ("network.firewall", "cn-hangzhou", "CN")
    assert group.source
    assert (group.source.uri, group.source.start_line) == ("infra/main.tf", 3)


def test_a_rule_whose_number_is_not_known_belongs_to_its_group(project: Write) -> None:
    root = project(
        GROUP
        + """
variable "unset" {}
resource "alicloud_security_group_rule" "r" {
  for_each          = var.unset
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "22/22"
  cidr_ip           = "0.0.0.0/0"
  security_group_id = alicloud_security_group.g.id
}
"""
    )
    _, found = _read(root)
    (rule,) = found["infra/main.tf#alicloud_security_group.g"].facts["rules"]
    assert (rule["from_port"], rule["sources"]) == (22, ["0.0.0.0/0"])


def test_types_that_nothing_reads_are_counted(project: Write) -> None:
    manifest, _ = _read(
        project(
            GROUP
            + 'resource "alicloud_dts_job" "f" {}\nresource "aws_glue_job" "q" {}\n'
            + 'resource "azuread_group" "u" {}\nresource "random_id" "r" {}\n'
            + 'resource "kubernetes_namespace" "n" {}\ndata "http" "h" {}\n'
            + 'resource "alicloud_security_group_rule" "joined" {}\n'
        )
    )
    assert manifest.unmapped == {
        "alicloud_dts_job": 1,
        "aws_glue_job": 1,
        "azuread_group": 1,
        "kubernetes_namespace": 1,
        "random_id": 1,
    }


def test_a_broken_project_beside_a_good_one(project: Write) -> None:
    root = project(**{"good/main.tf": GROUP, "bad/main.tf": 'resource "a" "b" {\n  c =\n}\n'})
    manifest, found = _read(root)
    assert list(found) == ["infra/good/main.tf#alicloud_security_group.g"]
    (failed,) = manifest.failed_calls
    assert (failed.resource, failed.code) == ("infra/bad/main.tf", "NotValid")
    assert failed.message.startswith("infra/bad/main.tf:2: ")


def test_nothing_but_broken_projects(project: Write) -> None:
    root = project('resource "a" "b" {\n  c =\n}\n')
    with pytest.raises(UserError, match=r"infra/main\.tf:2: "):
        _read(root)
    assert not Path("snapshot").exists()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere", "nowhere does not exist"),
        ("empty", "no template"),
        ("infra/main.tf", "one file"),
    ],
)
def test_wrong_paths(project: Write, path: str, words: str) -> None:
    project(GROUP)
    Path("empty").mkdir()
    with pytest.raises(UserError, match=words) as refused:
        _read(Path(path))
    assert refused.value.hint


def test_no_secret_and_no_random_id_reaches_the_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES.parent.parent)
    for path in (EXAMPLES, EXAMPLES / "plan.json"):
        target = tmp_path / path.name
        collect([path], target, tool_version="test")
        text = "".join(file.read_text() for file in target.rglob("*") if file.is_file())
        assert "Example-Only" not in text
        written = r"00000000-0000-0000-0000-00000000000[01]"
        ids = re.findall(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", text)
        assert not [each for each in ids if not re.fullmatch(written, each)]


def test_two_runs_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tfparse makes up new ids in every run, and reports must not change with them."""
    monkeypatch.chdir(EXAMPLES.parent.parent)
    for name in ("one", "two"):
        collect([EXAMPLES], tmp_path / name, tool_version="test")
    one, two = (
        (tmp_path / name / "template" / "resources.ndjson").read_bytes() for name in ("one", "two")
    )
    assert one == two
    assert len(one.splitlines()) > 10


def test_a_directory_and_its_plan_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands whole in both gives one document, but for where it was read."""
    monkeypatch.chdir(EXAMPLES.parent.parent)
    found = []
    for path in (EXAMPLES, EXAMPLES / "plan.json"):
        collect([path], tmp_path / path.name, tool_version="test")
        documents = (each.document for each in open_snapshot(tmp_path / path.name))
        found.append({each.source.address: each for each in documents if each.source})
    directory, plan = found
    for address in WHOLE:
        one, other = directory[address], plan[address]
        assert (one.facts, one.unknown, one.region) == (other.facts, other.unknown, other.region)
    assert set(plan) <= set(directory)


def test_a_mapper_that_fails_leaves_a_stand_in(
    project: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = load_mappings()["alicloud_security_group"]

    def fails(*_: object) -> list[Document]:
        raise KeyError("odd")

    further = load_mappings()["alicloud_ecs_disk"].facts
    broken = type(mapping)(types=mapping.types, facts=mapping.facts, also=(further,), map=fails)
    only = {"alicloud_security_group": broken}
    monkeypatch.setattr("collectors.iac.documents.load_mappings", lambda: only)
    manifest, found = _read(project(GROUP))
    stand_in, other = found.values()
    assert stand_in.facts == other.facts == {}
    assert (stand_in.type, other.type) == ("network.firewall", "compute.disk")
    assert (
        stand_in.unknown["rules"]
        == other.unknown["encryption"]
        == "could not be read (KeyError: 'odd')"
    )
    assert [failed.code for failed in manifest.failed_calls] == ["NotUnderstood"]


def test_the_manifest_is_json(project: Write) -> None:
    _read(project(GROUP))
    manifest = json.loads(Path("snapshot/manifest.json").read_text())
    assert manifest["counts"] == {"network.firewall": 1}
