"""Topics, domains and namespaces of Event Grid. Source: template reference,
Microsoft.EventGrid."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.arm.resource import Resource, Translation
from collectors.iac.arm.resources.words import named
from collectors.iac.blocks import Block


def _translation(kind: str) -> Translation:
    def translate(resource: Resource) -> Iterator[Block]:
        minimum = resource.get("minimumTlsVersionAllowed")
        yield resource.block(kind, named(resource) | {"minimum_tls_version": minimum})

    return translate


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.EventGrid/topics": _translation("azurerm_eventgrid_topic"),
    "Microsoft.EventGrid/domains": _translation("azurerm_eventgrid_domain"),
    "Microsoft.EventGrid/namespaces": _translation("azurerm_eventgrid_namespace"),
}
