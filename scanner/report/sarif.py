"""SARIF 2.1.0, for code-scanning dashboards: one run for each system, or for each level.

Failures are results; waived ones carry a suppression. What could not be decided is not a result,
because a dashboard would show it as a defect: it stands in the invocation's notifications.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal
from urllib.parse import quote

import msgspec

from scanner.assessment import Assessment, LevelResult, ReportedFinding, Result
from scanner.catalog import Catalogue, Item, Text
from scanner.checks import CheckMetadata, Severity
from scanner.fingerprint import fingerprint
from scanner.report import Format, Language, Options
from scanner.report._sarif_model import (
    ArtifactLocation,
    AutomationDetails,
    Component,
    Configuration,
    Descriptor,
    DescriptorReference,
    Invocation,
    Location,
    Log,
    LogicalLocation,
    Message,
    Notification,
    PhysicalLocation,
    Reference,
    Region,
    Relationship,
    Run,
    SarifResult,
    Suppression,
    Tool,
)
from scanner.report._text import counted, failure, visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
TAXONOMY = "GB/T 22239-2019"

_LEVELS: dict[Severity, Literal["error", "warning", "note"]] = {
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


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The whole log as indented JSON."""
    log = Log(
        schema=SCHEMA,
        version="2.1.0",
        runs=[_run(assessment, level, catalogue, options) for level in assessment.levels],
    )
    encoded = msgspec.json.encode(log).replace(b'{"schema":', b'{"$schema":', 1)
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _run(assessment: Assessment, level: LevelResult, catalogue: Catalogue, options: Options) -> Run:
    language = options.language
    checks = {check.id: (index, check) for index, check in enumerate(assessment.checks)}
    items = catalogue.at_level(level.level)
    seen: Counter[str] = Counter()
    return Run(
        tool=Tool(driver=_driver(assessment, items, language)),
        taxonomies=[_taxonomy(items, level, language)],
        invocations=[_invocation(assessment, level, language)],
        automation_details=AutomationDetails(id=_category(level)),
        results=[
            _result(assessment, result, finding, *checks[result.check], language, seen)
            for result in level.of(assessment.results)
            if result.status == "fail"
            for finding in result.findings
        ],
        properties={
            "incomplete": assessment.incomplete,
            "level": level.level,
            "system": level.system,
        },
    )


def _category(level: LevelResult) -> str:
    """What code scanning tells analyses apart by: one for each system, or for each level."""
    system = f"{quote(level.system, safe='')}/" if level.is_declared else ""
    return f"mlps/{system}level-{level.level}/"


def _driver(assessment: Assessment, items: list[Item], language: Language) -> Component:
    keys = {item.key for item in items}
    return Component(
        name="mlps",
        full_name="mlps-scanner",
        organization="mlps",
        semantic_version=assessment.tool_version,
        language="zh-CN" if language == "zh" else "en-US",
        supported_taxonomies=[Reference(name=TAXONOMY, index=0)],
        rules=[_rule(check, keys, language) for check in assessment.checks],
        notifications=[_notification(name, text, language) for name, text in _NOTIFICATIONS],
    )


_NOTIFICATIONS = (
    (
        "failed-call",
        Text(
            "A call failed: what it would have shown is unknown and counts as no pass.",
            "读取失败：相关配置未知，不计为通过。",
        ),
    ),
    (
        "unknown-verdict",
        Text(
            "Verdicts are unknown: the configuration could not be read, so nothing is passed.",
            "判定未知：未能读取相关配置，不计为通过。",
        ),
    ),
    (
        "unread-type",
        Text(
            "Resources of a type that this version does not read were not looked at.",
            "本版本不支持的资源类型，未纳入检查。",
        ),
    ),
)


def _notification(name: str, text: Text, language: Language) -> Descriptor:
    message = Message(text=text.in_language(language))
    return Descriptor(
        id=name,
        short_description=message,
        full_description=message,
        help=message,
    )


def _rule(check: CheckMetadata, keys: set[str], language: Language) -> Descriptor:
    chinese = language == "zh"
    items = [key for key in check.items if key in keys]
    return Descriptor(
        id=check.id,
        name=check.id.replace("-", " ").title().replace(" ", ""),
        short_description=Message(text=check.title_zh if chinese else check.title),
        full_description=Message(text=check.description_zh if chinese else check.description),
        help=_help(check, language),
        default_configuration=Configuration(level=_LEVELS[check.severity]),
        relationships=[
            Relationship(
                target=DescriptorReference(
                    id=key, tool_component=Reference(name=TAXONOMY, index=0)
                ),
                kinds=["relevant"],
            )
            for key in items
        ],
        properties={
            # Code scanning keeps at most 20 tags.
            "tags": ["security", "mlps", f"severity/{check.severity}", *items][:20],
            "security-severity": _SECURITY_SEVERITY[check.severity],
            "precision": "high",
        },
    )


