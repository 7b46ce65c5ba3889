"""The console report: what a person reads first, in English or Chinese."""

from __future__ import annotations

import io

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as RichText

from scanner.assessment import Assessment, ItemResult, LevelResult, Result
from scanner.catalog import Catalogue, Text
from scanner.checks import SEVERITIES, SEVERITIES_ZH, CheckMetadata, Severity
from scanner.conformity import OUTCOMES
from scanner.judge import ITEM_STATUSES, Counts, ItemStatus
from scanner.report import Format, Language, Options
from scanner.report._gaps import against
from scanner.report._rows import aside_of
from scanner.report._text import counted, failure, name_of, visible

SHOWN_FAILURES = 40
SHOWN_CALLS = 10
SHOWN_REASONS = 10
SHOWN_TYPES = 10
NARROWEST = 60
"""Columns, even where a terminal has fewer or, without a size of its own, none at all: a table
that is squeezed loses its numbers."""

_STATUS: dict[ItemStatus, tuple[Text, str]] = {
    "met": (Text("met", "符合"), "green"),
    "partly_met": (Text("partly met", "部分符合"), "yellow"),
    "not_met": (Text("not met", "不符合"), "red"),
    "not_applicable": (Text("not applicable", "不适用"), "dim"),
    "not_assessed": (Text("not assessed", "未评估"), "cyan"),
}
_SEVERITY: dict[Severity, tuple[Text, str]] = {
    "critical": (Text("critical", SEVERITIES_ZH["critical"]), "bold red"),
    "high": (Text("high", SEVERITIES_ZH["high"]), "red"),
    "medium": (Text("medium", SEVERITIES_ZH["medium"]), "yellow"),
    "low": (Text("low", SEVERITIES_ZH["low"]), "dim"),
}
_LEVELS = {1: "一", 2: "二", 3: "三", 4: "四"}


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The report as text, with colour codes when the options ask for them."""
    console = Console(
        file=io.StringIO(),
        width=max(options.width, NARROWEST),
        force_terminal=options.colour,
        no_color=not options.colour,
        highlight=False,
        legacy_windows=False,
        emoji=False,
        markup=False,
    )
    with console.capture() as captured:
        for part in _parts(assessment, catalogue, options.language):
            console.print(part)
    lines = (line.rstrip() for line in captured.get().splitlines())
    return "\n".join(lines) + "\n"


def _parts(
    assessment: Assessment, catalogue: Catalogue, language: Language
) -> list[RenderableType]:
    checks = {check.id: check for check in assessment.checks}
    parts: list[RenderableType] = [_head(assessment, language)]
    for level in assessment.levels:
        parts += ["", _level_title(level, language), _domains(level, catalogue, language)]
        parts += [_verdicts(level.counts, level, language), _conformity(level, language)]
        parts += _items(level, catalogue, language)
        failures = [result for result in level.of(assessment.results) if result.status == "fail"]
        parts += _failures(failures, checks, language)
    parts += _unknown(assessment, language)
    parts += _calls(assessment, language)
    parts += _unmapped(assessment, language)
    parts += _systems(assessment, language)
    parts += _not_offered(assessment, checks, language)
    parts += _lapsed(assessment, language)
    parts += [RichText(text, style="cyan") for *_, text in against(assessment, language)]
    parts += ["", _verdict_line(assessment, language)]
    return parts


def _say(text: Text, language: Language, **values: object) -> str:
    return text.in_language(language).format(**values)


def _head(assessment: Assessment, language: Language) -> RenderableType:
    origin = {
        "live": Text("live account", "云上账户"),
        "template": Text("templates", "部署模板"),
    }[assessment.origin]
    title = RichText(_say(Text("MLPS 2.0 self-check", "等级保护 2.0 自查"), language), style="bold")
    title.append(f"  {_say(origin, language)}", style="dim")
    facts = [
        ", ".join(assessment.providers),
        ", ".join(assessment.accounts),
        ", ".join(assessment.regions),
        assessment.now,
    ]
    numbers = _say(
        Text(
            "{resources} resources · {checks} checks · engine {engine}",
            "{resources} 个资源 · {checks} 个检查项 · 引擎 {engine}",
        ),
        language,
        resources=assessment.resources,
        checks=len(assessment.checks),
        engine=assessment.engine,
    )
    where = RichText(" · ".join(visible(fact) for fact in facts if fact))
    return Group(title, where, RichText(numbers))


def _level_title(level: LevelResult, language: Language) -> RichText:
    text = Text("Level {level}", "第{chinese}级")
    name = _say(text, language, level=level.level, chinese=_LEVELS[level.level])
    if not level.is_declared:
        return RichText(name, style="bold underline")
    system = visible(level.system) + (f" ({visible(level.owner)})" if level.owner else "")
    number = Text("{resources}", "{n} 个资源")
    said = _say(number, language, n=level.resources, resources=counted(level.resources, "resource"))
    return RichText.assemble((name, "bold underline"), f"  {system}", (f"  {said}", "dim"))


def _domains(level: LevelResult, catalogue: Catalogue, language: Language) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(_say(Text("Domain", "安全层面"), language), header_style="dim")
    for status in ITEM_STATUSES:
        label, _ = _STATUS[status]
        table.add_column(_say(label, language), justify="right", header_style="dim")
    for domain in level.domains:
        name = catalogue.domains[domain.domain].in_language(language)
        table.add_row(name, *(_number(domain.items[status], status) for status in ITEM_STATUSES))
    table.add_row(
        RichText(_say(Text("All items", "合计"), language), style="bold"),
        *(_number(level.totals[status], status) for status in ITEM_STATUSES),
    )
    return table


def _number(number: int, status: ItemStatus) -> RichText:
    return RichText(str(number), style=_STATUS[status][1] if number else "dim")


def _verdicts(counts: Counts, level: LevelResult, language: Language) -> RichText:
    severities = ", ".join(
        f"{level.failed_by_severity[name]} {_say(_SEVERITY[name][0], language)}"
        for name in reversed(SEVERITIES)
        if level.failed_by_severity[name]
    )
    line = RichText(_say(Text("Verdicts: ", "判定："), language))
    line.append(
        _say(Text("{n} pass", "通过 {n}"), language, n=counts.passed),
        style="green" if counts.passed else "dim",
    )
    line.append(" · ")
    failed = _say(Text("{n} fail", "不符合 {n}"), language, n=counts.failed)
    line.append(
        f"{failed} ({severities})" if severities else failed, style="red" if counts.failed else ""
    )
    for number, text, style in (
        (counts.waived, Text("{n} waived", "已豁免 {n}"), "yellow"),
        (counts.unknown, Text("{n} unknown", "未知 {n}"), "cyan"),
        (counts.error, Text("{n} in error", "出错 {n}"), "bold red"),
        (counts.not_applicable, Text("{n} not applicable", "不适用 {n}"), "dim"),
    ):
        if number:
            line.append(" · ")
            line.append(_say(text, language, n=number), style=style)
    return line


def _conformity(level: LevelResult, language: Language) -> RichText:
    """The rate of conforming items, as a range where items are not assessed."""
    found = level.conformity
    rate = (
        f"{found.lowest:g} %"
        if found.lowest == found.highest
        else (f"{found.lowest:g}–{found.highest:g} %")
    )
    text = Text(
        "Conforming items: {rate} of {items} that apply, self-check: {outcome}",
        "自查符合率：{rate}（适用项 {n}），自查结果：{outcome}",
    )
    outcome = OUTCOMES[found.outcome].in_language(language)
    items = counted(found.counted, "item")
    return RichText(_say(text, language, rate=rate, n=found.counted, items=items, outcome=outcome))


def _items(level: LevelResult, catalogue: Catalogue, language: Language) -> list[RenderableType]:
    """The requirement items that are not met, whole or in part, by clause."""
    wrong = [item for item in level.items if item.status in {"not_met", "partly_met"}]
    if not wrong:
        return []
    requirements = {item.key: item for item in catalogue.at_level(level.level)}
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    headings = [
        Text("Clause", "条款"),
        Text("Control point", "控制点"),
        Text("Result", "结果"),
        Text("Failed verdicts", "不符合的判定"),
    ]
    if any(item.high_risk or item.major_risk for item in wrong):
        headings.append(Text("Risk for assessors", "测评风险"))
    for heading in headings:
        table.add_column(_say(heading, language), header_style="dim")
    for item in wrong:
        label, style = _STATUS[item.status]
        counts = item.counts
        failed = counts.failed + counts.waived
        judged = failed + counts.passed + counts.unknown + counts.error
        row: list[RenderableType] = [
            item.clause,
            requirements[item.key].control_point.in_language(language),
            RichText(_say(label, language), style=style),
            _say(Text("{n} of {m}", "{n}/{m}"), language, n=failed, m=judged),
            _risk(item, language),
        ]
        table.add_row(*row[: len(headings)])
    return ["", table]


def _risk(item: ItemResult, language: Language) -> RichText:
    """Whether assessors name the failure of the item a high risk, or a trigger of a major one."""
    named = []
    if item.major_risk:
        text = Text("major ({ids})", "重大风险隐患（{ids}）")
        named.append(_say(text, language, ids=", ".join(item.major_risk)))
    if item.high_risk:
        text = Text("high ({ids})", "高风险（{ids}）")
        named.append(_say(text, language, ids=", ".join(item.high_risk)))
    return RichText(" ".join(named), style="red" if named else "")


def _failures(
    failures: list[Result], checks: dict[str, CheckMetadata], language: Language
) -> list[RenderableType]:
    if not failures:
        return []
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for heading in (
        Text("Severity", "严重程度"),
        Text("Check", "检查项"),
        Text("Resource", "资源"),
        Text("What is wrong", "问题"),
    ):
        table.add_column(_say(heading, language), header_style="dim", overflow="fold")
    table.columns[0].no_wrap = True
    for result in failures[:SHOWN_FAILURES]:
        label, style = _SEVERITY[result.severity]
        table.add_row(
            RichText(_say(label, language), style=style),
            RichText(result.check),
            RichText(_place(result)),
            RichText(_wrong(result, checks[result.check], language)),
        )
    parts: list[RenderableType] = ["", table]
    if len(failures) > SHOWN_FAILURES:
        more = Text(
            "… and {n} more: --format json or sarif has them all.",
            "…… 另有 {n} 项：完整清单见 --format json 或 sarif。",
        )
        rest = _say(more, language, n=len(failures) - SHOWN_FAILURES)
        parts.append(RichText(rest, style="dim"))
    return parts


def _place(result: Result) -> str:
    resource = result.resource
    if resource.source:
        first = next((each for each in result.findings if each.line), None)
        line = (first and first.line) or resource.source.start_line
        file = (first and first.file) or resource.source.uri
        argument = f" {visible(first.argument)}" if first and first.argument else ""
        return f"{visible(resource.source.address)}\n{visible(file)}:{line}{argument}"
    region = "" if resource.region == "global" else f" ({resource.region})"
    return visible(f"{resource.name}{region}")


def _wrong(result: Result, check: CheckMetadata, language: Language) -> str:
    messages = list(
        dict.fromkeys(visible(f.message.in_language(language)) for f in result.findings)
    )
    shown = messages[:3] + ([f"… +{len(messages) - 3}"] if len(messages) > 3 else [])
    title = check.title_zh if language == "zh" else check.title
    text = "\n".join(shown) or title
    asides = [aside_of(result, finding, language) for finding in result.findings]
    if asides and all(asides):
        text += f"\n{asides[0]}"
    if result.waiver:
        waived = Text(
            "waived until {date}: {reason} ({approver})",
            "已豁免至 {date}：{reason}（{approver}）",
        )
        waiver = result.waiver
        text += "\n" + _say(
            waived,
            language,
            date=waiver.expires.isoformat(),
            reason=visible(waiver.reason),
            approver=visible(waiver.approver),
        )
    return text


def _unknown(assessment: Assessment, language: Language) -> list[RenderableType]:
    if not assessment.unknown_reasons:
        return []
    total = sum(reason.verdicts for reason in assessment.unknown_reasons)
    title = Text(
        "Unknown, and so not counted as a pass: {verdicts}",
        "{n} 项判定未知，均不计为通过：",
    )
    lines = [
        RichText(f"{reason.verdicts:>6}  {visible(reason.in_language(language))}")
        for reason in assessment.unknown_reasons[:SHOWN_REASONS]
    ]
    return [
        "",
        RichText(_say(title, language, n=total, verdicts=counted(total, "verdict")), style="cyan"),
        *lines,
        *_more(len(assessment.unknown_reasons) - SHOWN_REASONS, language),
    ]


def _calls(assessment: Assessment, language: Language) -> list[RenderableType]:
    calls = assessment.failed_calls
    if not calls:
        return []
    title = Text("{calls} failed:", "{n} 次读取失败：")
    lines = [
        Padding(
            RichText(
                visible(f"{call.service}:{call.operation} {call.region} {call.resource}".rstrip())
                + visible(f" — {failure(call, language)}")
            ),
            (0, 0, 0, 2),
        )
        for call in calls[:SHOWN_CALLS]
    ]
    return [
        "",
        RichText(
            _say(title, language, n=len(calls), calls=counted(len(calls), "call")), style="cyan"
        ),
        *lines,
        *_more(len(calls) - SHOWN_CALLS, language),
    ]


def _unmapped(assessment: Assessment, language: Language) -> list[RenderableType]:
    """What the templates hold and nothing looked at."""
    types = assessment.unmapped
    if not types:
        return []
    text = Text(
        "{resources} of types that this version does not read were not looked at: {types}",
        "{n} 个资源的类型本版本尚不支持，未纳入检查：{types}",
    )
    number = sum(types.values())
    named = ", ".join(visible(name) for name in list(types)[:SHOWN_TYPES])
    line = _say(text, language, n=number, resources=counted(number, "resource"), types=named)
    return ["", RichText(line, style="cyan"), *_more(len(types) - SHOWN_TYPES, language)]


def _more(number: int, language: Language) -> list[RenderableType]:
    if number <= 0:
        return []
    text = _say(Text("  … and {n} more", "  …… 另有 {n} 项"), language, n=number)
    return [RichText(text, style="dim")]


def _systems(assessment: Assessment, language: Language) -> list[RenderableType]:
    """What no declared system holds, and what could not be assigned."""
    parts: list[RenderableType] = []
    if assessment.empty_systems:
        text = Text(
            "Nothing was found that belongs to: {names}. Check the selectors in mlps.yaml.",
            "未发现属于以下定级对象的资源：{names}。请检查 mlps.yaml 中的选择器。",
        )
        names = ", ".join(visible(name) for name in assessment.empty_systems)
        parts.append(RichText(_say(text, language, names=names), style="yellow"))
    if outside := assessment.outside:
        text = Text(
            "{resources} in no declared system, not judged: {names}",
            "{n} 个资源不属于任何已声明的定级对象，未作判定：{names}",
        )
        line = _say(
            text,
            language,
            n=len(outside),
            resources=counted(len(outside), "resource"),
            names=", ".join(visible(name_of(one, language)) for one in outside[:SHOWN_TYPES]),
        )
        parts += [RichText(line, style="yellow"), *_more(len(outside) - SHOWN_TYPES, language)]
    if assessment.uncertain:
        text = Text(
            "{resources} could not be assigned for certain; judged for each system in question.",
            "{n} 个资源无法确定所属定级对象，已按每个可能的定级对象分别判定。",
        )
        number = assessment.uncertain
        line = _say(text, language, n=number, resources=counted(number, "resource"))
        parts.append(RichText(line, style="cyan"))
    return ["", *parts] if parts else []


def _not_offered(
    assessment: Assessment, checks: dict[str, CheckMetadata], language: Language
) -> list[RenderableType]:
    """What the cloud does not offer here, and what to do in its place."""
    if not assessment.not_offered:
        return []
    title = Text("Not offered by the cloud here, so not applicable:", "当地云服务未提供，不适用：")
    parts: list[RenderableType] = ["", RichText(_say(title, language), style="dim")]
    for one in assessment.not_offered:
        check = checks[one.check]
        name = check.title_zh if language == "zh" else check.title
        line = f"{name} ({one.cloud}): {one.reason.in_language(language)}"
        parts.append(Padding(RichText(line, style="dim"), (0, 0, 0, 2)))
    return parts


def _lapsed(assessment: Assessment, language: Language) -> list[RenderableType]:
    """Waivers and evidence that no longer count, or that are about nothing."""
    expired = Text(
        "The waiver of {check} on {resource} expired on {date} and no longer counts.",
        "检查项 {check} 对 {resource} 的豁免已于 {date} 到期，不再生效。",
    )
    unused = Text(
        "The waiver of {check} on {resource} matched no failure.",
        "检查项 {check} 对 {resource} 的豁免未匹配到任何不符合项。",
    )
    lines = [
        _say(text, language, check=one.check, resource=one.resource, date=one.expires)
        for text, waivers in (
            (expired, assessment.expired_waivers),
            (unused, assessment.unused_waivers),
        )
        for one in waivers
    ]
    old = Text(
        "The attestation of {item} by {by} expired on {date} and no longer counts.",
        "{by} 对 {item} 的佐证已于 {date} 到期，不再生效。",
    )
    idle = Text(
        "The attestation of {item} by {by} is about no item of a system here, or dated after the"
        " scan.",
        "{by} 对 {item} 的佐证与本次评估的定级对象无关，或日期晚于本次扫描。",
    )
    lines += [
        _say(text, language, item=one.item, by=one.by, date=one.expires)
        for text, attestations in (
            (old, assessment.expired_attestations),
            (idle, assessment.unused_attestations),
        )
        for one in attestations
    ]
    lapsed = Text(
        "The certificate {certificate} of the platform {provider} expired on {date}.",
        "云平台 {provider} 的证明 {certificate} 已于 {date} 到期。",
    )
    lines += [
        _say(
            lapsed,
            language,
            certificate=one.certificate,
            provider=one.provider,
            date=one.expires,
        )
        for one in assessment.expired_platforms
    ]
    return [RichText(visible(line), style="yellow") for line in lines]


def _verdict_line(assessment: Assessment, language: Language) -> RichText:
    notice = Text(
        "A self-check of configuration; not the result of an official MLPS assessment.",
        "本结果为配置自查，不是等级测评机构出具的测评结论。",
    )
    incomplete = Text("The scan is incomplete. ", "本次扫描不完整。")
    line = RichText()
    if assessment.incomplete:
        line.append(_say(incomplete, language), style="bold cyan")
    line.append(_say(notice, language), style="dim")
    return line


FORMAT = Format(name="console", description="for people, in a terminal", render=render)
