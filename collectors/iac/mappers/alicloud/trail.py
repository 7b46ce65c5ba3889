"""alicloud_actiontrail_trail (and alicloud_actiontrail): the trails of an account together, with
the buckets and Logstores that they deliver to.

The document stands for the trails that are written, not for all that the account has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.trail_selectors import services_of
from collectors.document import Document, Unknown, also, then
from collectors.facts.account import AccountAudit, Trail, TrailDestination
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.accounts import named, same_account
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.iac.mappers.alicloud import oss
from collectors.iac.mappers.alicloud.bucket_access import BUCKET
from collectors.iac.mappers.alicloud.bucket_rules import kept_days
from collectors.iac.mappers.alicloud.log_stores import (
    LOG_STORE,
    PROJECT,
    encryption,
    exposure,
    kept,
    store_named,
)
from collectors.iac.mappers.alicloud.shared import region_of
from collectors.iac.mappers.joins import first_of, identity, items
from collectors.iac.mappers.provider_version import by_version
from collectors.regions import GLOBAL

TRAIL, OLD = "alicloud_actiontrail_trail", "alicloud_actiontrail"

_ELSEWHERE = Unknown("the trail's bucket is not part of this template")
_STORE_ELSEWHERE = Unknown("ActionTrail makes the trail's Logstore: a template does not tell of it")
_KIND = Unknown("event_rw is not written: reads are recorded since version 1.256 of the provider")
_NOWHERE = Unknown("the trail names neither a bucket nor a project of Log Service")


def map_trails(block: Block, project: Project) -> Iterator[Document]:
    """One document of all trails of an account, of either type, where the first of them stands."""
    trails = [
        project.take(each)
        for each in project.of_type(TRAIL, OLD)
        if same_account(project, each, block)
    ]
    if trails[0] is not block:
        return
    facts = AccountAudit(
        trails=[_trail(each, project) for each in trails],
        provider_operations_visible=Unknown("a template does not tell"),
        alarms=Unknown("alarms on operations are not read from templates"),
        central=_is_central(trails),
    )
    yield template_document(
        block, project, facts, provider="aliyun", region=GLOBAL, name=block.name, tags={}
    )


def _trail(block: Block, project: Project) -> Trail:
    """A trail; what it does not say is what the provider writes."""
    events = block.read("event_rw", str, _KIND)
    covered = block.read("trail_region", str, "All")
    trail = Trail(
        id=f"{block.source.uri}#{block.address}",
        all_regions=then(covered, lambda region: region == "All"),
        # Without a word the provider asks for writes, and newer ones for reads besides.
        management_writes=events == _KIND or then(events, lambda kind: kind in {"Write", "All"}),
        management_reads=_reads(block, events),
        data_events=then(block.read("event_selectors", str, "[]"), _data_events),
        logging=_logging(block),
        # ActionTrail signs no digests of its files.
        integrity_validation=None,
        # Nothing has been delivered yet, and nothing has failed.
        delivery_error=None,
    )
    written = {name: block.values.get(name) for name in ("oss_bucket_name", "sls_project_arn")}
    doubt = also(None, *written.values())
    if written["oss_bucket_name"] not in (None, "") and not doubt:
        _to_bucket(block, project, trail)
    elif written["sls_project_arn"] not in (None, "") and not doubt:
        _to_log(block, project, trail)
    else:
        _to_nowhere(trail, doubt or _NOWHERE)
    return trail


def _reads(block: Block, events: str | Unknown) -> bool | Unknown:
    if events != _KIND:
        return then(events, lambda kind: kind in {"Read", "All"})
    if block.type == OLD:
        return False
    default: bool | Unknown = by_version(block, (1, 256), newer=True, older=False, untold=_KIND)
    return default


def _data_events(selectors: str) -> list[str] | Unknown:
    try:
        return sorted(services_of(selectors or "[]"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Unknown("the event selectors are malformed")


def _logging(block: Block) -> bool | Unknown:
    """The provider starts a trail unless it is told not to; the last word counts."""
    said = items(block.values, "status")
    if isinstance(said, Unknown) or not said:
        return said if isinstance(said, Unknown) else True
    last = said[-1]
    if isinstance(last, str):
        return last == "Enable"
    return last if isinstance(last, Unknown) else Unknown("status is known after apply")


def _to_bucket(block: Block, project: Project, trail: Trail) -> None:
    """Of a trail with both kinds of stores the bucket is judged; its records count as kept as long
    as in the store that keeps them longer."""
    bucket = oss.bucket_named(project, block.get("oss_bucket_name"))
    trail.destination = TrailDestination(
        store=identity(project, block.get("oss_bucket_name")) or _ELSEWHERE,
        account=project.account if bucket else _ELSEWHERE,
        region=region_of(bucket, project) if bucket else _ELSEWHERE,
    )
    if bucket is None:
        _stored(trail, _ELSEWHERE)
        return
    facts = oss.facts_of(bucket, project)
    trail.encryption, trail.store_exposure = facts.encryption, facts.exposure
    trail.store_versioning = facts.versioning
    trail.store_lock_days = then(facts.object_lock_days, lambda days: days or 0)
    prefix = block.read("oss_key_prefix", str, "")
    days: Any = then(prefix, lambda start: kept_days(bucket, start))
    if block.values.get("sls_project_arn") not in (None, "") and days is not None:
        store = _store(block, project)
        longer = kept(store) if store else _STORE_ELSEWHERE
        days = None if longer is None else also(days, longer) or max(days, longer)
    trail.retention_days = days


def _to_log(block: Block, project: Project, trail: Trail) -> None:
    """ActionTrail makes a Logstore of the trail's name in the project (CreateTrail)."""
    arn = block.get("sls_project_arn")
    parts = arn.split(":", 4) if isinstance(arn, str) else []
    apply = Unknown("the project of Log Service is known after apply")
    is_told = len(parts) == 5 and parts[4].startswith("project/")
    store = _store(block, project)
    trail.destination = TrailDestination(
        store=f"{parts[4].partition('/')[2]}/{_store_name(block)}" if is_told else apply,
        account=named(project, parts[3]) if is_told else apply,
        region=parts[2] if is_told else apply,
    )
    _stored(trail, _STORE_ELSEWHERE)
    # A Logstore is no bucket: it has neither versions nor a lock.
    trail.store_versioning = trail.store_lock_days = None
    if store:
        trail.encryption = encryption(store, project)
        trail.store_exposure = exposure(store, project)
        trail.retention_days = kept(store)


