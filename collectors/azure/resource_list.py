"""The list of all resources of the subscription, without what they are made of."""

from __future__ import annotations

from collectors.azure.calls import child

LIST_RESOURCES = child(
    "Microsoft.Resources/resources",
    "Resources_List",
    "/subscriptions/{subscription}/resources",
    action="Microsoft.Resources/subscriptions/resources/read",
    scope="account",
    paged=True,
)
