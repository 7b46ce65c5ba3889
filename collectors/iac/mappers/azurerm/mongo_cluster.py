"""azurerm_mongo_cluster."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure.mongo_facts import LOG, LOG_GROUPS, cluster_facts, encryption_by
from collectors.azure.sql_facts import public_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Replica
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.shared import (
    LOCK,
    REACHED,
    allow_list,
    azure_document,
    let_in,
    location_of,
    locked,
)
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import identity, joined
from collectors.logic import Known

CLUSTER = "azurerm_mongo_cluster"
RULE = f"{CLUSTER}_firewall_rule"

_NO_VERSION = Unknown("the template gives no version")
_NO_MODE = Unknown("the cluster does not write its high availability")
_NO_KEY = Unknown("the customer's key gives no key_vault_key_id")
_COPIED = Unknown("the cluster that it is made from may decide")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster. Without a word it has a public endpoint, and nobody gets in without a rule."""
    word = block.read("public_network_access", str, "Enabled")
    public: Known = then(word, lambda text: public_of({"publicNetworkAccess": text}))
    ranges = let_in(public, allow_list(block, project, "mongo_cluster_id", RULE))
    mode = block.read("high_availability_mode", str, _NO_MODE)
    facts = cluster_facts(block.read("version", str, _NO_VERSION), public, ranges, mode)
    facts.private_endpoint = has_private_endpoint(block, project)
    facts.encryption = _encryption(block, project)
    facts.audit_log = logging_of(block, project, LOG, LOG_GROUPS)
    facts.alarms = alarms_on(block, project)
    facts.replicas = _replicas(block, project)
    facts.deletion_protection = locked(block, project)
    yield azure_document(block, project, facts)


def _encryption(block: Block, project: Project) -> Encryption:
    """With a key of the service's unless one is written; a copy may have that of its source."""
    written = nested(block.values, "customer_managed_key")
    made = block.read("create_mode", str, "Default")
    if isinstance(written, Unknown):
        return _with_key(written)
    if written:
        key = identity(project, written[0].get("key_vault_key_id")) or _NO_KEY
        return Encryption(enabled=True, key_manager="customer", key_id=key, algorithm="AES-256")
    copied = then(made, lambda word: None if word.lower() == "default" else _COPIED)
    return _with_key(copied) if isinstance(copied, Unknown) else encryption_by(None)


def _with_key(doubt: Unknown) -> Encryption:
    return Encryption(enabled=True, key_manager=doubt, key_id=doubt, algorithm="AES-256")


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    """Clusters of the template that replicate this one; one that is restored from it does not."""
    found = joined(project, block, "source_server_id", CLUSTER)
    if found.doubt:
        return found.doubt
    replicas = []
    for other in found.blocks:
        made = other.read("create_mode", str, "Default")
        if isinstance(made, Unknown):
            return made
        if made.lower() in ("georeplica", "replica"):
            replicas.append(Replica(region=location_of(other, project), account=project.account))
    return replicas


MAPPINGS = [
    Mapping(
        types=(CLUSTER,),
        facts=Database,
        map=map_cluster,
        joined=(RULE, LOCK, ENDPOINT, *WATCHING, *LOGGING_TYPES),
    )
]

PART_OF = {RULE: PartOf(CLUSTER, ("mongo_cluster_id",), REACHED)}
