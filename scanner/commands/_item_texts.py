"""What `mlps items` prints: a table, Markdown, and all about one item, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scanner.catalog import Assessed, Catalogue, Item, Level, Numbering, Party
from scanner.items import ListedHighRisk, ListedItem, left_out_at, part_of

Row = tuple[str, ...]
Pair = tuple[str, str]
"""A word in English and in Chinese."""

PARTIES: dict[Party, Pair] = {
    "provider": ("provider", "云服务商"),
    "customer": ("customer", "云服务客户"),
    "shared": ("shared", "双方共担"),
}
ASSESSED: dict[Assessed, Pair] = {
    "automated": ("automated", "自动检查"),
    "partial": ("partial", "部分自动"),
    "inherited": ("inherited", "平台继承"),
    "attested": ("attested", "人工佐证"),
}
_HOW_ASSESSED = {
    "automated": ("configuration shows it", "由配置判断"),
    "partial": ("configuration shows a part of it", "配置只能判断其中一部分"),
    "inherited": ("the provider's certificate shows it", "由云平台的备案与测评结论证明"),
    "attested": ("a person states it, with evidence", "由人员说明并提供佐证"),
}
_ABSENCE = {
    "not_assessed": ("not assessed", "视为未评估"),
    "not_applicable": ("not applicable", "视为不适用"),
}
_NUMBERING: dict[Numbering, Pair] = {
    "stated": ("stated", "见于资料"),
    "derived": ("derived", "推出"),
    "memory": ("from memory", "凭记忆"),
}
_HOW_SURE: dict[Numbering, Pair] = {
    "stated": ("stated: seen in a source", "见于所查资料"),
    "derived": ("derived: follows from the order of control points", "由控制点顺序推出"),
    "memory": ("from memory: seen in no source", "凭记忆，未见于资料"),
}
# Padded to the same width in a terminal, where a Chinese character takes two columns.
_SEVERITIES = {
    "low": ("low     ", "低  "),
    "medium": ("medium  ", "中  "),
    "high": ("high    ", "高  "),
    "critical": ("critical", "严重"),
}
_HEADINGS = {
    "key": ("Key", "标识"),
    "clause": ("Clause", "条款"),
    "point": ("Control point", "控制点"),
    "summary": ("Requirement, in our words", "要求（自述）"),
    "item": ("Item, and the requirement in our words", "要求项及其内容（自述）"),
    "answers": ("In IaaS", "责任方（IaaS）"),
    "assessed": ("Assessed", "评估方式"),
}
FROM_MEMORY = "*"
"""Stands behind a clause number that is from memory."""


def table_headings(language: str) -> Row:
    """The headings of the table."""
    names = ("clause", "item", "answers", "assessed")
    return tuple(_HEADINGS[name][language == "zh"] for name in names)


def level_name(level: Level, index: int) -> str:
    """The name of a level by the index of the language: "level 3", 三级."""
    return "一二三四"[level - 1] + "级" if index else f"level {level}"


def clause(item: Item, level: Level) -> str:
    """The clause number at a level, marked where it is from memory; "" where the level has none."""
    number = item.clauses.get(level, "")
    return number + FROM_MEMORY if item.numbering.get(level) == "memory" else number


def table_row(item: Item, levels: Sequence[Level], language: str) -> Row:
    """An item in the table: its clauses, one a line; its name above its summary; who answers for it
    in IaaS; how it is assessed."""
    index = 1 if language == "zh" else 0
    present = [level for level in levels if level in item.clauses]
    clauses = [
        clause(item, level) if len(levels) == 1 else f"{level}: {clause(item, level)}"
        for level in present
    ]
    point, summary = (text.in_language(language) for text in (item.control_point, item.summary))
    return (
        "\n".join(clauses),
        f"{item.key} · {point}\n{summary}",
        PARTIES[item.responsibility.iaas][index],
        ASSESSED[item.assessed][index],
    )


def markdown(items: Sequence[Item], levels: Sequence[Level], language: str) -> Iterator[str]:
    """The lines of a Markdown table with a column of clauses for each level."""
    index = 1 if language == "zh" else 0
    one = len(levels) == 1
    clauses = [
        _HEADINGS["clause"][index] if one else level_name(level, index).capitalize()
        for level in levels
    ]
    names = ("key", "point", "summary")
    titles = [*clauses, *(_HEADINGS[name][index] for name in names), "IaaS", "PaaS", "SaaS"]
    titles.append(_HEADINGS["assessed"][index])
    yield _markdown_row(titles)
    yield _markdown_row(["---"] * len(titles))
    for item in items:
        duty = item.responsibility
        yield _markdown_row(
            [
                *(clause(item, level) for level in levels),
                item.key,
                item.control_point.in_language(language),
                item.summary.in_language(language),
                *(PARTIES[party][index] for party in (duty.iaas, duty.paas, duty.saas)),
                ASSESSED[item.assessed][index],
            ]
        )


def _markdown_row(cells: Sequence[str]) -> str:
    # A star would be emphasis, a bar the next cell.
    return "| " + " | ".join(c.replace("|", "\\|").replace("*", "\\*") for c in cells) + " |"


def footnotes(
    catalogue: Catalogue, items: Sequence[Item], levels: Sequence[Level], language: str
) -> Iterator[str]:
    """What stands under a list: how many there are at each level, how sure the numbers are, and
    what is left out."""
    chinese = language == "zh"
    for level in levels:
        here = [item for item in items if level in item.clauses]
        general = sum(part_of(item) == "general" for item in here)
        own = len(here) - general
        kinds = Counter(item.assessed for item in here)
        how = [f"{ASSESSED[kind][chinese]} {kinds[kind]}" for kind in ASSESSED if kinds[kind]]
        yield (
            f"{level_name(level, 1)}：云计算扩展要求 {own} 项，通用要求 {general} 项；"
            f"{'，'.join(how)}。"
            if chinese
            else f"Level {level}: {own} extension items, {general} general; {', '.join(how)}."
        )
    sure = Counter(item.numbering[n] for item in items for n in levels if n in item.numbering)
    parts = [f"{_NUMBERING[kind][chinese]} {sure[kind]}" for kind in _NUMBERING if sure[kind]]
    yield (
        f"条款号：{'，'.join(parts)}；正式使用前请与标准原文核对。"
        if chinese
        else f"Clause numbers: {', '.join(parts)}. Check them against the standard."
    )
    if sure["memory"]:
        yield (
            f"{FROM_MEMORY} 条款号凭记忆，未见于资料。"
            if chinese
            else f"{FROM_MEMORY} The number is from memory and was seen in no source."
        )
    out = len(left_out_at(catalogue, levels))
    if out:
        yield (
            f"另有 {out} 项通用要求云上配置无法体现，未列入（原因见 --format json）。"
            if chinese
            else f"Left out: {out} general items of which cloud configuration shows nothing"
            " (--format json says why)."
        )


Section = tuple[str, str | list[str]]
"""A title with what is said in one line, or in several."""


def sections(item: ListedItem, domain: str, language: str) -> Iterator[Section]:
    """All about one item."""
    index = 1 if language == "zh" else 0
    duty = item.responsibility
    models = (("IaaS", duty.iaas), ("PaaS", duty.paas), ("SaaS", duty.saas))

    def say(en: str, zh: str) -> str:
        return zh if index else en

    kind, how = ASSESSED[item.assessed][index], _HOW_ASSESSED[item.assessed][index]
    yield (
        say("Clauses", "条款"),
        [
            f"{level_name(at.level, index)}  {at.clause:<10} {_HOW_SURE[at.numbering][index]}"
            for at in item.levels
        ],
    )
    yield say("Domain", "安全类"), domain
    yield say("Control point", "控制点"), item.control_point.in_language(language)
    yield (
        say("Answers for it", "责任方"),
        say(", ", "，").join(f"{model} {PARTIES[party][index]}" for model, party in models),
    )
    yield say("Assessed", "评估方式"), say(f"{kind} ({how})", f"{kind}（{how}）")
    yield say("No resource found", "未发现资源时"), _ABSENCE[item.absence][index]
    if item.evidence:
        yield say("Evidence to provide", "需提供的佐证"), item.evidence.in_language(language)
    if item.high_risk:
        yield (
            say("High risk (trial guideline)", "高风险判例（实施指引试行）"),
            [line for risk in item.high_risk for line in _high_risk(risk, language)],
        )
    if item.major_risk:
        yield (
            say("Major-risk triggers (2025 template)", "重大风险隐患触发项（2025 版报告模板）"),
            [
                f"{risk.trigger}  {_from(risk.first_level, index)}{risk.text.in_language(language)}"
                for risk in item.major_risk
            ],
        )
    if item.checks:
        width = max(len(check.id) for check in item.checks)
        yield (
            say("Checks", "检查项"),
            [
                f"{check.id:<{width}}  {_SEVERITIES[check.severity][index]}"
                f"  {check.title.in_language(language)}"
                for check in item.checks
            ],
        )
    if item.missing_checks:
        yield say("Designed, not written yet", "已设计、尚未实现"), item.missing_checks
    if not item.checks and not item.missing_checks:
        yield say("Checks", "检查项"), say("none", "无")


def _from(level: Level, index: int) -> str:
    return f"{level_name(level, 1)}起：" if index else f"from {level_name(level, 0)}: "


def _high_risk(risk: ListedHighRisk, language: str) -> Iterator[str]:
    chinese = language == "zh"
    yield f"{risk.case}  {_from(risk.first_level, chinese)}{risk.text.in_language(language)}"
    if not risk.stated_level:
        yield "  所查资料未写明适用等级。" if chinese else "  The source gives no level for it."
    if risk.only:
        only = risk.only.in_language(language)
        yield f"  适用条件：{only}。" if chinese else f"  It counts only {only}."
    if risk.lowered:
        lowered = risk.lowered.in_language(language)
        yield f"  可降低风险：{lowered}。" if chinese else f"  What may lower it: {lowered}."
    else:
        yield "  无可降低风险的情形。" if chinese else "  Nothing lowers it."


def as_text(item: ListedItem, domain: str, language: str) -> Iterator[str]:
    """The lines of one item for a terminal."""
    yield f"{item.key}  {item.summary.in_language(language)}"
    yield ""
    colon = "：" if language == "zh" else ":"
    for title, told in sections(item, domain, language):
        if isinstance(told, str):
            yield f"{title}{colon}{told}" if language == "zh" else f"{title}{colon} {told}"
        else:
            yield f"{title}{colon}"
            yield from (f"  {line}" for line in told)


def as_markdown(item: ListedItem, domain: str, language: str) -> Iterator[str]:
    """The lines of one item in Markdown: its sections, as lists. What belongs to the line before
    stays below it."""
    yield f"## {item.key}"
    yield ""
    yield item.summary.in_language(language)
    for title, told in sections(item, domain, language):
        yield ""
        yield f"### {title}"
        yield ""
        if isinstance(told, str):
            yield told
        else:
            yield from (
                f"  - {line.strip()}" if line.startswith(" ") else f"- {line}" for line in told
            )
