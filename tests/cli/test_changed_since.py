"""`mlps check --changed-since`: what counts is what changed, however it did."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.changes import changes_since
from tests.cli.conftest import Mlps
from tests.scanner.test_version_control import git

FILES = {
    "infra/net.tf": """\
variable "from" { default = "10.0.0.0/8" }
resource "aws_security_group" "g" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [var.from]
  }
}
""",
    "infra/disk.tf": 'module "disks" { source = "../modules/disk" }\n',
    "modules/disk/main.tf": 'resource "aws_ebs_volume" "v" { encrypted = false }\n',
    "infra/data.tf": 'resource "aws_s3_bucket" "b" { bucket = "b-1" }\n',
    "infra/versions.tf": 'resource "aws_s3_bucket_versioning" "v" {\n'
    "  bucket = aws_s3_bucket.b.id\n"
    '  versioning_configuration { status = "Enabled" }\n}\n',
    "README.md": "# infra\n",
}
DISK = "modules/disk/main.tf#module.disks.aws_ebs_volume.v"

Check = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository in the folder that `mlps` runs in."""
    folder = tmp_path / "work"
    git(folder, "init", "-q")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    return folder


@pytest.fixture
def check(mlps_here: Mlps, work: Path) -> Check:
    """`check(…)`: the exit code and the assessment of infra since the last commit."""
    assert work

    def run(*more: str) -> tuple[int, dict[str, Any]]:
        since = () if "--changed-since" in more else ("--changed-since", "HEAD")
        done = mlps_here("check", "infra", *since, "-f", "json", *more)
        assert done.stdout, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)["assessment"]
        return done.returncode, found

    return run


def _failed(assessment: dict[str, Any]) -> set[str]:
    return {one["resource"]["id"] for one in assessment["results"] if one["status"] == "fail"}


def test_nothing_changed(check: Check, mlps_here: Mlps) -> None:
    assert mlps_here("check", "infra").returncode == 1
    code, found = check()
    assert (code, found["results"]) == (0, [])
    assert found["changed_since"]["failures"] >= 1
    assert check("--strict")[0] == 0


def test_what_is_new_and_not_yet_tracked_counts(check: Check, work: Path) -> None:
    (work / "infra" / "new.tf").write_text('resource "aws_ebs_volume" "n" { encrypted = false }\n')
    code, found = check()
    assert (code, _failed(found)) == (1, {"infra/new.tf#aws_ebs_volume.n"})
    assert found["changed_since"]["files"] == 1


def test_a_folder_that_had_no_template_counts_and_others_do_not(check: Check, work: Path) -> None:
    (work / "docs").mkdir()
    (work / "docs" / "notes.md").write_text("")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "two")
    (work / "docs" / "new.tf").write_text('resource "aws_ebs_volume" "n" { encrypted = false }\n')
    assert _failed(check("docs")[1]) == {"docs/new.tf#aws_ebs_volume.n"}


def test_a_module_that_changed_counts_for_its_resources(check: Check, work: Path) -> None:
    with (work / "modules" / "disk" / "main.tf").open("a") as file:
        file.write("# a comment\n")
    code, found = check()
    assert (code, _failed(found)) == (1, {DISK})


def test_a_value_that_another_file_decides_counts(check: Check, work: Path) -> None:
    (work / "infra" / "terraform.tfvars").write_text('from = "0.0.0.0/0"\n')
    code, found = check()
    assert (code, _failed(found)) == (1, {"infra/net.tf#aws_security_group.g"})


def test_what_lost_a_part_with_a_deleted_file_counts(check: Check, work: Path) -> None:
    (work / "infra" / "versions.tf").unlink()
    found = check()[1]
    assert "infra/data.tf#aws_s3_bucket.b" in {one["resource"]["id"] for one in found["results"]}
    assert DISK not in _failed(found)


def test_what_was_renamed_counts(check: Check, work: Path) -> None:
    git(work, "mv", "modules/disk/main.tf", "modules/disk/disks.tf")
    assert _failed(check()[1]) == {DISK.replace("main.tf", "disks.tf")}


def test_only_the_work_of_a_branch_counts(check: Check, work: Path) -> None:
    git(work, "checkout", "-q", "-b", "topic")
    (work / "infra" / "new.tf").write_text('resource "aws_ebs_volume" "n" { encrypted = false }\n')
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "topic")
    git(work, "checkout", "-q", "main")
    (work / "modules" / "disk" / "main.tf").write_text(FILES["modules/disk/main.tf"] + "# main\n")
    git(work, "commit", "-q", "-a", "-m", "main")
    git(work, "checkout", "-q", "topic")
    _, found = check("--changed-since", "main")
    assert _failed(found) == {"infra/new.tf#aws_ebs_volume.n"}


