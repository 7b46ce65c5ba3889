"""CloudTrail: the account's trails, the buckets that they deliver to, and alarms on what they tell.

`provider_operations_visible` is null: AWS has no setting that shows what its own staff does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.account_document import ACCOUNT, account_document
from collectors.aws.bucket import (
    RETENTION_CALLS,
    bucket_region,
    is_owned,
    object_retention_days,
    owner,
)
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import Known, every, negated, some
from collectors.aws.operation_alarms import CALLS as ALARM_CALLS
from collectors.aws.operation_alarms import alarms_on
from collectors.aws.organization import DESCRIBE_ORGANIZATION
from collectors.aws.policy_denials import is_open
from collectors.aws.s3_calls import (
    GET_ACCOUNT_PUBLIC_ACCESS_BLOCK,
    GET_BUCKET_ACL,
    GET_BUCKET_POLICY,
    GET_BUCKET_VERSIONING,
    GET_OBJECT_LOCK,
    GET_PUBLIC_ACCESS_BLOCK,
)
from collectors.aws.s3_facts import acl_is_public, exposure, object_lock_days
from collectors.aws.trail_selectors import recorded
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountAudit, OperationAlarm, Trail, TrailDestination
from collectors.facts.shared import Exposure


def _cloudtrail(operation: str, result: str = "", *, per_trail: bool = True) -> Call:
    return Call(
        provider="aws",
        service="cloudtrail",
        operation=operation,
        permission=f"cloudtrail:{operation}",
        scope="resource" if per_trail else "region",
        result=result,
    )


DESCRIBE_TRAILS = _cloudtrail("DescribeTrails", "trailList", per_trail=False)
GET_TRAIL_STATUS = _cloudtrail("GetTrailStatus")
GET_EVENT_SELECTORS = _cloudtrail("GetEventSelectors")

Item = dict[str, Any]


def audit(account: Account) -> Iterable[Document]:
    """The document of the account's trails and alarms."""
    answers = account.map(lambda region: account.read(DESCRIBE_TRAILS, region), account.regions)
    # A trail of all regions is told in each of them: it counts once.
    items = {
        item["TrailARN"]: item
        for answer in answers
        if not isinstance(answer, Unknown)
        for item in answer
    }
    unread = [answer for answer in answers if isinstance(answer, Unknown)]
    ordered = [items[arn] for arn in sorted(items)]
    trails = account.map(lambda item: _trail(account, item), ordered)
    yield account_document(
        account,
        AccountAudit(
            trails=_with_unread(trails, unread),
            provider_operations_visible=None,
            alarms=_alarms(account, ordered, trails, unread),
            central=_is_central(account, [*_central(account, ordered, trails), *unread]),
        ),
        native={"trailList": ordered},
    )


def _with_unread(trails: list[Trail], unread: list[Unknown]) -> list[Any] | Unknown:
    """The trails, and one that nothing is known of for each region that did not answer."""
    return unread[0] if unread and not trails else [*trails, *unread]


def _trail(account: Account, item: Item) -> Trail:
    arn, bucket = item["TrailARN"], item["S3BucketName"]
    home = _home(item)
    status = account.read(GET_TRAIL_STATUS, home, arn, Name=arn)
    events = then(account.read(GET_EVENT_SELECTORS, home, arn, TrailName=arn), recorded)
    return Trail(
        id=arn,
        all_regions=item["IsMultiRegionTrail"],
        management_writes=then(events, lambda known: known.writes),
        management_reads=then(events, lambda known: known.reads),
        data_events=then(events, lambda known: known.data_events),
        logging=then(status, lambda known: known["IsLogging"]),
        integrity_validation=item["LogFileValidationEnabled"],
        # Without a key of KMS, log files are encrypted with keys of S3 (CloudTrail user guide,
        # "Encrypting CloudTrail log files").
        encryption=at_rest(account, home, True, item.get("KmsKeyId")),
        destination=TrailDestination(
            store=f"arn:{account.partition}:s3:::{bucket}",
            account=owner(account, bucket),
            region=bucket_region(account, bucket),
        ),
        retention_days=object_retention_days(account, bucket, _prefix(account, item)),
        store_exposure=_exposure(account, bucket),
        store_versioning=_versioning(account, bucket),
        store_lock_days=_lock_days(account, bucket),
        delivery_error=then(status, lambda known: known.get("LatestDeliveryError") or None),
    )


def _home(item: Item) -> str:
    return str(item["TrailARN"].split(":")[3])


