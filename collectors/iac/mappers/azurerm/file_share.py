"""azurerm_storage_share: shares of Azure Files, reached and encrypted as their account is."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.addresses import opens_to_internet
from collectors.azure.best_backup import NO_BACKUP
from collectors.document import Document, Unknown, also
from collectors.facts.shared import Backup, Encryption, Exposure, Tls
from collectors.facts.storage import FileSystem
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.azurerm.backup_policy import RECOVERY, SHARES, backup_by
from collectors.iac.mappers.azurerm.shared import azure_document, location_of, target_or_named
from collectors.iac.mappers.azurerm.storage import ACCOUNT, KEY, NETWORK, facts_of
from collectors.iac.mappers.joins import joined, tags_of, target_of

SHARE = "azurerm_storage_share"
PROTECTED = "azurerm_backup_protected_file_share"

_AWAY = Unknown("the storage account of the share is not part of this template")


def map_share(block: Block, project: Project) -> Iterator[Document]:
    """A share."""
    account = _account(block, project)
    yield azure_document(
        block,
        project,
        _facts(block, account, project) if account else _unread(),
        region=location_of(account, project) if account else _AWAY,
        tags=tags_of(account) if account else {},
    )


def _account(share: Block, project: Project) -> Block | None:
    """The account of a share: by its id, and until version 5 of the provider by its name."""
    values = (share.get(name) for name in ("storage_account_id", "storage_account_name"))
    found = (target_or_named(project, value, ACCOUNT) for value in values)
    return next((each for each in found if each), None)


def _facts(share: Block, account: Block, project: Project) -> FileSystem:
    of_account = facts_of(account, project)
    ranges: list[str] | Unknown = of_account.source_ranges
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
        return Backup.unread(doubt) if doubt else NO_BACKUP
    return backup_by(target_of(project, mine.get("backup_policy_id"), SHARES), project)


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
