"""SARIF 2.1.0, for code-scanning dashboards: one run for each system, or for each level.

Failures are results; waived ones carry a suppression. What could not be decided is not a result,
because a dashboard would show it as a defect: it stands in the invocation's notifications.

GitHub's limits (https://docs.github.com/en/code-security/code-scanning, "SARIF results exceed
limit") are kept without leaving anything out: of a run it keeps 5,000 results, so more of them are
several runs, each with a category of its own; more runs than a file may have, or more bytes, are
several files (`split`), which are uploaded one by one.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from scanner.assessment import Assessment, LevelResult
from scanner.catalog import Catalogue
from scanner.report import Format, Language, Options, Rendered
from scanner.report._sarif_model import (
    AutomationDetails,
    BaseId,
    Invocation,
    Log,
    Run,
    SarifResult,
    Tool,
    VersionControlDetails,
)
from scanner.report._sarif_notes import notifications, part
from scanner.report._sarif_results import SOURCE_ROOT, results
from scanner.report._sarif_rules import driver, taxonomy

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

MAX_RESULTS = 5_000
"""Results of a run that code scanning keeps; it takes 25,000."""

MAX_RUNS = 20
"""Runs of a file."""

MAX_BYTES = 9_500_000
"""Bytes of a file as gzip has them; the limit is 10 MB."""

INDENTED = 1_000
"""Results up to which a file is indented, for people who look into it."""


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The whole log, however large."""
    return _written(list(_runs(assessment, catalogue, options.language)))


def split(assessment: Assessment, catalogue: Catalogue, options: Options) -> list[Rendered]:
    """The log in as few files as code scanning takes."""
    runs = list(_runs(assessment, catalogue, options.language))
    whole = _written(runs)
    if len(runs) <= MAX_RUNS and _fits(whole):
        return [whole]
    return list(_files(runs))


def _fits(text: str) -> bool:
    data = text.encode()
    return len(data) <= MAX_BYTES or len(gzip.compress(data)) <= MAX_BYTES


def _files(runs: list[Run]) -> Iterator[Rendered]:
    """As many runs to a file as fit. The sum of runs compressed one by one is no less than what
    they are together."""
    held: list[Run] = []
    size = 0
    for run in runs:
        added = len(gzip.compress(msgspec.json.encode(run)))
        if held and (len(held) == MAX_RUNS or size + added > MAX_BYTES):
            yield _written(held)
            held, size = [], 0
        held.append(run)
        size += added
    yield _written(held)


def _written(runs: list[Run]) -> str:
    log = Log(schema=SCHEMA, version="2.1.0", runs=runs)
    encoded = msgspec.json.encode(log).replace(b'{"schema":', b'{"$schema":', 1)
    if sum(len(run.results) for run in runs) <= INDENTED:
        encoded = msgspec.json.format(encoded, indent=2)
    return encoded.decode() + "\n"


def _runs(assessment: Assessment, catalogue: Catalogue, language: Language) -> Iterator[Run]:
    for level in assessment.levels:
        items = catalogue.at_level(level.level)
        found = results(assessment, level, items, language)
        chunks = list(_chunks(found))
        tool = Tool(driver=driver(assessment, items, level, language))
        for number, chunk in enumerate(chunks, 1):
            # What is not a result is said once.
            notes = notifications(assessment, level, language) if number == 1 else []
            if len(chunks) > 1:
                notes = [*notes, part(number, len(chunks), len(found), language)]
            yield Run(
                tool=tool,
                taxonomies=[taxonomy(items, level, language)],
                invocations=[
                    Invocation(
                        execution_successful=not assessment.saw_nothing,
                        end_time_utc=assessment.now,
                        tool_execution_notifications=notes,
                    )
                ],
                automation_details=AutomationDetails(id=_category(level, number)),
                version_control_provenance=_provenance(assessment),
                results=chunk,
                properties=_properties(assessment, level),
            )


def _properties(assessment: Assessment, level: LevelResult) -> dict[str, Any]:
    found: dict[str, Any] = {
        "incomplete": assessment.incomplete,
        "level": level.level,
        "system": level.system,
    }
    if assessment.changed_since:
        found["changedSince"] = assessment.changed_since.commit
    return found


def _chunks(found: list[SarifResult]) -> Iterator[list[SarifResult]]:
    """At most so many results that code scanning keeps them, of at most so many bytes that they
    fit into a file."""
    for start in range(0, max(len(found), 1), MAX_RESULTS):
        yield from _halved(found[start : start + MAX_RESULTS])


def _halved(found: list[SarifResult]) -> Iterator[list[SarifResult]]:
    data = msgspec.json.encode(found)
    small = len(data) <= MAX_BYTES // 2 or len(gzip.compress(data)) <= MAX_BYTES // 2
    if small or len(found) < 2:
        yield found
        return
    middle = len(found) // 2
    yield from _halved(found[:middle])
    yield from _halved(found[middle:])


def _category(level: LevelResult, number: int) -> str:
    """What code scanning tells analyses apart by: one for each system, or for each level."""
    system = f"{quote(level.system, safe='')}/" if level.is_declared else ""
    end = f"part-{number}/" if number > 1 else ""
    return f"mlps/{system}level-{level.level}/{end}"


def _provenance(assessment: Assessment) -> list[VersionControlDetails]:
    origin = assessment.version_control
    if origin is None:
        return []
    return [
        VersionControlDetails(
            repository_uri=origin.repository,
            revision_id=origin.revision,
            branch=origin.branch,
            mapped_to=BaseId(uri_base_id=SOURCE_ROOT),
        )
    ]


FORMAT = Format(
    name="sarif", description="SARIF 2.1.0, for code scanning", render=render, split=split
)