def _prefix(account: Account, item: Item) -> str:
    """Where a trail writes in its bucket (CloudTrail user guide, "Finding your log files"); an
    organisation's trail puts the organisation's id, which is not told, before the account."""
    start = f"{item['S3KeyPrefix']}/AWSLogs/" if item.get("S3KeyPrefix") else "AWSLogs/"
    return start if item.get("IsOrganizationTrail") else f"{start}{account.id}/CloudTrail/"


def _exposure(account: Account, bucket: str) -> Exposure | Unknown:
    region = bucket_region(account, bucket)
    if isinstance(region, Unknown):
        return region
    acl, policy, block = (
        account.read(call, region, bucket, Bucket=bucket)
        for call in (GET_BUCKET_ACL, GET_BUCKET_POLICY, GET_PUBLIC_ACCESS_BLOCK)
    )
    return exposure(
        then(acl, acl_is_public),
        then(policy, is_open),
        block,
        account.read(GET_ACCOUNT_PUBLIC_ACCESS_BLOCK, AccountId=account.id),
    )


def _versioning(account: Account, bucket: str) -> bool | Unknown:
    region = bucket_region(account, bucket)
    if isinstance(region, Unknown):
        return region
    answer = account.read(GET_BUCKET_VERSIONING, region, bucket, Bucket=bucket)
    return then(answer, lambda known: known.get("Status") == "Enabled")


def _lock_days(account: Account, bucket: str) -> int | Unknown:
    """The days for which the bucket locks new objects by default; 0 where it does not."""
    region = bucket_region(account, bucket)
    if isinstance(region, Unknown):
        return region
    answer = account.read(GET_OBJECT_LOCK, region, bucket, Bucket=bucket)
    return then(answer, lambda known: object_lock_days(known) or 0)


def _is_central(account: Account, delivered: list[Known]) -> bool | Unknown | None:
    """Whether records reach one account of the organisation; null for an account that is alone and
    delivers nowhere else."""
    found = some(delivered)
    if found is not False:
        return found
    organisation = account.read(DESCRIBE_ORGANIZATION)
    return then(organisation, lambda known: None if known is None else False)


def _central(account: Account, items: list[Item], trails: list[Trail]) -> list[Known]:
    """Of each trail, whether it delivers to another account, or is the organisation's. A bucket
    that is not this account's and takes delivery is another's; otherwise it may not exist."""
    return [
        every(
            [
                trail.logging,
                some([bool(item.get("IsOrganizationTrail")), _is_foreign(account, item, trail)]),
            ]
        )
        for item, trail in zip(items, trails, strict=True)
    ]


def _is_foreign(account: Account, item: Item, trail: Trail) -> Known:
    delivers = then(trail.delivery_error, lambda error: error is None)
    return every([negated(is_owned(account, item["S3BucketName"])), delivers])


def _reaches_log_group(account: Account, item: Item) -> Known:
    arn = item["TrailARN"]
    status = account.read(GET_TRAIL_STATUS, _home(item), arn, Name=arn)
    return then(status, lambda known: not known.get("LatestCloudWatchLogsDeliveryError"))


def _alarms(
    account: Account, items: list[Item], trails: list[Trail], unread: list[Unknown]
) -> list[Any] | Unknown:
    """The alarms on every log group that a trail delivers to."""
    found: list[OperationAlarm | Unknown] = []
    for item, trail in zip(items, trails, strict=True):
        log_group = item.get("CloudWatchLogsLogGroupArn")
        if log_group:
            delivers = every([trail.logging, _reaches_log_group(account, item)])
            alarms = alarms_on(account, log_group, delivers)
            found += [alarms] if isinstance(alarms, Unknown) else alarms
    return unread[0] if unread and not found else [*found, *unread]


SERVICE = Service(
    name="CloudTrail",
    types=((AccountAudit, ACCOUNT),),
    calls=(
        DESCRIBE_TRAILS,
        GET_TRAIL_STATUS,
        GET_EVENT_SELECTORS,
        *RETENTION_CALLS,
        GET_BUCKET_ACL,
        GET_BUCKET_POLICY,
        GET_BUCKET_VERSIONING,
        GET_OBJECT_LOCK,
        DESCRIBE_ORGANIZATION,
        GET_PUBLIC_ACCESS_BLOCK,
        GET_ACCOUNT_PUBLIC_ACCESS_BLOCK,
        DESCRIBE_KEY,
        *ALARM_CALLS,
    ),
    account=audit,
)
