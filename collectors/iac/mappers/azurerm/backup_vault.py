"""azurerm_recovery_services_vault and azurerm_data_protection_backup_vault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also, then
from collectors.facts.backup import BackupVault
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.azurerm.backup_policy import (
    OTHER_POLICIES,
    PROTECTED,
    PROTECTION,
    PROTECTION_POLICIES,
    RECOVERY,
    RECOVERY_POLICIES,
    retention_of,
    storage_of,
    users_of,
)
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.joins import identity, joined

KEY = "azurerm_data_protection_backup_vault_customer_managed_key"

_REDUNDANCY = {
    "locallyredundant": "zone", "zoneredundant": "multi-zone", "georedundant": "multi-region",
}  # fmt: skip
_NO_REDUNDANCY = Unknown("the vault does not tell its redundancy")
_NOT_READ = Unknown("how long a policy of the vault keeps backups is not read")
_NOTHING_KEPT = Unknown("nothing in this template is backed up to the locked vault")


def map_vault(block: Block, project: Project) -> Iterator[Document]:
    """A vault. Roles decide on access: vaults have no policy of their own."""
    facts = BackupVault(
        encryption=_encryption(block, project),
        lock_days=_lock_days(block, project),
        policy=[],
        region=location_of(block, project),
        redundancy=then(
            storage_of(block), lambda word: _REDUNDANCY.get(word.lower()) or _NO_REDUNDANCY
        ),
    )
    yield azure_document(block, project, facts)


def _lock_days(vault: Block, project: Project) -> int | Unknown | None:
    """The least days for which a locked vault keeps what the policies in use put into it. A vault
    is not locked until somebody locks it."""
    state = vault.read("immutability", str, "Disabled")
    if isinstance(state, Unknown):
        return state
    if state.lower() != "locked":
        return None
    recovery = vault.type == RECOVERY
    argument = "recovery_vault_name" if recovery else "vault_id"
    kinds = RECOVERY_POLICIES if recovery else PROTECTION_POLICIES
    policies = joined(project, vault, argument, *kinds)
    kept = [retention_of(each) for each in policies.blocks if users_of(each, project)]
    others = joined(project, vault, "vault_id", *OTHER_POLICIES)
    doubt = policies.doubt or also(None, *kept) or (_NOT_READ if others.blocks else others.doubt)
    days = [each for each in kept if isinstance(each, int)]
    return doubt or (min(days) if days else _NOTHING_KEPT)


def _encryption(vault: Block, project: Project) -> Encryption:
    """A key of Microsoft's where none is named ("Encryption in Azure Backup")."""
    key = _key(vault, project)
    manager: Any = key if isinstance(key, Unknown) else "customer" if key else "provider"
    return Encryption(enabled=True, key_manager=manager, key_id=key, algorithm="AES-256")


def _key(vault: Block, project: Project) -> str | Unknown | None:
    written = nested(vault.values, "encryption")
    if isinstance(written, Unknown):
        return written
    if written:
        return identity(project, written[0].get("key_id")) or Unknown("the key is not written")
    separate = joined(project, vault, "data_protection_backup_vault_id", KEY)
    for each in separate.blocks:
        return identity(project, each.get("key_vault_key_id"))
    return separate.doubt


MAPPINGS = [
    Mapping(
        types=(RECOVERY, PROTECTION),
        facts=BackupVault,
        map=map_vault,
        joined=(*RECOVERY_POLICIES, *PROTECTION_POLICIES, *OTHER_POLICIES, *PROTECTED, KEY),
    )
]

LINK_TYPES = frozenset({KEY, *OTHER_POLICIES})
