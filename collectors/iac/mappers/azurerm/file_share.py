"""azurerm_storage_share: shares of Azure Files, reached and encrypted as their account is."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.addresses import opens_to_internet
from collectors.document import Document, Unknown, also
from collectors.facts.shared import Backup, BackupCopy, Encryption, Exposure, Tls
from collectors.facts.storage import FileSystem
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.iac.mappers.azurerm.backup_policy import (
    RECOVERY,
    SHARES,
    copies_of,
    retention_of,
    vault_of,
)
from collectors.iac.mappers.azurerm.shared import location_of
from collectors.iac.mappers.azurerm.storage import ACCOUNT, KEY, NETWORK, facts_of
from collectors.iac.mappers.joins import joined, name_of, tags_of, target_of
from collectors.iac.mappers.pointers import names_of

SHARE = "azurerm_storage_share"
PROTECTED = "azurerm_backup_protected_file_share"

_AWAY = Unknown("the storage account of the share is not part of this template")
_NO_POLICY = Unknown("the backup policy is not part of this template")
_NO_VAULT = Unknown("the backup vault is not part of this template")
_NO_BACKUP = Backup(enabled=False, retention_days=0, point_in_time=False, copies=[])


def map_share(block: Block, project: Project) -> Iterator[Document]:
    """A share."""
    account = _account(block, project)
    yield template_document(
        block,
        project,
        _facts(block, account, project) if account else _unread(),
        provider="azure",
        region=location_of(account, project) if account else _AWAY,
        name=name_of(block, "name"),
        tags=tags_of(account) if account else {},
    )


def _account(share: Block, project: Project) -> Block | None:
    """The account of a share: by its id, and until version 5 of the provider by its name."""
    for argument in ("storage_account_id", "storage_account_name"):
        value = share.get(argument)
        if found := target_of(project, value, ACCOUNT):
            return found
        if isinstance(value, str):
            named = (each for each in project.each_of(ACCOUNT) if value in names_of(each))
            if found := next(named, None):
                return project.take(found)
    return None


def _facts(share: Block, account: Block, project: Project) -> FileSystem:
    of_account = facts_of(account, project)
    ranges: list[str] | Unknown = of_account.source_ranges or []
    wide = opens_to_internet(ranges)
    return FileSystem(
        encryption=of_account.encryption,
        tls=of_account.tls,
        mount_ranges=ranges,
        exposure=Exposure.unread(wide)
        if isinstance(wide, Unknown)
        else Exposure(public=wide, via=["endpoint"] if wide else []),
        backup=_backup(share, account, project),
        redundancy=of_account.redundancy,
    )


def _unread() -> FileSystem:
    return FileSystem(
        encryption=Encryption.unread(_AWAY),
        tls=Tls.unread(_AWAY),
        mount_ranges=_AWAY,
        exposure=Exposure.unread(_AWAY),
        backup=Backup.unread(_AWAY),
        redundancy=_AWAY,
    )


def _backup(share: Block, account: Block, project: Project) -> Backup:
    """Azure Backup, which names the account and the share by its name."""
    found = joined(project, account, "source_storage_account_id", PROTECTED)
    names = [(one, one.read("source_file_share_name", str, "")) for one in found.blocks]
    own = share.read("name", str, Unknown("the share gives no name"))
    mine = next((one for one, name in names if _is_of(one, name, own, share, project)), None)
    if mine is None:
        doubt = also(found.doubt, *(name for _, name in names)) or (also(own) if names else None)
        return Backup.unread(doubt) if doubt else _NO_BACKUP
    policy = target_of(project, mine.get("backup_policy_id"), SHARES)
    vault = vault_of(policy, project) if policy else None
    copies = copies_of(vault, project) if vault else _NO_VAULT
    return Backup(
        enabled=True,
        retention_days=retention_of(policy) if policy else _NO_POLICY,
        point_in_time=False,
        copies=copies
        if isinstance(copies, Unknown)
        else [BackupCopy(region=one.region, account=one.account, kind="geo") for one in copies],
    )


def _is_of(
    item: Block, name: str | Unknown, own: str | Unknown, share: Block, project: Project
) -> bool:
    if project.target(item.get("source_file_share_name")) is share:
        return True
    return isinstance(own, str) and name == own


MAPPINGS = [
    Mapping(
        types=(SHARE,),
        facts=FileSystem,
        map=map_share,
        joined=(ACCOUNT, NETWORK, KEY, PROTECTED, SHARES, RECOVERY),
    )
]
