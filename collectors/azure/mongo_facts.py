"""What Azure DocumentDB (Cosmos DB for MongoDB, vCore) does whatever its clusters are set to, and
what its words mean. Pure; templates and live clusters alike."""

from __future__ import annotations

from collectors.azure.server_access import server_exposure
from collectors.document import Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.logic import Known

LOG, LOG_GROUPS = ("vCoreMongoRequests",), ("allLogs", "audit")
"""The category of the log of requests, and the category groups that have it."""

_SUPPORT = Unknown("until when Azure supports the version of the engine is not read")
_NO_TLS = Unknown("the cluster does not tell its lowest version of TLS")
_NO_DAYS = Unknown("the cluster does not tell how long its backups are kept")
_PREFERRED = Unknown("the cluster prefers several zones, and may stand in one")
_MODES: dict[str, Known] = {
    "zoneredundantpreferred": _PREFERRED,
    "samezone": False,
    "disabled": False,
}


def cluster_facts(
    version: str | Unknown, public: Known, ranges: list[str] | Unknown, mode: str | Unknown
) -> Database:
    """Facts of a cluster by its version, whom its rules let in, and its mode of availability."""
    return Database(
        engine="mongodb",
        engine_version=version,
        version_supported=_SUPPORT,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        authentication=True,
        # Connections are encrypted always ("Security in Azure DocumentDB").
        tls=Tls(minimum=_NO_TLS, required=True, policy=None),
        # Backups are made by themselves, and restore any moment that is kept.
        backup=Backup(enabled=True, retention_days=_NO_DAYS, point_in_time=True, copies=[]),
        multi_zone=then(mode, multi_zone),
        guard_instance=None,
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def encryption_by(key: str | None) -> Encryption:
    """Always on, with a key of the customer's where one is named."""
    return Encryption(
        enabled=True,
        key_manager="customer" if key else "provider",
        key_id=key,
        algorithm="AES-256",
    )


def multi_zone(mode: str) -> Known:
    """The mode that prefers several zones falls back to one where the region has no capacity for
    them (HighAvailabilityMode), and which it came to is not told."""
    return _MODES.get(mode.lower(), Unknown("the server does not tell its high availability"))
