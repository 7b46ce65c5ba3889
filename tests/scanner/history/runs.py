"""Runs to store: verdicts with their assessment, one a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from collectors.document import Source
from scanner.assess import assess
from scanner.config import Config, Waiver
from scanner.history.compare import difference
from scanner.history.database import reading, writing
from scanner.history.model import Difference, Point
from scanner.history.retention import forget
from scanner.history.runs import resolve
from scanner.history.store import Stored, store
from scanner.history.trends import trend
from scanner.verdict import Finding, OutsideResource, ResourceVerdicts, Verdict
from tests.scanner.made import catalogue, check, header, line, ref, verdict

FIRST = date(2026, 6, 1)
Line = ResourceVerdicts | OutsideResource
TEMPLATE: dict[str, Any] = {"origin": "template", "accounts": [], "regions": []}


def time(day: int) -> str:
    """The time of a day's run."""
    return f"{FIRST + timedelta(days=day)}T02:30:00Z"


def run(
    url: str,
    day: int,
    *lines: Line,
    waivers: list[Waiver] | None = None,
    keep: int | None = None,
    home: str = "",
    answering: bool = True,
    **changes: Any,
) -> Stored:
    """Store a run of a day. Every account has something that no check is about."""
    accounts = changes.get("accounts", ["111122223333"]) if answering else []
    lines = (*lines, *(line(ref("account", account=one)) for one in accounts))
    head = header(**({"checks": [check()], "now": time(day)} | changes))
    assessment = assess(head, lines, catalogue(), Config(waivers=waivers or []))
    with writing(url) as connection:
        stored = store(connection, assessment, head, lines, home=home)
        if keep is not None:
            forget(connection, assessment.now, keep)
    return stored


def failing(name: str = "web", port: int = 22, **changes: Any) -> ResourceVerdicts:
    """A security group that lets a port in."""
    finding = Finding(at="rules/0", args={"port": port, "source": "0.0.0.0/0"})
    one = Verdict(check="boundary-admin-ports", status="fail", findings=[finding], **changes)
    return line(ref(name), one)


def passing(name: str = "web") -> ResourceVerdicts:
    """The same, mended."""
    return line(ref(name), verdict("pass"))


def unknown(name: str = "web") -> ResourceVerdicts:
    """The same, and its rules could not be read."""
    return line(ref(name), verdict("unknown"))


def of_template(made: ResourceVerdicts, uri: str) -> ResourceVerdicts:
    """The same, declared in a template's file."""
    made.resource.source = Source(uri=uri, start_line=1, end_line=2, address="g.web")
    return made


def waiver() -> Waiver:
    """Accepts the failure of `failing` until the third day."""
    return Waiver(
        check="boundary-admin-ports",
        resource="*/web",
        reason="until the VPN is there",
        approver="wang",
        expires=FIRST + timedelta(days=2),
    )


def diff(url: str, older: str = "previous", newer: str = "latest") -> Difference:
    """The difference of two runs."""
    with reading(url) as connection:
        return difference(connection, resolve(connection, older), resolve(connection, newer))


def changes(found: Difference) -> dict[str, str]:
    """What became of each finding, by the name of its resource."""
    return {one.name: one.change for one in found.findings}


def points(url: str, upto: str = "latest", **settings: Any) -> list[Point]:
    """The trend."""
    with reading(url) as connection:
        return trend(connection, resolve(connection, upto), **({"last": 99} | settings))
