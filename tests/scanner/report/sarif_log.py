"""SARIF logs that are valid by the official schema, and what goes into them."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema

from collectors.document import Place, Source
from scanner.assessment import Assessment
from scanner.checks import SEVERITIES
from scanner.config import Waiver
from scanner.report import Language, Options, load_format
from scanner.verdict import Finding, ResourceRef, ResourceVerdicts
from tests.scanner.made import DENIED, assessed, catalogue, check, line, ref, verdict

SCHEMA = Path(__file__).parents[2] / "golden" / "sarif" / "sarif-schema-2.1.0.json"


@functools.cache
def validator() -> Any:
    return jsonschema.Draft4Validator(
        json.loads(SCHEMA.read_text()), format_checker=jsonschema.FormatChecker()
    )


def rendered(assessment: Assessment, language: Language = "en") -> dict[str, Any]:
    """The log, valid by the schema."""
    text = load_format("sarif").render(assessment, catalogue(), Options(language=language))
    log: dict[str, Any] = json.loads(text)
    errors = [f"{error.json_path}: {error.message}" for error in validator().iter_errors(log)]
    assert errors == []
    return log


def only_run(assessment: Assessment, language: Language = "en") -> dict[str, Any]:
    (run,) = rendered(assessment, language)["runs"]
    return run  # type: ignore[no-any-return]


def template(name: str = "web", uri: str = "main.tf", start: int = 12, **lines: int) -> ResourceRef:
    """A resource of a template."""
    source = Source(
        uri=uri,
        start_line=start,
        end_line=start + 9,
        address=f"aws_security_group.{name}",
        lines={at: Place(line=line, argument="ingress") for at, line in lines.items()},
    )
    return ref(
        name, id=f"aws_security_group.{name}", account="", source=source, file="t.ndjson", line=1
    )


def failing(resource: ResourceRef, *places: str, level: int = 3) -> ResourceVerdicts:
    findings = [Finding(at=at, args={"port": 22, "source": "0.0.0.0/0"}) for at in places]
    return line(resource, verdict("fail", findings=findings), level=level)


def strings(value: Any) -> Iterator[str]:
    """Every text of a log."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def everything() -> Assessment:
    """An assessment with one of each: failures, waived, unknown, error, a failed call."""
    checks = [check(severity, severity=severity) for severity in SEVERITIES]
    lines = []
    for level in (2, 3):
        lines += [
            line(
                ref(),
                *(verdict("fail", severity) for severity in SEVERITIES),
                level=level,
            ),
            line(template(), verdict("fail", "low"), verdict("error", "high"), level=level),
            line(ref("x"), verdict("unknown", "high"), verdict("pass", "low"), level=level),
        ]
    waiver = Waiver(check="low", resource="web", reason="r", approver="a", expires=date(2027, 1, 1))
    return assessed(lines, checks, [waiver], levels=[2, 3], failed_calls=[DENIED])
