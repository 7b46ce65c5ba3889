"""What Azure AI Search does whatever its services are set to. Pure; templates and live services
alike."""

from __future__ import annotations

from collectors.azure.server_access import server_exposure
from collectors.document import Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Tls
from collectors.logic import Known

LOG = ("OperationLogs",)
"""The category of the log of requests."""

_VERSION = Unknown("a search service tells no version")
_BACKUP = Unknown("what a search service keeps is made anew from its sources, which are not read")
_ZONES = Unknown("a search service does not tell the zones of its replicas")


def search_facts(public: Known, ranges: list[str] | Unknown, replicas: int | Unknown) -> Database:
    """Facts of a service by whom its firewall lets in and by its number of replicas. Every request
    takes a key or a role, over TLS 1.2 or later, and what is kept is encrypted ("Security
    overview")."""
    return Database(
        engine="azure-search",
        engine_version=_VERSION,
        version_supported=True,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        authentication=True,
        tls=Tls(minimum="1.2", required=True, policy=None),
        backup=Backup.unread(_BACKUP),
        # Replicas are spread over zones where the region has some, two at least ("Reliability").
        multi_zone=then(replicas, lambda number: _ZONES if number > 1 else False),
        replicas=[],
        guard_instance=None,
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
