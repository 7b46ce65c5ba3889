"""The page's data from an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from scanner.assessment import Assessment
from scanner.catalog import Catalogue, Text
from scanner.checks import CheckMetadata
from scanner.report import Language
from scanner.report._gaps import against
from scanner.report._html.missed import missed
from scanner.report._html.payload import (
    About,
    Check,
    Domain,
    Payload,
    Remedy,
    Requirement,
)
from scanner.report._html.rows import Columns, template
from scanner.report._html.scopes import scope
from scanner.report._html.strings import Strings
from scanner.report._text import visible
from scanner.trend import TrendPoint

TEXTS = Path(__file__).parent / "texts.yaml"


def payload(
    assessment: Assessment,
    catalogue: Catalogue,
    language: Language,
    trend: Sequence[TrendPoint] = (),
) -> Payload:
    """Everything that the page shows, in both languages. `trend` are earlier runs, oldest first,
    where a history keeps them."""
    columns = Columns(visible(assessment.snapshot))
    columns.gather(assessment)
    checks = {check.id: place for place, check in enumerate(assessment.checks)}
    keys = {item.key: None for level in assessment.levels for item in level.items}
    return Payload(
        language=language,
        texts=texts(),
        about=_about(assessment),
        domains=[Domain(key=key, name=name) for key, name in catalogue.domains.items()],
        checks=[_check(check, columns.strings) for check in assessment.checks],
        requirements={key: _requirement(key, catalogue) for key in keys},
        risks=_risks(assessment, catalogue),
        scopes=[scope(level, catalogue, checks, columns.strings) for level in assessment.levels],
        waivers=columns.waivers,
        missed=missed(assessment, catalogue, checks, columns.strings, columns.resource),
        trend=trend,
        resources=columns.resources,
        rows=columns.rows,
        lists=columns.lists.lists,
        strings=columns.strings.texts,
    )


def texts() -> dict[str, tuple[str, str]]:
    """The page's own words in English and Chinese, by key."""
    found = msgspec.yaml.decode(TEXTS.read_bytes(), type=dict[str, Text])
    return {key: (text.en, text.zh) for key, text in found.items()}


def _about(assessment: Assessment) -> About:
    return About(
        tool_version=assessment.tool_version,
        now=assessment.now,
        origin=assessment.origin,
        snapshot=visible(assessment.snapshot),
        engine=assessment.engine,
        providers=assessment.providers,
        accounts=[visible(name) for name in assessment.accounts],
        regions=[visible(name) for name in assessment.regions],
        resources=assessment.resources,
        incomplete=assessment.incomplete,
        notes=[
            Text(english, chinese)
            for (*_, english), (*_, chinese) in zip(
                against(assessment, "en"), against(assessment, "zh"), strict=True
            )
        ],
    )


def _check(check: CheckMetadata, strings: Strings) -> Check:
    remedy = check.remediation
    clouds = zip(remedy.clouds("en"), remedy.clouds("zh"), strict=True)
    return Check(
        id=check.id,
        title=Text(check.title, check.title_zh),
        description=Text(check.description, check.description_zh),
        severity=check.severity,
        targets=check.targets,
        items=check.items,
        message=template(check.message),
        message_zh=template(check.message_zh),
        remedy=Text(remedy.en, remedy.zh),
        remedies=[
            Remedy(name=Text(en, zh), text=strings.pair(Text(a, b))) for (en, a), (zh, b) in clouds
        ],
        references=check.references,
    )


def _requirement(key: str, catalogue: Catalogue) -> Requirement:
    item = catalogue.items[key]
    return Requirement(
        control_point=item.control_point,
        summary=item.summary,
        responsibility=item.responsibility,
        assessed=item.assessed,
        evidence=item.evidence,
    )


def _risks(assessment: Assessment, catalogue: Catalogue) -> dict[str, Text]:
    """The texts of the risks that any item has here, by their numbers."""
    items = [item for level in assessment.levels for item in level.items]
    found: dict[str, Text] = {}
    for item in items:
        for case in item.high_risk:
            risk = catalogue.high_risk[case]
            found[case] = _with(risk.text, risk.only, risk.lowered)
        for trigger in item.major_risk:
            found[trigger] = catalogue.major_risk[trigger]
    return found


def _with(text: Text, only: Text | None, lowered: Text | None) -> Text:
    """A case with its condition, and with what may lower the risk."""
    en, zh = text.en, text.zh
    if only:
        en, zh = f"{en} Condition: {only.en}.", f"{zh}适用条件：{only.zh}。"
    if lowered:
        en, zh = f"{en} May be lowered if {lowered.en}.", f"{zh}可降低风险的情形：{lowered.zh}。"
    return Text(en, zh)
