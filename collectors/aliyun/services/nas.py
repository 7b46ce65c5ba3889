"""NAS file systems: encryption, who may mount them, and what backs them up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.backup_calls import PROTECTION_CALLS, protection
from collectors.aliyun.backup_plans import Protection, backup_of
from collectors.aliyun.kms_calls import DESCRIBE_KEY, key_manager
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.facts.storage import FileSystem

NATIVE = "ACS::NAS::FileSystem"
# Mount targets may hold passwords (ClientMasterNodes): only what is named here is kept.
_KEPT = ("FileSystemId", "FileSystemType", "ProtocolType", "StorageType", "Description",
         "EncryptType", "RedundancyType", "ZoneId", "VpcId", "Status", "CreateTime",
         "AutoSnapshotPolicyId")  # fmt: skip

DESCRIBE_FILE_SYSTEMS = Call(
    provider="aliyun",
    service="nas",
    operation="DescribeFileSystems",
    permission="nas:DescribeFileSystems",
    scope="region",
    result="FileSystems.FileSystem",
    paged=True,
)
DESCRIBE_ACCESS_RULES = Call(
    provider="aliyun",
    service="nas",
    operation="DescribeAccessRules",
    permission="nas:DescribeAccessRules",
    scope="region",
    result="AccessRules.AccessRule",
    paged=True,
)

_EVERYBODY = "DEFAULT_VPC_GROUP_NAME"
"""The access group that the service makes: it admits all addresses, nobody can change that, and its
rule may not be listed (NAS user guide, "Manage permission groups")."""

Item = dict[str, Any]


def file_systems(account: Account, region: str) -> Iterable[Document]:
    """A document for each file system of a region."""
    found = account.listed(DESCRIBE_FILE_SYSTEMS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(FileSystem, found, region, NATIVE)
        return
    if not found:
        return
    plans = protection(account, region, "NAS")
    yield from account.map(lambda item: _document(account, region, item, plans), found)


def _document(account: Account, region: str, item: Item, plans: Protection) -> Document:
    identity = item["FileSystemId"]
    return account.document(
        FileSystem(
            encryption=_encryption(account, region, item),
            tls=_tls(item),
            mount_ranges=_mount_ranges(account, region, item),
            # Mount targets have addresses of a VPC or of the classic network alone (NAS user
            # guide, "Manage mount targets").
            exposure=Exposure(public=False, via=[]),
            backup=backup_of(identity, "FileSystemId", plans, account.id),
            redundancy=_redundancy(item),
        ),
        id=account.arn("nas", region, f"filesystem/{identity}"),
        region=region,
        name=item.get("Description") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native={name: item[name] for name in _KEPT if name in item},
    )


def _encryption(account: Account, region: str, item: Item) -> Encryption | Unknown:
    """0 is none, 1 a key of NAS, 2 a key of KMS (NAS, "CreateFileSystem": EncryptType)."""
    kind, key = item.get("EncryptType"), item.get("KMSKeyId") or None
    if kind == 0:
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    if kind == 1:
        return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm="AES-256")
    if kind != 2:
        return Unknown("NAS does not tell whether the file system is encrypted")
    return Encryption(
        enabled=True,
        key_manager=key_manager(account, region, key)
        if key
        else Unknown("the API does not name the key"),
        key_id=key or Unknown("the API does not name the key"),
        algorithm="AES-256",
    )


def _tls(item: Item) -> Tls:
    """With NFS it is the client that chooses TLS (NAS user guide, "Encryption in transit for NFS
    file systems"); of SMB the settings are not read."""
    if item.get("ProtocolType") == "NFS":
        return Tls(minimum="none", required=False, policy=None)
    reason = Unknown("encryption in transit of this protocol is not read")
    return Tls(minimum=reason, required=reason, policy=None)


def _mount_ranges(account: Account, region: str, item: Item) -> list[str] | Unknown:
    """Who may mount it, by the access groups of its mount targets."""
    targets = (item.get("MountTargets") or {}).get("MountTarget")
    if targets is None:
        return Unknown("NAS does not tell the mount targets")
    ranges: dict[str, None] = {}
    for group in sorted({str(target.get("AccessGroupName") or "") for target in targets}):
        if not group:
            return Unknown("NAS does not name the access group of a mount target")
        rules = account.listed(
            DESCRIBE_ACCESS_RULES,
            region,
            group,
            AccessGroupName=group,
            FileSystemType=item["FileSystemType"],
        )
        if isinstance(rules, Unknown):
            return rules
        found = [rule.get(name) for rule in rules for name in ("SourceCidrIp", "Ipv6SourceCidrIp")]
        if group == _EVERYBODY:
            found.append("0.0.0.0/0")
        ranges.update(dict.fromkeys(one for one in found if one))
    return list(ranges)


def _redundancy(item: Item) -> Literal["zone", "multi-zone"] | Unknown:
    kind = item.get("RedundancyType")
    if kind in {"LRS", "ZRS"}:
        return "zone" if kind == "LRS" else "multi-zone"
    return Unknown("NAS does not tell the redundancy of the file system")


SERVICE = Service(
    name="NAS",
    types=((FileSystem, NATIVE),),
    calls=(DESCRIBE_FILE_SYSTEMS, DESCRIBE_ACCESS_RULES, *PROTECTION_CALLS, DESCRIBE_KEY),
    region=file_systems,
)
