"""Prometheus: read back by the official client's parser."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from scanner.assessment import Assessment
from scanner.judge import ITEM_STATUSES
from scanner.report import Language, text_of
from scanner.verdict import DeclaredSystem
from tests.scanner.made import NOW, assessed, line, ref, verdict
from tests.scanner.report.hostile import NAMES, complete, everything, rendered

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def read(assessment: Assessment, language: Language = "en") -> Samples:
    text = text_of(rendered("prometheus", assessment, language))
    samples: Samples = {}
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        assert family.samples
        for sample in family.samples:
            assert sample.timestamp is None  # node_exporter refuses a file with timestamps
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in samples
            samples[key] = sample.value
    return samples


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, tuple(sorted(labels.items()))]


def test_the_numbers_are_those_of_the_assessment() -> None:
    found = everything()
    samples = read(found)
    core, office = ({"system": "核心系统", "level": "3"}, {"system": "oa", "level": "2"})
    for status in ITEM_STATUSES:
        number = found.levels[0].totals[status]
        assert value(samples, "mlps_items", result=status, **core) == number
    outcomes = {
        name: value(samples, "mlps_verdicts", outcome=name, **core)
        for name in ("passed", "failed", "waived", "unknown", "error")
    }
    assert outcomes == {"passed": 2, "failed": 2, "waived": 1, "unknown": 1, "error": 1}
    assert value(samples, "mlps_failures", severity="high", **core) == 2
    assert value(samples, "mlps_findings", severity="high", **core) == 2
    assert value(samples, "mlps_failures", severity="high", **office) == 0
    assert value(samples, "mlps_scan_incomplete") == 1
    assert value(samples, "mlps_scan_failed_calls") == 1
    assert value(samples, "mlps_scan_unknown_verdicts") == 2
    assert value(samples, "mlps_scan_unread_resources") == 2
    assert value(samples, "mlps_scan_outside_resources") == 1
    assert value(samples, "mlps_scan_timestamp_seconds") == 1781512200
    assert NOW == "2026-06-15T08:30:00Z"


def test_a_scan_that_judged_nothing_says_so() -> None:
    assert value(read(assessed([])), "mlps_scan_judged_nothing") == 1
    samples = read(complete())
    assert value(samples, "mlps_scan_judged_nothing") == 0
    assert value(samples, "mlps_scan_incomplete") == 0


def test_series_are_the_same_whatever_is_found() -> None:
    names = [set(read(one)) for one in (complete(), assessed([line(ref(), verdict("fail"))]))]
    assert names[0] == names[1]


def test_the_language_changes_nothing() -> None:
    assert rendered("prometheus", everything(), "zh") == rendered("prometheus", everything(), "en")


@pytest.mark.parametrize("name", [*NAMES, 'a\\"b\\n', "\\"])
def test_a_name_stays_in_its_label(name: str) -> None:
    systems = [DeclaredSystem(name=name, level=3)]
    samples = read(assessed([line(ref(), verdict("fail"), system=name)], systems=systems))
    assert value(samples, "mlps_resources", system=name, level="3") == 1
