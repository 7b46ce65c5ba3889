"""What is wrong or unknown, as rows: what every format that lists findings starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from scanner.assessment import Assessment, LevelResult, ReportedFinding, Result
from scanner.catalog import Catalogue
from scanner.checks import CheckMetadata
from scanner.fingerprint import fingerprint, fingerprint_undecided
from scanner.report import Language
from scanner.report._text import name_of, reason_of, visible
from scanner.report._words import KNOWN, OF_ACCOUNT, Outcome


class Row(Struct, frozen=True, kw_only=True):
    """A finding, or a verdict that is unknown or an error. Texts are in one language and safe to
    show; `id` is the fingerprint, `file` is relative and `line` at least 1, `clauses` are those of
    the items at the system's level, `waiver` says who accepted it, why and until when, `aside` why
    else it does not count for the exit code; `first_seen` is empty without a history."""

    id: str
    level: LevelResult
    check: CheckMetadata
    result: Result
    outcome: Outcome
    title: str
    resource: str
    message: str
    clauses: list[str]
    waiver: str
    file: str
    line: int
    aside: str = ""
    first_seen: str = ""


def rows(assessment: Assessment, catalogue: Catalogue, language: Language) -> Iterator[Row]:
    """All rows: systems in their order, what is worst first."""
    checks = {check.id: check for check in assessment.checks}
    for level in assessment.levels:
        seen: Counter[str] = Counter()
        clauses = {item.key: item.clauses[level.level] for item in catalogue.at_level(level.level)}
        for result in level.of(assessment.results):
            check = checks[result.check]
            for finding in result.findings if result.status == "fail" else [None]:
                place, line = place_of(assessment, result, finding)
                yield Row(
                    id=fingerprint(check, result, finding, seen)
                    if finding
                    else fingerprint_undecided(result, seen),
                    level=level,
                    check=check,
                    result=result,
                    outcome=outcome_of(result),
                    title=check.title_zh if language == "zh" else check.title,
                    resource=visible(name_of(result.resource, language)),
                    message=message_of(result, finding, language),
                    clauses=[clauses[key] for key in check.items if key in clauses],
                    waiver=waiver_of(result, language),
                    file=visible(place),
                    line=line,
                    first_seen=finding.first_seen if finding else "",
                    aside=aside_of(result, finding, language),
                )


def aside_of(result: Result, finding: ReportedFinding | None, language: Language) -> str:
    """Why a failure that is not waived does not count for the exit code; empty where it does."""
    if finding is None or result.waiver:
        return ""
    if result.of_account:
        return OF_ACCOUNT.in_language(language)
    return KNOWN.in_language(language) if finding.known else ""


def outcome_of(result: Result) -> Outcome:
    """A failure that a valid waiver accepts is waived."""
    return "waived" if result.status == "fail" and result.waiver else result.status


def message_of(result: Result, finding: ReportedFinding | None, language: Language) -> str:
    """What is wrong; of a verdict that could not be reached, why."""
    if finding:
        return visible(finding.message.in_language(language))
    reasons = [reason_of(one, language) for one in result.reasons]
    nothing = "未说明原因" if language == "zh" else "no reason was given"
    return visible(("；" if language == "zh" else "; ").join(reasons) or nothing)


def waiver_of(result: Result, language: Language) -> str:
    """Who accepted a failure, why and until when; empty where nobody did."""
    if result.waiver is None:
        return ""
    waiver, date = result.waiver, result.waiver.expires.isoformat()
    return visible(
        f"{waiver.reason}（{waiver.approver}，有效期至 {date}）"
        if language == "zh"
        else f"{waiver.reason} ({waiver.approver}, until {date})"
    )


def from_root(path: str, assessment: Assessment) -> str:
    """The path of a template from the root of its repository, which dashboards of code ask for; as
    it is where no repository is known."""
    control = assessment.version_control
    if control is None or path.startswith("/"):
        return path
    return control.prefix + path.removeprefix("./")


def place_of(
    assessment: Assessment, result: Result, finding: ReportedFinding | None
) -> tuple[str, int]:
    """The file and line: in the template, else in the snapshot."""
    resource = result.resource
    if resource.source:
        line = finding.line if finding and finding.line else resource.source.start_line
        path = (finding.file if finding else "") or resource.source.uri
    else:
        line, path = resource.line, f"{assessment.snapshot}/{resource.file}"
    return path.replace("\\", "/").removeprefix("./"), max(line, 1)
