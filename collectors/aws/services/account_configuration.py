"""The account's configuration control: AWS Config, encryption by default, public-access block,
regions in use. Guardrails (policies of the organisation) are not collected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.account_document import ACCOUNT, account_document
from collectors.aws.bucket import PLACE_CALLS, bucket_region
from collectors.aws.ec2_calls import (
    DESCRIBE_IMAGES,
    DESCRIBE_INSTANCES,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_SNAPSHOTS,
    DESCRIBE_VOLUMES,
    DESCRIBE_VPCS,
)
from collectors.aws.encryption import manager_of
from collectors.aws.kms_calls import DESCRIBE_KEY, LIST_KEYS
from collectors.aws.logic import Known, every, some
from collectors.aws.rds_calls import DESCRIBE_CLUSTER_SNAPSHOTS, DESCRIBE_CLUSTERS
from collectors.aws.rds_calls import DESCRIBE_INSTANCES as DESCRIBE_DATABASES
from collectors.aws.rds_calls import DESCRIBE_SNAPSHOTS as DESCRIBE_DATABASE_SNAPSHOTS
from collectors.aws.s3_calls import GET_ACCOUNT_PUBLIC_ACCESS_BLOCK, LIST_BUCKETS
from collectors.aws.s3_facts import BLOCK_FLAGS, blocks
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.calls import Call
from collectors.document import Document, Unknown, also, then
from collectors.facts.account import AccountConfiguration, Recorder, RegionSetting

DESCRIBE_RECORDERS = Call(
    provider="aws",
    service="config",
    operation="DescribeConfigurationRecorders",
    permission="config:DescribeConfigurationRecorders",
    scope="region",
    result="ConfigurationRecorders",
)
DESCRIBE_RECORDER_STATUS = Call(
    provider="aws",
    service="config",
    operation="DescribeConfigurationRecorderStatus",
    permission="config:DescribeConfigurationRecorderStatus",
    scope="region",
    result="ConfigurationRecordersStatus",
)
GET_EBS_ENCRYPTION_BY_DEFAULT = Call(
    provider="aws",
    service="ec2",
    operation="GetEbsEncryptionByDefault",
    permission="ec2:GetEbsEncryptionByDefault",
    scope="region",
    result="EbsEncryptionByDefault",
)

Item = dict[str, Any]

# Lists that other services need too, so that looking costs nothing: whatever they find is in use.
# AWS makes nothing of it by itself, except a default VPC and its own keys.
_SIGNS_OF_USE: tuple[tuple[Call, dict[str, Any]], ...] = (
    (DESCRIBE_INSTANCES, {}),
    (DESCRIBE_VOLUMES, {}),
    (DESCRIBE_NETWORK_INTERFACES, {}),
    (DESCRIBE_VPCS, {}),
    (DESCRIBE_DATABASES, {}),
    (DESCRIBE_CLUSTERS, {}),
    (DESCRIBE_LOG_GROUPS, {}),
    (DESCRIBE_SNAPSHOTS, {"OwnerIds": ["self"]}),
    (DESCRIBE_IMAGES, {"Owners": ["self"], "IncludeDeprecated": True, "IncludeDisabled": True}),
    (DESCRIBE_DATABASE_SNAPSHOTS, {"SnapshotType": "manual"}),
    (DESCRIBE_CLUSTER_SNAPSHOTS, {"SnapshotType": "manual"}),
    (LIST_KEYS, {}),
)


def configuration(account: Account) -> Iterable[Document]:
    """The document of the account's configuration control."""
    regions = account.regions
    block = account.read(GET_ACCOUNT_PUBLIC_ACCESS_BLOCK, AccountId=account.id)
    yield account_document(
        account,
        AccountConfiguration(
            recorders=account.map(lambda region: _recorder(account, region), regions),
            regions_in_use=_regions_in_use(account),
            default_disk_encryption=account.map(
                lambda region: RegionSetting(
                    region=region, enabled=account.read(GET_EBS_ENCRYPTION_BY_DEFAULT, region)
                ),
                regions,
            ),
            public_access_block=every(blocks(block, flag) for flag in BLOCK_FLAGS),
        ),
    )


