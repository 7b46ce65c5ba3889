"""GuardDuty over real HTTP: one detector for each region, also where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.regions_in_use import CALLS as USE_CALLS
from collectors.aws.services.guardduty import SERVICE, detector, threat_detection
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGIONS = ("cn-north-1", "cn-northwest-1", "us-east-1")


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def filled(client: Client) -> str:
    """A detector that is on, one that is switched off, and a region without; gives an id."""
    on = client("guardduty", REGIONS[0]).create_detector(
        Enable=True,
        Features=[
            {"Name": "S3_DATA_EVENTS", "Status": "ENABLED"},
            {"Name": "EBS_MALWARE_PROTECTION", "Status": "ENABLED"},
            {"Name": "RDS_LOGIN_EVENTS", "Status": "DISABLED"},
        ],
    )
    client("guardduty", REGIONS[1]).create_detector(Enable=False)
    return str(on["DetectorId"])


@pytest.fixture
def collected(filled: str, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    def collect(*denied: tuple[str, str]) -> Document:
        proxy.decide = lambda request: (
            DENIED if (request.region, request.operation) in denied else None
        )
        account = open_account(proxy.url, REGIONS[0])
        account.regions = REGIONS
        (document,) = threat_detection(account)
        return document

    return collect


def listed(region: str, enabled: bool, features: list[str], malware: bool) -> dict[str, Any]:
    return {
        "product": "GuardDuty",
        "region": region,
        "enabled": enabled,
        "edition": None,
        "features": features,
        "malware_scan": malware,
        "prevention": None,
    }


def test_every_region_has_a_detector_listed(collected: Any) -> None:
    found = collected()
    assert (found.id, found.type, found.unknown) == (
        f"aws/{ACCOUNT_ID}/account.threat_detection",
        "account.threat_detection",
        {},
    )
    assert found.facts == {
        "detectors": [
            listed(REGIONS[0], True, ["EBS_MALWARE_PROTECTION", "S3_DATA_EVENTS"], True),
            listed(REGIONS[1], False, [], False),
            listed(REGIONS[2], False, [], False),
        ],
        "notifications": [],
        "aggregated": False,
    }


def unread(place: int, permission: str) -> dict[str, str]:
    facts = ("enabled", "features", "malware_scan")
    reason = f"AccessDenied: guardduty:{permission}"
    return {f"detectors/{place}/{fact}": reason for fact in facts}


def test_a_region_that_does_not_answer_is_unknown(collected: Any, filled: str) -> None:
    found = collected((REGIONS[2], "ListDetectors"), (REGIONS[0], "GetDetector"))
    assert found.unknown == {**unread(0, "GetDetector"), **unread(2, "ListDetectors")}
    assert found.facts["detectors"][1] == listed(REGIONS[1], False, [], False)


def test_features_that_are_not_told_are_unknown() -> None:
    reason = Unknown("the API does not tell the features of this detector")
    found = detector("cn-north-1", {"Status": "ENABLED"})
    assert (found.enabled, found.features, found.malware_scan) == (True, reason, reason)


@pytest.mark.parametrize(
    ("operation", "fact", "permission"),
    [
        ("ListRules", "notifications", "events:ListRules"),
        ("DescribeHub", "aggregated", "securityhub:DescribeHub"),
    ],
)
def test_what_is_told_beside_the_detectors(
    collected: Any, operation: str, fact: str, permission: str
) -> None:
    found = collected((REGIONS[0], operation))
    assert found.unknown == {fact: f"AccessDenied: {permission}"}


def test_the_service_declares_what_it_asks() -> None:
    assert [call.name for call in SERVICE.calls[:9]] == [
        "guardduty:ListDetectors",
        "guardduty:GetDetector",
        "events:ListRules",
        "events:ListTargetsByRule",
        "sns:ListSubscriptionsByTopic",
        "securityhub:DescribeHub",
        "securityhub:ListEnabledProductsForImport",
        "securityhub:ListFindingAggregators",
        "securityhub:GetFindingAggregator",
    ]
    assert SERVICE.calls[9:] == USE_CALLS
