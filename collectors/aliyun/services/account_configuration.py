"""The account's configuration control: Cloud Config, guardrails of the resource directory,
encryption of disks by default, the block of public access, regions in use.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import ACCOUNT, Account, Service
from collectors.aliyun.public_access import PUBLIC_ACCESS_CALLS, public_access_block
from collectors.aliyun.regions_in_use import USE_CALLS, regions_in_use
from collectors.aliyun.resource_directory import DIRECTORY_CALLS, guardrails
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountConfiguration, Recorder, RegionSetting

_NOT_OPENED = "AccountNotExisted"

DESCRIBE_RECORDER = Call(
    provider="aliyun",
    service="config",
    operation="DescribeConfigurationRecorder",
    permission="config:DescribeConfigurationRecorder",
    scope="account",
    result="ConfigurationRecorder",
    absent=(_NOT_OPENED,),
)
GET_SUPPORTED_TYPES = Call(
    provider="aliyun",
    service="config",
    operation="GetSupportedResourceTypes",
    permission="config:GetSupportedResourceTypes",
    scope="account",
    result="ResourceTypes",
    absent=(_NOT_OPENED,),
)
DESCRIBE_DISK_ENCRYPTION = Call(
    provider="aliyun",
    service="ecs",
    operation="DescribeDiskEncryptionByDefaultStatus",
    permission="ecs:DescribeDiskEncryptionByDefaultStatus",
    scope="region",
    result="Encrypted",
)

HOME = "cn-shanghai"
"""Where Cloud Config is reached for accounts of the Chinese site ("Endpoints")."""
# REBUILDING records still; BUILDING does not yet.
_RECORDS = {"REGISTERED", "REBUILDING"}
_ALL = "all"

Item = dict[str, Any]


def configuration(account: Account) -> Iterable[Document]:
    """The document of the account's configuration control."""
    regions = account.regions
    recorder = account.read(DESCRIBE_RECORDER, HOME)
    enabled = then(recorder, records)
    all_types = then(recorder, lambda known: _records_all(account, known))
    yield account.whole(
        AccountConfiguration(
            # Cloud Config has one recorder, which records all regions.
            recorders=[
                Recorder(region=region, enabled=enabled, all_types=all_types) for region in regions
            ],
            guardrails=guardrails(account),
            regions_in_use=regions_in_use(account),
            default_disk_encryption=account.map(
                lambda region: RegionSetting(
                    region=region,
                    enabled=encrypts_by_default(account.read(DESCRIBE_DISK_ENCRYPTION, region)),
                ),
                regions,
            ),
            public_access_block=public_access_block(account),
        ),
    )


def records(recorder: Item | None) -> bool:
    """Whether Cloud Config is on. Null: it was never opened."""
    return recorder is not None and recorder["ConfigurationRecorderStatus"] in _RECORDS


def _records_all(account: Account, recorder: Item | None) -> bool | Unknown:
    """Whether all types are recorded that Cloud Config knows."""
    if recorder is None:
        return False
    recorded = {str(one) for one in recorder.get("ResourceTypes") or []}
    if _ALL in recorded:
        return True
    supported = account.read(GET_SUPPORTED_TYPES, HOME)
    return then(supported, lambda known: holds_all(recorded, known))


def holds_all(recorded: set[str], supported: list[str] | None) -> bool | Unknown:
    """Whether what is recorded holds every type that is supported."""
    return recorded >= set(supported) if supported else Unknown("Cloud Config names no type")


def encrypts_by_default(answer: bool | Unknown | None) -> bool | Unknown:
    """Whether a region encrypts new disks by default."""
    return Unknown("ECS is not offered in the region") if answer is None else answer


SERVICE = Service(
    name="Account configuration",
    types=((AccountConfiguration, ACCOUNT),),
    calls=(
        DESCRIBE_RECORDER,
        GET_SUPPORTED_TYPES,
        DESCRIBE_DISK_ENCRYPTION,
        *DIRECTORY_CALLS,
        *USE_CALLS,
        *PUBLIC_ACCESS_CALLS,
    ),
    account=configuration,
)
