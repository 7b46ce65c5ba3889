"""A history as a user keeps it: scans stored, compared, and rendered again."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from collectors.document import UserError
from scanner.cli import main
from scanner.commands._history_options import History
from scanner.commands._options import Reporting
from scanner.config import Config
from scanner.pipeline import report_verdicts
from tests.scanner.history.runs import failing, run
from tests.scanner.test_schemas import errors

OPEN = """
resource "aws_security_group" "web" {
  name = "web"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
CLOSED = OPEN.replace("0.0.0.0/0", "10.0.0.0/8")
DATABASE = OPEN.replace('"web"', '"db"').replace("22", "5432")


class Done(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def mlps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command in an empty folder; in this process, whose imports it shares."""
    monkeypatch.chdir(tmp_path)

    def ended(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["mlps", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        return Done(int(stop.value.code or 0), *capsys.readouterr())

    return ended


def _check(mlps: Run, templates: str, *more: str) -> Done:
    Path("main.tf").write_text(templates)
    return mlps("check", ".", "-o", "now.txt", "--history", "runs.db", *more)


@pytest.fixture
def two_runs(mlps: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The port is open; it is closed, and that of a database is open."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    first = _check(mlps, OPEN)
    assert (first.code, "History: run 1, new" in first.err) == (1, True), first.err
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780086400")
    second = _check(mlps, CLOSED + DATABASE, "--save", "html=now.html", "--save", "csv=now.csv")
    assert "History: run 2, new" in second.err


@pytest.mark.usefixtures("two_runs")
def test_what_changed_is_told_in_every_form(mlps: Run) -> None:
    found = json.loads(mlps("diff", "--history", "runs.db", "-f", "json").out)
    assert errors("diff", found) == []
    told = {(one["change"], one["name"], one["check"]) for one in found["findings"]}
    assert ("fixed", "web", "boundary-admin-ports") in told
    assert {name for change, name, _ in told if change == "new"} == {"db"}
    dates = {one["name"]: (one["first_seen"], one["last_seen"]) for one in found["findings"]}
    assert dates["web"][0] < dates["db"][0]
    assert (found["older"], found["newer"], found["differs"]) == (1, 2, [])

    table = mlps("diff", "1", "2", "--history", "runs.db")
    assert (table.code, table.err) == (0, "")
    assert "\nNew\n" in table.out and "\nFixed\n" in table.out and "Unchanged\n" not in table.out
    chinese = mlps("diff", "1", "2", "--history", "runs.db", "--lang", "zh", "-f", "markdown")
    assert "### 已整改" in chinese.out and "| 首次发现 |" in chinese.out

    whole = json.loads(mlps("trend", "--history", "runs.db", "-f", "json").out)
    assert errors("trend", whole) == []
    trend = whole["points"]
    assert [(one["run"], one["level"]) for one in trend] == [(1, 3), (2, 3)]
    assert trend[1]["fixed"] >= 1 and trend[1]["new"] >= 1
    for option in (("--system", "core-bnak"), ("--level", "2")):
        wrong = mlps("trend", "--history", "runs.db", *option)
        assert (wrong.code, wrong.out) == (2, "")
    rows = mlps("trend", "--history", "runs.db", "--lang", "zh", "--last", "1").out
    assert "符合率" in rows and "2*" in rows and "1*" not in rows


@pytest.mark.usefixtures("two_runs")
def test_a_stored_run_is_rendered_again_in_any_format_and_language(mlps: Run) -> None:
    Path("main.tf").unlink()
    history = ("--history", "runs.db")
    saved = ("--save", "sarif=1.sarif", "--save", "html=1.html", "--save", "xlsx=1.xlsx")
    again = mlps("report", "--run", "1", *history, "--lang", "zh", "-f", "json", *saved)
    assert again.code == 1
    results = json.loads(again.out)["assessment"]["results"]
    failed = {one["resource"]["name"] for one in results if one["status"] == "fail"}
    assert "web" in failed and "db" not in failed
    assert all(Path(f"1.{name}").stat().st_size for name in ("sarif", "html", "xlsx"))
    # Each finding says since when it is there.
    first = "2026-05-28T20:26:40Z"
    assert {f["first_seen"] for one in results for f in one["findings"]} == {first}
    (run,) = json.loads(Path("1.sarif").read_text())["runs"]
    dates = [one["provenance"]["firstDetectionTimeUtc"] for one in run["results"]]
    assert set(dates) == {first}
    rows = list(csv.DictReader(Path("now.csv").read_text("utf-8-sig").splitlines()))
    since = {one["resource"]: one["first_seen"] for one in rows if one["status"] == "fail"}
    assert since == {"db": "2026-05-29T20:26:40Z"}
    # The second report has the trend of both runs, the first of one.
    assert '"trend":[{' in Path("now.html").read_text()
    page = mlps("report", "--run", "latest", *history, "-f", "html").out
    assert page == Path("now.html").read_text()
    assert json.loads(mlps("trend", *history, "-f", "json").out)["points"][-1]["run"] == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("diff",), "--history"),
        (("diff", "--history", "none.db"), "There is no history at none.db yet"),
        (("diff", "1", "7", "--history", "runs.db"), "no run '7'"),
        (("report", "--run", "7", "--history", "runs.db"), "no run '7'"),
        (("report", "--run", "1"), "none was named"),
        (("report",), "either a verdicts file, or a run"),
        (("report", "v.ndjson", "--run", "1", "--history", "runs.db"), "either a verdicts file"),
        (
            ("report", "--run", "1", "--history", "runs.db", "--config", "mlps.yaml"),
            "--config changes nothing",
        ),
        (("check", ".", "--history-keep", "9"), "none was named"),
        (("check", ".", "--history", "no/such/runs.db"), "cannot be written"),
        (("check", ".", "--history", "mysql://u:hunter2@h/d"), "neither a file nor"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistakes_are_said_and_end_with_2(mlps: Run, arguments: tuple[str, ...], says: str) -> None:
    Path("mlps.yaml").write_text("systems: []\n")
    if "runs.db" in arguments:
        run("runs.db", 0, failing())
    done = mlps(*arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert "hunter2" not in done.err and "Traceback" not in done.err


def test_a_history_that_breaks_during_the_scan_loses_no_report(
    mlps: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("main.tf").write_text(OPEN)
    assert mlps("check", ".", "--snapshot", "snapshot").code == 1
    assert mlps("evaluate", "snapshot", "-o", "verdicts.ndjson").code == 0
    settings = Reporting(
        format="console",
        output=Path("now.txt"),
        save=(),
        language="en",
        config=Config(),
        fail_on="high",
        strict=False,
        history=History(url="no/such/runs.db"),
    )
    with pytest.raises(UserError, match="cannot be written"):
        report_verdicts(Path("verdicts.ndjson"), settings)
    assert "web" in Path("now.txt").read_text()
    assert "History" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("missing", "history"),
    [("sqlalchemy", "runs.db"), ("psycopg", "postgresql://mlps@127.0.0.1:9/mlps")],
)
@pytest.mark.parametrize("command", ["check", "diff"])
def test_without_its_libraries_a_history_says_what_to_install(
    mlps: Run, monkeypatch: pytest.MonkeyPatch, missing: str, history: str, command: str
) -> None:
    Path("runs.db").touch()
    monkeypatch.setitem(sys.modules, missing, None)
    arguments = {"check": ("check", "."), "diff": ("diff",)}[command]
    done = mlps(*arguments, "--history", history)
    assert (done.code, done.out) == (2, "")
    assert "is not installed" in done.err
    assert "pipx install 'mlps-scanner[history]'" in done.err
