"""azurerm_cosmosdb_account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure import cosmos_facts
from collectors.azure.paired_regions import paired_region
from collectors.azure.server_access import server_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Logging, Replica, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.provider_version import TLS_BY_VERSION, by_version
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, location_of, locked
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import first_of, identity, items
from collectors.logic import Known

ACCOUNT = "azurerm_cosmosdb_account"

_NO_VERSION = Unknown("the account tells no version of its interface")
_NO_PLACES = Unknown("the account gives no geo_location")
_NO_TIER = Unknown("the backup gives no tier")
_NO_TYPE = Unknown("the backup gives no type")
_FILTER = ("is_virtual_network_filter_enabled", "virtual_network_filter_enabled")


def map_account(block: Block, project: Project) -> Iterator[Document]:
    """An account. Microsoft keeps its engine at the newest version, on machines that serve others
    too."""
    public = block.read("public_network_access_enabled", bool, default=True)
    ranges = then(public, lambda on: _allow_list(block) if on else [])
    interface = _interface(block)
    facts = Database(
        engine=then(interface, lambda found: found[0]),
        engine_version=block.read("mongo_server_version", str, _NO_VERSION),
        version_supported=True,
        network_kind=cast("Any", then(public, lambda on: "public" if on else "vpc")),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        private_endpoint=has_private_endpoint(block, project),
        authentication=True,
        tls=_tls(block),
        encryption=_encryption(block, project),
        audit_log=Logging.unread(interface)
        if isinstance(interface, Unknown)
        else logging_of(block, project, (interface[1],)),
        alarms=alarms_on(block, project),
        backup=_backup(block, project),
        multi_zone=_multi_zone(block),
        replicas=_replicas(block, project),
        guard_instance=None,
        deletion_protection=locked(block, project),
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
    yield azure_document(block, project, facts)


def _interface(block: Block) -> tuple[str, str] | Unknown:
    """The engine that the account stands in for, and the category of its requests."""
    kind = block.read("kind", str, "GlobalDocumentDB")
    listed = nested(block.values, "capabilities")
    names = [listed] if isinstance(listed, Unknown) else [read(e, "name", str, "") for e in listed]
    doubt = also(kind, *names)
    if doubt and not (isinstance(kind, str) and kind.lower() == "mongodb"):
        return doubt
    capabilities = [{"name": name} for name in names]
    return cosmos_facts.engine_of({"kind": kind, "properties": {"capabilities": capabilities}})


def _allow_list(block: Block) -> list[str] | Unknown:
    """Without rules and without a filter of networks there is no firewall. Until version 4 of the
    provider the rules were one text with commas."""
    listed = items(block.values, "ip_range_filter")
    filtered: Known = first_of(block.values, _FILTER, bool, default=False)
    if isinstance(listed, Unknown):
        return listed
    entries = [part for each in listed for part in _entries(each)]
    known = [{"ipAddressOrRange": each} for each in entries if isinstance(each, str)]
    open_: list[Any] = [each for each in entries if not isinstance(each, str)]
    if isinstance(filtered, Unknown) and not known:
        return filtered
    told = {"ipRules": known, "isVirtualNetworkFilterEnabled": filtered is True or bool(open_)}
    found = cosmos_facts.allow_list(told)
    return found if isinstance(found, Unknown) else [*found, *cast("list[str]", open_)]


def _entries(value: Any) -> list[str | Unknown]:
    if isinstance(value, str):
        return [part for each in value.split(",") if (part := each.strip())]
    return [value if isinstance(value, Unknown) else Unknown("known after apply")]


def _tls(block: Block) -> Tls:
    default = by_version(block, (3, 96), newer="Tls12", older=TLS_BY_VERSION, untold=TLS_BY_VERSION)
    word = block.read("minimal_tls_version", str, default)
    if isinstance(word, Unknown):
        return Tls(minimum=word, required=True, policy=None)
    return cosmos_facts.tls_of({"minimalTlsVersion": word})


def _encryption(block: Block, project: Project) -> Encryption:
    names = ("key_vault_key_id", "managed_hsm_key_id")
    key = next((value for name in names if (value := block.values.get(name))), None)
    if isinstance(key, Unknown):
        return Encryption(enabled=True, key_manager=key, key_id=key, algorithm="AES-256")
    return cosmos_facts.encryption_of({"keyVaultKeyUri": identity(project, key)})


def _backup(block: Block, project: Project) -> Backup:
    """Unless it is written, a backup every four hours, kept for eight in the paired region too
    ("Online backup and on-demand data restore in Azure Cosmos DB")."""
    written = nested(block.values, "backup")
    if isinstance(written, Unknown):
        return Backup.unread(written)
    values: dict[str, Any] = written[0] if written else {"type": "Periodic"}
    kind = read(values, "type", str, _NO_TYPE)
    if isinstance(kind, Unknown):
        return Backup.unread(kind)
    tier = read(values, "tier", str, _NO_TIER)
    hours = read(values, "retention_in_hours", int, 8)
    redundancy = read(values, "storage_redundancy", str, "Geo")
    policy = {
        "type": kind,
        "continuousModeProperties": {"tier": tier},
        "periodicModeProperties": {
            "backupRetentionIntervalInHours": hours,
            "backupStorageRedundancy": "Local",
        },
    }
    account = {"id": f"/subscriptions/{project.account}", "properties": {"backupPolicy": policy}}
    found = cosmos_facts.backup_of(account)
    if kind.lower() == "continuous":
        found.retention_days = tier if isinstance(tier, Unknown) else found.retention_days
        return found
    found.retention_days = hours if isinstance(hours, Unknown) else found.retention_days
    if kind.lower() == "periodic":
        found.copies = then(redundancy, lambda word: _copies(word, block, project))
    return found


def _copies(word: str, block: Block, project: Project) -> list[BackupCopy] | Unknown:
    if word.lower() in ("local", "zone"):
        return []
    if word.lower() != "geo":
        return Unknown("the database does not tell the redundancy of its backups")
    region = paired_region(location_of(block, project))
    return [BackupCopy(region=region, account=project.account, kind="geo")]


def _places(block: Block) -> list[dict[str, Any]] | Unknown:
    found = nested(block.values, "geo_location")
    return _NO_PLACES if found == [] else found


def _multi_zone(block: Block) -> Known:
    """Whether each region that takes writes is spread over zones: the first, or all of them."""
    places = _places(block)
    everywhere: Known = first_of(
        block.values,
        ("multiple_write_locations_enabled", "enable_multiple_write_locations"),
        bool,
        default=False,
    )
    if isinstance(places, Unknown):
        return places
    told = []
    for place in places:
        priority = read(place, "failover_priority", int, 0)
        zones = read(place, "zone_redundant", bool, default=False)
        if everywhere is False and isinstance(priority, int) and priority != 0:
            continue
        doubt = also(everywhere, priority) if zones is False else None
        told.append({"isZoneRedundant": doubt or zones})
    return cosmos_facts.multi_zone({"writeLocations": told})


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    """The regions of an account besides its own."""
    places = _places(block)
    if isinstance(places, Unknown):
        return places
    home = location_of(block, project)
    found = []
    for place in places:
        region = read(place, "location", str, Unknown("a geo_location gives no location"))
        named = then(region, lambda text: text.lower().replace(" ", ""))
        if named != home or isinstance(home, Unknown):
            found.append(Replica(region=also(home) or named, account=project.account))
    return found


MAPPINGS = [
    Mapping(
        types=(ACCOUNT,),
        facts=Database,
        map=map_account,
        joined=(LOCK, ENDPOINT, *WATCHING, *LOGGING_TYPES),
    )
]
