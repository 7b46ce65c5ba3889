"""What Azure SQL tells of servers, instances and databases. Pure."""

from __future__ import annotations

from typing import Any, cast

from collectors.azure.ids import key, name_of, region_of
from collectors.azure.paired_regions import paired_region
from collectors.azure.server_access import cidrs_between
from collectors.document import Unknown, then
from collectors.facts.shared import Backup, BackupCopy, Encryption, Replica, Tls
from collectors.logic import Known

Item = dict[str, Any]

PUBLIC_PORT = 3342
"""The port of the public endpoint of a managed instance ("Use Azure SQL Managed Instance securely
with public endpoints")."""
AUDIT_EVENTS, AUDIT_GROUPS = ("SQLSecurityAuditEvents",), ("allLogs", "audit")
"""The log category of audits that go to Azure Monitor, and the category groups that have it."""
NO_AUDIT_STORE = Unknown("auditing is on, and names no destination")
INSTANCE_GROUPS = Unknown("failover groups of managed instances are not read")
AUDIT_BY_SQL = Unknown("the audit of a managed instance is set and told by T-SQL alone")

# "None" accepts every version ("Connectivity settings for Azure SQL Database: minimal TLS
# version"), and so do servers of before the setting, which tell nothing.
_TLS = {"none": "1.0", "1.0": "1.0", "1.1": "1.1", "1.2": "1.2", "1.3": "1.3"}


def tls_of(properties: Item) -> Tls:
    """Azure SQL refuses connections that are not encrypted, whatever the version."""
    word = str(properties.get("minimalTlsVersion") or "None")
    return Tls(
        minimum=cast("Any", _TLS.get(word.lower()) or Unknown(f"TLS {word} is not known")),
        required=True,
        policy=None,
    )


def public_of(properties: Item, name: str = "publicNetworkAccess") -> Known:
    """Whether a server has a public endpoint; unknown of one that a network security perimeter
    guards, which decides who gets in whatever the firewall of the server says."""
    word = str(properties.get(name)).lower()
    if word in ("enabled", "disabled"):
        return word == "enabled"
    return Unknown("the server does not tell whether its public endpoint is on")


def ranges_of(rules: list[Item] | Unknown, first: str, last: str) -> list[str] | Unknown:
    """The CIDRs that rules of a server let in, which name their two ends so."""
    if isinstance(rules, Unknown):
        return rules
    found: list[Any] = []
    for rule in rules:
        found += cidrs_between(str(rule["properties"][first]), str(rule["properties"][last]))
    return cast("list[str]", found)


def encryption_of(tde: Item | Unknown, protector: Item | Unknown) -> Encryption:
    """Transparent data encryption with AES-256, the key of which is the server's protector."""
    state = then(tde, _state)
    if state == "disabled":
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    if state != "enabled":
        doubt = state if isinstance(state, Unknown) else Unknown("the state of TDE is not known")
        return Encryption.unread(doubt)
    if isinstance(protector, Unknown):
        return Encryption(
            enabled=True, key_manager=protector, key_id=protector, algorithm="AES-256"
        )
    properties = protector["properties"]
    kind = str(properties.get("serverKeyType")).lower()
    if kind not in ("servicemanaged", "azurekeyvault"):
        unknown = Unknown("the kind of the server's TDE protector is not known")
        return Encryption(enabled=True, key_manager=unknown, key_id=unknown, algorithm="AES-256")
    own = kind == "azurekeyvault"
    return Encryption(
        enabled=True,
        key_manager="customer" if own else "provider",
        key_id=(properties.get("uri") or properties.get("serverKeyName")) if own else None,
        algorithm="AES-256",
    )


def _state(tde: Item) -> str:
    """Synapse calls it the status."""
    return str(tde["properties"].get("state") or tde["properties"].get("status")).lower()


def backup_of(policy: Item | Unknown, redundancy: Any, item: Item) -> Backup:
    """Automatic backups cannot be turned off, and go back to any moment of the days that the
    short-term policy keeps. What long-term policies keep are single full ones besides."""
    return Backup(
        enabled=True,
        retention_days=then(policy, _days),
        point_in_time=True,
        copies=_copies(str(redundancy).lower(), item),
    )


def _days(policy: Item) -> int | Unknown:
    days = policy["properties"].get("retentionDays")
    return days if isinstance(days, int) else Unknown("the backup policy tells no retention")


def _copies(redundancy: str, item: Item) -> list[BackupCopy] | Unknown:
    if redundancy in ("local", "zone"):
        return []
    if redundancy not in ("geo", "geozone"):
        return Unknown("the database does not tell the redundancy of its backups")
    region = paired_region(region_of(item))
    return [BackupCopy(region=region, account=item["id"].split("/")[2], kind="geo")]


def replicas_of(
    database: Item, links: list[Item] | Unknown, servers: list[Item]
) -> list[Replica] | Unknown:
    """Where a database is replicated to, by the links of its server in which it is the primary."""
    if isinstance(links, Unknown):
        return links
    own = f"{key(database['id'])}/replicationlinks/"
    # Names of servers are unique in a cloud.
    accounts = {name_of(one["id"]).lower(): one["id"].split("/")[2] for one in servers}
    elsewhere = Unknown("the server of the replica is in another subscription")
    return [
        Replica(
            region=region_of({"location": link["properties"]["partnerLocation"]}),
            account=accounts.get(str(link["properties"].get("partnerServer")).lower(), elsewhere),
        )
        for link in links
        if key(link["id"]).startswith(own)
        and str(link["properties"].get("role")).lower() == "primary"
    ]
