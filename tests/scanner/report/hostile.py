"""An assessment with one of everything, and one whose names try to do something."""

from __future__ import annotations

from datetime import date

from collectors.document import Place, Source
from collectors.snapshot import FailedCall
from scanner.assessment import Assessment
from scanner.config import Waiver
from scanner.report import Language, Options, Rendered, load_format
from scanner.verdict import DeclaredSystem, Finding, OutsideResource, ResourceVerdicts
from tests.scanner.made import DENIED, assessed, catalogue, check, line, ref, verdict

SYSTEMS = [
    DeclaredSystem(name="核心系统", level=3, owner="支付组"),
    DeclaredSystem(name="oa", level=2),
]
WAIVER = Waiver(
    check="boundary-admin-ports",
    resource="bastion",
    reason="VPN 未建成",
    approver="wang.fang",
    expires=date(2027, 1, 31),
)
NAMES = (
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    '"quoted", and, commas',
    "line\nbreak\r\n\ttab",
    "</testcase><x>&amp;<![CDATA[",
    "@everyone `code` ``two`` | pipe \\| [link](http://evil.example) <img src=x onerror=y> #1 :+1:",
    "\u202egnp.exe\x1b[31m\x00\ufffe\uffff",
    "www.evil.example **bold** ~~gone~~ $x$ <!-- -->",
)


def rendered(name: str, assessment: Assessment, language: Language = "en") -> Rendered:
    """A report in a format."""
    return load_format(name).render(assessment, catalogue(), Options(language=language))


def everything() -> Assessment:
    """Two systems with a failure, one that is waived, an unknown verdict, an error, a pass, a
    failed call, a type that nothing reads and a resource in no system."""
    places = {"rules": Place(line=4, argument="ingress")}
    source = Source(uri="网络/main.tf", start_line=3, end_line=9, address="x.y", lines=places)
    lines: list[ResourceVerdicts | OutsideResource] = [
        line(ref("web"), verdict("fail"), system="核心系统"),
        line(ref("bastion"), verdict("fail"), system="核心系统"),
        line(ref("t", source=source), verdict("fail"), system="核心系统"),
        line(ref("u"), verdict("unknown"), system="核心系统"),
        line(ref("e"), verdict("error"), system="核心系统"),
        line(ref("p"), verdict("pass"), verdict("pass", "audit-trail"), system="核心系统"),
        line(ref("p"), verdict("pass"), system="oa", level=2),
        OutsideResource(resource=ref("lost")),
    ]
    checks = [
        check(),
        check("audit-trail", severity="low", items=["boundary.audit-privileged"]),
        check("never", severity="medium"),
    ]
    return assessed(
        lines,
        checks,
        [WAIVER],
        systems=SYSTEMS,
        failed_calls=[DENIED],
        unmapped={"aws_sqs_queue": 2},
    )


def complete() -> Assessment:
    """Everything was read and passes."""
    return assessed([line(ref("p"), verdict("pass"))])


def hostile() -> Assessment:
    """Every text that somebody else writes tries something."""
    lines = []
    for number, name in enumerate(NAMES):
        resource = ref(name, id=name, account=name, region=name, line=number + 1)
        finding = Finding(at="rules/0", args={"port": name, "source": name})
        lines.append(line(resource, verdict("fail", findings=[finding]), system="x"))
        reasons = [f"rules: {name}"]
        lines.append(
            line(ref(name, id=f"u{number}"), verdict("unknown", reasons=reasons), system="x")
        )
    waiver = Waiver(
        check="*", resource="+1", reason=NAMES[9], approver=NAMES[0], expires=date(2027, 1, 1)
    )
    calls = [
        FailedCall(
            provider="aws",
            account=name,
            region=name,
            service="s3",
            operation="Get",
            resource=name,
            code="AccessDenied",
            message=name,
        )
        for name in NAMES
    ]
    return assessed(
        lines,
        waivers=[waiver],
        failed_calls=calls,
        unmapped=dict.fromkeys(NAMES, 1),
        systems=[DeclaredSystem(name="x", level=3, owner=NAMES[9])],
    )
