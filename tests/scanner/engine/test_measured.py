"""A day that goes by makes no bundled check say something new: what moves on is `measured`."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import msgspec

from bench.inputs import Input, inputs_of_rego_tests
from scanner.checks import CheckMetadata
from scanner.engine import Answer, Failure, Task
from scanner.engine.embedded import EmbeddedEngine
from scanner.policies import Bundle

NOW = "2026-03-01T00:00:00Z"


def _lasting(check: CheckMetadata, answer: Answer | Failure) -> dict[str, set[str]]:
    """By place, the arguments that tell findings apart."""
    assert isinstance(answer, Answer)
    found: dict[str, set[str]] = {}
    for finding in answer.deny:
        args = {k: v for k, v in finding.args.items() if k not in check.measured}
        found.setdefault(finding.at, set()).add(json.dumps(args, sort_keys=True))
    return found


def _found(
    engine: EmbeddedEngine, check: CheckMetadata, inputs: list[Input], day: int
) -> list[dict[str, set[str]]]:
    tasks = [Task(_at(one, day), (check.package,)) for one in inputs]
    return [_lasting(check, only) for (only,) in engine.run(tasks)]


def _at(given: Input, days: int) -> bytes:
    now = datetime.fromisoformat(str(given.get("now") or NOW)) + timedelta(days=days)
    changed: dict[str, Any] = {**given, "now": now.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return msgspec.json.encode(changed)


def _reads_the_time(source: str) -> bool:
    return "data.mlps.lib.time" in source or "input.now" in source


def test_a_finding_is_the_same_one_a_day_later(bundle: Bundle, embedded: EmbeddedEngine) -> None:
    inputs = list(inputs_of_rego_tests(bundle))
    aging = {one.package for one in bundle.modules if _reads_the_time(one.source)}
    seen: set[str] = set()
    for check in bundle.checks:
        if check.package not in aging:
            continue
        own = [one for one in inputs if one["type"] in check.targets]
        found = zip(own, _found(embedded, check, own, day=0), strict=True)
        failing = [(one, before) for one, before in found if before]
        later = _found(embedded, check, [one for one, _ in failing], day=1)
        for (_, before), after in zip(failing, later, strict=True):
            for at in before.keys() & after.keys():
                assert before[at] == after[at], check.id
                seen.add(check.id)
    assert {"identity-key-age", "data-certificate-expiry", "residual-snapshots"} <= seen