def _help(check: CheckMetadata, language: Language) -> Message:
    chinese = language == "zh"
    remedy = check.remediation
    title = "整改建议" if chinese else "What to do"
    general = remedy.zh if chinese else remedy.en
    lines = [f"## {title}", "", general, ""]
    for name, text in remedy.clouds(language):
        lines += [f"**{name}**: {text}", ""]
    if check.references:
        lines += ["## " + ("参考资料" if chinese else "References"), ""]
        lines += [
            f"- <{reference}>" if "://" in reference else f"- {reference}"
            for reference in check.references
        ]
    return Message(text=general, markdown="\n".join(lines).rstrip() + "\n")


def _taxonomy(items: list[Item], level: LevelResult, language: Language) -> Component:
    found = {item.key: item for item in level.items}
    return Component(
        name=TAXONOMY,
        version="2019",
        organization="SAC/TC260",
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


def _invocation(assessment: Assessment, level: LevelResult, language: Language) -> Invocation:
    chinese = language == "zh"
    failed = [
        Notification(
            level="warning",
            message=Message(
                text=_plain(
                    f"{call.service}:{call.operation} {call.region} {call.resource}"
                    f" {failure(call, language)}"
                )
            ),
            descriptor=DescriptorReference(id="failed-call", index=0),
        )
        for call in assessment.failed_calls
    ]
    unknown = [
        Notification(
            level="warning",
            message=Message(
                text=_plain(
                    f"{reason.verdicts} 项判定未知：{reason.reason_zh}"
                    if chinese
                    else f"{counted(reason.verdicts, 'verdict')} unknown: {reason.reason}"
                )
            ),
            descriptor=DescriptorReference(id="unknown-verdict", index=1),
        )
        for reason in level.unknown_reasons
    ]
    unread = [
        Notification(
            level="note",
            message=Message(
                text=_plain(
                    f"{kind} 类型的资源有 {number} 个，本版本尚不支持，未纳入检查。"
                    if chinese
                    else f"{kind}: this version does not read the type; {number} not looked at."
                )
            ),
            descriptor=DescriptorReference(id="unread-type", index=2),
        )
        for kind, number in assessment.unmapped.items()
    ]
    return Invocation(
        execution_successful=True,
        end_time_utc=assessment.now,
        tool_execution_notifications=failed + unknown + unread,
    )


def _result(
    assessment: Assessment,
    result: Result,
    finding: ReportedFinding,
    index: int,
    check: CheckMetadata,
    language: Language,
    seen: Counter[str],
) -> SarifResult:
    resource = result.resource
    identity = fingerprint(result, finding, seen)
    return SarifResult(
        rule_id=check.id,
        rule_index=index,
        level=_LEVELS[check.severity],
        message=Message(text=_plain(f"{resource.name}: {finding.message.in_language(language)}")),
        locations=[_location(assessment, result, finding)],
        partial_fingerprints={
            "primaryLocationLineHash": f"{identity[:16]}:1",
            "mlps/v1": identity,
        },
        suppressions=_suppressions(result, language),
        properties={
            "at": finding.at,
            "region": resource.region,
            "account": resource.account,
            "level": result.level,
            "system": result.system,
        },
    )


def _plain(text: str) -> str:
    """Text in which a viewer finds no link: SARIF reads `[text](target)` as one in every message,
    and a name in the cloud may look like that."""
    text = visible(text)
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text


def _location(assessment: Assessment, result: Result, finding: ReportedFinding) -> Location:
    resource = result.resource
    source = resource.source
    if source:
        uri, line = source.uri, finding.line or source.start_line
        end = None if finding.line else source.end_line
        logical = LogicalLocation(
            name=source.address.rsplit(".", 1)[-1],
            fully_qualified_name=source.address,
            kind="resource",
        )
    else:
        uri, line, end = f"{assessment.snapshot}/{resource.file}", resource.line, None
        logical = LogicalLocation(
            name=resource.name, fully_qualified_name=resource.id, kind="resource"
        )
    return Location(
        physical_location=PhysicalLocation(
            artifact_location=_artifact(uri),
            region=Region(start_line=max(line, 1), end_line=end),
        ),
        logical_locations=[logical],
    )


def _artifact(path: str) -> ArtifactLocation:
    """A file relative to the repository's root; an absolute path cannot be, and is kept whole."""
    path = path.replace("\\", "/")
    if path.startswith("/"):
        return ArtifactLocation(uri="file://" + quote(path))
    return ArtifactLocation(uri=quote(path.removeprefix("./")), uri_base_id="%SRCROOT%")


def _suppressions(result: Result, language: Language) -> list[Suppression]:
    waiver = result.waiver
    if waiver is None:
        return []
    date = waiver.expires.isoformat()
    why = (
        f"{waiver.reason}（{waiver.approver}，有效期至 {date}）"
        if language == "zh"
        else f"{waiver.reason} ({waiver.approver}, until {date})"
    )
    return [Suppression(kind="external", status="accepted", justification=why)]


FORMAT = Format(name="sarif", description="SARIF 2.1.0, for code scanning", render=render)
