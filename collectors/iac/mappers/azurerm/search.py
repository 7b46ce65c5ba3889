"""azurerm_search_service."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure.search_facts import LOG, search_facts
from collectors.azure.server_access import open_without_rules
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, locked, written_ranges
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on

SERVICE = "azurerm_search_service"

_KEYS = Unknown("each index names its key, and indexes are not part of a template")


def map_service(block: Block, project: Project) -> Iterator[Document]:
    """A service of Azure AI Search. Without a word it has a public endpoint and one replica."""
    public = block.read("public_network_access_enabled", bool, True)
    ranges = open_without_rules(public, written_ranges(block, "allowed_ips"))
    facts = search_facts(public, ranges, block.read("replica_count", int, 1))
    facts.private_endpoint = has_private_endpoint(block, project)
    facts.encryption = Encryption(
        enabled=True, key_manager=_KEYS, key_id=_KEYS, algorithm="AES-256"
    )
    facts.audit_log = logging_of(block, project, LOG)
    facts.alarms = alarms_on(block, project)
    facts.deletion_protection = locked(block, project)
    yield azure_document(block, project, facts)


MAPPINGS = [
    Mapping(
        types=(SERVICE,),
        facts=Database,
        map=map_service,
        joined=(LOCK, ENDPOINT, *WATCHING, *LOGGING_TYPES),
    )
]
