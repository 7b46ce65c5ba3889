"""What an account of Azure Cosmos DB tells of itself. Pure."""

from __future__ import annotations

from typing import Any, cast

from collectors.addresses import networks
from collectors.azure.ids import region_of
from collectors.azure.paired_regions import paired_region
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.azure.server_access import AZURE_SERVICES
from collectors.document import Unknown
from collectors.facts.shared import Backup, BackupCopy, Encryption, Replica, Tls
from collectors.logic import Known, every, told

Item = dict[str, Any]

# Of each interface: the capability that turns it on, the engine, and the category of its requests.
_INTERFACES = (
    ("enablecassandra", "cassandra", "CassandraRequests"),
    ("enablegremlin", "gremlin", "GremlinRequests"),
    ("enabletable", "table", "TableApiRequests"),
)
_TLS = {"tls": "1.0", "tls11": "1.1", "tls12": "1.2"}
_CONTINUOUS = {"continuous7days": 7, "continuous30days": 30}
_ZERO = "0.0.0.0"  # noqa: S104 - what the portal writes for Azure's own addresses


def engine_of(account: Item) -> tuple[str, str]:
    """The engine that an account stands in for, and the log category of what is asked of it."""
    if str(account.get("kind")).lower() == "mongodb":
        return "mongodb", "MongoRequests"
    listed = account["properties"].get("capabilities") or ()
    on = {str(one.get("name")).lower() for one in listed}
    for capability, engine, category in _INTERFACES:
        if capability in on:
            return engine, category
    return "cosmosdb", "DataPlaneRequests"


def allow_list(properties: Item) -> list[str] | Unknown:
    """Addresses that the account's firewall lets in. Without rules and without a filter of virtual
    networks there is no firewall ("Configure IP firewall in Azure Cosmos DB")."""
    rules = properties.get("ipRules")
    filtered = properties.get("isVirtualNetworkFilterEnabled")
    if rules is None or not isinstance(filtered, bool):
        return Unknown("the account does not tell its network rules")
    if not rules:
        return [] if filtered else [IPV4_ANY, IPV6_ANY]
    found: list[str] = []
    for rule in rules:
        text = str(rule["ipAddressOrRange"])
        found += [AZURE_SERVICES] if text == _ZERO else networks(text)
    return found


def tls_of(properties: Item) -> Tls:
    """Cosmos DB takes encrypted connections alone."""
    word = str(properties.get("minimalTlsVersion")).lower()
    minimum = _TLS.get(word) or Unknown("the account does not tell its lowest version of TLS")
    return Tls(minimum=cast("Any", minimum), required=True, policy=None)


def encryption_of(properties: Item) -> Encryption:
    """Always on, with a key of the service where none is named ("Data encryption in Azure Cosmos
    DB")."""
    named = properties.get("keyVaultKeyUri") or None
    return Encryption(
        enabled=True,
        key_manager="customer" if named else "provider",
        key_id=named,
        algorithm="AES-256",
    )


def backup_of(account: Item) -> Backup:
    """Periodic backups, kept some hours, or continuous ones, which go back to any moment."""
    policy = account["properties"].get("backupPolicy") or {}
    kind = str(policy.get("type")).lower()
    if kind == "continuous":
        tier = str((policy.get("continuousModeProperties") or {}).get("tier")).lower()
        untold = Unknown("the account does not tell how far back it can be restored")
        # Continuous backups lie in each region of the account, and in no other.
        return Backup(
            enabled=True,
            retention_days=_CONTINUOUS.get(tier, untold),
            point_in_time=True,
            copies=[],
        )
    if kind != "periodic":
        unknown = Unknown("the account does not tell how it is backed up")
        return Backup.unread(unknown)
    settings = policy.get("periodicModeProperties") or {}
    hours = settings.get("backupRetentionIntervalInHours")
    return Backup(
        enabled=True,
        retention_days=hours // 24
        if isinstance(hours, int)
        else Unknown("the backup policy tells no retention"),
        point_in_time=False,
        copies=_copies(account, settings.get("backupStorageRedundancy")),
    )


def _copies(account: Item, redundancy: Any) -> list[BackupCopy] | Unknown:
    word = str(redundancy).lower()
    if word in ("local", "zone"):
        return []
    if word != "geo":
        return Unknown("the database does not tell the redundancy of its backups")
    written = account["properties"].get("writeLocations") or [{}]
    region = region_of({"location": written[0].get("locationName") or account.get("location")})
    return [
        BackupCopy(region=paired_region(region), account=account["id"].split("/")[2], kind="geo")
    ]


def multi_zone(properties: Item) -> Known:
    """Whether the account is spread over zones in each region that takes writes."""
    written = properties.get("writeLocations") or ()
    if not written:
        return Unknown("the account does not tell its regions")
    return every(told(one, "isZoneRedundant") for one in written)


def replicas_of(account: Item) -> list[Replica]:
    """The regions of an account besides the one that it was made in."""
    home = region_of(account)
    places = {
        region_of({"location": one["locationName"]})
        for one in account["properties"].get("locations") or ()
    }
    owner = account["id"].split("/")[2]
    return [Replica(region=place, account=owner) for place in sorted(places - {home})]
