"""Defender for Cloud: the plans of the subscription, whom it writes to, where alerts go."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.calls import child
from collectors.azure.continuous_export import EXPORT_CALLS, exports_alerts
from collectors.azure.defender_facts import detector_of, notifications
from collectors.azure.services.container_registries import LIST_PRICINGS
from collectors.document import Document, then
from collectors.facts.account import AccountThreatDetection

LIST_CONTACTS = child(
    "Microsoft.Security/securityContacts",
    "SecurityContacts_List",
    "/subscriptions/{subscription}/providers/Microsoft.Security/securityContacts",
    scope="account",
    paged=True,
)


def threat_detection(account: Account) -> Iterable[Document]:
    """The document of the subscription's threat detection. Defender watches all regions."""
    yield account.whole(
        AccountThreatDetection(
            detectors=[detector_of(account.listed(LIST_PRICINGS))],
            notifications=then(account.listed(LIST_CONTACTS), notifications),
            aggregated=exports_alerts(account),
        )
    )


SERVICE = Service(
    name="Defender for Cloud",
    types=((AccountThreatDetection, SUBSCRIPTION),),
    calls=(LIST_PRICINGS, LIST_CONTACTS, *EXPORT_CALLS),
    account=threat_detection,
)
