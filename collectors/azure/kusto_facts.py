"""What Azure Data Explorer does whatever its clusters are set to. Pure; templates and live clusters
alike."""

from __future__ import annotations

from typing import Any

from collectors.azure.server_access import server_exposure
from collectors.document import Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.logic import Known

LOG = ("Command", "Query")
"""The categories of the log of commands and queries."""

_VERSION = Unknown("a cluster of Data Explorer tells no version")
_BACKUP = Unknown("Data Explorer keeps what was deleted by policies of each database")
_TLS = Unknown("which versions of TLS the service takes is not told")


def cluster_facts(public: Known, ranges: list[Any] | Unknown, zones: int | Unknown) -> Database:
    """Facts of a cluster by whom it lets in and by the number of its zones. Every request signs in
    with Microsoft Entra ID ("Access control"), and a follower stands in the region of its leader
    ("Use follower databases")."""
    return Database(
        engine="kusto",
        engine_version=_VERSION,
        version_supported=True,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        authentication=True,
        tls=Tls.unread(_TLS),
        backup=Backup.unread(_BACKUP),
        multi_zone=then(zones, lambda number: number > 1),
        replicas=[],
        guard_instance=None,
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def encryption_of(disks: Known, key: str | Unknown | None) -> Encryption:
    """The storage below is encrypted always, the disks of the nodes with what they cache where that
    is switched on ("Enable cluster disk encryption")."""
    manager: Any = key if isinstance(key, Unknown) else "customer" if key else "provider"
    return Encryption(enabled=disks, key_manager=manager, key_id=key, algorithm="AES-256")
