"""Findings that an earlier run had already: they are shown and do not fail a run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from collectors.document import UserError
from scanner.assessment import Assessment, BaselineUse, ReportedFinding, Result
from scanner.catalog import Level, Text
from scanner.checks import CheckMetadata
from scanner.fingerprint import fingerprint
from scanner.report import json as json_report
from scanner.verdict import ResourceRef

FINGERPRINT = "mlps/v1"
"""The key of our fingerprint in a SARIF result."""

_HINT = "Make one with: mlps check PATH… --save json=baseline.json (or sarif=baseline.sarif)"


class Known(Struct, frozen=True):
    """A finding of an earlier run: its check and its resource, by its id."""

    check: str
    resource: str


class Baseline(Struct, frozen=True, kw_only=True):
    """An earlier run: its failures that nobody had waived. Of a JSON report these are `results`,
    whose fingerprints the checks of the run at hand decide; of SARIF they are `prints`."""

    file: str
    results: list[Result] = []
    prints: dict[str, Known] = {}

    def known(self, checks: dict[str, CheckMetadata]) -> dict[str, Known]:
        """Each finding by its fingerprint."""
        found = dict(self.prints)
        seen: Counter[str] = Counter()
        for result in self.results:
            check = checks.get(result.check)
            for finding in result.findings if check else ():
                assert check
                key = fingerprint(check, result, finding, seen)
                found[key] = Known(result.check, result.resource.id)
        return found


def load_baseline(path: Path) -> Baseline:
    """Read the JSON or SARIF report of an earlier run. Raises UserError for anything else, and for
    a report that was narrowed to what had changed: it says nothing of the rest."""
    try:
        data = path.read_bytes()
        kind = msgspec.json.decode(data, type=_Kind)
    except OSError as error:
        raise UserError(f"The baseline {path} cannot be read: {error.strerror}.", _HINT) from error
    except msgspec.MsgspecError as error:
        raise UserError(f"The baseline {path} is not JSON: {error}.", _HINT) from error
    try:
        if kind.kind == "mlps.assessment" and kind.schema_version <= json_report.SCHEMA_VERSION:
            return _of_json(path, data)
        if kind.runs is not None:
            return _of_sarif(path, data)
    except msgspec.MsgspecError as error:
        raise UserError(f"The baseline {path} cannot be read: {error}.", _HINT) from error
    raise UserError(f"The baseline {path} is no JSON or SARIF report of this version.", _HINT)


def compared(assessment: Assessment, baseline: Baseline) -> Assessment:
    """The assessment with its findings marked that the baseline has. What the baseline has and is
    gone is counted, and so is what of it cannot be decided now: that is not mended."""
    checks = {check.id: check for check in assessment.checks}
    known = baseline.known(checks)
    marker = _Marker(checks, known)
    results = [marker.marked(result) for result in assessment.results]
    gone = [known[key] for key in known.keys() - marker.found]
    undecided = {
        Known(result.check, result.resource.id) for result in results if result.status != "fail"
    }
    use = BaselineUse(
        file=baseline.file,
        known=len(known) - len(gone),
        new=marker.new,
        gone=sum(one not in undecided for one in gone),
        undecided=sum(one in undecided for one in gone),
    )
    return msgspec.structs.replace(assessment, results=results, baseline=use)


class _Marker:
    """Marks findings that are known; `found` are those of the baseline that are there again."""

    def __init__(self, checks: dict[str, CheckMetadata], known: dict[str, Known]) -> None:
        self._checks = checks
        self._known = known
        self._seen: Counter[str] = Counter()
        self.found: set[str] = set()
        self.new = 0

    def marked(self, result: Result) -> Result:
        """The result, with each of its findings that is known marked."""
        if result.status != "fail":
            return result
        findings = []
        for finding in result.findings:
            key = fingerprint(self._checks[result.check], result, finding, self._seen)
            is_known = key in self._known
            if is_known:
                self.found.add(key)
            self.new += not (is_known or result.waiver or result.of_account)
            findings.append(msgspec.structs.replace(finding, known=is_known))
        return msgspec.structs.replace(result, findings=findings)


class _Kind(Struct):
    kind: str = ""
    schema_version: int = 0
    runs: list[msgspec.Raw] | None = None


class _Resource(Struct):
    id: str
    account: str


class _Finding(Struct):
    at: str
    args: dict[str, Any]


class _Result(Struct):
    """What of a result its fingerprint is made of: other fields may differ between versions."""

    check: str
    status: str
    level: Level
    system: str
    resource: _Resource
    findings: list[_Finding] = []
    waiver: dict[str, Any] | None = None

    def plain(self) -> Result:
        """The same as a result that has nothing else."""
        ref = ResourceRef(
            id=self.resource.id,
            account=self.resource.account,
            type="",
            name="",
            provider="",
            region="",
        )
        return Result(
            check=self.check,
            severity="low",
            status="fail",
            level=self.level,
            system=self.system,
            resource=ref,
            findings=[
                ReportedFinding(at=each.at, args=each.args, message=Text("", ""))
                for each in self.findings
            ],
        )


class _Assessed(Struct):
    results: list[_Result]
    changed_since: dict[str, Any] | None = None


class _Json(Struct):
    assessment: _Assessed


def _of_json(path: Path, data: bytes) -> Baseline:
    assessed = msgspec.json.decode(data, type=_Json).assessment
    _refuse_narrowed(path, assessed.changed_since)
    # A waiver that has expired since must count: the baseline does not hold what it accepted.
    wrong = [one.plain() for one in assessed.results if one.status == "fail" and one.waiver is None]
    return Baseline(file=path.as_posix(), results=wrong)


class _SarifResult(Struct, rename="camel"):
    rule_id: str = ""
    partial_fingerprints: dict[str, str] = {}
    suppressions: list[msgspec.Raw] = []
    properties: dict[str, Any] = {}


class _Run(Struct):
    results: list[_SarifResult] = []
    properties: dict[str, Any] = {}


class _Log(Struct):
    runs: list[_Run]


def _of_sarif(path: Path, data: bytes) -> Baseline:
    runs = msgspec.json.decode(data, type=_Log).runs
    for run in runs:
        _refuse_narrowed(path, run.properties.get("changedSince"))
    wrong = [one for run in runs for one in run.results if not one.suppressions]
    if any(FINGERPRINT not in one.partial_fingerprints for one in wrong):
        raise UserError(f"The baseline {path} is SARIF of another tool.", _HINT)
    return Baseline(
        file=path.as_posix(),
        prints={
            one.partial_fingerprints[FINGERPRINT]: Known(one.rule_id, _resource(one))
            for one in wrong
        },
    )


def _resource(result: _SarifResult) -> str:
    return str(result.properties.get("resource", ""))


def _refuse_narrowed(path: Path, changed: object) -> None:
    if changed is not None:
        raise UserError(
            f"The baseline {path} is of a run with --changed-since, which left the rest out.",
            _HINT,
        )
