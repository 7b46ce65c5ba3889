"""azurerm_app_service_certificate and azurerm_app_service_managed_certificate."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure.app_certificate_facts import certificate_facts, renews
from collectors.document import Document, Unknown
from collectors.facts.key import Certificate
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import given

UPLOADED = "azurerm_app_service_certificate"
MANAGED = "azurerm_app_service_managed_certificate"

_EXPIRES = Unknown("when the certificate of App Service expires shows after apply")
_BOUND = Unknown("to which sites the certificate is bound is not read from templates")


def map_certificate(block: Block, project: Project) -> Iterator[Document]:
    """A certificate: uploaded, taken from a key vault, or made by App Service, which ARM tells by
    its canonical name."""
    managed = block.type == MANAGED or given(block.values, "canonical_name")
    renewed = renews(managed, given(block.values, "key_vault_secret_id"))
    yield azure_document(block, project, certificate_facts(_EXPIRES, _BOUND, renewed))


MAPPINGS = [Mapping(types=(UPLOADED, MANAGED), facts=Certificate, map=map_certificate)]
