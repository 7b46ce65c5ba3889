"""What the tests of the scanner make: metadata of checks, verdicts, a whole assessment."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from collectors.snapshot import FailedCall
from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.catalog import Catalogue, load_catalogue
from scanner.checks import CheckMetadata, Remediation
from scanner.commands._options import Evaluation
from scanner.config import Attestation, Config, Platform, Waiver
from scanner.verdict import (
    DEFAULT_SYSTEM,
    Finding,
    OutsideResource,
    ResourceRef,
    ResourceVerdicts,
    Status,
    Verdict,
    VerdictsHeader,
)

POLICIES = Path(__file__).parent.parent.parent / "policies"
NOW = "2026-06-15T08:30:00Z"
DENIED = FailedCall(
    provider="aws",
    account="111122223333",
    region="cn-north-1",
    service="s3",
    operation="GetBucketPolicy",
    resource="private",
    permission="s3:GetBucketPolicy",
    code="AccessDenied",
    message="Access Denied",
)


@functools.cache
def catalogue() -> Catalogue:
    """The real catalogue, read once: do not change it."""
    return load_catalogue(POLICIES)


def check(id_: str = "boundary-admin-ports", **changes: Any) -> CheckMetadata:
    """A check's metadata, of the bundled check's kind."""
    values: dict[str, Any] = {
        "id": id_,
        "title": f"Title of {id_}",
        "title_zh": f"{id_} 的标题",
        "description": "Why it matters.",
        "description_zh": "为何重要。",
        "targets": ["network.firewall"],
        "facts": ["rules"],
        "severity": "high",
        "items": ["boundary.access-control"],
        "message": "port {port} is open to {source}",
        "message_zh": "端口 {port} 对 {source} 开放",
        "remediation": Remediation(en="Close the port.", zh="关闭端口。"),
        "package": f"mlps.checks.{id_.replace('-', '_')}",
        "file": f"policies/checks/{id_}.rego",
    }
    return CheckMetadata(**(values | changes))


def ref(name: str = "web", **changes: Any) -> ResourceRef:
    """A resource of a live account, at line 7 of its snapshot's file."""
    values: dict[str, Any] = {
        "id": f"arn:aws-cn:ec2:cn-north-1:111122223333:security-group/{name}",
        "type": "network.firewall",
        "name": name,
        "provider": "aws",
        "account": "111122223333",
        "region": "cn-north-1",
        "country": "CN",
        "native_type": "AWS::EC2::SecurityGroup",
        "file": "111122223333/resources.ndjson",
        "line": 7,
    }
    return ResourceRef(**(values | changes))


def verdict(status: Status, check_id: str = "boundary-admin-ports", **changes: Any) -> Verdict:
    """A verdict as `decide` gives it: failures have findings, unknown ones and errors reasons."""
    values: dict[str, Any] = {}
    if status == "fail":
        args = {"port": 22, "source": "0.0.0.0/0"}
        values["findings"] = [Finding(at="rules/0", args=args)]
    elif status == "unknown":
        values["reasons"] = ["rules: AccessDenied: ec2:DescribeSecurityGroups"]
    elif status == "error":
        values["reasons"] = ["the engine stopped: no memory"]
    return Verdict(check=check_id, status=status, **(values | changes))


def line(
    resource: ResourceRef,
    *verdicts: Verdict,
    level: int = 3,
    system: str = DEFAULT_SYSTEM,
    uncertain: bool = False,
) -> ResourceVerdicts:
    """The verdicts on a resource."""
    return ResourceVerdicts(
        resource=resource,
        system=system,
        level=level,
        verdicts=list(verdicts),
        uncertain=uncertain,
    )


def header(checks: list[CheckMetadata], **changes: Any) -> VerdictsHeader:
    """The header of a verdicts file."""
    values: dict[str, Any] = {
        "tool_version": "1.2.3",
        "now": NOW,
        "levels": [3],
        "engine": "embedded",
        "snapshot": "evidence/snapshot",
        "origin": "live",
        "providers": ["aws"],
        "accounts": ["111122223333"],
        "regions": ["cn-north-1"],
        "checks": checks,
        "failed_calls": [],
    }
    return VerdictsHeader(**(values | changes))


def assessed(
    lines: Sequence[ResourceVerdicts | OutsideResource],
    checks: list[CheckMetadata] | None = None,
    waivers: list[Waiver] | None = None,
    **changes: Any,
) -> Assessment:
    """The assessment of verdicts against the real catalogue."""
    head = header([check()] if checks is None else checks, **changes)
    return assess(head, lines, catalogue(), Config(waivers=waivers or []))


def attestation(**changes: Any) -> Attestation:
    """What a person states of the item network.x, until 2027."""
    values: dict[str, Any] = {
        "item": "network.x",
        "evidence": "contract 7",
        "by": "wang.fang",
        "stated": date(2026, 3, 1),
        "expires": date(2027, 2, 28),
    }
    return Attestation(**(values | changes))


def platform(**changes: Any) -> Platform:
    """AWS, certified for level 3 until 2027."""
    values: dict[str, Any] = {
        "provider": "aws",
        "level": 3,
        "certificate": "110000-26001",
        "expires": date(2027, 1, 1),
    }
    return Platform(**(values | changes))


def settings(**changes: Any) -> Evaluation:
    """How to evaluate in a test: level 3, bundled checks, in this process."""
    values: dict[str, Any] = {
        "levels": (3,),
        "policies": (),
        "engine": "embedded",
        "opa_url": "",
        "opa_token": None,
        "opa_ca": None,
    }
    return Evaluation(**(values | changes))
