"""`mlps scan` as cron runs it: alone, in time, with a log and a folder for each run."""

from __future__ import annotations

import fcntl
import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Mlps
from tests.serving import serve

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
ENDED = ["started", "error", "finished"]
NOBODY = "http://127.0.0.1:9"


def _where(endpoint: str) -> tuple[str, ...]:
    return ("--endpoint-url", endpoint, "--region", "cn-north-1", "--fail-on", "never")


def _events(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes requests and never answers."""
    end = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            end.wait(60)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    serve(server)
    yield f"http://127.0.0.1:{server.server_port}"
    end.set()
    server.shutdown()


def test_a_run_has_a_folder_a_log_and_a_lock(
    mlps: Mlps, tmp_path: Path, company_endpoint: str
) -> None:
    work = tmp_path / "work"
    for old in ("2026-06-14T183000Z", "2026-06-13T183000Z", "2026-06-12T183000Z", "mine"):
        (work / "runs" / old).mkdir(parents=True)
    for unfinished in ("2026-06-15T183000Z", "2026-06-11T183000Z"):
        (work / "runs" / unfinished).mkdir()
        (work / "runs" / unfinished / ".running").touch()
    alive = (work / "runs" / "2026-06-11T183000Z" / ".running").open()
    fcntl.flock(alive, fcntl.LOCK_EX)
    done = mlps(
        *("scan", "aws", *_where(company_endpoint), "-o", "report.txt"),
        *("--save", "json=mlps.json", "--runs", "runs", "--keep", "2"),
        *("--lock", "lock/scan", "--log-file", "log/mlps.jsonl", "--time-limit", "10m"),
        **KEYS,
    )
    assert done.returncode == 0, done.stderr
    names = sorted(each.name for each in (work / "runs").iterdir())
    newest = (work / "runs" / "latest").readlink().name
    # Two whole ones; what was left half is gone, what is under way is not.
    whole = ["2026-06-14T183000Z", newest]
    assert names == sorted([*whole, "2026-06-11T183000Z", "latest", "mine"])
    alive.close()
    inside = work / "runs" / "latest"
    assert {each.name for each in inside.iterdir()} == {"snapshot.zst", "report.txt", "mlps.json"}
    assert b"latest" not in (inside / "mlps.json").read_bytes()
    assert f"{newest}/snapshot.zst".encode() in (inside / "mlps.json").read_bytes()

    events = _events(work / "log" / "mlps.jsonl")
    kinds = [event["event"] for event in events]
    assert (kinds[0], kinds[-2], kinds[-1]) == ("started", "collected", "finished")
    assert "step" in kinds
    assert events[-1]["exit_code"] == 0
    assert all(str(event["time"]).endswith("Z") for event in events)
    failed = [event for event in events if event["event"] == "failed_call"]
    assert len(failed) == events[-2]["failed_calls"]


def test_a_second_scan_ends_at_once(mlps: Mlps, tmp_path: Path) -> None:
    lock = tmp_path / "work" / "lock"
    with lock.open("w") as held:
        held.write("process 17 since 2026-06-15T18:30:00Z\n")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        done = mlps("scan", "aws", *_where(NOBODY), "--lock", "lock", **KEYS)
    assert done.returncode == 5
    assert "holds the lock lock: process 17 since 2026-06-15T18:30:00Z" in done.stderr

    free = mlps("scan", "aws", *_where(NOBODY), "--lock", "lock", **KEYS)
    assert free.returncode == 2, "a file that nobody holds is no lock"


def test_the_time_limit_ends_what_hangs(mlps: Mlps, tmp_path: Path, silent: str) -> None:
    done = mlps(
        *("scan", "aws", *_where(silent), "--time-limit", "2s"),
        *("--runs", "runs", "--log-file", "log"),
        **KEYS,
    )
    assert done.returncode == 6
    assert "reached its time limit of 2 seconds, and there is no report" in done.stderr
    assert list((tmp_path / "work" / "runs").iterdir()) == [], "nothing there looks like a run"
    assert [event["event"] for event in _events(tmp_path / "work" / "log")] == ENDED


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--keep", "3"), "--keep is for --runs"),
        (("--runs", "r", "--snapshot", "s"), "--runs keeps each snapshot"),
        (("--runs", "r", "--resume"), "--runs keeps each snapshot"),
        (("--time-limit", "soon"), "is not a time such as 90s, 45m or 2h"),
        (("--time-limit", "0"), "is not a time such as"),
        (("--lock", "/proc/no/lock"), "The lock file /proc/no/lock cannot be written"),
        (("--log-file", "/proc/no/log"), "The log /proc/no/log cannot be written"),
        (("--runs", "/proc/no"), "cannot be made"),
    ],
)
def test_what_cannot_be_is_refused(mlps_here: Mlps, options: tuple[str, ...], words: str) -> None:
    done = mlps_here("scan", "aws", *_where(NOBODY), *options, **KEYS)
    assert done.returncode == 2
    assert words in done.stderr


def test_the_log_is_appended_and_private(mlps_here: Mlps, tmp_path: Path) -> None:
    for _ in (1, 2):
        mlps_here("scan", "aws", *_where(NOBODY), "--log-file", "log", **KEYS)
    log = tmp_path / "work" / "log"
    events = _events(log)
    assert [event["event"] for event in events] == ENDED * 2
    assert events[2]["exit_code"] == 2
    assert log.stat().st_mode & 0o777 == 0o600
    assert events[0]["process"] == os.getpid()


def test_a_full_disk_ends_the_log_and_not_the_scan(mlps_here: Mlps) -> None:
    done = mlps_here("scan", "aws", *_where(NOBODY), "--log-file", "/dev/full", **KEYS)
    assert done.returncode == 2
    assert done.stderr.count("The log cannot be written any more: No space left on device") == 1
    assert "did not answer" in done.stderr