def _store(block: Block, project: Project) -> Block | None:
    name, arn = _store_name(block), block.get("sls_project_arn")
    home = arn.rpartition("project/")[2] if isinstance(arn, str) else None
    return store_named(project, name, home) if isinstance(name, str) else None


def _store_name(block: Block) -> Any:
    name = first_of(block.values, ("trail_name", "name"), str, Unknown("the trail has no name"))
    return then(name, lambda text: f"actiontrail_{text}")


def _to_nowhere(trail: Trail, reason: Unknown) -> None:
    trail.destination = TrailDestination(store=reason, account=reason, region=reason)
    _stored(trail, reason)
    trail.store_versioning = trail.store_lock_days = reason


def _stored(trail: Trail, reason: Unknown) -> None:
    """Nothing is known of the store."""
    trail.encryption = Encryption.unread(reason)
    trail.store_exposure = Exposure.unread(reason)
    trail.store_versioning = trail.store_lock_days = trail.retention_days = reason


def _is_central(trails: list[Block]) -> bool | Unknown:
    """Whether a trail that is on gathers the records of a whole directory. One that is not may
    deliver to another account, or the account may belong to none."""
    for each in trails:
        wide = each.read("is_organization_trail", bool, default=False)
        if wide is True and _logging(each) is True:
            return True
    return Unknown("whose store the trails deliver to shows after apply")


MAPPINGS = [
    Mapping(
        types=(TRAIL, OLD),
        facts=AccountAudit,
        map=map_trails,
        joined=(BUCKET, LOG_STORE, PROJECT),
    )
]