def test_values_that_git_ignores_are_no_change(check: Check, work: Path) -> None:
    (work / ".git" / "info" / "exclude").write_text("*.tfvars\n")
    (work / "infra" / "terraform.tfvars").write_text('from = "0.0.0.0/0"\n')
    (work / "gone.tfvars").symlink_to("nowhere")
    assert check()[0] == 0


def test_a_configuration_that_changed_counts_for_all(check: Check, work: Path) -> None:
    (work / "mlps.yaml").write_text("systems: []\n")
    assert DISK in _failed(check()[1])


def test_a_configuration_that_is_gone_counts_for_all(check: Check, work: Path) -> None:
    (work / "mlps.yaml").write_text("systems: []\n")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "two")
    assert DISK not in _failed(check()[1])
    (work / "mlps.yaml").unlink()
    assert DISK in _failed(check()[1])


@pytest.mark.usefixtures("mlps_here")
def test_a_folder_of_checks_counts_once_one_of_its_files_is_gone(work: Path) -> None:
    folder = work / "checks"
    for name in ("a.rego", "lib/b.rego"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("package a\n")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "two")
    assert not changes_since("HEAD", work).touch(folder)
    (folder / "lib" / "b.rego").unlink()
    assert changes_since("HEAD", work).touch(folder)


def test_a_network_counts_for_rules_where_systems_are_declared(check: Check, work: Path) -> None:
    """A group that goes to another system decides for every rule that points to it."""
    (work / "mlps.yaml").write_text(
        "systems:\n  - {name: bank, level: 3, select: [{tags: {system: bank}}]}\n"
        "  - {name: rest, level: 2, select: [{paths: [infra/net.tf]}]}\n"
    )
    (work / "infra" / "other.tf").write_text('resource "aws_security_group" "o" {}\n')
    tagged = FILES["infra/net.tf"].replace("10.0.0.0/8", "0.0.0.0/0")
    (work / "infra" / "net.tf").write_text(tagged)
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "two")
    group = "infra/net.tf#aws_security_group.g"
    assert group not in _failed(check()[1])
    tags = 'resource "aws_security_group" "o" {\n  tags = { system = "bank" }\n}\n'
    (work / "infra" / "other.tf").write_text(tags)
    assert group in _failed(check()[1])


def test_what_git_does_not_know_is_refused(mlps_here: Mlps, work: Path, tmp_path: Path) -> None:
    done = mlps_here("check", "infra", "--changed-since", "no-such")
    assert (done.returncode, done.stdout) == (2, "")
    assert "git knows no commit 'no-such' here" in done.stderr
    option = mlps_here("check", "infra", "--changed-since", "--output=x")
    assert option.returncode == 2
    assert not (work / "x").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "main.tf").write_text("")
    assert "lies outside" in mlps_here("check", other, "--changed-since", "HEAD").stderr
    subprocess.run(["rm", "-rf", str(work / ".git")], check=True)
    done = mlps_here(
        "check", "infra", "--changed-since", "HEAD", GIT_CEILING_DIRECTORIES=str(tmp_path)
    )
    assert done.returncode == 2
    assert "not a git repository" in done.stderr


def test_reports_say_what_is_left_out(mlps_here: Mlps, work: Path) -> None:
    assert work
    done = mlps_here("check", "infra", "--changed-since", "HEAD", "--save", "sarif=out.sarif")
    assert "Only what changed since HEAD" in " ".join(done.stdout.split())
    run = json.loads((work / "out.sarif").read_text())["runs"][0]
    assert run["results"] == []
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert "unchanged" in {note["descriptor"]["id"] for note in notes}
    refused = mlps_here("check", "infra", "--baseline", "out.sarif")
    assert refused.returncode == 2
    assert "which left the rest out" in refused.stderr


def test_a_baseline_of_the_same_templates_fails_nothing(mlps_here: Mlps, work: Path) -> None:
    made = mlps_here("check", "infra", "--save", "json=old.json")
    assert made.returncode == 1
    again = mlps_here("check", "infra", "--baseline", "old.json", "--lang", "zh")
    assert again.returncode == 0, again.stderr
    assert "此前已知：基线中已有" in again.stdout
    # Lines are no part of what a finding is known by.
    disk = work / "modules" / "disk" / "main.tf"
    disk.write_text("\n\n" + disk.read_text())
    assert mlps_here("check", "infra", "--baseline", "old.json").returncode == 0
    (work / "infra" / "new.tf").write_text('resource "aws_ebs_volume" "n" { encrypted = false }\n')
    assert mlps_here("check", "infra", "--baseline", "old.json").returncode == 1
