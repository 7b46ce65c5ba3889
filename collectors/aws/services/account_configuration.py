"""The account's configuration control: AWS Config, guardrails of the organisation, encryption by
default, public-access block, regions in use.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.account_document import ACCOUNT, account_document
from collectors.aws.guardrails import CALLS as GUARDRAIL_CALLS
from collectors.aws.guardrails import guardrails
from collectors.aws.logic import every
from collectors.aws.regions_in_use import CALLS as USE_CALLS
from collectors.aws.regions_in_use import regions_in_use
from collectors.aws.s3_calls import GET_ACCOUNT_PUBLIC_ACCESS_BLOCK
from collectors.aws.s3_facts import BLOCK_FLAGS, blocks
from collectors.calls import Call
from collectors.document import Document, also
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


def configuration(account: Account) -> Iterable[Document]:
    """The document of the account's configuration control."""
    regions = account.regions
    block = account.read(GET_ACCOUNT_PUBLIC_ACCESS_BLOCK, AccountId=account.id)
    yield account_document(
        account,
        AccountConfiguration(
            recorders=account.map(lambda region: _recorder(account, region), regions),
            guardrails=guardrails(account),
            regions_in_use=regions_in_use(account),
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


SERVICE = Service(
    name="Account configuration",
    types=((AccountConfiguration, ACCOUNT),),
    calls=(
        DESCRIBE_RECORDERS,
        DESCRIBE_RECORDER_STATUS,
        GET_EBS_ENCRYPTION_BY_DEFAULT,
        GET_ACCOUNT_PUBLIC_ACCESS_BLOCK,
        *GUARDRAIL_CALLS,
        *USE_CALLS,
    ),
    account=configuration,
)
