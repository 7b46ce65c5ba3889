"""azurerm_search_service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.addresses import networks
from collectors.azure.search_facts import LOG, let_in, search_facts
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, locked
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import items

SERVICE = "azurerm_search_service"

_KEYS = Unknown("each index names its key, and indexes are not part of a template")


def map_service(block: Block, project: Project) -> Iterator[Document]:
    """A service of Azure AI Search. Without a word it has a public endpoint and one replica."""
    public = block.read("public_network_access_enabled", bool, True)
    facts = search_facts(
        public, let_in(public, _ranges(block)), block.read("replica_count", int, 1)
    )
    facts.private_endpoint = has_private_endpoint(block, project)
    facts.encryption = Encryption(
        enabled=True, key_manager=_KEYS, key_id=_KEYS, algorithm="AES-256"
    )
    facts.audit_log = logging_of(block, project, LOG)
    facts.alarms = alarms_on(block, project)
    facts.deletion_protection = locked(block, project)
    yield azure_document(block, project, facts)


def _ranges(block: Block) -> list[Any] | Unknown:
    """The addresses of the firewall; one that is known only after apply stands in its place."""
    listed = items(block.values, "allowed_ips")
    if isinstance(listed, Unknown):
        return listed
    texts = [read({"ip": one}, "ip", str, Unknown("an address is null")) for one in listed]
    return [
        one for text in texts for one in ([text] if isinstance(text, Unknown) else networks(text))
    ]


MAPPINGS = [
    Mapping(
        types=(SERVICE,),
        facts=Database,
        map=map_service,
        joined=(LOCK, ENDPOINT, *WATCHING, *LOGGING_TYPES),
    )
]