def _recorder(account: Account, region: str) -> Recorder:
    recorders = account.read(DESCRIBE_RECORDERS, region)
    statuses = account.read(DESCRIBE_RECORDER_STATUS, region)
    unread = also(recorders, statuses)
    if unread:
        return Recorder(region=region, enabled=unread, all_types=unread)
    return recorder(region, recorders, statuses)


def recorder(region: str, recorders: list[Item], statuses: list[Item]) -> Recorder:
    """The recording of a region. A region has at most one recorder of the customer (AWS Config
    developer guide); recorders of services record for those alone and do not count, and neither
    does one whose last event failed."""
    own = [item for item in recorders if not item.get("servicePrincipal")]
    names = {item["name"] for item in own}
    return Recorder(
        region=region,
        enabled=any(_records(status) for status in statuses if status["name"] in names),
        all_types=any(_records_all(item.get("recordingGroup", {})) for item in own),
    )


def _records(status: Item) -> bool:
    return bool(status["recording"]) and str(status.get("lastStatus", "")).upper() != "FAILURE"


def _records_all(group: Item) -> bool:
    strategy = group.get("recordingStrategy", {}).get("useOnly")
    return bool(group.get("allSupported")) or strategy == "ALL_SUPPORTED_RESOURCE_TYPES"


def _regions_in_use(account: Account) -> list[Any]:
    """The regions scanned that hold something that the account made: machines, disks, network
    interfaces (which most services put into a VPC), networks, databases, log groups, copies, keys
    or buckets; unknown in the place of a region where nothing was found and something could not be
    read."""
    buckets = then(account.read(LIST_BUCKETS), lambda found: [item["Name"] for item in found])
    names = [] if isinstance(buckets, Unknown) else buckets
    places: list[str | Unknown] = account.map(lambda name: bucket_region(account, name), names)
    unplaced = also(buckets, *places)
    used = account.map(lambda region: _use_of(account, region, places, unplaced), account.regions)
    return [one for one in used if one is not None]


def _use_of(
    account: Account, region: str, places: list[str | Unknown], unplaced: Unknown | None
) -> str | Unknown | None:
    unread = unplaced
    if region in places:
        return region
    for call, params in _SIGNS_OF_USE:
        in_use = _is_made(account, region, call, account.read(call, region, **params))
        if in_use is True:
            return region
        unread = unread or also(in_use)
    return unread


def _is_made(account: Account, region: str, call: Call, found: list[Item] | Unknown) -> Known:
    """Whether a list has anything that the account made: not what others share with it."""
    if isinstance(found, Unknown):
        return found
    own = [item for item in found if item.get("OwnerId", account.id) == account.id]
    if call is DESCRIBE_VPCS:
        return any(not vpc["IsDefault"] for vpc in own)
    if call is LIST_KEYS:
        return some(_is_customers(account, region, key["KeyArn"]) for key in own)
    return bool(own)


def _is_customers(account: Account, region: str, key: str) -> Known:
    metadata = account.read(DESCRIBE_KEY, region, key, KeyId=key)
    return then(metadata, lambda known: manager_of(known) != "provider")


SERVICE = Service(
    name="Account configuration",
    types=((AccountConfiguration, ACCOUNT),),
    calls=(
        DESCRIBE_RECORDERS,
        DESCRIBE_RECORDER_STATUS,
        GET_EBS_ENCRYPTION_BY_DEFAULT,
        GET_ACCOUNT_PUBLIC_ACCESS_BLOCK,
        *PLACE_CALLS,
        *(call for call, _ in _SIGNS_OF_USE),
        DESCRIBE_KEY,
    ),
    account=configuration,
)
