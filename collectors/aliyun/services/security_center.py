"""Security Center: threat detection of the account, who is told, and whether it is in one place."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import ACCOUNT, Account, Service
from collectors.aliyun.detection import DEFENCES, EDITIONS, detector
from collectors.aliyun.resource_directory import GET_RESOURCE_DIRECTORY
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountThreatDetection, Detector, Notification


def _sas(operation: str, result: str = "") -> Call:
    return Call(
        provider="aliyun",
        service="sas",
        operation=operation,
        permission=f"yundun-sas:{operation}",
        scope="account",
        result=result,
    )


DESCRIBE_VERSION = _sas("DescribeVersionConfig")
DESCRIBE_DEFENCE = _sas("DescribeSuspiciousOverallConfig", "OverallConfig")
DESCRIBE_NOTICES = _sas("DescribeNoticeConfig", "NoticeConfigList")
DESCRIBE_MEMBERS = _sas("DescribeMonitorAccounts", "AccountIds")

_ALERTS = "sas_suspicious"
_ROUTES = ((1, "text message"), (2, "email"), (4, "internal message"))
"""`Route` of DescribeNoticeConfig is the sum of these."""


def threat_detection(account: Account) -> list[Document]:
    """The document of the account's threat detection. Security Center watches all regions."""
    return [
        account.whole(
            AccountThreatDetection(
                detectors=[_detector(account)],
                notifications=then(account.read(DESCRIBE_NOTICES), _notifications),
                aggregated=_aggregated(account),
            )
        )
    ]


def _detector(account: Account) -> Detector:
    """Every account has the free edition at least."""
    edition = then(account.read(DESCRIBE_VERSION), _edition)
    return detector(edition, {name: _is_on(account, name) for name in DEFENCES})


def _edition(found: dict[str, Any]) -> str | Unknown:
    """The edition; of a subscription beside pay-as-you-go the higher one."""
    number = found.get("MergedVersion") or found.get("HighestVersion") or found.get("Version")
    return EDITIONS.get(int(number or 0)) or Unknown(f"the edition {number} is not known")


def _is_on(account: Account, defence: str) -> bool | Unknown:
    found = account.read(DESCRIBE_DEFENCE, resource=defence, Type=defence)
    return then(found, lambda state: state["Config"] == "on")


def _notifications(found: list[dict[str, Any]]) -> list[Notification]:
    """The ways by which alerts reach people. Which severities are sent the API does not tell; the
    most severe are in every choice that the console offers but an empty one."""
    route = max((item["Route"] for item in found if item["Project"] == _ALERTS), default=0)
    return [
        Notification(channel=name, minimum_severity="high", active=True)
        for bit, name in _ROUTES
        if route & bit
    ]


def _aggregated(account: Account) -> bool | Unknown:
    """Security Center gathers the findings of all products and regions of an account. Those of an
    organisation come together where its administrator of Security Center manages the members."""
    directory = account.read(GET_RESOURCE_DIRECTORY)
    if isinstance(directory, Unknown):
        return directory
    if directory is None:
        return True
    members = account.read(DESCRIBE_MEMBERS)
    if isinstance(members, Unknown):
        return members
    if members:
        return True
    if directory["MasterAccountId"] == account.id:
        return False
    return Unknown("only the administrator of Security Center is told whose alerts it gathers")


SERVICE = Service(
    name="Security Center",
    types=((AccountThreatDetection, ACCOUNT),),
    calls=(
        DESCRIBE_VERSION,
        DESCRIBE_DEFENCE,
        DESCRIBE_NOTICES,
        DESCRIBE_MEMBERS,
        GET_RESOURCE_DIRECTORY,
    ),
    account=threat_detection,
)
