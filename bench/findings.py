"""Many findings, made up: what reports are measured with."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from scanner import policies
from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.catalog import Catalogue, load_catalogue
from scanner.checks import CheckMetadata
from scanner.config import Config
from scanner.verdict import (
    DEFAULT_SYSTEM,
    Finding,
    ResourceRef,
    ResourceVerdicts,
    Verdict,
    VerdictsHeader,
)

_REGIONS = ("cn-north-1", "cn-northwest-1")
_ACCOUNTS = tuple(f"{111122220000 + number}" for number in range(20))
_PER_RESOURCE = 4
"""Findings of a resource, on average; one verdict in ten is unknown besides."""
_LEVEL = 3


NOW = "2026-06-15T08:30:00Z"


def many_findings(number: int) -> tuple[Assessment, Catalogue]:
    """An assessment of exactly `number` findings and undecided verdicts at level 3, by the bundled
    checks; the same one each time."""
    header, lines = many_verdicts(number)
    catalogue = load_catalogue(policies.bundled())
    return assess(header, lines, catalogue, Config()), catalogue


def many_verdicts(number: int, now: str = NOW) -> tuple[VerdictsHeader, Iterator[ResourceVerdicts]]:
    """The verdicts that such an assessment is of: the header, and a line for each resource."""
    bundle = policies.load(policies.bundled())
    header = VerdictsHeader(
        tool_version="0",
        now=now,
        levels=[_LEVEL],
        engine="embedded",
        snapshot="snapshot",
        origin="live",
        providers=["aws"],
        accounts=list(_ACCOUNTS),
        regions=list(_REGIONS),
        checks=bundle.checks,
        failed_calls=[],
    )
    return header, _lines(number, bundle.checks)


def _lines(number: int, checks: list[CheckMetadata]) -> Iterator[ResourceVerdicts]:
    made = random.Random(8)
    by_type: dict[str, list[CheckMetadata]] = {}
    for check in checks:
        for target in check.targets:
            by_type.setdefault(target, []).append(check)
    types = sorted(set(by_type) - {"*", "system"})
    left, place = number, 0
    while left:
        place += 1
        type_ = made.choice(types)
        some = made.sample(by_type[type_], min(_PER_RESOURCE, left, len(by_type[type_])))
        verdicts = [_verdict(check, made) for check in some]
        left -= len(verdicts)
        yield ResourceVerdicts(
            resource=_resource(type_, place, made),
            system=DEFAULT_SYSTEM,
            level=_LEVEL,
            verdicts=verdicts,
        )


def _resource(type_: str, place: int, made: random.Random) -> ResourceRef:
    family, name = type_.split(".")
    account, region = made.choice(_ACCOUNTS), made.choice(_REGIONS)
    return ResourceRef(
        id=f"arn:aws-cn:{family}:{region}:{account}:{name}/{made.getrandbits(68):017x}",
        type=type_,
        name=f"{name}-{made.choice(('web', 'app', 'data', 'test'))}-{place}",
        provider="aws",
        account=account,
        region=region,
        country="CN",
        native_type=f"AWS::{family.title()}::{name.title()}",
        file=f"{account}/resources.ndjson",
        line=place,
    )


def _verdict(check: CheckMetadata, made: random.Random) -> Verdict:
    if made.random() < 0.1:
        reason = "AccessDenied: service:Describe" + check.facts[0].split(".")[0].title()
        return Verdict(check=check.id, status="unknown", reasons=[f"{check.facts[0]}: {reason}"])
    names = re.findall(r"\{(\w+)\}", check.message)
    args = {name: _value(name, made) for name in names}
    at = f"{check.facts[0].replace('.', '/')}/{made.randrange(8)}"
    return Verdict(check=check.id, status="fail", findings=[Finding(at=at, args=args)])


def _value(name: str, made: random.Random) -> object:
    if "port" in name or "days" in name:
        return made.randrange(65536)
    return f"{name}-{made.randrange(1000)}"
