"""Templates beside a snapshot of their account: what it answers, and what it does not."""

from __future__ import annotations

import pytest

from collectors.document import Source
from collectors.snapshot import AccountSnapshot
from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.config import Config
from scanner.verdict import ResourceVerdicts, Status
from tests.scanner.items import feeds, item, small
from tests.scanner.made import header, line, ref, verdict

SNAPSHOT = AccountSnapshot(path="account", taken="2026-06-01T00:00:00Z", accounts=["1"])
GROUP = ref(source=Source(uri="main.tf", start_line=1, end_line=2, address="a.b"))
ACCOUNT = ref("account", type="account.audit")
CHECKS = [feeds("of-groups"), feeds("of-accounts", targets=["account.audit"])]


def _assessed(*lines: ResourceVerdicts, snapshot: AccountSnapshot | None = SNAPSHOT) -> Assessment:
    head = header(CHECKS, origin="template", account_snapshot=snapshot)
    return assess(head, lines, small(item()), Config())


def _item(found: Assessment) -> tuple[str, str]:
    (one,) = found.levels[0].items
    return one.status, one.reason.en


def _group(status: Status) -> ResourceVerdicts:
    return line(GROUP, verdict(status, "of-groups"))


def _account(status: Status) -> ResourceVerdicts:
    return line(ACCOUNT, verdict(status, "of-accounts"))


def test_what_the_account_answers_is_assessed() -> None:
    assert _item(_assessed(_group("pass"), snapshot=None))[0] == "not_assessed"
    found = _assessed(_group("pass"), _account("pass"))
    assert _item(found)[0] == "met"


def test_settings_alone_do_not_meet_what_resources_feed_as_well() -> None:
    status, reason = _item(_assessed(_account("pass")))
    assert (status, reason) == (
        "not_assessed",
        "The templates hold no such resource; the account may.",
    )


def test_an_account_that_is_not_in_the_snapshot_is_not_answered() -> None:
    other = AccountSnapshot(path="account", taken=SNAPSHOT.taken, accounts=["1"], unmatched=["2"])
    found = _assessed(_group("pass"), _account("pass"), snapshot=other)
    assert _item(found)[0] == "not_assessed"


def test_a_failure_of_the_account_is_shown_and_does_not_count() -> None:
    found = _assessed(_group("pass"), _account("fail"))
    assert _item(found)[0] == "partly_met"
    (result,) = found.results
    assert (result.of_account, result.counts) == (True, False)
    assert not found.exceeds("low")


@pytest.mark.parametrize("snapshot", [SNAPSHOT, None])
def test_a_setting_that_a_template_writes_counts(snapshot: AccountSnapshot | None) -> None:
    written = ref("t", type="account.audit", source=GROUP.source)
    found = _assessed(line(written, verdict("fail", "of-accounts")), snapshot=snapshot)
    assert found.exceeds("high")
