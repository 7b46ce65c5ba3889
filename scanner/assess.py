"""The assessment: verdicts and the catalogue joined into a result for each item, of each system at
its level. How an item's status comes about is in `judge.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from scanner.assessment import (
    Assessment,
    CheckCounts,
    DomainResult,
    ItemResult,
    LevelResult,
    NotOfferedHere,
    Result,
    UnknownReason,
)
from scanner.catalog import Catalogue, Item, Level, Text
from scanner.checks import SEVERITIES
from scanner.config import Attestation, Config
from scanner.conformity import conformity
from scanner.evidence import evidence_for, is_about
from scanner.judge import ITEM_STATUSES, Counts, ItemStatus, judge
from scanner.reasons import in_chinese
from scanner.tally import Tally
from scanner.verdict import DEFAULT_SYSTEM, OutsideResource, ResourceVerdicts, VerdictsHeader


def assess(
    header: VerdictsHeader,
    verdicts: Iterable[ResourceVerdicts | OutsideResource],
    catalogue: Catalogue,
    config: Config,
) -> Assessment:
    """Join verdicts with the catalogue and with what the user declares. Reads `verdicts` once;
    keeps what a reader must see."""
    tally = Tally(header, config.waivers)
    for line in verdicts:
        tally.add(line)
    levels = [_level_result(scope, tally, catalogue, config, header) for scope in _scopes(header)]
    # A template may well be about one of several systems alone.
    empty = [one.system for one in levels if one.is_declared and not one.resources]
    empty = [] if header.origin == "template" and len(empty) < len(levels) else empty
    unsure = any(level.counts.unknown or level.counts.error for level in levels)
    return Assessment(
        tool_version=header.tool_version,
        now=header.now,
        origin=header.origin,
        snapshot=header.snapshot,
        engine=header.engine,
        providers=header.providers,
        accounts=header.accounts,
        regions=header.regions,
        resources=tally.resources,
        incomplete=bool(header.failed_calls or empty) or unsure or tally.uncertain > 0,
        levels=levels,
        checks=header.checks,
        results=sorted(
            tally.results, key=_order({name: i for i, name in enumerate(_names(header))})
        ),
        unknown_reasons=_reasons(sum(tally.reasons.values(), Counter())),
        failed_calls=header.failed_calls,
        unmapped=header.unmapped,
        outside=tally.outside,
        uncertain=tally.uncertain,
        empty_systems=empty,
        not_offered=_not_offered(tally),
        expired_waivers=[waiver for waiver in config.waivers if waiver.expires < tally.today],
        unused_waivers=[
            waiver
            for waiver in config.waivers
            if waiver not in tally.used_waivers and waiver.expires >= tally.today
        ],
        expired_attestations=[one for one in config.attestations if one.expires < tally.today],
        unused_attestations=_unused_attestations(config, header, catalogue, tally.today),
        expired_platforms=[one for one in config.platforms if one.expires < tally.today],
        version_control=header.version_control,
        account_snapshot=header.account_snapshot,
    )


class _Scope(Struct, frozen=True):
    """A system at a level: what a result is about."""

    system: str
    level: Level
    owner: str = ""


def _scopes(header: VerdictsHeader) -> list[_Scope]:
    """The declared systems in their order; one system at each level where none is declared."""
    if header.systems:
        return [_Scope(one.name, one.level, one.owner) for one in header.systems]
    return [_Scope(DEFAULT_SYSTEM, level) for level in sorted(header.levels)]


def _names(header: VerdictsHeader) -> list[str]:
    return [one.name for one in header.systems] or [DEFAULT_SYSTEM]


_Key = tuple[int, int, int, int, str, str, str, str, int]


def _order(systems: dict[str, int]) -> Callable[[Result], _Key]:
    """Results in the order of the systems, then levels, then what is worst first; of resources with
    one id, which two templates may have, by their places."""

    def key(result: Result) -> _Key:
        source = result.resource.source
        return (
            systems.get(result.system, 0),
            result.level,
            ("fail", "error", "unknown").index(result.status),
            -SEVERITIES.index(result.severity),
            result.check,
            result.resource.id,
            result.resource.account,
            source.uri if source else "",
            source.start_line if source else 0,
        )

    return key


def _level_result(
    scope: _Scope, tally: Tally, catalogue: Catalogue, config: Config, header: VerdictsHeader
) -> LevelResult:
    key = (scope.system, scope.level)
    items = [
        _item_result(item, scope, tally, catalogue, config)
        for item in catalogue.at_level(scope.level)
    ]
    counts = Counts()
    for check in header.checks:
        counts.include(tally.by_check.get((*key, check.id), Counts()))
    by_severity = tally.failed_by_severity.get(key, Counter())
    totals = _by_status(items)
    return LevelResult(
        level=scope.level,
        system=scope.system,
        owner=scope.owner,
        resources=tally.resources_of[key],
        items=items,
        domains=[
            DomainResult(domain=name, items=_by_status(i for i in items if i.domain == name))
            for name in catalogue.domains
        ],
        totals=totals,
        counts=counts,
        failed_by_severity={name: by_severity[name] for name in SEVERITIES},
        unknown_reasons=_reasons(tally.reasons.get(key, Counter())),
        conformity=conformity(totals, major_risks=any(item.major_risk for item in items)),
    )


def _reasons(counted: Counter[str]) -> list[UnknownReason]:
    """The commonest reason first."""
    return [
        UnknownReason(reason=reason, reason_zh=in_chinese(reason), verdicts=number)
        for reason, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair))
    ]


def _by_status(items: Iterable[ItemResult]) -> dict[ItemStatus, int]:
    counted = Counter(item.status for item in items)
    return {status: counted[status] for status in ITEM_STATUSES}


def _item_result(
    item: Item, scope: _Scope, tally: Tally, catalogue: Catalogue, config: Config
) -> ItemResult:
    feeding = [check for check in tally.checks.values() if item.key in check.items]
    missing = [
        name
        for name, keys in catalogue.designed.items()
        if item.key in keys and name not in tally.checks
    ]
    counts = Counts()
    by_check = [
        CheckCounts(
            check=check.id,
            counts=tally.by_check.get((scope.system, scope.level, check.id), Counts()),
        )
        for check in feeding
    ]
    for one in by_check:
        counts.include(one.counts)
    evidence = evidence_for(
        item,
        system=scope.system,
        level=scope.level,
        hosts=tally.hosts.get(scope.system, set()),
        config=config,
        today=tally.today,
    )
    targets = {target for check in feeding for target in check.targets}
    status, reason = judge(
        item,
        counts,
        written=len(feeding),
        missing=len(missing),
        unseen=_unseen(item, counts, targets, tally, scope.system),
        evidence=evidence,
    )
    failing = status in {"not_met", "partly_met"}
    return ItemResult(
        key=item.key,
        clause=item.clauses[scope.level],
        domain=item.domain,
        status=status,
        reason=reason,
        checks=by_check,
        missing_checks=missing,
        counts=counts,
        evidence=evidence,
        high_risk=item.high_risk_at(scope.level) if failing else [],
        major_risk=item.major_risk_at(scope.level) if failing else [],
    )


def _unseen(
    item: Item, counts: Counts, targets: set[str], tally: Tally, system: str
) -> Text | None:
    """What templates alone cannot show: the settings of an account, which every scan of an account
    writes and of which a template sets one or the other, and that it has no resource of a kind."""
    if not tally.types.get(system):
        return Text(
            "Nothing of the system was found to look at.", "未发现属于该定级对象的资源，未作检查。"
        )
    settings = {target for target in targets if target.startswith("account.")}
    unseen = tally.origin == "template" and not tally.has_account
    if settings and (unseen or not settings <= tally.types.get(system, set())):
        return Text(
            "Settings of the account, which it needs as well, were not looked at.",
            "该项还涉及账户级配置，本次未检查。",
        )
    # Settings of the account say nothing of its resources, which no snapshot is asked for.
    others = targets - settings
    none_seen = bool(settings and others and not others & tally.types.get(system, set()))
    if tally.origin == "template" and (
        none_seen or (item.absence == "not_applicable" and not counts.passed)
    ):
        return Text(
            "The templates hold no such resource; the account may.",
            "模板中没有此类资源，账户中可能存在。",
        )
    return None


def _not_offered(tally: Tally) -> list[NotOfferedHere]:
    found = []
    for (name, cloud), resources in sorted(tally.not_offered.items()):
        reason = next(one for one in tally.checks[name].not_offered if one.cloud == cloud)
        found.append(
            NotOfferedHere(
                check=name, cloud=cloud, reason=Text(reason.en, reason.zh), resources=resources
            )
        )
    return found


def _unused_attestations(
    config: Config, header: VerdictsHeader, catalogue: Catalogue, today: date
) -> list[Attestation]:
    """Attestations that have not expired and count for nothing: about no item of a system here, not
    at its level, or dated after the scan."""
    scopes = _scopes(header)
    return [
        one
        for one in config.attestations
        if one.expires >= today
        and not any(
            one.stated <= today
            and is_about(one, scope.system)
            and one.item in catalogue.items
            and scope.level in catalogue.items[one.item].clauses
            for scope in scopes
        )
    ]
