"""Systems at their levels, with their items: the assessor's tables."""

from __future__ import annotations

from scanner.assessment import ItemResult, LevelResult
from scanner.catalog import Catalogue
from scanner.catalog import Item as Requirement
from scanner.checks import SEVERITIES
from scanner.config import Attestation, Platform
from scanner.conformity import OUTCOMES
from scanner.judge import ITEM_STATUSES, Counts
from scanner.report._html.payload import Attested, Certified, Item, Scope
from scanner.report._html.strings import Strings
from scanner.report._text import visible


def scope(
    level: LevelResult, catalogue: Catalogue, checks: dict[str, int], strings: Strings
) -> Scope:
    """One system at its level; `checks` has the places of checks."""
    domains = list(catalogue.domains)
    return Scope(
        system=visible(level.system) if level.is_declared else "",
        owner=visible(level.owner),
        level=level.level,
        declared=level.is_declared,
        resources=level.resources,
        totals=[level.totals[status] for status in ITEM_STATUSES],
        domains=[[one.items[status] for status in ITEM_STATUSES] for one in level.domains],
        verdicts=_counts(level.counts),
        severities=[level.failed_by_severity[name] for name in SEVERITIES],
        conformity=level.conformity,
        outcome=OUTCOMES[level.conformity.outcome],
        items=[
            _item(one, catalogue.items[one.key], level.level, domains, checks, strings)
            for one in level.items
        ],
        reasons=[
            ((strings.add(why.reason), strings.add(why.reason_zh)), why.verdicts)
            for why in level.unknown_reasons
        ],
    )


def _item(
    result: ItemResult,
    requirement: Requirement,
    level: int,
    domains: list[str],
    checks: dict[str, int],
    strings: Strings,
) -> Item:
    evidence = result.evidence
    return Item(
        key=result.key,
        clause=result.clause,
        numbering=requirement.numbering[level],
        domain=domains.index(result.domain),
        status=result.status,
        reason=strings.pair(result.reason),
        checks=[_check(checks[one.check], one.counts) for one in result.checks],
        missing=result.missing_checks,
        attested=attested(evidence.attestation) if evidence and evidence.attestation else None,
        certified=[certified(one) for one in evidence.platforms] if evidence else [],
        high_risk=result.high_risk,
        major_risk=result.major_risk,
    )


def _check(place: int, counts: Counts) -> tuple[int, int, int, int, int, int, int]:
    passed, failed, waived, unknown, error, idle = _counts(counts)
    return place, passed, failed, waived, unknown, error, idle


def _counts(counts: Counts) -> list[int]:
    return [
        counts.passed,
        counts.failed,
        counts.waived,
        counts.unknown,
        counts.error,
        counts.not_applicable,
    ]


def attested(one: Attestation) -> Attested:
    """An attestation as the page shows it."""
    return Attested(
        result=one.result,
        by=visible(one.by),
        stated=one.stated.isoformat(),
        expires=one.expires.isoformat(),
        evidence=visible(one.evidence),
    )


def certified(one: Platform) -> Certified:
    """A platform's certificate as the page shows it."""
    return Certified(
        provider=one.provider,
        level=one.level,
        certificate=visible(one.certificate),
        expires=one.expires.isoformat(),
    )
