"""Security Center over HTTP: edition, defences, who is told, one place for a whole organisation."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from collectors.aliyun.services.security_center import SERVICE, threat_detection
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

WORLD = load("sas", "resourcemanager")


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=WORLD)


@pytest.fixture(autouse=True)
def _same_world(server: AliyunServer) -> None:
    server.world = copy.deepcopy(WORLD)
    server.decide = lambda asked: None


def collected(server: AliyunServer, open_account: OpenAccount, **options: Any) -> Any:
    (found,) = threat_detection(open_account(server, **options))
    return found


def says(server: AliyunServer, operation: str, body: Any) -> None:
    server.world["sas"][operation] = [{"body": body}]


def test_an_account_with_the_advanced_edition(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    made: set[Call] = set()
    found = collected(server, open_account, made=made)
    assert found.unknown == {}
    assert found.facts == {
        "detectors": [
            {
                "product": "Security Center",
                "region": "global",
                "enabled": True,
                "edition": "advanced",
                "features": ["auto_breaking", "ransomware_breaking", "alinet"],
                "malware_scan": True,
                "prevention": True,
            }
        ],
        "notifications": [
            {"channel": "email", "minimum_severity": "high", "active": True},
            {"channel": "internal message", "minimum_severity": "high", "active": True},
        ],
        "aggregated": True,
    }
    assert made == set(SERVICE.calls)


@pytest.mark.parametrize(
    ("version", "edition", "scans"),
    [
        (1, "free", False),
        (6, "anti-virus", True),
        (3, "enterprise", True),
        (10, "value-added", False),
    ],
)
def test_editions(
    server: AliyunServer, open_account: OpenAccount, version: int, edition: str, scans: bool
) -> None:
    says(server, "DescribeVersionConfig", {"HighestVersion": version, "Version": version})
    (detector,) = collected(server, open_account).facts["detectors"]
    assert (detector["enabled"], detector["edition"]) == (True, edition)
    assert detector["malware_scan"] is scans


def test_an_edition_that_nobody_knows_is_unknown(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    says(server, "DescribeVersionConfig", {"HighestVersion": 99})
    unknown = collected(server, open_account).unknown
    assert unknown["detectors/0/edition"] == "the edition 99 is not known"


def test_nobody_is_told(server: AliyunServer, open_account: OpenAccount) -> None:
    notices = [{"Project": "sas_suspicious", "Route": 0}, {"Project": "weeklyreport", "Route": 7}]
    says(server, "DescribeNoticeConfig", {"NoticeConfigList": notices})
    assert collected(server, open_account).facts["notifications"] == []


@pytest.mark.parametrize(
    ("directory", "members", "expected"),
    [
        (None, [], True),
        ({"MasterAccountId": "1234567890123456"}, [], False),
        ({"MasterAccountId": "1234567890123456"}, ["1"], True),
        ({"MasterAccountId": "999"}, [], "unknown"),
    ],
)
def test_one_place(
    server: AliyunServer, open_account: OpenAccount, directory: Any, members: Any, expected: Any
) -> None:
    answer: dict[str, Any] = {"body": {"ResourceDirectory": directory}}
    if directory is None:
        answer = {"status": 409, "body": {"Code": "ResourceDirectoryNotInUse", "Message": "none"}}
    server.world["resourcemanager"]["GetResourceDirectory"] = [answer]
    says(server, "DescribeMonitorAccounts", {"AccountIds": members})
    found = collected(server, open_account)
    assert found.facts.get("aggregated", "unknown") == expected


@pytest.mark.parametrize(
    ("operation", "paths"),
    [
        (
            "DescribeVersionConfig",
            {f"detectors/0/{f}" for f in ("enabled", "edition", "malware_scan")},
        ),
        ("DescribeSuspiciousOverallConfig", {"detectors/0/features", "detectors/0/prevention"}),
        ("DescribeNoticeConfig", {"notifications"}),
        ("DescribeMonitorAccounts", {"aggregated"}),
        ("GetResourceDirectory", {"aggregated"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    server: AliyunServer, open_account: OpenAccount, operation: str, paths: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="NoPermission") if asked.operation == operation else None
    )
    found = collected(server, open_account)
    assert found.unknown.keys() == paths
    assert all(reason.startswith("NoPermission: ") for reason in found.unknown.values())
