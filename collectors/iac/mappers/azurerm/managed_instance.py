"""azurerm_mssql_managed_database with its azurerm_mssql_managed_instance, which stands in a subnet
and decides reachability, TLS and where backups lie. An instance without a database in the template
gives a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure import sql_facts
from collectors.azure.inbound import Target, lets_internet_in_at
from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Exposure, Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.azurerm.ground import GROUND_TYPES, before_subnet
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, location_of, locked
from collectors.iac.mappers.azurerm.subnet import ROUTE_TYPES, SUBNET, routes_to_internet
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import identity, joined, tags_of, target_of

DATABASE, INSTANCE = "azurerm_mssql_managed_database", "azurerm_mssql_managed_instance"
KEY = f"{INSTANCE}_transparent_data_encryption"

_ELSEWHERE = Unknown("the managed instance is not part of this template")
_EACH = Unknown("decided by each database, and the template declares none")
_NO_SUBNET = Unknown("the subnet is not part of this template")
_GEO = ("grs", "gzrs", "geo", "geozone")
_LOCAL = ("lrs", "zrs", "local", "zone")


def map_database(block: Block, project: Project) -> Iterator[Document]:
    """A database, with what its instance decides."""
    instance = target_of(project, block.get("managed_instance_id"), INSTANCE)
    facts = _facts(instance, project) if instance else _without_instance()
    facts.encryption = _encryption(block, instance, project)
    facts.backup = _backup(block, instance, project)
    facts.deletion_protection = (
        _locked(block, instance, project) if instance else locked(block, project) or _ELSEWHERE
    )
    own = tags_of(block)
    yield azure_document(
        block,
        project,
        facts,
        region=location_of(instance, project) if instance else _ELSEWHERE,
        tags=tags_of(instance) if own == {} and instance else own,
    )


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance that has no database in the template."""
    if joined(project, block, "managed_instance_id", DATABASE).blocks:
        return
    facts = _facts(block, project)
    facts.encryption = Encryption.unread(_EACH)
    facts.backup = Backup.unread(_EACH)
    facts.deletion_protection = locked(block, project)
    yield azure_document(block, project, facts)


def _always() -> Database:
    """What holds for every instance: Microsoft keeps its engine up to date; its audit is set by
    T-SQL."""
    return Database(
        engine="sqlserver",
        version_supported=True,
        network_kind="vpc",
        allow_list=[],
        private_endpoint=True,
        authentication=True,
        audit_log=Logging.unread(sql_facts.AUDIT_BY_SQL),
        replicas=sql_facts.INSTANCE_GROUPS,
        guard_instance=None,
        auto_minor_upgrade=True,
        tenancy="shared",
        firewall_ids=[],
    )


def _without_instance() -> Database:
    facts = _always()
    facts.exposure = Exposure.unread(_ELSEWHERE)
    facts.tls = Tls(minimum=_ELSEWHERE, required=True, policy=None)
    facts.multi_zone = _ELSEWHERE
    facts.alarms = _ELSEWHERE
    facts.subnet_routes_to_internet = _ELSEWHERE
    return facts


def _facts(instance: Block, project: Project) -> Database:
    facts = _always()
    subnet = target_of(project, instance.get("subnet_id"), SUBNET)
    minimum = instance.read("minimum_tls_version", str, "1.2")
    facts.exposure = _exposure(instance, project)
    facts.tls = (
        Tls(minimum=minimum, required=True, policy=None)
        if isinstance(minimum, Unknown)
        else sql_facts.tls_of({"minimalTlsVersion": minimum})
    )
    facts.alarms = alarms_on(instance, project)
    facts.multi_zone = instance.read("zone_redundant_enabled", bool, default=False)
    facts.subnet_routes_to_internet = routes_to_internet(subnet, project) if subnet else _NO_SUBNET
    return facts


def _exposure(instance: Block, project: Project) -> Exposure:
    """Public where the public endpoint is on, and the groups of the subnet let anybody reach it."""
    on = instance.read("public_data_endpoint_enabled", bool, default=False)
    if on is False:
        return Exposure(public=False, via=[])
    rules = before_subnet(instance.get("subnet_id"), project)
    open_ = lets_internet_in_at(rules, Target(address=None), ("tcp",), sql_facts.PUBLIC_PORT)
    public = on if isinstance(on, Unknown) and open_ is not False else open_
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["endpoint"] if public else [])


def _encryption(block: Block, instance: Block | None, project: Project) -> Encryption:
    """Transparent data encryption is on; its key is the instance's, of the service unless the
    template names one."""
    # No argument of Terraform's, but a resource of ARM's.
    on = block.read("transparent_data_encryption_enabled", bool, default=True)
    if on is False:
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    key: Any = _ELSEWHERE
    if instance is not None:
        found = joined(project, instance, "managed_instance_id", KEY)
        named = (identity(project, one.get("key_vault_key_id")) for one in found.blocks)
        key = next((one for one in named if one is not None), found.doubt)
    manager: Any = key if isinstance(key, Unknown) else ("customer" if key else "provider")
    return Encryption(enabled=on, key_manager=manager, key_id=key, algorithm="AES-256")


def _backup(block: Block, instance: Block | None, project: Project) -> Backup:
    """Automatic backups cannot be turned off; they are kept 7 days unless it says otherwise, and
    copied to the paired region unless `storage_account_type` says so."""
    days = block.read("short_term_retention_days", int, 7)
    kind = instance.read("storage_account_type", str, "GRS") if instance else _ELSEWHERE
    region = location_of(instance, project) if instance else _ELSEWHERE
    return Backup(
        enabled=True,
        retention_days=days,
        point_in_time=True,
        copies=then(kind, lambda word: _copies(word.lower(), region, project)),
    )


def _copies(word: str, region: str | Unknown, project: Project) -> list[BackupCopy] | Unknown:
    if word in _LOCAL:
        return []
    if word not in _GEO:
        return Unknown("the database does not tell the redundancy of its backups")
    return [BackupCopy(region=paired_region(region), account=project.account, kind="geo")]


def _locked(block: Block, instance: Block, project: Project) -> Any:
    """A lock of the instance holds for its databases."""
    own, above = locked(block, project), locked(instance, project)
    return True if True in (own, above) else own or above


_SHARED = (KEY, LOCK, *WATCHING, *GROUND_TYPES, *ROUTE_TYPES)

MAPPINGS = [
    Mapping(types=(DATABASE,), facts=Database, map=map_database, joined=_SHARED),
    Mapping(types=(INSTANCE,), facts=Database, map=map_instance, joined=_SHARED),
]

PART_OF = {
    "azurerm_mssql_managed_instance_transparent_data_encryption": PartOf(
        "azurerm_mssql_managed_instance", ("managed_instance_id",)
    ),
}
