"""azurerm_kusto_cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.kusto_facts import LOG, cluster_facts, encryption_of
from collectors.azure.server_access import open_without_rules
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, locked, written_ranges
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import first_of, identity, items, joined
from collectors.logic import Known

CLUSTER = "azurerm_kusto_cluster"
KEY = f"{CLUSTER}_customer_managed_key"

_DISKS = ("disk_encryption_enabled", "enable_disk_encryption")
_NO_KEY = Unknown("the key is not written")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster. Without a word it has a public endpoint and disks that are not encrypted."""
    public = block.read("public_network_access_enabled", bool, default=True)
    zones = items(block.values, "zones")
    facts = cluster_facts(
        public,
        open_without_rules(public, written_ranges(block, "allowed_ip_ranges")),
        zones if isinstance(zones, Unknown) else len(zones),
    )
    facts.private_endpoint = has_private_endpoint(block, project)
    disks: Known = first_of(block.values, _DISKS, bool, default=False)
    facts.encryption = encryption_of(disks, _key(block, project))
    facts.audit_log = logging_of(block, project, LOG)
    facts.alarms = alarms_on(block, project)
    facts.deletion_protection = locked(block, project)
    yield azure_document(block, project, facts)


def _key(block: Block, project: Project) -> Any:
    """The key of the customer, which stands beside the cluster."""
    keys = joined(project, block, "cluster_id", KEY)
    for each in keys.blocks:
        named = each.values.get("managed_hsm_key_id") or each.values.get("key_name")
        return identity(project, named) or _NO_KEY
    return keys.doubt


MAPPINGS = [
    Mapping(
        types=(CLUSTER,),
        facts=Database,
        map=map_cluster,
        joined=(KEY, LOCK, ENDPOINT, *WATCHING, *LOGGING_TYPES),
    )
]

LINK_TYPES = frozenset({KEY})
