"""What Defender for Cloud tells of its plans, and of whom it writes to. Pure."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, then
from collectors.facts.account import Detector, Notification
from collectors.logic import told

SERVERS = "virtualmachines"
"""The plan of servers, in lower case."""
_TIERS = {"standard": True, "free": False}
_PREVENTION_NOT_READ = Unknown("what Defender for Endpoint blocks is not told by Azure")
_TIER_NOT_KNOWN = Unknown("the tier of a plan of Defender for Cloud is not known")
_SEVERITY_NOT_TOLD = Unknown("the contact does not tell the lowest severity that it is told of")
_ALERTS_NOT_TOLD = Unknown("the contact does not tell whether alerts are sent to it")

Item = dict[str, Any]


def detector_of(pricings: list[Item] | Unknown) -> Detector:
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
    plans = [one for one in pricings if str(one["name"]).lower() == SERVERS]
    return _is_on(plans[0]) if plans else False


def _is_on(plan: Item) -> bool | Unknown:
    tier = told(plan["properties"], "pricingTier")
    return then(tier, lambda name: _TIERS.get(str(name).lower(), _TIER_NOT_KNOWN))


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
