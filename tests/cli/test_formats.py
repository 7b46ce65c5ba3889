"""Every format from stored verdicts, in any language, without scanning again."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.report import format_names, load_format
from tests.cli.conftest import Mlps

TERRAFORM = Path(__file__).parents[2] / "examples" / "terraform"


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Verdicts on the example's templates."""
    folder = tmp_path_factory.mktemp("formats")
    snapshot, path = folder / "snapshot", folder / "verdicts.ndjson"
    for arguments in (
        ("check", str(TERRAFORM), "--snapshot", str(snapshot), "--fail-on", "never"),
        ("evaluate", str(snapshot), "-o", str(path)),
    ):
        command = [sys.executable, "-m", "scanner", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return path


def saved(mlps: Mlps, verdicts: Path, folder: Path, language: str) -> dict[str, bytes]:
    """All formats at once."""
    folder.mkdir()
    options = [f"--save={name}={folder / f'report.{name}'}" for name in format_names()]
    done = mlps("report", verdicts, "--lang", language, "--fail-on", "never", *options)
    assert done.returncode == 0, done.stderr
    assert len(done.stderr.splitlines()) == len(options)
    return {name: (folder / f"report.{name}").read_bytes() for name in format_names()}


def test_stored_verdicts_become_any_report(mlps: Mlps, verdicts: Path, tmp_path: Path) -> None:
    first = saved(mlps, verdicts, tmp_path / "first", "zh")
    assert all(first.values())
    assert {name for name in first if load_format(name).binary} == {"docx", "xlsx"}
    assert first == saved(mlps, verdicts, tmp_path / "second", "zh")


def test_bytes_go_to_a_file_or_a_pipe(verdicts: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    command = [sys.executable, "-m", "scanner", "report", str(verdicts), "-f", "xlsx"]
    done = subprocess.run([*command, f"--save=xlsx={path}"], check=False, capture_output=True)
    assert done.stdout.startswith(b"PK")
    assert done.stdout == path.read_bytes()


def test_bytes_do_not_go_to_a_terminal(verdicts: Path) -> None:
    command = [sys.executable, "-m", "scanner", "report", str(verdicts), "-f", "xlsx"]
    master, slave = pty.openpty()
    try:
        done = subprocess.run(command, check=False, stdout=slave, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(slave)
        os.close(master)
    assert done.returncode == 2
    assert "this is a terminal" in done.stderr
    assert "-o mlps.xlsx" in done.stderr


def test_a_part_of_an_earlier_report_is_told_of(mlps: Mlps, verdicts: Path, tmp_path: Path) -> None:
    (tmp_path / "mlps-2.sarif").write_text("{}")
    save = f"--save=sarif={tmp_path / 'mlps.sarif'}"
    done = mlps("report", verdicts, save, "--fail-on", "never")
    assert f"{tmp_path / 'mlps-2.sarif'} is not of this report" in done.stderr


def test_a_check_says_which_commit_it_looked_at(mlps: Mlps, tmp_path: Path) -> None:
    """`mlps` runs in the folder "work"; its repository begins one above."""
    template = 'resource "aws_security_group" "web" {\n  name = "web"\n}\n'
    (tmp_path / "work" / "main.tf").write_text(template)
    git = ("git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.com")
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("commit", "-q", "--allow-empty", "-m", "one"),
        ("remote", "add", "origin", "https://u:s3cret@git.example.com/o/r.git"),
    ):
        subprocess.run([*git, *arguments], check=True)
    done = mlps("check", ".", "-f", "sarif", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert "s3cret" not in done.stdout
    (run,) = json.loads(done.stdout)["runs"]
    (origin,) = run["versionControlProvenance"]
    assert origin["repositoryUri"] == "https://git.example.com/o/r.git"
    assert len(origin["revisionId"]) == 40
    assert origin["branch"] == "main"
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"] == "work/main.tf"


def test_fingerprints_stay_when_lines_are_put_above(mlps: Mlps, tmp_path: Path) -> None:
    """In a real template, whose resources are put in another order as well."""
    path = tmp_path / "work" / "main.tf"
    blocks = [
        f'resource "aws_security_group" "{name}" {{\n  name = "{name}"\n  ingress {{\n'
        f'    from_port   = {port}\n    to_port     = {port}\n    protocol    = "tcp"\n'
        '    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n'
        for name, port in (("web", 22), ("db", 3389))
    ]
    found = []
    for text in ("\n".join(blocks), "# moved\n" * 30 + "\n".join(reversed(blocks))):
        path.write_text(text)
        done = mlps("check", ".", "-f", "sarif", "--fail-on", "never")
        assert done.returncode == 0, done.stderr
        (run,) = json.loads(done.stdout)["runs"]
        found.append(
            {
                result["partialFingerprints"]["primaryLocationLineHash"]: (
                    result["ruleId"],
                    result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
                    result["message"]["text"],
                )
                for result in run["results"]
            }
        )
    before, after = found
    assert len(before) >= 2
    assert before == after
