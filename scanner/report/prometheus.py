"""Prometheus, in the text format that node_exporter's textfile collector reads.

Every series is there in every run, zero where there is nothing: an alert on a series that comes and
goes stays silent when it matters. Labels hold no text from the cloud but account names of systems.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from scanner.assessment import Assessment, LevelResult
from scanner.catalog import Catalogue
from scanner.checks import SEVERITIES
from scanner.judge import ITEM_STATUSES, Counts
from scanner.report import Format, Options

Labels = tuple[tuple[str, str], ...]


class _Metric(Struct, frozen=True):
    """A gauge with its samples."""

    name: str
    help: str
    samples: list[tuple[Labels, float]]


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:  # noqa: ARG001
    """The file. Names and labels are the same in every language."""
    metrics = [*_scan(assessment), *_systems(assessment)]
    return "".join(_written(metric) for metric in metrics)


def _scan(assessment: Assessment) -> Iterator[_Metric]:
    about = (
        ("version", assessment.tool_version),
        ("engine", assessment.engine),
        ("origin", assessment.origin),
        ("providers", ",".join(assessment.providers)),
    )
    scanned = datetime.fromisoformat(assessment.now).timestamp()
    unknown = sum(reason.verdicts for reason in assessment.unknown_reasons)
    for name, text, labels, value in (
        ("info", "What scanned; always 1.", about, 1.0),
        ("timestamp_seconds", "When the scan ended, Unix time.", (), scanned),
        (
            "incomplete",
            "1 when calls failed or verdicts are unknown: nothing may be read as all well.",
            (),
            float(assessment.incomplete),
        ),
        (
            "judged_nothing",
            "1 when not one verdict was reached.",
            (),
            float(assessment.judged_nothing),
        ),
        ("failed_calls", "Calls that failed.", (), float(len(assessment.failed_calls))),
        ("unknown_verdicts", "Verdicts that are unknown or in error.", (), float(unknown)),
        (
            "unread_resources",
            "Resources of types that this version does not read.",
            (),
            float(sum(assessment.unmapped.values())),
        ),
        (
            "outside_resources",
            "Resources in no declared system, not judged.",
            (),
            float(len(assessment.outside)),
        ),
    ):
        yield _Metric(f"mlps_scan_{name}", text, [(labels, value)])


def _systems(assessment: Assessment) -> Iterator[_Metric]:
    levels = assessment.levels
    yield _Metric(
        "mlps_resources",
        "Resources of a system.",
        [(_of(level), float(level.resources)) for level in levels],
    )
    yield _Metric(
        "mlps_items",
        "Requirement items by result.",
        [
            ((*_of(level), ("result", status)), float(level.totals[status]))
            for level in levels
            for status in ITEM_STATUSES
        ],
    )
    yield _Metric(
        "mlps_verdicts",
        "Verdicts by outcome; unknown and error are no pass, waived is a failure accepted.",
        [
            ((*_of(level), ("outcome", outcome)), float(getattr(level.counts, outcome)))
            for level in levels
            for outcome in Counts.__struct_fields__
        ],
    )
    yield _Metric(
        "mlps_failures",
        "Failed verdicts that are not waived, by severity.",
        [
            ((*_of(level), ("severity", severity)), float(level.failed_by_severity[severity]))
            for level in levels
            for severity in SEVERITIES
        ],
    )
    findings = {
        (level.system, level.level, severity): 0 for level in levels for severity in SEVERITIES
    }
    for result in assessment.results:
        if result.status == "fail" and not result.waiver:
            findings[result.system, result.level, result.severity] += len(result.findings)
    yield _Metric(
        "mlps_findings",
        "Findings of those failures, by severity.",
        [
            ((("system", system), ("level", str(level)), ("severity", severity)), float(number))
            for (system, level, severity), number in findings.items()
        ],
    )
    for name, text in (
        ("lowest", "Share of conforming items if nothing that is not assessed conforms, 0 to 1."),
        ("highest", "Share of conforming items if all that is not assessed conforms, 0 to 1."),
    ):
        yield _Metric(
            f"mlps_conforming_ratio_{name}",
            text,
            [(_of(level), round(getattr(level.conformity, name) / 100, 3)) for level in levels],
        )


def _of(level: LevelResult) -> Labels:
    return (("system", level.system), ("level", str(level.level)))


def _written(metric: _Metric) -> str:
    head = f"# HELP {metric.name} {_escaped(metric.help)}\n# TYPE {metric.name} gauge\n"
    return head + "".join(
        f"{metric.name}{_labels(labels)} {value:.15g}\n" for labels, value in metric.samples
    )


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    inner = ",".join(
        '{}="{}"'.format(name, _escaped(value).replace('"', '\\"')) for name, value in labels
    )
    return f"{{{inner}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


FORMAT = Format(
    name="prometheus", description="gauges for node_exporter's textfile collector", render=render
)
