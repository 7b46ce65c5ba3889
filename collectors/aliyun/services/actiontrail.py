"""ActionTrail: the account's trails, the buckets and Logstores that they deliver to, and whether
operations of the provider's own staff are recorded.

Of a trail with both kinds of stores the bucket is judged; its records count as kept as long as in
the store that keeps them longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import ACCOUNT, Account, Service
from collectors.aliyun.bucket import (
    EXPOSURE_CALLS,
    LOCK_CALLS,
    RETENTION_CALLS,
    Bucket,
    own_bucket,
)
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.log_calls import (
    GET_LOGSTORE,
    GET_PROJECT_POLICY,
    LIST_LOGSTORES,
    LIST_PROJECTS,
)
from collectors.aliyun.log_encryption import encryption as log_encryption
from collectors.aliyun.log_facts import exposure as log_exposure
from collectors.aliyun.log_store import retention
from collectors.aliyun.operation_alarms import OPERATION_ALARM_CALLS, alarms_on
from collectors.aliyun.resource_directory import GET_RESOURCE_DIRECTORY
from collectors.aliyun.services.oss import encryption as bucket_encryption
from collectors.aliyun.trail_selectors import services_of
from collectors.calls import Call
from collectors.document import Document, Unknown, also, then
from collectors.facts.account import AccountAudit, OperationAlarm, Trail, TrailDestination
from collectors.facts.shared import Encryption, Exposure
from collectors.logic import Known, every, some

Item = dict[str, Any]

DESCRIBE_TRAILS = Call(
    provider="aliyun",
    service="actiontrail",
    operation="DescribeTrails",
    permission="actiontrail:DescribeTrails",
    scope="region",
    result="TrailList",
)
GET_TRAIL_STATUS = Call(
    provider="aliyun",
    service="actiontrail",
    operation="GetTrailStatus",
    permission="actiontrail:GetTrailStatus",
    scope="resource",
)
LIST_DATA_EVENT_SELECTORS = Call(
    provider="aliyun",
    service="actiontrail",
    operation="ListDataEventSelectors",
    permission="actiontrail:ListDataEventSelectors",
    scope="region",
    result="Data",
)

_INNER = "innertrail_"
"""The Logstore of a trail of the provider's operations begins so (ActionTrail user guide,
"Platform operation events")."""


def audit(account: Account) -> Iterable[Document]:
    """The document of the account's audit."""
    found: dict[str, Item] = {}
    unread: list[Unknown] = []
    answers = account.map(lambda region: _trails_in(account, region), account.regions)
    for answer in answers:
        if isinstance(answer, Unknown):
            unread.append(answer)
        else:
            found |= {str(item["TrailArn"]): item for item in answer}
    trails = account.map(lambda arn: _trail(account, found[arn]), sorted(found))
    gathering = [
        _gathers(account, found[arn], trail)
        for arn, trail in zip(sorted(found), trails, strict=True)
    ]
    yield account.whole(
        AccountAudit(
            trails=unread[0] if unread and not trails else [*trails, *unread],  # type: ignore[list-item]
            provider_operations_visible=_sees_the_provider(account),
            alarms=_alarms(account, [found[arn] for arn in sorted(found)], trails, unread),
            central=_is_central(account, gathering, unread),
        )
    )


def _trails_in(account: Account, region: str) -> list[Item] | Unknown:
    """The trails of a region and those of other regions that cover it."""
    return account.listed(
        DESCRIBE_TRAILS, region, IncludeOrganizationTrail=True, IncludeShadowTrails=True
    )


