"""Defender for Cloud: the plans of the subscription, whom it writes to, where alerts go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.calls import child
from collectors.azure.continuous_export import EXPORT_CALLS, exports_alerts
from collectors.azure.services.container_registries import LIST_PRICINGS
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountThreatDetection, Detector, Notification
from collectors.logic import told

LIST_CONTACTS = child(
    "Microsoft.Security/securityContacts",
    "SecurityContacts_List",
    "/subscriptions/{subscription}/providers/Microsoft.Security/securityContacts",
    scope="account",
    paged=True,
)

_SERVERS = "virtualmachines"
_TIERS = {"standard": True, "free": False}
_PREVENTION_NOT_READ = Unknown("what Defender for Endpoint blocks is not told by Azure")

Item = dict[str, Any]


def threat_detection(account: Account) -> Iterable[Document]:
    """The document of the subscription's threat detection. Defender watches all regions."""
    yield account.whole(
        AccountThreatDetection(
            detectors=[_detector(account.listed(LIST_PRICINGS))],
            notifications=then(account.listed(LIST_CONTACTS), notifications),
            aggregated=exports_alerts(account),
        )
    )


def _detector(pricings: list[Item] | Unknown) -> Detector:
    """On where the plan of servers is, which alone finds intrusions into machines. The agent scans
    for malware where it is deployed, which the plan does not tell."""
    on = then(pricings, _servers)
    return Detector(
        product="Microsoft Defender for Cloud",
        region="global",
        enabled=on,
        edition=then(on, lambda paid: "standard" if paid else "free"),
        features=then(pricings, _features),
        malware_scan=then(on, lambda paid: _PREVENTION_NOT_READ if paid else False),
        prevention=then(on, lambda paid: _PREVENTION_NOT_READ if paid else False),
    )


def _servers(pricings: list[Item]) -> bool | Unknown:
    """Whether the plan of servers is on. One that is not listed was never bought."""
    plans = [one for one in pricings if str(one["name"]).lower() == _SERVERS]
    return _is_on(plans[0]) if plans else False


def _is_on(plan: Item) -> bool | Unknown:
    tier = told(plan["properties"], "pricingTier")
    return then(tier, lambda name: _TIERS.get(str(name).lower(), _TIER_NOT_KNOWN))


_TIER_NOT_KNOWN = Unknown("the tier of a plan of Defender for Cloud is not known")


def _features(pricings: list[Item]) -> list[str]:
    """The plans that are on."""
    return sorted(str(one["name"]) for one in pricings if _is_on(one) is True)


def notifications(contacts: list[Item]) -> list[Notification]:
    """A channel for each contact."""
    return [_notification(one["properties"]) for one in contacts]


def _notification(contact: Item) -> Notification:
    """Versions to 2020-01-01-preview say it under `alertNotifications`, later ones under
    `notificationsSources`. Roles are told by mail, too."""
    alerts, later = contact.get("alertNotifications"), contact.get("notificationsSources")
    if later is not None:
        source = next((one for one in later if one.get("sourceType") == "Alert"), None)
        severity = (source or {}).get("minimalSeverity")
        on = bool(source) and contact.get("isEnabled") is not False
    elif alerts is not None:
        severity, on = alerts.get("minimalSeverity"), str(alerts.get("state")).lower() == "on"
    else:
        return Notification(
            channel="email", minimum_severity=_ALERTS_NOT_TOLD, active=_ALERTS_NOT_TOLD
        )
    roles = contact.get("notificationsByRole") or {}
    told_by_role = str(roles.get("state", "")).lower() == "on" and bool(roles.get("roles"))
    return Notification(
        channel="email",
        minimum_severity=str(severity).lower() if severity else _SEVERITY_NOT_TOLD,
        active=on and bool(contact.get("emails") or told_by_role),
    )


_SEVERITY_NOT_TOLD = Unknown("the contact does not tell the lowest severity that it is told of")


_ALERTS_NOT_TOLD = Unknown("the contact does not tell whether alerts are sent to it")


SERVICE = Service(
    name="Defender for Cloud",
    types=((AccountThreatDetection, SUBSCRIPTION),),
    calls=(LIST_PRICINGS, LIST_CONTACTS, *EXPORT_CALLS),
    account=threat_detection,
)
