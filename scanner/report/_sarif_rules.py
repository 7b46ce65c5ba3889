"""The rules and the taxonomy of a SARIF run: what the checks and the standard's items say."""

from __future__ import annotations

from typing import Literal

from scanner.assessment import Assessment, LevelResult
from scanner.catalog import Item
from scanner.checks import CheckMetadata, Severity
from scanner.report import Language
from scanner.report._sarif_model import (
    Component,
    Configuration,
    Descriptor,
    DescriptorReference,
    Message,
    Reference,
    Relationship,
)
from scanner.report._sarif_notes import descriptors

TAXONOMY = "GB/T 22239-2019"

INFORMATION = "https://openstd.samr.gov.cn/"
"""Where the standard can be read; the tool has no page of its own yet."""

MAX_TAGS = 20
"""Tags of a rule that code scanning takes; it shows ten."""

LEVELS: dict[Severity, Literal["error", "warning", "note"]] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
}
_SECURITY_SEVERITY: dict[Severity, str] = {
    "critical": "9.5",
    "high": "8.0",
    "medium": "5.5",
    "low": "3.0",
}


def driver(
    assessment: Assessment, items: list[Item], level: LevelResult, language: Language
) -> Component:
    """The tool with a rule for each check."""
    by_key = {item.key: item for item in items}
    return Component(
        name="mlps",
        full_name="mlps-scanner",
        organization="mlps",
        semantic_version=assessment.tool_version,
        information_uri=INFORMATION,
        language="zh-CN" if language == "zh" else "en-US",
        supported_taxonomies=[Reference(name=TAXONOMY, index=0)],
        rules=[_rule(check, by_key, level.level, language) for check in assessment.checks],
        notifications=descriptors(language),
    )


def _rule(
    check: CheckMetadata, by_key: dict[str, Item], level: int, language: Language
) -> Descriptor:
    chinese = language == "zh"
    items = [by_key[key] for key in check.items if key in by_key]
    keys = [item.key for item in items]
    name = check.id.replace("-", " ").title().replace(" ", "")
    return Descriptor(
        id=check.id,
        # SARIF wants no name that is the id again, which it is for an id of one word.
        name="" if name.lower() == check.id.lower() else name,
        short_description=Message(text=check.title_zh if chinese else check.title),
        full_description=Message(text=check.description_zh if chinese else check.description),
        help=_help(check, items, level, language),
        default_configuration=Configuration(level=LEVELS[check.severity]),
        relationships=[
            Relationship(
                target=DescriptorReference(
                    id=key, tool_component=Reference(name=TAXONOMY, index=0)
                ),
                kinds=["relevant"],
            )
            for key in keys
        ],
        properties={
            "tags": ["security", "mlps", f"severity/{check.severity}", *keys][:MAX_TAGS],
            "security-severity": _SECURITY_SEVERITY[check.severity],
            "precision": "high",
        },
    )


def _help(check: CheckMetadata, items: list[Item], level: int, language: Language) -> Message:
    """What to do, the clauses and the references. A viewer that does not read Markdown has what to
    do and the numbers of the clauses."""
    chinese = language == "zh"
    remedy = check.remediation
    title = "整改建议" if chinese else "What to do"
    general = remedy.zh if chinese else remedy.en
    lines = [f"## {title}", "", general, ""]
    for name, text in remedy.clouds(language):
        lines += [f"**{name}**: {text}", ""]
    plain = general
    if items:
        lines += [f"## {TAXONOMY}", ""]
        colon = "：" if chinese else ": "
        lines += [
            f"- {item.clauses[level]} {item.control_point.in_language(language)}{colon}"
            f"{item.summary.in_language(language)}"
            for item in items
        ]
        lines += [""]
        clauses = [item.clauses[level] for item in items]
        plain += (
            f"（{TAXONOMY}：{'、'.join(clauses)}）"
            if chinese
            else f" ({TAXONOMY}: {', '.join(clauses)})"
        )
    if check.references:
        lines += ["## " + ("参考资料" if chinese else "References"), ""]
        lines += [
            f"- <{reference}>" if "://" in reference else f"- {reference}"
            for reference in check.references
        ]
    return Message(text=plain, markdown="\n".join(lines).rstrip() + "\n")


def taxonomy(items: list[Item], level: LevelResult, language: Language) -> Component:
    """The items of the level, with their results."""
    found = {item.key: item for item in level.items}
    return Component(
        name=TAXONOMY,
        version="2019",
        organization="SAC/TC260",
        information_uri=INFORMATION,
        short_description=Message(
            text="网络安全等级保护基本要求"
            if language == "zh"
            else "MLPS 2.0 baseline requirements"
        ),
        taxa=[
            Descriptor(
                id=item.key,
                name=f"{item.clauses[level.level]} {item.control_point.in_language(language)}",
                short_description=Message(text=item.summary.in_language(language)),
                properties={
                    "clause": item.clauses[level.level],
                    "domain": item.domain,
                    "status": found[item.key].status,
                    "highRisk": found[item.key].high_risk,
                    "majorRisk": found[item.key].major_risk,
                },
            )
            for item in items
        ],
    )
