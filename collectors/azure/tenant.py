"""Which tenant Microsoft Graph answers for.

Its tokens are of the tenant that the credentials belong to, whatever subscription is scanned. One
of another tenant that they see (Azure Lighthouse, a guest) must not get the answers of this one.
"""

from __future__ import annotations

from typing import Any

from collectors.azure.calls import directory
from collectors.azure.reader import Reader
from collectors.document import Unknown

LIST_ORGANIZATION = directory(
    "Organization_List",
    "/organization",
    permission="Organization.Read.All",
    query=(("$select", "id"),),
)

_ANOTHER = Unknown("the credentials are of another tenant than the subscription")


def another_tenant(reader: Reader, tenant: str) -> Unknown | None:
    """Why the answers of Microsoft Graph are not of a tenant, or may not be; null where they
    are."""
    found: Any = reader.read(LIST_ORGANIZATION)
    if isinstance(found, Unknown):
        return found
    ids = {str(one.get("id")).lower() for one in found or ()}
    return None if ids == {tenant.lower()} else _ANOTHER
