"""The serverless SQL pool that every workspace of Azure Synapse Analytics has: what of it can be
judged where the workspace has no dedicated pool, whose document tells of the same endpoint.

It queries data that is kept elsewhere, and keeps definitions and credentials of its own, which are
encrypted always, and with the workspace's key where that has one. TLS 1.2 is the oldest that its
endpoint takes ("Azure Synapse Analytics connectivity settings", "Encryption for Azure Synapse
Analytics workspaces").
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.diagnostic_settings import logging_of
from collectors.azure.locks import locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import alarms_on
from collectors.azure.server_access import server_exposure
from collectors.document import Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Logging, Tls
from collectors.logic import Known

WORKSPACES = "Microsoft.Synapse/workspaces"

Item = dict[str, Any]

_VERSION = Unknown("a serverless SQL pool tells no version")
_DATA = Unknown("a serverless SQL pool reads data that is backed up where it is kept")
_ZONES = Unknown("a serverless SQL pool does not tell its zones")
_AUDIT = Unknown(
    "whether the audit of the workspace has the queries of its serverless pool is not known"
)


def serverless_facts(
    account: Account,
    workspace: Item,
    public: Known,
    ranges: list[str] | Unknown,
    audit: Logging,
) -> Database:
    """The facts of a workspace's serverless pool. `ranges` are those of its firewall, `audit` is
    the workspace's auditing."""
    id_, properties = workspace["id"], workspace["properties"]
    return Database(
        engine="synapse-serverless",
        engine_version=_VERSION,
        version_supported=True,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        private_endpoint=has_private_endpoint(properties),
        authentication=True,
        tls=Tls(minimum="1.2", required=True, policy=None),
        encryption=_encryption(properties),
        audit_log=_log(account, id_, audit),
        alarms=alarms_on(account, id_, WORKSPACES),
        backup=_DATA,
        multi_zone=_ZONES,
        replicas=[],
        guard_instance=None,
        deletion_protection=locked(account, id_),
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def key_of(workspace: Item) -> str | None:
    """The address of the workspace's own key, given its properties; null for one of Microsoft's."""
    key = ((workspace.get("encryption") or {}).get("cmk") or {}).get("key") or {}
    return key.get("keyVaultUrl") or None


def _encryption(workspace: Item) -> Encryption:
    key = key_of(workspace)
    return Encryption(
        enabled=True,
        key_manager="customer" if key else "provider",
        key_id=key,
        algorithm="AES-256",
    )


def _log(account: Account, id_: str, audit: Logging) -> Logging:
    """Its queries, where they go: auditing is documented for dedicated pools."""
    queries = logging_of(account, id_, ("BuiltinSqlReqsEnded",))
    if queries.enabled is False and audit.enabled is not False:
        return Logging.unread(_AUDIT)
    return queries
