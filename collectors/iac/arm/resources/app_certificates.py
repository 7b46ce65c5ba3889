"""Certificates of App Service. Source: template reference, Microsoft.Web/certificates."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.arm.resource import Resource, Translation
from collectors.iac.arm.resources.words import named
from collectors.iac.blocks import Block


def certificate(resource: Resource) -> Iterator[Block]:
    """A certificate; of a key vault where it names one."""
    values = named(resource) | {
        "canonical_name": resource.get("canonicalName"),
        "key_vault_secret_id": resource.get("keyVaultId"),
    }
    yield resource.block("azurerm_app_service_certificate", values)


TRANSLATIONS: dict[str, Translation] = {"Microsoft.Web/certificates": certificate}
