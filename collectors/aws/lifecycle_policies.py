"""Policies of Data Lifecycle Manager that make snapshots of volumes, or images of instances.

A policy of one's own takes what has its tags; a default policy takes everything in the region but
what it leaves out (EBS user guide, "Default policies vs custom policies"). Policies by an event
copy what others share, and are left out.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.backup_selections import Protection, Thing
from collectors.calls import Call
from collectors.document import Unknown
from collectors.facts.shared import BackupCopy
from collectors.logic import Known

Item = dict[str, Any]

GET_LIFECYCLE_POLICIES = Call(
    provider="aws",
    service="dlm",
    operation="GetLifecyclePolicies",
    permission="dlm:GetLifecyclePolicies",
    scope="region",
    result="Policies",
)
GET_LIFECYCLE_POLICY = Call(
    provider="aws",
    service="dlm",
    operation="GetLifecyclePolicy",
    permission="dlm:GetLifecyclePolicy",
    scope="resource",
    result="Policy",
)
CALLS = (GET_LIFECYCLE_POLICIES, GET_LIFECYCLE_POLICY)

_DAYS = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30, "YEARS": 365}
# Of a default policy that names none (DLM API reference, PolicyDetails).
_DEFAULT_DAYS = 7
# A zone of a region is named after it, a Local Zone after a city besides: us-west-2-lax-1a.
_ZONE_OF_REGION = re.compile(r"[a-z]+(?:-[a-z]+)+-\d+[a-z]")
_SOME_TAGS = Unknown("a snapshot policy names several tags, and this has some of them")
_COUNTED = Unknown("a snapshot policy keeps a number of snapshots, and their pace is not told")


class Disk(Struct, frozen=True):
    """A volume as a policy sees it. `instance` is the one it is attached to; `boots` tells whether
    that instance starts from it, unknown where the instance could not be read."""

    volume: Thing
    type: str
    zone: str
    outpost: bool
    instance: Thing | Unknown | None
    boots: Known


def read_lifecycle_policies(account: Account, region: str) -> list[Item | Unknown] | Unknown:
    """The policies of a region that are on, each unknown where it could not be read."""
    found = account.read(GET_LIFECYCLE_POLICIES, region)
    if isinstance(found, Unknown):
        return found
    return [
        account.read(GET_LIFECYCLE_POLICY, region, one["PolicyId"], PolicyId=one["PolicyId"])
        for one in found
        if one["State"] == "ENABLED" and one.get("PolicyType") != "EVENT_BASED_POLICY"
    ]


def takes(policy: Item, disk: Disk) -> Known:
    """Whether a policy takes a volume."""
    details = policy["PolicyDetails"]
    if is_default(policy):
        return _default_takes(details, disk)
    if not _is_there(details.get("ResourceLocations") or ["CLOUD"], disk):
        return False
    if "INSTANCE" not in (details.get("ResourceTypes") or []):
        return has_tags(details, disk.volume)
    if disk.instance is None or isinstance(disk.instance, Unknown):
        return disk.instance or False
    tagged = has_tags(details, disk.instance)
    return tagged if tagged is False else _kept_in(details.get("Parameters") or {}, disk, tagged)


def is_default(policy: Item) -> bool:
    """Whether a policy is a default one, for everything in the region."""
    return bool(
        policy.get("DefaultPolicy") or policy["PolicyDetails"].get("PolicyLanguage") == "SIMPLIFIED"
    )


def _default_takes(details: Item, disk: Disk) -> Known:
    exclusions = details.get("Exclusions") or {}
    thing: Thing | Unknown | None = disk.volume
    if details.get("ResourceType") == "INSTANCE":
        thing = disk.instance
    if thing is None or isinstance(thing, Unknown):
        return thing or False
    if _has_any(exclusions.get("ExcludeTags"), thing.tags):
        return False
    if disk.type in (exclusions.get("ExcludeVolumeTypes") or []):
        return False
    return _unless_it_boots(disk, exclusions.get("ExcludeBootVolumes"))


def _kept_in(parameters: Item, disk: Disk, tagged: Known) -> Known:
    """Whether a policy of instances takes a volume of one that it takes."""
    if disk.boots is False and _has_any(parameters.get("ExcludeDataVolumeTags"), disk.volume.tags):
        return False
    kept = _unless_it_boots(disk, parameters.get("ExcludeBootVolume"))
    return kept if kept is not True else tagged


def _unless_it_boots(disk: Disk, left_out: bool | None) -> Known:
    if not left_out:
        return True
    return disk.boots if isinstance(disk.boots, Unknown) else not disk.boots


def _is_there(locations: list[str], disk: Disk) -> bool:
    if disk.outpost:
        return "OUTPOST" in locations
    local = _ZONE_OF_REGION.fullmatch(disk.zone) is None
    return ("LOCAL_ZONE" if local else "CLOUD") in locations


def has_tags(details: Item, thing: Thing) -> Known:
    """Whether a policy's tags are those of a resource. AWS does not say whether one of several is
    enough."""
    wanted = details.get("TargetTags") or []
    held = [thing.tags.get(tag["Key"]) == tag["Value"] for tag in wanted]
    if all(held):
        return bool(held)
    return _SOME_TAGS if any(held) else False


def _has_any(unwanted: list[dict[str, str]] | None, tags: dict[str, str]) -> bool:
    return any(tags.get(tag["Key"]) == tag["Value"] for tag in unwanted or [])


def protections(policy: Item, account_id: str) -> list[Protection]:
    """What a policy keeps, for each of its schedules. Copies stay in the account."""
    details = policy["PolicyDetails"]
    if is_default(policy):
        targets = [one["TargetRegion"] for one in details.get("CrossRegionCopyTargets") or []]
        days = details.get("RetainInterval", _DEFAULT_DAYS)
        return [Protection(days, _copies(targets, account_id))]
    return [
        Protection(
            days_of(schedule),
            _copies(
                [
                    one.get("TargetRegion") or one["Target"]
                    for one in schedule.get("CrossRegionCopyRules") or []
                ],
                account_id,
            ),
        )
        for schedule in details.get("Schedules") or []
    ]


def _copies(targets: list[str], account_id: str) -> list[BackupCopy]:
    """A target is a region, or the ARN of an Outpost, which names its region."""
    regions = [one.split(":")[3] if one.startswith("arn:") else one for one in targets]
    return [BackupCopy(region=one, account=account_id, kind="snapshot") for one in regions]


def days_of(schedule: Item) -> int | Unknown:
    """For how many days a schedule keeps a snapshot, the archive's days included."""
    pace = _hours_between(schedule.get("CreateRule") or {})
    archive = (schedule.get("ArchiveRule") or {}).get("RetainRule") or {}
    kept = [
        _days_of_rule(rule, pace)
        for rule in (schedule.get("RetainRule"), archive.get("RetentionArchiveTier"))
        if rule
    ]
    unknown = [days for days in kept if isinstance(days, Unknown)]
    return unknown[0] if unknown else sum(days for days in kept if isinstance(days, int))


def _days_of_rule(rule: Item, pace: int | None) -> int | Unknown:
    if rule.get("Interval"):
        return int(rule["Interval"] * _DAYS[rule["IntervalUnit"]])
    count = rule.get("Count") or 0
    if count and pace is None:
        return _COUNTED
    return count * (pace or 0) // 24


def _hours_between(rule: Item) -> int | None:
    """The hours between two snapshots of a schedule, where it runs evenly: every so many hours, or
    by a cron expression with one minute and hour, on every day, one weekday or one day of the
    month."""
    if rule.get("Interval"):
        return int(rule["Interval"])
    fields = re.fullmatch(r"cron\((.+)\)", rule.get("CronExpression") or "")
    parts = fields[1].split() if fields else []
    if len(parts) != 6 or not (parts[0].isdecimal() and parts[1].isdecimal()) or parts[5] != "*":
        return None
    day, month, weekday = parts[2:5]
    every_day, every_weekday = day in {"*", "?"}, weekday in {"*", "?"}
    if month != "*":
        return None
    if every_day and every_weekday:
        return 24
    if every_day and re.fullmatch(r"[A-Z]{3}|\d", weekday):
        return 7 * 24
    if every_weekday and day.isdecimal():
        return 28 * 24
    return None
