"""GuardDuty: one detector for each region scanned, who is told of findings, and whether Security
Hub gathers them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.account_document import ACCOUNT, account_document
from collectors.aws.finding_rules import CALLS as RULE_CALLS
from collectors.aws.finding_rules import notifications
from collectors.aws.security_hub import CALLS as HUB_CALLS
from collectors.aws.security_hub import aggregated
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountThreatDetection, Detector

PRODUCT = "GuardDuty"
MALWARE_FEATURE = "EBS_MALWARE_PROTECTION"

LIST_DETECTORS = Call(
    provider="aws",
    service="guardduty",
    operation="ListDetectors",
    permission="guardduty:ListDetectors",
    scope="region",
    result="DetectorIds",
    paged=True,
)
GET_DETECTOR = Call(
    provider="aws",
    service="guardduty",
    operation="GetDetector",
    permission="guardduty:GetDetector",
    scope="resource",
)


def threat_detection(account: Account) -> Iterable[Document]:
    """The document of the account's threat detection."""
    detectors = account.map(lambda region: _detector(account, region), account.regions)
    yield account_document(
        account,
        AccountThreatDetection(
            detectors=detectors,
            notifications=notifications(account),
            aggregated=aggregated(account, detectors),
        ),
    )


def _detector(account: Account, region: str) -> Detector:
    """A region has one detector or none (GuardDuty API reference, CreateDetector)."""
    names = account.read(LIST_DETECTORS, region)
    if isinstance(names, Unknown):
        return _unread(region, names)
    if not names:
        return Detector(
            product=PRODUCT,
            region=region,
            enabled=False,
            edition=None,
            features=[],
            malware_scan=False,
            prevention=None,
        )
    found = account.read(GET_DETECTOR, region, names[0], DetectorId=names[0])
    return _unread(region, found) if isinstance(found, Unknown) else detector(region, found)


def _unread(region: str, reason: Unknown) -> Detector:
    return Detector(
        product=PRODUCT,
        region=region,
        enabled=reason,
        edition=None,
        features=reason,
        malware_scan=reason,
        prevention=None,
    )


def detector(region: str, found: dict[str, Any]) -> Detector:
    """The detector that guardduty:GetDetector tells of. GuardDuty has no editions, and it detects:
    it prevents nothing."""
    enabled = found["Status"] == "ENABLED"
    features = _features(found)
    return Detector(
        product=PRODUCT,
        region=region,
        enabled=enabled,
        edition=None,
        features=features,
        malware_scan=then(features, lambda names: enabled and MALWARE_FEATURE in names),
        prevention=None,
    )


def _features(found: dict[str, Any]) -> list[str] | Unknown:
    if "Features" not in found:
        return Unknown("the API does not tell the features of this detector")
    on = (one["Name"] for one in found["Features"] if one["Status"] == "ENABLED")
    return sorted(on)


SERVICE = Service(
    name="GuardDuty",
    types=((AccountThreatDetection, ACCOUNT),),
    calls=(LIST_DETECTORS, GET_DETECTOR, *RULE_CALLS, *HUB_CALLS),
    account=threat_detection,
)
