"""Webhooks of mlps.yaml, as a scheduled scan tells them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Mlps
from tests.scanner.notify.receiver import SECRET, Receiver, receiver

CONFIG = """\
notify:
  - {kind: dingtalk, url_env: HOOK_URL, secret_env: HOOK_SECRET, when: WHEN, language: en}
"""


@pytest.fixture
def chat() -> Iterator[tuple[str, Receiver]]:
    with receiver() as running:
        yield running


def _keys(url: str) -> dict[str, str]:
    return {
        "HOOK_URL": f"{url}/dingtalk?access_token=key",
        "HOOK_SECRET": SECRET,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }


def test_a_test_message(mlps: Mlps, tmp_path: Path, chat: tuple[str, Receiver]) -> None:
    (tmp_path / "work" / "mlps.yaml").write_text(CONFIG.replace("WHEN", "failure"))
    done = mlps("notify", **_keys(chat[0]))
    assert (done.returncode, done.stdout) == (0, "Sent to dingtalk (127.0.0.1).\n")
    assert "a test message" in chat[1].got[0].json["markdown"]["text"]

    refused = mlps("notify", **(_keys(chat[0]) | {"HOOK_SECRET": "wrong"}))
    assert refused.returncode == 2
    assert "refused the message: 310000 sign not match" in refused.stderr


def test_a_scan_tells_what_it_found_and_what_changed(
    mlps: Mlps, tmp_path: Path, chat: tuple[str, Receiver], company_endpoint: str
) -> None:
    (tmp_path / "work" / "mlps.yaml").write_text(CONFIG.replace("WHEN", "change"))
    where = ("--endpoint-url", company_endpoint, "--region", "cn-north-1", "-o", "report.txt")
    without = mlps("scan", "aws", *where, **_keys(chat[0]))
    assert without.returncode == 2
    assert "Add --history FILE" in without.stderr

    for told in (1, 1):
        done = mlps("scan", "aws", *where, "--history", "runs.db", **_keys(chat[0]))
        assert done.returncode == 1, done.stderr
        assert len(chat[1].got) == told, "the second run changed nothing"
    text = chat[1].got[0].json["markdown"]["text"]
    assert text.startswith("### MLPS 2.0 self-check: failures found")
    assert "Since the last run: new " in text
    assert "Level 3: conforming items " in text


def test_a_scan_that_cannot_begin_is_told(
    mlps: Mlps, tmp_path: Path, chat: tuple[str, Receiver]
) -> None:
    (tmp_path / "work" / "mlps.yaml").write_text(CONFIG.replace("WHEN", "failure"))
    where = ("--endpoint-url", "http://127.0.0.1:9", "--region", "cn-north-1")
    done = mlps("scan", "aws", *where, **_keys(chat[0]))
    assert done.returncode == 2
    assert "the run did not finish" in chat[1].got[0].json["markdown"]["text"]


def test_a_webhook_that_fails_changes_no_exit_code(
    mlps: Mlps, tmp_path: Path, company_endpoint: str
) -> None:
    (tmp_path / "work" / "mlps.yaml").write_text(CONFIG.replace("WHEN", "always"))
    where = ("--endpoint-url", company_endpoint, "--region", "cn-north-1", "--fail-on", "never")
    done = mlps("scan", "aws", *where, **_keys("http://127.0.0.1:9"))
    assert done.returncode == 0
    assert "Not notified: dingtalk (127.0.0.1) did not answer" in done.stderr
    assert "access_token" not in done.stderr
