"""azurerm_eventgrid_topic, azurerm_eventgrid_domain and azurerm_eventgrid_namespace."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure.event_grid_facts import event_grid_facts
from collectors.document import Document
from collectors.facts.operations import Topic
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.azurerm.shared import azure_document

TOPIC, DOMAIN = "azurerm_eventgrid_topic", "azurerm_eventgrid_domain"
NAMESPACE = "azurerm_eventgrid_namespace"


def map_topic(block: Block, project: Project) -> Iterator[Document]:
    """A topic, domain or namespace. Older versions of the provider do not write the lowest version
    of TLS, newer ones 1.2 for topics."""
    minimum = block.read("minimum_tls_version", str, "")
    yield azure_document(block, project, event_grid_facts(minimum))


MAPPINGS = [Mapping(types=(TOPIC, DOMAIN, NAMESPACE), facts=Topic, map=map_topic)]