def _trail(account: Account, item: Item) -> Trail:
    home, name = str(item["HomeRegion"]), str(item["Name"])
    organisation = bool(item.get("IsOrganizationTrail"))
    status = account.read(GET_TRAIL_STATUS, home, name, Name=name, IsOrganizationTrail=organisation)
    # Write events are the default (DescribeTrails, `EventRW`).
    events = str(item.get("EventRW") or "Write")
    trail = Trail(
        id=item["TrailArn"],
        all_regions=item.get("TrailRegion") == "All",
        management_writes=events in {"Write", "All"},
        management_reads=events in {"Read", "All"},
        data_events=then(
            account.read(LIST_DATA_EVENT_SELECTORS, home),
            lambda data: _data_events(data, str(item["TrailArn"])),
        ),
        logging=then(status, lambda known: bool(known["IsLogging"])),
        # ActionTrail signs no digests of its files.
        integrity_validation=None,
        delivery_error=then(status, _delivery_error),
    )
    if item.get("OssBucketName"):
        _to_bucket(account, item, trail)
    elif item.get("SlsProjectArn"):
        _to_log(account, item, trail)
    else:
        _to_nowhere(trail)
    return trail


def _alarms(
    account: Account, items: list[Item], trails: list[Trail], unread: list[Unknown]
) -> list[OperationAlarm]:
    """The alarms on operations. Rules on a Logstore of another account cannot be read."""
    stores: dict[tuple[str, str], Known] = {}
    doubts = list(unread)
    for item, trail in zip(items, trails, strict=True):
        if not item.get("SlsProjectArn"):
            continue
        owner, _, project = _project(str(item["SlsProjectArn"]))
        arrives = every(
            [
                trail.logging,
                trail.management_writes,
                trail.all_regions,
                then(trail.delivery_error, lambda error: not error),
            ]
        )
        if owner == account.id:
            stores[project, _logstore(item)] = arrives
        elif arrives is not False:
            doubts.append(Unknown(f"the project {project} does not belong to account {account.id}"))
    return alarms_on(account, stores, doubts)


def _data_events(data: Item, trail: str) -> list[str] | Unknown:
    """The services of which a trail records every data event."""
    if data.get("NextToken"):
        return Unknown("the list of data event selectors has more than one page")
    infos = data.get("DataEventSelectorInfos") or []
    texts = [info.get("EventSelectors") or "[]" for info in infos if info["TrailArn"] == trail]
    return sorted({service for text in texts for service in services_of(text)})


def _delivery_error(status: Item) -> str | Unknown | None:
    """Why nothing is delivered; the error of a delivery that has succeeded since is none."""
    if status.get("OssBucketStatus") is None and status.get("SlsLogStoreStatus") is None:
        return Unknown("ActionTrail does not tell whether the store of the trail is available")
    for store, error in (
        ("OssBucketStatus", "LatestDeliveryError"),
        ("SlsLogStoreStatus", "LatestDeliveryLogServiceError"),
    ):
        if status.get(store) is False:
            return str(status.get(error) or "the store is not available")
    return None


def _to_bucket(account: Account, item: Item, trail: Trail) -> None:
    name, prefix = str(item["OssBucketName"]), str(item.get("OssKeyPrefix") or "")
    found = own_bucket(account, name)
    where = str(item.get("OssBucketLocation") or "").removeprefix("oss-")
    trail.destination = TrailDestination(
        store=name,
        account=then(found, lambda _: account.id),
        region=where or then(found, lambda bucket: bucket.region),
    )
    if isinstance(found, Unknown):
        trail.encryption = found
        trail.store_exposure = found
        trail.store_versioning = trail.store_lock_days = found
        trail.retention_days = found
        return
    trail.encryption = _encryption_of(found)
    trail.store_exposure = found.exposure()
    trail.store_versioning = found.versioning()
    trail.store_lock_days = then(found.lock_days(), lambda days: days or 0)
    trail.retention_days = _longest([found.object_days(prefix), *_log_days(account, item)])


def _encryption_of(bucket: Bucket) -> Encryption:
    found: Any = then(bucket.info(), lambda info: bucket_encryption(bucket, info))
    return found  # type: ignore[no-any-return]


def _log_days(account: Account, item: Item) -> list[int | Unknown | None]:
    arn = str(item.get("SlsProjectArn") or "")
    if not arn:
        return []
    owner, region, project = _project(arn)
    if owner != account.id:
        return [Unknown(f"the project {project} does not belong to account {account.id}")]
    return [retention(account, region, project, _logstore(item))]


