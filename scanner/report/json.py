"""JSON: the assessment as it is. Its schema is `policies/schemas/report.schema.json`."""

from __future__ import annotations

import msgspec

from scanner.assessment import Assessment
from scanner.catalog import Catalogue
from scanner.report import Format, Options

SCHEMA_VERSION = 1
INDENTED = 1_000
"""Results up to which the file is indented, for people who look into it; it doubles the size."""


class JsonReport(msgspec.Struct, kw_only=True):
    """The file: the assessment under a version, with the disclaimer that every report carries."""

    schema_version: int = SCHEMA_VERSION
    kind: str = "mlps.assessment"
    notice: str = "A self-check of configuration; not the result of an official MLPS assessment."
    assessment: Assessment


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:  # noqa: ARG001
    """Both languages stand side by side, so the language option changes nothing. The `reasons` of
    a single result are the verdicts' own text."""
    encoded = msgspec.json.encode(JsonReport(assessment=assessment))
    if len(assessment.results) <= INDENTED:
        encoded = msgspec.json.format(encoded, indent=2)
    return encoded.decode() + "\n"


FORMAT = Format(name="json", description="everything, for programs", render=render)
