"""What to do about checks and items, as text."""

from __future__ import annotations

from scanner.assessment import Assessment, ItemResult
from scanner.checks import CheckMetadata
from scanner.report import Language


def advice(check: CheckMetadata, language: Language) -> str:
    """What to do about a check: in general, then in each cloud, a line each."""
    remedy = check.remediation
    general = remedy.zh if language == "zh" else remedy.en
    colon = "：" if language == "zh" else ": "
    clouds = [f"{name}{colon}{text}" for name, text in remedy.clouds(language)]
    return "\n".join([general, *clouds])


def advice_for(item: ItemResult, assessment: Assessment, language: Language) -> str:
    """What to do about an item that is not met: that of each check which fails, in general."""
    checks = {check.id: check for check in assessment.checks}
    found = [
        checks[one.check].remediation
        for one in item.checks
        if one.counts.failed or one.counts.waived
    ]
    return "\n".join(dict.fromkeys(one.zh if language == "zh" else one.en for one in found))


def said_of(item: ItemResult, assessment: Assessment, language: Language) -> str:
    """The record of an item: its reason, and the verdicts of each check that said something."""
    checks = {check.id: check for check in assessment.checks}
    lines = [item.reason.in_language(language)]
    for one in item.checks:
        counts = one.counts
        numbers = (
            (counts.passed, "pass", "符合"),
            (counts.failed, "fail", "不符合"),
            (counts.waived, "waived", "已豁免"),
            (counts.unknown, "unknown", "未知"),
            (counts.error, "in error", "出错"),
        )
        said = [
            f"{zh} {number}" if language == "zh" else f"{number} {en}"
            for number, en, zh in numbers
            if number
        ]
        check = checks[one.check]
        if said and language == "zh":
            lines.append(f"{check.title_zh}：{'，'.join(said)}")
        elif said:
            lines.append(f"{check.title}: {', '.join(said)}")
    return "\n".join(lines)