def _longest(kept: list[int | Unknown | None]) -> int | Unknown | None:
    """The longest of several times that records are kept, null for ever."""
    if None in kept:
        return None
    numbers = [days for days in kept if isinstance(days, int)]
    return also(None, *kept) or max(numbers)


def _to_log(account: Account, item: Item, trail: Trail) -> None:
    owner, region, project = _project(str(item["SlsProjectArn"]))
    name = _logstore(item)
    trail.destination = TrailDestination(store=f"{project}/{name}", account=owner, region=region)
    # A Logstore is no bucket: it has neither versions nor a lock.
    trail.store_versioning = trail.store_lock_days = None
    if owner != account.id:
        foreign = Unknown(f"the project {project} does not belong to account {account.id}")
        trail.encryption = foreign
        trail.store_exposure = foreign
        trail.retention_days = foreign
        return
    store = account.read(GET_LOGSTORE, region, f"{project}/{name}", project=project, logstore=name)
    policy = account.read(GET_PROJECT_POLICY, region, project, project=project)
    trail.encryption = then(store, lambda known: log_encryption(account, region, known))
    trail.store_exposure = log_exposure(store, policy)
    trail.retention_days = retention(account, region, project, name)


def _to_nowhere(trail: Trail) -> None:
    """A trail that delivers to MaxCompute alone."""
    reason = Unknown("the trail delivers neither to a bucket nor to a Logstore")
    trail.destination = TrailDestination(store=reason, account=reason, region=reason)
    trail.encryption = Encryption.unread(reason)
    trail.store_exposure = Exposure.unread(reason)
    trail.store_versioning = trail.store_lock_days = trail.retention_days = reason


def _project(arn: str) -> tuple[str, str, str]:
    """Account, region and project of `acs:log:REGION:ACCOUNT:project/NAME`."""
    _, _, region, owner, resource = arn.split(":", 4)
    return owner, region, resource.partition("/")[2]


def _logstore(item: Item) -> str:
    """The Logstore of a trail (ActionTrail user guide: "actiontrail_" and the trail's name)."""
    return f"actiontrail_{item['Name']}"


def _sees_the_provider(account: Account) -> Known:
    """Whether a trail of the provider's operations delivers to a Logstore of the account. The API
    of ActionTrail does not tell such trails; their Logstores do."""
    return some(account.map(lambda region: _has_inner(account, region), account.regions))


def _has_inner(account: Account, region: str) -> Known:
    projects = account.listed(LIST_PROJECTS, region)
    if isinstance(projects, Unknown):
        return projects
    names = [str(project["projectName"]) for project in projects]
    stores = [account.listed(LIST_LOGSTORES, region, name, project=name) for name in names]
    return some(
        then(found, lambda listed: any(str(one).startswith(_INNER) for one in listed))
        for found in stores
    )


def _is_central(account: Account, gathering: list[Known], unread: list[Unknown]) -> Known | None:
    """Whether a trail gathers records of several accounts; null for an account outside of
    directories, which has no others."""
    directory = account.read(GET_RESOURCE_DIRECTORY)
    if isinstance(directory, Unknown):
        return directory
    return None if directory is None else some([*gathering, *unread])


def _gathers(account: Account, item: Item, trail: Trail) -> Known:
    """Whether a trail is on and the directory's, or delivers to another account."""
    assert isinstance(trail.destination, TrailDestination)
    elsewhere = then(trail.destination.account, lambda owner: owner != account.id)
    return every([trail.logging, some([bool(item.get("IsOrganizationTrail")), elsewhere])])


SERVICE = Service(
    name="ActionTrail",
    types=((AccountAudit, ACCOUNT),),
    calls=(
        DESCRIBE_TRAILS,
        GET_TRAIL_STATUS,
        LIST_DATA_EVENT_SELECTORS,
        GET_LOGSTORE,
        GET_PROJECT_POLICY,
        LIST_PROJECTS,
        LIST_LOGSTORES,
        GET_RESOURCE_DIRECTORY,
        DESCRIBE_KEY,
        *dict.fromkeys([*EXPOSURE_CALLS, *LOCK_CALLS, *RETENTION_CALLS]),
        *OPERATION_ALARM_CALLS,
    ),
    account=audit,
)
