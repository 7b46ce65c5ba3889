"""WorkSpaces: the volumes of desktops, which are disks that EC2 does not list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import KEY_NOT_TOLD, OFF, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.service_volumes import desktop_volume
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.facts.shared import Encryption

WORKSPACE = "AWS::WorkSpaces::Workspace"
DESCRIBE_WORKSPACES = Call(
    provider="aws",
    service="workspaces",
    operation="DescribeWorkspaces",
    permission="workspaces:DescribeWorkspaces",
    scope="region",
    result="Workspaces",
    paged=True,
    not_everywhere=True,
)
DESCRIBE_TAGS = Call(
    provider="aws",
    service="workspaces",
    operation="DescribeTags",
    permission="workspaces:DescribeTags",
    scope="resource",
    result="TagList",
)

VOLUMES = ("Root", "User")
_NOT_TOLD = Unknown("WorkSpaces does not tell whether the volume is encrypted")
_KEY = "VolumeEncryptionKey"
_KEPT = (
    "WorkspaceId",
    "DirectoryId",
    "BundleId",
    "SubnetId",
    "State",
    "RootVolumeEncryptionEnabled",
    "UserVolumeEncryptionEnabled",
    _KEY,
    "WorkspaceProperties",
)
_GIB = 1024**3

Item = dict[str, Any]


def disks(account: Account, region: str) -> Iterable[Document]:
    """A document for each volume of each WorkSpace of a region."""
    found = account.read(DESCRIBE_WORKSPACES, region)
    if found is None:
        return
    if isinstance(found, Unknown):
        yield account.unlisted(Disk, found, region, WORKSPACE)
        return
    for documents in account.map(lambda item: list(_documents(account, region, item)), found):
        yield from documents


def _documents(account: Account, region: str, item: Item) -> Iterator[Document]:
    name = item["WorkspaceId"]
    tags = then(account.read(DESCRIBE_TAGS, region, name, ResourceId=name), tags_of)
    for kind in VOLUMES:
        size = told(item.get("WorkspaceProperties", {}), f"{kind}VolumeSizeGib")
        yield account.document(
            desktop_volume(
                _encryption(account, region, item, kind), then(size, lambda gib: gib * _GIB)
            ),
            id=f"{account.arn('workspaces', region, f'workspace/{name}')}/{kind.lower()}",
            region=region,
            name=f"{name} {kind.lower()}",
            tags=tags,
            native_type=WORKSPACE,
            native={key: item[key] for key in _KEPT if key in item},
        )


def _encryption(account: Account, region: str, item: Item, kind: str) -> Encryption:
    """Encryption of a volume. WorkSpaces leaves out what is off; where a key is named, something
    is encrypted by it (API reference, Workspace)."""
    enabled = item.get(f"{kind}VolumeEncryptionEnabled")
    if enabled is None and _KEY in item and not _tells_of_any(item):
        return Encryption.unread(_NOT_TOLD)
    return at_rest(account, region, True, item.get(_KEY) or KEY_NOT_TOLD) if enabled else OFF


def _tells_of_any(item: Item) -> bool:
    return any(f"{kind}VolumeEncryptionEnabled" in item for kind in VOLUMES)


SERVICE = Service(
    name="WorkSpaces",
    types=((Disk, WORKSPACE),),
    calls=(DESCRIBE_WORKSPACES, DESCRIBE_TAGS, DESCRIBE_KEY),
    region=disks,
)
