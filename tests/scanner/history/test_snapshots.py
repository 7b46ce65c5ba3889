"""From snapshots to the history with the bundled checks: what was not read is never fixed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown, document, unlisted
from collectors.facts.account import AccountIdentity
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter
from scanner.assess import assess
from scanner.config import Config
from scanner.evaluate import read_verdicts
from scanner.history.database import writing
from scanner.history.model import Changed
from scanner.history.store import store
from scanner.pipeline import Evaluator, open_evaluator
from tests.scanner.history.runs import diff
from tests.scanner.made import catalogue, settings

PLACE: dict[str, Any] = {
    "provider": "aws",
    "account": "111122223333",
    "region": "cn-north-1",
    "country": "CN",
}
DENIED = Unknown("AccessDenied: ec2:DescribeSecurityGroups")
FAILED = FailedCall(
    provider="aws",
    account="111122223333",
    region="cn-north-1",
    service="ec2",
    operation="DescribeSecurityGroups",
    code="AccessDenied",
    message="denied",
)
ACCOUNT = unlisted(AccountIdentity, Unknown("not asked"), **PLACE)
ACCOUNT.unlisted = False


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    with open_evaluator(settings()) as made:
        yield made


def _group(*sources: list[str] | Unknown) -> Document:
    """A security group: from each source its own port, SSH first, then RDP."""
    rules = [
        Rule(
            direction="ingress",
            action="allow",
            priority=0,
            protocol="tcp",
            from_port=port,
            to_port=port,
            sources=source,
            destinations=[],
            description="",
        )
        for port, source in zip((22, 3389), sources, strict=False)
    ]
    facts = Firewall(
        vpc_id="vpc-1", rules=rules, default_ingress="deny", default_egress="allow", attached=1
    )
    arn = "arn:aws-cn:ec2:cn-north-1:111122223333:security-group/web"
    return document(id=arn, name="web", facts=facts, **PLACE)


OPEN, CLOSED = ["0.0.0.0/0"], ["10.0.0.0/8"]
UNLISTED = unlisted(Firewall, DENIED, **PLACE)


class Scans:
    """Scans of an account, one a day."""

    def __init__(self, folder: Path, evaluator: Evaluator) -> None:
        self.url = str(folder / "history.db")
        self._folder = folder
        self._evaluator = evaluator
        self._day = 0

    def scan(self, *documents: Document, failed: tuple[FailedCall, ...] = ()) -> None:
        """Write a snapshot, evaluate it, and store the run."""
        self._day += 1
        now = f"{date(2026, 6, 1) + timedelta(days=self._day)}T02:00:00Z"
        snapshot = self._folder / f"snapshot{self._day}"
        with SnapshotWriter(snapshot) as writer:
            for one in (ACCOUNT, *documents):
                writer.write(one)
            writer.finish(_manifest(now, failed))
        path = self._folder / f"verdicts{self._day}.ndjson"
        self._evaluator.evaluate(snapshot, (3,), path)
        file = read_verdicts(path)
        with writing(self.url) as connection:
            store(connection, assess(file.header, file, catalogue(), Config()), file.header, file)

    def told(self) -> set[tuple[str, str]]:
        """What the last scan made of each administration port."""
        return {
            (one.change, "RDP" if "RDP" in one.message.en else "SSH")
            for one in diff(self.url).findings
            if _is_about_ports(one)
        }


def _is_about_ports(one: Changed) -> bool:
    return one.check == "boundary-admin-ports" and one.name == "web"


def _manifest(now: str, failed: tuple[FailedCall, ...]) -> Manifest:
    return Manifest(
        tool_version="test",
        started=now,
        finished=now,
        providers=["aws"],
        accounts=["111122223333"],
        regions=["cn-north-1"],
        counts={},
        files=[],
        failed_calls=list(failed),
    )


@pytest.fixture
def scans(tmp_path: Path, evaluator: Evaluator) -> Scans:
    return Scans(tmp_path, evaluator)


def test_a_port_that_is_closed_is_fixed_and_the_other_stays(scans: Scans) -> None:
    scans.scan(_group(OPEN, OPEN))
    scans.scan(_group(OPEN, CLOSED))
    assert scans.told() == {("unchanged", "SSH"), ("fixed", "RDP")}
    scans.scan(_group(OPEN, OPEN))
    assert scans.told() == {("unchanged", "SSH"), ("reopened", "RDP")}


def test_a_rule_that_could_not_be_read_is_not_seen_beside_one_that_fails(scans: Scans) -> None:
    scans.scan(_group(OPEN, OPEN))
    scans.scan(_group(OPEN, DENIED))
    assert scans.told() == {("unchanged", "SSH"), ("unseen", "RDP")}
    scans.scan(_group(DENIED, CLOSED))
    assert scans.told() == {("unseen", "SSH"), ("unseen", "RDP")}
    scans.scan(_group(CLOSED, CLOSED))
    assert scans.told() == {("fixed", "SSH"), ("fixed", "RDP")}


def test_a_list_that_could_not_be_read_hides_a_group_that_is_then_gone(scans: Scans) -> None:
    scans.scan(_group(OPEN))
    scans.scan(UNLISTED, failed=(FAILED,))
    assert scans.told() == {("unseen", "SSH")}
    scans.scan()
    assert scans.told() == {("fixed", "SSH")}
