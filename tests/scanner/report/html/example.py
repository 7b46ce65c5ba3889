"""An assessment with one of each thing that the page shows, and names that want to be more than
text."""

from __future__ import annotations

from datetime import date

from collectors.document import Source
from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.checks import CheckMetadata, NotOffered, Remediation
from scanner.config import Attestation, Config, Waiver
from scanner.verdict import DeclaredSystem, Finding, OutsideResource, ResourceVerdicts
from tests.scanner.made import DENIED, attestation, catalogue, check, header, line, platform, ref
from tests.scanner.made import verdict as made_verdict

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
QUOTES = "\"'><svg onload=alert(3)>"
COMMENT = "<!--<script>"
LONG = "long-" + "x" * 3000
HOSTILE = (IMAGE, SCRIPT, QUOTES, COMMENT, LONG)
TURNED = "safe\u202egnp.exe"

BANK, OFFICE = DeclaredSystem(name="core-bank", level=3, owner="零售部"), "oa"


def checks() -> list[CheckMetadata]:
    """Four checks, one of each severity, that feed items of three domains."""
    ports = check(
        severity="critical",
        title="Administration ports are closed",
        title_zh="管理端口不开放",
        items=["boundary.access-control", "g:boundary.external-attacks"],
        remediation=Remediation(
            en="Close the port.",
            zh="关闭端口。",
            aws="Use Session Manager.",
            aliyun="Use Bastionhost.",
        ),
        references=["https://example.com/ports", "javascript:alert(4)"],
    )
    disk = check(
        "data-disk-encryption",
        severity="medium",
        items=["g:data.storage-confidentiality"],
        message="the disk {name} is not encrypted: {encrypted}",
        message_zh="云盘 {name} 未加密：{encrypted}",
        not_offered=[NotOffered(cloud="aws-cn", en="Not there.", zh="当地没有。")],
    )
    region = check("location-resource", severity="low", items=["physical.location"])
    trail = check("audit-trail", severity="high", items=["g:boundary.audit"])
    return [ports, disk, region, trail]


def _bank() -> list[ResourceVerdicts]:
    """Findings and undecided verdicts of the first system."""
    many = [{"port": port, "source": "0.0.0.0/0"} for port in (22, 3389)]
    source = Source(
        uri="infra/main.tf", start_line=12, end_line=20, address="aws_security_group.web"
    )
    plain = {"name": "data", "encrypted": False}
    lines = [
        line(
            ref("web", source=source),
            made_verdict(
                "fail", findings=[Finding(at=f"rules/{i}", args=a) for i, a in enumerate(many)]
            ),
            system="core-bank",
        ),
        line(
            ref("bastion", account="444455556666", region="cn-northwest-1"),
            made_verdict("fail"),
            system="core-bank",
        ),
        line(
            ref("disk", type="compute.disk", id="vol-1", native_type="AWS::EC2::Volume"),
            made_verdict(
                "fail", "data-disk-encryption", findings=[Finding(at="encryption", args=plain)]
            ),
            made_verdict("pass", "location-resource"),
            made_verdict("unknown", "audit-trail"),
            made_verdict("error"),
            system="core-bank",
        ),
    ]
    for i, name in enumerate([*HOSTILE, TURNED]):
        finding = Finding(at="rules/0", args={"port": name, "source": name})
        lines.append(
            line(
                ref(name, id=f"{name}-{i}", region="cn-north-1"),
                made_verdict("fail", findings=[finding]),
                system="core-bank",
            )
        )
    return lines


def example() -> Assessment:
    """Two systems; everything that may be missed is missed."""
    waiver = Waiver(
        check="boundary-admin-ports",
        resource="bastion",
        reason=f"the only way in {IMAGE}",
        approver="wang.fang",
        expires=date(2027, 1, 31),
    )
    config = Config(
        waivers=[waiver, _waiver(date(2025, 1, 1)), _waiver(date(2027, 1, 1))],
        attestations=[
            attestation(item="supply-chain.suppliers", evidence=SCRIPT),
            Attestation(
                item="construction.exit",
                evidence="old",
                by="li",
                stated=date(2024, 1, 1),
                expires=date(2025, 1, 1),
            ),
        ],
        platforms=[platform()],
    )
    lines: list[ResourceVerdicts | OutsideResource] = [
        *_bank(),
        line(
            ref("mail"),
            made_verdict("pass"),
            made_verdict("not_applicable", "data-disk-encryption", not_offered="aws-cn"),
            system="oa",
            level=2,
        ),
        line(ref("maybe"), made_verdict("pass"), system="oa", level=2, uncertain=True),
        OutsideResource(resource=ref(f"outside {IMAGE}")),
    ]
    head = header(
        checks(),
        systems=[BANK, DeclaredSystem(name=OFFICE, level=2), DeclaredSystem(name="empty", level=2)],
        failed_calls=[DENIED],
        unmapped={"aws_lb_target_group": 2},
    )
    return assess(head, lines, catalogue(), config)


def _waiver(expires: date) -> Waiver:
    return Waiver(check="nothing", resource="*", reason="r", approver="a", expires=expires)
