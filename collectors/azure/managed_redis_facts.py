"""What Azure Managed Redis, and the Enterprise tiers before it, do whatever they are set to, and
what their words mean. Pure; templates and live databases alike."""

from __future__ import annotations

from typing import Any

from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.azure.server_access import server_exposure
from collectors.document import Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.logic import Known

OLD = Unknown("a cluster of an older API version does not tell whether its public endpoint is on")
NO_ZONES = Unknown("the cache does not tell the zones that Azure chose for it")

_SUPPORT = Unknown("until when Azure supports the version of the engine is not read")
_NOT_READ = Unknown("what the cache keeps on disks is encrypted by their storage, and is not read")
_BY_NUMBER = Unknown("snapshots are kept by number, not by days")
_NO_MINIMUM = Unknown("the cache does not tell its lowest version of TLS")
_NO_PROTOCOL = Unknown("the cache does not tell its protocol")
_PROTOCOLS = {"encrypted": True, "plaintext": False}


def database_facts(version: str | Unknown, public: Known) -> Database:
    """Facts of a database by its version and whether its cluster has a public endpoint. There are
    no firewall rules: whoever has a key or a role reaches it."""
    ranges = then(public, lambda on: [IPV4_ANY, IPV6_ANY] if on else [])
    return Database(
        engine="redis",
        engine_version=version,
        version_supported=_SUPPORT,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        # There is no access without a key or a role.
        authentication=True,
        encryption=Encryption.unread(_NOT_READ),
        # What Azure logs of a cache are its connections, and not what they do.
        audit_log=None,
        guard_instance=None,
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def tls_by(protocol: str | Unknown, minimum: str | Unknown) -> Tls:
    """A database takes encrypted connections alone, or none."""
    return Tls(
        minimum=then(minimum, _minimum),
        required=then(protocol, lambda word: _PROTOCOLS.get(word.lower(), _NO_PROTOCOL)),
        policy=None,
    )


def _minimum(text: str) -> Any:
    return text if text in ("1.0", "1.1", "1.2", "1.3") else _NO_MINIMUM


def backup_by(on: Known) -> Backup:
    """Persistence keeps one state, for a cache that fails; of days there is nothing to say."""
    kept = then(on, lambda found: _BY_NUMBER if found else 0)
    return Backup(enabled=on, retention_days=kept, point_in_time=False, copies=[])
