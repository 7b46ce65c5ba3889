"""Identity settings of the subscription and of its tenant: whom Defender for Cloud writes to, how
people sign in, and who administers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure import entra_account as entra
from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.administrators import ADMINISTRATORS_CALLS, administrators
from collectors.azure.holdings import holdings_in
from collectors.azure.password_rules import password_policy
from collectors.azure.services.defender_for_cloud import LIST_CONTACTS
from collectors.document import Document, then
from collectors.facts.account import AccountIdentity


def identity(account: Account) -> Iterable[Document]:
    """The document of the subscription's identity settings."""
    held = holdings_in(account, (account,))
    yield account.whole(
        AccountIdentity(
            root_mfa=entra.root_mfa(account, held),
            root_mfa_hardware=entra.root_mfa_hardware(account, held),
            root_access_keys=entra.root_access_keys(account, held),
            root_last_used=entra.root_last_used(account, held),
            password_policy=password_policy(account),
            session_max_minutes=entra.session_max_minutes(account),
            federated=entra.is_federated(account),
            security_contacts=then(account.listed(LIST_CONTACTS), _addresses),
            administrators=administrators(account),
            admin_source_ranges=entra.admin_source_ranges(account),
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
    calls=(LIST_CONTACTS, *entra.ENTRA_CALLS, *ADMINISTRATORS_CALLS),
    account=identity,
)
