"""azurerm_cognitive_account and azurerm_ai_services."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure.cognitive_facts import LOG, account_facts
from collectors.document import Document, then
from collectors.facts.network import Api
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.network_acls import ranges_of
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import first_of
from collectors.logic import Known, every

ACCOUNT, SERVICES = "azurerm_cognitive_account", "azurerm_ai_services"

_KEYS = ("local_auth_enabled", "local_authentication_enabled")


def map_account(block: Block, project: Project) -> Iterator[Document]:
    """An account. Without a word it takes keys, and every address reaches it. The two types have
    other names for the same."""
    word = block.read("public_network_access", str, "Enabled")
    public = every(
        (
            block.read("public_network_access_enabled", bool, default=True),
            then(word, lambda text: text.lower() != "disabled"),
        )
    )
    keys: Known = first_of(block.values, _KEYS, bool, default=True)
    facts = account_facts(ranges_of(block, public), keys, logging_of(block, project, LOG))
    yield azure_document(block, project, facts)


MAPPINGS = [
    Mapping(types=(ACCOUNT, SERVICES), facts=Api, map=map_account, joined=LOGGING_TYPES),
]
