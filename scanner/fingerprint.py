"""What a finding is known by from one run to the next."""

from __future__ import annotations

import hashlib
from collections import Counter

import msgspec

from scanner.assessment import ReportedFinding, Result
from scanner.checks import CheckMetadata
from scanner.verdict import DEFAULT_SYSTEM


def fingerprint(
    check: CheckMetadata, result: Result, finding: ReportedFinding, seen: Counter[str]
) -> str:
    """64 hexadecimal digits, equal for the same finding in another run: no lines, no list
    positions, and nothing that the check calls `measured` go into it. `seen` counts equal findings
    of one report, and tells them apart."""
    place = [step for step in finding.at.split("/") if not step.isdigit()]
    lasting = {name: value for name, value in finding.args.items() if name not in check.measured}
    args = msgspec.json.encode(lasting, order="deterministic").decode()
    return _digest([*_subject(result), "/".join(place), args], seen)


def fingerprint_undecided(result: Result, seen: Counter[str]) -> str:
    """The same of a verdict that is unknown or an error, which has no findings."""
    return _digest([*_subject(result), result.status], seen)


def _subject(result: Result) -> list[str]:
    resource = result.resource
    scope = "" if result.system == DEFAULT_SYSTEM else result.system
    return [result.check, f"{scope}{result.level}", resource.account, resource.id]


def _digest(parts: list[str], seen: Counter[str]) -> str:
    key = "\0".join(parts)
    seen[key] += 1
    return hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()
