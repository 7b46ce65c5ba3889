"""What App Configuration does whatever its stores are set to. Pure; templates and live stores
alike."""

from __future__ import annotations

from typing import Any

from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.azure.server_access import server_exposure
from collectors.document import Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.logic import Known, negated

LOG = ("Audit",)
"""The category of the log of what was read and changed."""

_VERSION = Unknown("a store of App Configuration tells no version")
_BACKUP = Unknown("what a store of App Configuration keeps of earlier values is not read")
_ZONES = Unknown("a store of App Configuration does not tell its zones")
_TLS = Unknown("which versions of TLS the service takes is not told")
_PERIMETER = Unknown("the network perimeter of the resource decides who gets in, and is not read")


def store_facts(public: Known) -> Database:
    """Facts of a store by whether its public endpoint is on, which no list of addresses limits.
    Every request takes a key or a token of Microsoft Entra ID ("Enable access key and Microsoft
    Entra ID authentication")."""
    ranges: Any = then(public, lambda on: [IPV4_ANY, IPV6_ANY] if on else [])
    return Database(
        engine="app-configuration",
        engine_version=_VERSION,
        version_supported=True,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        authentication=True,
        tls=Tls.unread(_TLS),
        backup=Backup.unread(_BACKUP),
        multi_zone=_ZONES,
        guard_instance=None,
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def public_by(word: str | Unknown, private_endpoint: Known) -> Known:
    """Whether the public endpoint is on: where nobody chose, until a private endpoint leads to the
    store ("Use private endpoints for Azure App Configuration")."""
    if isinstance(word, Unknown):
        return word
    chosen: dict[str, Known] = {
        "enabled": True,
        "disabled": False,
        "securedbyperimeter": _PERIMETER,
    }
    return chosen.get(word.lower(), negated(private_endpoint))


def encryption_by(key: str | Unknown | None) -> Encryption:
    """Always on, with a key of the customer's where one is named ("Use customer-managed keys")."""
    manager: Any = key if isinstance(key, Unknown) else "customer" if key else "provider"
    return Encryption(enabled=True, key_manager=manager, key_id=key, algorithm="AES-256")
