"""Configuration control of the subscription: policies that deny, regions in use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.ids import region_of
from collectors.azure.policy_assignments import LIST_ASSIGNMENTS, POLICY_CALLS, guardrails_of
from collectors.azure.resource_list import LIST_RESOURCES
from collectors.document import Document, then
from collectors.facts.account import AccountConfiguration
from collectors.regions import GLOBAL

Item = dict[str, Any]


def configuration(account: Account) -> Iterable[Document]:
    """The document of the subscription's configuration control."""
    yield account.whole(
        AccountConfiguration(
            recorders=None,
            guardrails=then(
                account.listed(LIST_ASSIGNMENTS), lambda found: guardrails_of(account, found)
            ),
            regions_in_use=then(account.listed(LIST_RESOURCES), _regions),
            # Azure encrypts every disk at rest; there is nothing to turn on.
            default_disk_encryption=[],
            public_access_block=None,
        )
    )


def _regions(resources: list[Item]) -> list[str]:
    return sorted({region_of(one) for one in resources} - {GLOBAL})


SERVICE = Service(
    name="Subscription configuration",
    types=((AccountConfiguration, SUBSCRIPTION),),
    calls=(*POLICY_CALLS, LIST_RESOURCES),
    account=configuration,
)
