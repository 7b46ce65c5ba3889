"""Webhooks: what each kind is sent, signed as it asks, and what it says of it."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from typing import Any, get_args

import pytest

from collectors.document import UserError
from scanner.catalog import Text
from scanner.config import NOT_SIGNED, Webhook, WebhookKind
from scanner.notify import kinds, load_kind
from scanner.notify.send import addresses, send
from scanner.notify.summary import (
    FailingCheck,
    Summary,
    SystemSummary,
    lines,
    not_finished,
    title,
)
from scanner.trend import Changes
from tests.scanner.notify.receiver import SECRET, Receiver

KINDS: tuple[WebhookKind, ...] = get_args(WebhookKind)
SIGNED = [kind for kind in KINDS if load_kind(kind).signs]

SUMMARY = Summary(
    status="failed",
    exit_code=1,
    tool_version="1",
    now="2026-06-15T08:30:00Z",
    scope=["aws", "111122223333"],
    systems=[
        SystemSummary(
            system="core-bank",
            level=3,
            lowest=61.5,
            highest=70.0,
            failed={"critical": 2, "high": 1, "medium": 0, "low": 0},
            unknown=4,
        )
    ],
    checks=[
        FailingCheck(
            check="boundary-admin-ports",
            title=Text("Administration ports are closed", "管理端口不对互联网开放"),
            severity="critical",
            resources=2,
        )
    ],
    changes=Changes(new=1, reopened=0, fixed=2, unseen=0),
)
Chat = tuple[str, Receiver]


def _webhook(chat: Chat, monkeypatch: pytest.MonkeyPatch, kind: Any, **other: Any) -> Webhook:
    path = other.pop("path", f"/{kind}?access_token=key")
    monkeypatch.setenv("HOOK_URL", chat[0] + path)
    monkeypatch.setenv("HOOK_SECRET", other.pop("secret", SECRET))
    if load_kind(kind).signs:
        other.setdefault("secret_env", "HOOK_SECRET")
    return Webhook(kind=kind, url_env="HOOK_URL", **other)


def _sent(webhook: Webhook, summary: Summary = SUMMARY) -> list[str]:
    return send(summary, addresses([webhook]))


def test_every_kind_is_offered() -> None:
    assert {module.name for module in pkgutil.iter_modules(kinds.__path__)} == set(KINDS)
    assert set(KINDS) - set(SIGNED) == NOT_SIGNED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_takes_the_message(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    assert _sent(_webhook(chat, monkeypatch, kind, language=language)) == []
    (got,) = chat[1].got
    said = got.body.decode()
    for part in ("core-bank", "61.5%–70%", "管理端口" if language == "zh" else "Administration"):
        assert part in said
    assert ("新增 1" if language == "zh" else "new 1") in said


@pytest.mark.parametrize("kind", SIGNED)
def test_a_wrong_secret_is_told(chat: Chat, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """DingTalk and Feishu refuse with HTTP 200."""
    (said,) = _sent(_webhook(chat, monkeypatch, kind, secret="another"))
    assert said.startswith(f"{kind} (127.0.0.1)")
    assert SECRET not in said
    assert "access_token" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_summary_is_cut_with_a_word(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    many = Summary(
        status="failed",
        exit_code=1,
        tool_version="1",
        scope=["阿里云" * 500],
        systems=[*SUMMARY.systems] * 10,
        checks=[FailingCheck(check="c", title=Text("c", "检查" * 900), severity="low", resources=1)]
        * 5,
    )
    assert _sent(_webhook(chat, monkeypatch, kind), many) == []
    if kind != "generic":
        assert "其余见报告" in chat[1].got[0].body.decode()


@pytest.mark.parametrize("kind", ["dingtalk", "wecom"])
def test_nothing_in_a_text_works(chat: Chat, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    hostile = not_finished("[x](http://evil) ![y](z) <font> @all\x1b[31m\nline", 2, "1")
    assert _sent(_webhook(chat, monkeypatch, kind), hostile) == []
    said = chat[1].got[0].body.decode()
    for part in ("[x]", "![", "<font>", "@all", "\\u001b", "\\nline"):
        assert part not in said


@pytest.mark.parametrize(
    ("path", "said"),
    [("/moved", "answered HTTP 302"), ("/page", "does not answer as one of its kind does")],
)
def test_what_is_no_chat_is_told(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    assert _sent(_webhook(chat, monkeypatch, "wecom", path=path)) == [f"wecom (127.0.0.1) {said}"]


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_URL", "http://127.0.0.1:9/key-1234")
    (said,) = _sent(Webhook(kind="slack", url_env="HOOK_URL"))
    assert said == "slack (127.0.0.1) did not answer: ConnectionError"


def test_a_busy_chat_is_asked_again(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    chat[1].busy = 1
    assert _sent(_webhook(chat, monkeypatch, "slack")) == []
    assert len(chat[1].got) == 2


UNCHANGED = Changes(new=0, reopened=0, fixed=0, unseen=0)


@pytest.mark.parametrize(
    ("when", "exit_code", "changes", "told"),
    [
        ("always", 0, UNCHANGED, True),
        ("failure", 0, SUMMARY.changes, False),
        ("failure", 1, UNCHANGED, True),
        ("failure", 3, UNCHANGED, True),
        ("change", 1, UNCHANGED, False),
        ("change", 0, Changes(new=0, reopened=0, fixed=1, unseen=0), True),
        ("change", 0, Changes(new=0, reopened=0, fixed=0, unseen=1), True),
        ("change", 0, None, True),
    ],
)
def test_who_wants_to_know(
    chat: Chat,
    monkeypatch: pytest.MonkeyPatch,
    when: str,
    exit_code: int,
    changes: Changes | None,
    told: bool,
) -> None:
    summary = Summary(status="passed", exit_code=exit_code, tool_version="1", changes=changes)
    _sent(_webhook(chat, monkeypatch, "slack", when=when), summary)
    assert bool(chat[1].got) is told


@pytest.mark.parametrize("when", ["always", "change", "failure"])
def test_a_run_that_did_not_finish_is_always_told(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    _sent(_webhook(chat, monkeypatch, "slack", when=when), not_finished("no credentials", 2, "1"))
    assert "no credentials" in chat[1].got[0].body.decode()


def test_incomplete_is_said_first() -> None:
    """Whatever else there is: a message without it would read as if all had been seen."""
    assert lines(SUMMARY, "en")[1].startswith("The scan is incomplete")
    assert lines(SUMMARY, "zh")[1].startswith("本次扫描不完整")
    assert title(SUMMARY, "zh") == "等级保护 2.0 自查报告：发现不符合项"
    assert "MLPS" in title(SUMMARY, "en")


def test_the_address_may_stand_in_a_file(chat: Chat, tmp_path: Path) -> None:
    place = tmp_path / "url"
    place.write_text(f"{chat[0]}/slack\n")
    assert _sent(Webhook(kind="slack", url_file=str(place))) == []


@pytest.mark.parametrize(
    ("webhook", "words"),
    [
        (Webhook(kind="slack", url_env="NO_SUCH_URL"), "NO_SUCH_URL .*is empty or not there"),
        (Webhook(kind="slack", url_file="/no/such"), "cannot be read"),
        (Webhook(kind="slack", url_env="HOME"), "is not one of a webhook"),
    ],
)
def test_a_webhook_that_cannot_work_is_refused(webhook: Webhook, words: str) -> None:
    with pytest.raises(UserError, match=words):
        addresses([webhook])
