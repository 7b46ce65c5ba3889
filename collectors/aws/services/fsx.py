"""FSx: file systems of Windows File Server, Lustre, NetApp ONTAP and OpenZFS."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backup_selections import CALLS as PLAN_CALLS
from collectors.aws.backup_selections import Plan, Thing, read_backup_plans
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.fsx_facts import PORTS, TLS_NOT_TOLD, backup, deployment_of, redundancy
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.plan_backup import backup_by_plans
from collectors.aws.share_network import CALLS as NETWORK_CALLS
from collectors.aws.share_network import (
    Network,
    interfaces_of,
    mount_ranges,
    read_network,
    share_exposure,
)
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.shared import Encryption, Tls
from collectors.facts.storage import FileSystem

FILE_SYSTEM = "AWS::FSx::FileSystem"
# The settings of Windows and ONTAP may hold passwords: only what is named here is kept.
_KEPT = (
    "FileSystemId",
    "FileSystemType",
    "FileSystemTypeVersion",
    "CreationTime",
    "Lifecycle",
    "StorageCapacity",
    "StorageType",
    "VpcId",
    "SubnetIds",
    "KmsKeyId",
)
DESCRIBE_FILE_SYSTEMS = Call(
    provider="aws",
    service="fsx",
    operation="DescribeFileSystems",
    permission="fsx:DescribeFileSystems",
    scope="region",
    result="FileSystems",
    paged=True,
)
Item = dict[str, Any]


def file_systems(account: Account, region: str) -> Iterable[Document]:
    """A document for each file system of a region."""
    found = account.read(DESCRIBE_FILE_SYSTEMS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(FileSystem, found, region, FILE_SYSTEM)
        return
    if not found:
        return
    network = read_network(account, region)
    plans = read_backup_plans(account, region)
    yield from account.map(lambda item: _document(account, region, item, network, plans), found)


def _document(
    account: Account, region: str, item: Item, network: Network, plans: list[Plan] | Unknown
) -> Document:
    kind, arn = item["FileSystemType"], item["ResourceARN"]
    tags = tags_of(item.get("Tags"))
    ports = PORTS.get(kind, ())
    ids = item.get("NetworkInterfaceIds")
    interfaces = interfaces_of(network, ids) if ids and ports else _unnamed(kind)
    return account.document(
        FileSystem(
            encryption=encryption(account, region, item),
            tls=Tls(minimum=TLS_NOT_TOLD, required=TLS_NOT_TOLD, policy=None),
            mount_ranges=mount_ranges(network, interfaces, ports),
            exposure=share_exposure(network, interfaces, ports),
            backup=backup(item, backup_by_plans(plans, Thing("FSx", arn, tags))),
            redundancy=redundancy(item),
        ),
        id=arn,
        region=region,
        name=tags.get("Name") or item["FileSystemId"],
        tags=tags,
        native_type=FILE_SYSTEM,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _unnamed(kind: str) -> Unknown:
    return Unknown(f"FSx does not name the network interfaces of this file system ({kind})")


def encryption(account: Account, region: str, item: Item) -> Encryption:
    """File systems are always encrypted; scratch ones of Lustre with a key of FSx, all others with
    one of KMS (FSx user guides, "Encryption of data at rest")."""
    key = None if deployment_of(item).startswith("SCRATCH") else item.get("KmsKeyId", KEY_NOT_TOLD)
    return at_rest(account, region, True, key)


SERVICE = Service(
    name="FSx",
    types=((FileSystem, FILE_SYSTEM),),
    calls=(DESCRIBE_FILE_SYSTEMS, *NETWORK_CALLS, *PLAN_CALLS, DESCRIBE_KEY),
    region=file_systems,
)
