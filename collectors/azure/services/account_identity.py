"""Identity settings of the subscription: whom Defender for Cloud writes to. What Microsoft Entra ID
decides is not read yet, and unknown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.services.defender_for_cloud import LIST_CONTACTS
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountIdentity

_ENTRA = Unknown("settings of Microsoft Entra ID are not read by this version")
_ROLES = Unknown("which duties the role assignments give is not read by this version")


def identity(account: Account) -> Iterable[Document]:
    """The document of the subscription's identity settings."""
    yield account.whole(
        AccountIdentity(
            root_mfa=_ENTRA,
            root_mfa_hardware=_ENTRA,
            root_access_keys=_ENTRA,
            root_last_used=_ENTRA,
            password_policy=_ENTRA,
            session_max_minutes=_ENTRA,
            federated=_ENTRA,
            security_contacts=then(account.listed(LIST_CONTACTS), _addresses),
            administrators=_ROLES,
            admin_source_ranges=_ENTRA,
        )
    )


def _addresses(contacts: list[dict[str, Any]]) -> list[str]:
    """The addresses of contacts that are on, which stand with ; between. Roles that are written to
    as well are no addresses: who reads what goes to an owner is not known."""
    found: set[str] = set()
    for contact in contacts:
        properties = contact["properties"]
        # Later versions of the API switch a contact off as a whole.
        if properties.get("isEnabled") is not False:
            found |= {one.strip() for one in str(properties.get("emails") or "").split(";")}
    return sorted(found - {""})


SERVICE = Service(
    name="Subscription identity",
    types=((AccountIdentity, SUBSCRIPTION),),
    calls=(LIST_CONTACTS,),
    account=identity,
)
