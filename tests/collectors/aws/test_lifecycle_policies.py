"""Which volumes a policy of Data Lifecycle Manager takes, and how long it keeps: pure rules."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.backup_selections import Protection, Thing
from collectors.aws.lifecycle_policies import Disk, days_of, protections, takes
from collectors.document import Unknown
from collectors.facts.shared import BackupCopy

INSTANCE = Thing("EC2", "arn:aws:ec2:::instance/i-1", {"backup": "daily"})
SOME = Unknown("a snapshot policy names several tags, and this has some of them")
DENIED = Unknown("denied")


def disk(**changes: Any) -> Disk:
    values: dict[str, Any] = {
        "volume": Thing("EBS", "arn:aws:ec2:::volume/vol-1", {"backup": "weekly", "tier": "1"}),
        "type": "gp3",
        "zone": "us-east-1a",
        "outpost": False,
        "instance": INSTANCE,
        "boots": False,
    }
    return Disk(**(values | changes))


def tags(**wanted: str) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in wanted.items()]


def own(kind: str, **details: Any) -> dict[str, Any]:
    return {"PolicyDetails": {"ResourceTypes": [kind], **details}}


def default(kind: str, **exclusions: Any) -> dict[str, Any]:
    details = {"ResourceType": kind, "Exclusions": exclusions}
    return {"DefaultPolicy": True, "PolicyDetails": details}


ALONE, ROOT, UNREAD = disk(instance=None), disk(boots=True), disk(instance=DENIED, boots=DENIED)
DAILY = tags(backup="daily")


@pytest.mark.parametrize(
    ("policy", "seen", "expected"),
    [
        (own("VOLUME", TargetTags=tags(backup="weekly")), disk(), True),
        (own("VOLUME", TargetTags=tags(backup="weekly")), UNREAD, True),
        (own("VOLUME", TargetTags=DAILY), disk(), False),
        (own("VOLUME", TargetTags=tags(backup="weekly", tier="1")), disk(), True),
        (own("VOLUME", TargetTags=tags(backup="weekly", tier="2")), disk(), SOME),
        (own("VOLUME"), disk(), False),
        (own("INSTANCE", TargetTags=DAILY), disk(), True),
        (own("INSTANCE", TargetTags=tags(backup="weekly")), disk(), False),
        (own("INSTANCE", TargetTags=DAILY), ALONE, False),
        (own("INSTANCE", TargetTags=DAILY), UNREAD, DENIED),
        (own("INSTANCE", TargetTags=DAILY, Parameters={"ExcludeBootVolume": True}), disk(), True),
        (own("INSTANCE", TargetTags=DAILY, Parameters={"ExcludeBootVolume": True}), ROOT, False),
        (
            own("INSTANCE", TargetTags=DAILY, Parameters={"ExcludeDataVolumeTags": tags(tier="1")}),
            disk(),
            False,
        ),
        (
            own("INSTANCE", TargetTags=DAILY, Parameters={"ExcludeDataVolumeTags": tags(tier="1")}),
            ROOT,
            True,
        ),
        (
            own("VOLUME", TargetTags=tags(tier="1"), ResourceLocations=["CLOUD"]),
            disk(zone="us-west-2-lax-1a"),
            False,
        ),
        (
            own("VOLUME", TargetTags=tags(tier="1"), ResourceLocations=["LOCAL_ZONE"]),
            disk(zone="us-west-2-lax-1a"),
            True,
        ),
        (own("VOLUME", TargetTags=tags(tier="1")), disk(zone="us-gov-west-1b"), True),
        (own("VOLUME", TargetTags=tags(tier="1")), disk(outpost=True), False),
        (
            own("VOLUME", TargetTags=tags(tier="1"), ResourceLocations=["OUTPOST"]),
            disk(outpost=True),
            True,
        ),
        (default("VOLUME"), ALONE, True),
        (default("VOLUME", ExcludeTags=tags(tier="1")), ALONE, False),
        (default("VOLUME", ExcludeVolumeTypes=["gp3", "st1"]), ALONE, False),
        (default("VOLUME", ExcludeBootVolumes=True), ROOT, False),
        (default("VOLUME", ExcludeBootVolumes=True), disk(), True),
        (default("VOLUME", ExcludeBootVolumes=True), UNREAD, DENIED),
        (default("INSTANCE"), disk(), True),
        (default("INSTANCE"), ALONE, False),
        (default("INSTANCE"), UNREAD, DENIED),
        (default("INSTANCE", ExcludeTags=DAILY), disk(), False),
    ],
)
def test_what_a_policy_takes(policy: dict[str, Any], seen: Disk, expected: bool | Unknown) -> None:
    assert takes(policy, seen) == expected


UNTOLD = Unknown("a snapshot policy keeps a number of snapshots, and their pace is not told")


@pytest.mark.parametrize(
    ("create", "retain", "expected"),
    [
        ({"Interval": 24, "IntervalUnit": "HOURS"}, {"Interval": 14, "IntervalUnit": "DAYS"}, 14),
        ({}, {"Interval": 2, "IntervalUnit": "WEEKS"}, 14),
        ({}, {"Interval": 3, "IntervalUnit": "MONTHS"}, 90),
        ({}, {"Interval": 1, "IntervalUnit": "YEARS"}, 365),
        ({"Interval": 12, "IntervalUnit": "HOURS"}, {"Count": 14}, 7),
        ({"CronExpression": "cron(0 3 * * ? *)"}, {"Count": 10}, 10),
        ({"CronExpression": "cron(0 3 ? * SUN *)"}, {"Count": 4}, 28),
        ({"CronExpression": "cron(0 3 1 * ? *)"}, {"Count": 2}, 56),
        ({"CronExpression": "cron(0 3 ? 1 SUN *)"}, {"Count": 4}, UNTOLD),
        ({"CronExpression": "cron(0 3 ? * MON-FRI *)"}, {"Count": 4}, UNTOLD),
        ({"CronExpression": "cron(0 0/4 * * ? *)"}, {"Count": 4}, UNTOLD),
        ({}, {"Count": 4}, UNTOLD),
        ({}, {}, 0),
    ],
)
def test_days(create: dict[str, Any], retain: dict[str, Any], expected: int | Unknown) -> None:
    assert days_of({"CreateRule": create, "RetainRule": retain}) == expected


def test_days_in_the_archive_count() -> None:
    archive = {"RetainRule": {"RetentionArchiveTier": {"Interval": 90, "IntervalUnit": "DAYS"}}}
    retain = {"Interval": 7, "IntervalUnit": "DAYS"}
    assert days_of({"RetainRule": retain, "ArchiveRule": archive}) == 97
    assert days_of({"RetainRule": {"Count": 0}, "ArchiveRule": archive}) == 90


def test_what_policies_keep_and_where() -> None:
    def copy(region: str) -> BackupCopy:
        return BackupCopy(region=region, account="123456789012", kind="snapshot")

    outpost = "arn:aws:outposts:us-west-2:123456789012:outpost/op-1"
    retain = {"Interval": 7, "IntervalUnit": "DAYS"}
    rules = [{"Target": "eu-west-1"}, {"TargetRegion": "eu-west-2"}, {"Target": outpost}]
    policy = own("VOLUME", Schedules=[{"RetainRule": retain, "CrossRegionCopyRules": rules}])
    places = [copy("eu-west-1"), copy("eu-west-2"), copy("us-west-2")]
    assert protections(policy, "123456789012") == [Protection(7, places)]
    assert protections(default("VOLUME"), "123456789012") == [Protection(7, [])]
    far = {"RetainInterval": 14, "CrossRegionCopyTargets": [{"TargetRegion": "eu-west-1"}]}
    longer = {"PolicyDetails": {"PolicyLanguage": "SIMPLIFIED", **far}}
    assert protections(longer, "123456789012") == [Protection(14, [copy("eu-west-1")])]
