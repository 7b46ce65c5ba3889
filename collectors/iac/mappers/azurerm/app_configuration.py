"""azurerm_app_configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.app_configuration_facts import LOG, encryption_by, public_by, store_facts
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Replica
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, location_in, locked
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import identity, joined

STORE = "azurerm_app_configuration"
REPLICA = f"{STORE}_replica"

_NO_KEY = Unknown("the key is not written")
_NO_LOCATION = Unknown("a replica of the store gives no location")


def map_store(block: Block, project: Project) -> Iterator[Document]:
    """A store, whose public endpoint depends on private ones where it is not written."""
    endpoint = has_private_endpoint(block, project)
    facts = store_facts(public_by(block.read("public_network_access", str, "Automatic"), endpoint))
    facts.private_endpoint = endpoint
    facts.encryption = encryption_by(_key(block, project))
    facts.audit_log = logging_of(block, project, LOG)
    facts.alarms = alarms_on(block, project)
    facts.replicas = _replicas(block, project)
    facts.deletion_protection = locked(block, project)
    yield azure_document(block, project, facts)


def _key(block: Block, project: Project) -> str | Unknown | None:
    written = nested(block.values, "encryption")
    if isinstance(written, Unknown) or not written:
        return written if isinstance(written, Unknown) else None
    return identity(project, written[0].get("key_vault_key_identifier")) or _NO_KEY


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    written = nested(block.values, "replica")
    # ARM has them as resources of their own.
    beside = joined(project, block, "configuration_store_id", REPLICA)
    if isinstance(written, Unknown) or beside.doubt:
        return written if isinstance(written, Unknown) else beside.doubt or []
    every: list[dict[str, Any]] = [*written, *(each.values for each in beside.blocks)]
    return [_replica(values, project) for values in every]


def _replica(values: dict[str, Any], project: Project) -> Replica:
    return Replica(region=location_in(values, project, _NO_LOCATION), account=project.account)


MAPPINGS = [
    Mapping(
        types=(STORE,),
        facts=Database,
        map=map_store,
        joined=(REPLICA, LOCK, ENDPOINT, *WATCHING, *LOGGING_TYPES),
    )
]

LINK_TYPES = frozenset({REPLICA})
