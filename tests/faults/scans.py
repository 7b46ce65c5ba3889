"""Scanning through a fault proxy, and comparing what two scans say."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from collectors.aws.collect import collect
from collectors.aws.session import AwsOptions
from collectors.calls import Call
from collectors.snapshot import Manifest
from scanner.evaluate import read_verdicts
from scanner.pipeline import Evaluator
from scanner.verdict import ResourceRef, ResourceVerdicts, Status
from tests.faults.proxy import DENIED, FaultProxy

REGION = "cn-north-1"


class Judged(Struct, frozen=True):
    """A scan's outcome: the status of each check on each resource, what the manifest says, and the
    calls that were made."""

    statuses: dict[tuple[str, str], Status]
    resources: dict[str, ResourceRef]
    manifest: Manifest
    made: set[str]

    def stands_in_for(self, resource: ResourceRef, check: str) -> Status | None:
        """The status of the stand-in for the resources of this one's type."""
        for other in self.resources.values():
            alike = other.type == resource.type and other.native_type == resource.native_type
            if other.unlisted and alike and other.region in {resource.region, "global"}:
                return self.statuses.get((other.id, check))
        return None


def scan(proxy: FaultProxy, evaluator: Evaluator, folder: Path) -> Judged:
    folder.mkdir()
    options = AwsOptions(endpoint_url=proxy.url, regions=(REGION,))
    proxy.seen.clear()
    manifest = collect(folder / "snapshot", options, tool_version="test")
    made = {f"{request.service}:{request.operation}" for request in proxy.seen}
    evaluator.evaluate(folder / "snapshot", (3,), folder / "verdicts.ndjson")
    statuses: dict[tuple[str, str], Status] = {}
    resources = {}
    for line in read_verdicts(folder / "verdicts.ndjson"):
        assert isinstance(line, ResourceVerdicts)
        resources[line.resource.id] = line.resource
        for verdict in line.verdicts:
            statuses[line.resource.id, verdict.check] = verdict.status
    return Judged(statuses, resources, manifest, made)


def undisturbed(proxy: FaultProxy, evaluator: Evaluator, folders: pytest.TempPathFactory) -> Judged:
    """The first scan, from which the proxy learns what moto answers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        proxy.decide = lambda request: None
        judged = scan(proxy, evaluator, folders.mktemp("scan") / "undisturbed")
    proxy.learning = False
    return judged


def no_silent_pass(before: Judged, after: Judged) -> int:
    """Compare every verdict; returns how many were compared."""
    for key, status in after.statuses.items():
        if status == "pass":
            assert before.statuses.get(key) == "pass", f"{key} passes, and did not before"
    for (resource, check), status in before.statuses.items():
        if status == "not_applicable":
            continue
        now = after.statuses.get((resource, check))
        if now is None:
            stand_in = after.stands_in_for(before.resources[resource], check)
            assert stand_in == "unknown", f"{check} on {resource} vanished"
        assert now != "not_applicable", f"{check} on {resource} does not apply any more"
    return len(before.statuses)


def deny(proxy: FaultProxy, call: Call) -> None:
    asked = (call.service, call.operation)
    proxy.decide = lambda request: DENIED if request[:2] == asked else None


def denied(judged: Judged) -> set[str]:
    return {
        f"{failed.service}:{failed.operation}"
        for failed in judged.manifest.failed_calls
        if failed.code == DENIED.code
    }
