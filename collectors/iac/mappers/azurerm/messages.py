"""azurerm_eventhub_namespace and azurerm_servicebus_namespace: what decides over the hubs, queues
and topics in one is set for all of them, so that each namespace has one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.azurerm.provider_version import TLS_BY_VERSION, by_version
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import identity, items, joined

HUBS, BUS = "azurerm_eventhub_namespace", "azurerm_servicebus_namespace"
HUBS_KEY, BUS_KEY = f"{HUBS}_customer_managed_key", f"{BUS}_customer_managed_key"

_VERSIONS = ("1.0", "1.1", "1.2", "1.3")


def map_namespace(block: Block, project: Project) -> Iterator[Document]:
    """A namespace. Sending and receiving take a role or a shared key: there is no policy, and
    nobody gets in without one. Both services take encrypted connections alone."""
    facts = Topic(
        encryption=_encryption(block, project),
        policy=[],
        tls=Tls(minimum=_minimum(block), required=True, policy=None),
        exposure=Exposure(public=False, via=[]),
    )
    yield azure_document(block, project, facts)


def _minimum(block: Block) -> Any:
    """1.2 unless it says otherwise, with versions of the provider that know the argument; the
    service's was 1.0 before ("Enforce a minimum required version of TLS")."""
    default = by_version(block, (4,), newer="1.2", older=TLS_BY_VERSION, untold=TLS_BY_VERSION)
    text = block.read("minimum_tls_version", str, default)
    if isinstance(text, Unknown) or text in _VERSIONS:
        return text
    return Unknown(f"TLS version {text} is not known")


def _encryption(block: Block, project: Project) -> Encryption:
    """Always on, with a key of Microsoft's where none is named ("Configure customer-managed
    keys")."""
    key = _key(block, project)
    manager: Any = key if isinstance(key, Unknown) else "customer" if key else "provider"
    return Encryption(enabled=True, key_manager=manager, key_id=key, algorithm="AES-256")


def _key(block: Block, project: Project) -> str | Unknown | None:
    inline = nested(block.values, "customer_managed_key")
    if isinstance(inline, Unknown):
        return inline
    if inline:
        named = inline[0].get("key_vault_key_id")
        return identity(project, named) or Unknown("the key is not written")
    separate = (
        joined(project, block, "eventhub_namespace_id", HUBS_KEY),
        joined(project, block, "namespace_id", BUS_KEY),
    )
    for each in (one for found in separate for one in found.blocks):
        listed = items(each.values, "key_vault_key_ids")
        if isinstance(listed, Unknown):
            return listed
        named = listed[0] if listed else each.get("key_vault_key_id")
        return identity(project, named) or Unknown("the key is not written")
    return separate[0].doubt or separate[1].doubt


MAPPINGS = [Mapping(types=(HUBS, BUS), facts=Topic, map=map_namespace, joined=(HUBS_KEY, BUS_KEY))]

LINK_TYPES = frozenset(
    {
        "azurerm_eventhub_namespace_customer_managed_key",
        "azurerm_servicebus_namespace_customer_managed_key",
    }
)
