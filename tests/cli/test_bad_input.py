"""Wrong input gets one clear sentence that names the thing, the next step, and exit code 2.

Never a traceback (without --debug), never a report that looks complete.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Mlps

ROOT = Path(__file__).parent.parent.parent

REFUSED = 2


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _assert_refused(done: object, *words: str) -> None:
    code, out, err = (getattr(done, name) for name in ("returncode", "stdout", "stderr"))
    assert code == REFUSED, f"{code}\n{out}\n{err}"
    assert out == ""
    assert "Traceback" not in err
    for word in words:
        assert word in err, err
    assert err.startswith(("mlps: ", "Usage: "))


def test_no_credentials(mlps: Mlps) -> None:
    done = mlps("scan", "aws", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
    _assert_refused(done, "No AWS credentials were found.", "--profile")


def test_unknown_profile(mlps: Mlps) -> None:
    done = mlps("scan", "aws", "--profile", "nobody")
    _assert_refused(done, "The AWS profile 'nobody' does not exist.", "aws configure list-profiles")


def test_unreachable_endpoint(mlps: Mlps) -> None:
    url = f"http://127.0.0.1:{_closed_port()}"
    done = mlps(
        *("scan", "aws", "--region", "cn-north-1", "--endpoint-url", url), AWS_MAX_ATTEMPTS="1"
    )
    _assert_refused(done, f"{url} did not answer", "--endpoint-url")


def test_unknown_region(mlps: Mlps, moto_endpoint: str) -> None:
    aws = ("scan", "aws", "--endpoint-url", moto_endpoint)
    done = mlps(*aws, "--region", "cn-north-1", "--region", "cn-south-9")
    _assert_refused(done, "cn-south-9 is not a region of the partition aws-cn", "cn-northwest-1")


def test_first_region_unknown(mlps: Mlps, moto_endpoint: str) -> None:
    done = mlps("scan", "aws", "--endpoint-url", moto_endpoint, "--region", "mars-1")
    _assert_refused(done, "mars-1")


def test_no_template(mlps: Mlps, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    _assert_refused(mlps("check", empty), str(empty))


def test_missing_path(mlps: Mlps, tmp_path: Path) -> None:
    _assert_refused(mlps("check", tmp_path / "nowhere"), "nowhere")


def test_broken_plan(mlps: Mlps, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text('{"format_version": "1.2", "planned_values": {"root_module":')
    _assert_refused(mlps("check", plan), "plan.json")


def test_only_broken_hcl(mlps: Mlps, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "x" {\n  bucket = \n')
    done = mlps("check", tmp_path)
    _assert_refused(done, "main.tf")


def test_broken_hcl_beside_good_is_said_and_no_success(mlps: Mlps, tmp_path: Path) -> None:
    for name, text in {
        "good": 'resource "aws_kms_key" "k" {\n  enable_key_rotation = true\n}\n',
        "bad": 'resource "aws_s3_bucket" "x" {\n  bucket = \n',
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(text)
    done = mlps("check", tmp_path / "good", tmp_path / "bad", "--fail-on", "never")
    assert done.returncode == 2
    assert "The scan is incomplete." in done.stdout
    assert "bad/main.tf" in done.stdout
    assert "1 template could not be read, and the rest is not the whole:" in done.stderr
    assert "bad/main.tf:2" in done.stderr
    assert "leave its folder out" in done.stderr
    strict = mlps("check", tmp_path / "good", tmp_path / "bad", "--strict")
    assert strict.returncode == 3


def test_snapshot_that_does_not_exist(mlps: Mlps) -> None:
    done = mlps("evaluate", "nowhere", "-o", "verdicts.ndjson")
    _assert_refused(done, "nowhere is not a snapshot: it does not exist.", "mlps collect aws")


def test_snapshot_of_a_newer_version(mlps: Mlps, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    snapshot.mkdir()
    newer = {"kind": "mlps.snapshot", "schema_version": 99, "tool_version": "9.0"}
    (snapshot / "manifest.json").write_text(json.dumps(newer))
    done = mlps("evaluate", snapshot, "-o", "verdicts.ndjson")
    _assert_refused(done, "snapshot schema 99", "mlps 9.0", "Upgrade mlps")


def test_verdicts_that_are_something_else(mlps: Mlps, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"hello": "world"}\n')
    _assert_refused(mlps("report", other), "other.json")
    _assert_refused(mlps("report", tmp_path / "missing.ndjson"), "missing.ndjson")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("waivers: [", ["mlps.yaml:1", "not valid YAML"]),
        ("waivers:\n  - check: x\n    until: 2027-01-01\n", ["mlps.yaml:3", "until"]),
        ("system: []\n", ["mlps.yaml:1", "system"]),
    ],
)
def test_broken_configuration(text: str, words: list[str], mlps: Mlps, tmp_path: Path) -> None:
    config = tmp_path / "mlps.yaml"
    config.write_text(text)
    _assert_refused(mlps("check", tmp_path, "--config", config), *words)


def test_broken_rego(mlps: Mlps, tmp_path: Path) -> None:
    (tmp_path / "mine.rego").write_text("package mlps.checks.mine.x\n\ndeny contains {\n")
    _assert_refused(mlps("check", tmp_path, "--policies", tmp_path), "mine.rego")


def test_unwritable_output(mlps: Mlps, tmp_path: Path) -> None:
    target = tmp_path / "no" / "such" / "folder" / "report.json"
    done = mlps("check", tmp_path, "-f", "json", "-o", target)
    _assert_refused(done, str(target), "cannot be written")


def test_unwritable_snapshot(mlps: Mlps, tmp_path: Path, moto_endpoint: str) -> None:
    (tmp_path / "file").write_text("in the way")
    aws = ("collect", "aws", "--endpoint-url", moto_endpoint, "--region", "cn-north-1")
    done = mlps(*aws, "-o", tmp_path / "file" / "snapshot")
    _assert_refused(done, str(tmp_path / "file" / "snapshot"))


def test_a_folder_that_is_not_a_snapshot_is_left_alone(
    mlps: Mlps, tmp_path: Path, moto_endpoint: str
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    aws = ("collect", "aws", "--endpoint-url", moto_endpoint, "--region", "cn-north-1")
    _assert_refused(mlps(*aws, "-o", precious), "exists and is not a snapshot")
    assert (precious / "thesis.txt").read_text() == "years of work"


def test_opa_server_that_does_not_answer(mlps: Mlps, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_kms_key" "k" {}\n')
    url = f"http://127.0.0.1:{_closed_port()}"
    done = mlps("check", tmp_path, "--engine", "server", "--opa-url", url)
    _assert_refused(done, url)


@pytest.mark.parametrize(
    "arguments",
    [
        ("scan", "aws", "--level", "5"),
        ("report",),
        ("frobnicate",),
        ("check", ".", "--format", "docx"),
        ("check", ".", "--save", "sarif"),
        ("checks", "show", "no-such-check"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], mlps: Mlps) -> None:
    done = mlps(*arguments)
    assert done.returncode == REFUSED
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_debug_shows_the_traceback(mlps: Mlps) -> None:
    done = mlps("--debug", "evaluate", "nowhere", "-o", "verdicts.ndjson")
    assert done.returncode == REFUSED
    assert "Traceback" in done.stderr
    assert "nowhere is not a snapshot" in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = f"'{sys.executable}' -m scanner items --level 3 | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("Clause")
    assert done.stderr == ""


def test_a_reader_that_goes_away_hides_no_failure() -> None:
    """The rest of a report is not read, but what it says of the scan still counts."""
    script = f"'{sys.executable}' -m scanner check examples/terraform -f json | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "{\n"
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_options_that_would_change_nothing_are_refused(mlps: Mlps) -> None:
    _assert_refused(mlps("scan", "aws", "--external-id", "x"), "--external-id", "--role-arn")
    both = ("--organization", "--role-arn", "arn:aws:iam::1:role/x")
    _assert_refused(mlps("scan", "aws", *both), "--role-arn is for one account", "Leave one")
    both = ("--organization", "--account", "123456789012")
    _assert_refused(mlps("scan", "aws", *both), "--organization means every", "Leave one")
    _assert_refused(mlps("scan", "aws", "--role-name", "x"), "--role-name is for", "--organization")
    _assert_refused(mlps("scan", "aws", "--account", "shop"), "'shop' is not the number", "digits")
    _assert_refused(mlps("scan", "aws", "--accounts", "none.txt"), "Cannot read none.txt", "line")
    _assert_refused(
        mlps("scan", "aws", "--resume"), "--resume goes on with a snapshot", "--snapshot"
    )
    for option in ("--opa-url", "--opa-ca", "--opa-token-file"):
        _assert_refused(mlps("check", ".", option, "x"), option, "--engine server")


def test_a_region_of_the_environment_that_does_not_exist(mlps: Mlps) -> None:
    done = mlps("scan", "aws", "--endpoint-url", "http://127.0.0.1:1", AWS_DEFAULT_REGION="nowhere")
    _assert_refused(done, "'nowhere'", "AWS_DEFAULT_REGION")


def test_a_standard_output_that_is_full(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scanner", "check", "examples/terraform"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "Standard output cannot be written: No space left on device." in done.stderr
    assert "Traceback" not in done.stderr


def test_characters_that_the_terminal_lacks_are_written_out() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scanner", "checks", "--lang", "zh"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "boundary-admin-ports" in done.stdout


def test_an_edited_verdicts_file(mlps: Mlps, tmp_path: Path) -> None:
    snapshot, verdicts = tmp_path / "snapshot", tmp_path / "verdicts"
    assert mlps("check", ROOT / "examples" / "terraform", "--snapshot", snapshot).returncode == 1
    assert mlps("evaluate", snapshot, "-o", verdicts).returncode == 0
    verdicts.write_text(verdicts.read_text().replace('"status":"fail"', '"status":"pass"', 1))
    _assert_refused(mlps("report", verdicts), "was changed after it was written", "mlps evaluate")


def test_a_dash_is_standard_output(mlps: Mlps, tmp_path: Path) -> None:
    done = mlps("check", ROOT / "examples" / "terraform", "-f", "json", "-o", "-")
    assert done.stdout.startswith("{")
