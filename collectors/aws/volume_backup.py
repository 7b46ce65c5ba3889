"""What backs up the volumes of a region, by themselves or with the instances that they are attached
to: plans of AWS Backup, and policies of Data Lifecycle Manager.

Snapshots that programs of the account's own make are told by nobody: they are no automatic backup
here. EBS keeps no log of changes, so that there is no restoring to a point in time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws import backup_selections, lifecycle_policies
from collectors.aws.account import Account, tags_of
from collectors.aws.backup_selections import Plan, Protection, Thing, read_backup_plans
from collectors.aws.lifecycle_policies import Disk, read_lifecycle_policies
from collectors.document import Unknown, also, then
from collectors.facts.shared import Backup, BackupCopy
from collectors.logic import Known, some

CALLS = (*backup_selections.CALLS, *lifecycle_policies.CALLS)

Item = dict[str, Any]
Instances = dict[str, Item] | Unknown

NO_BACKUP = Backup(enabled=False, retention_days=0, point_in_time=False, copies=[])


class Backups(Struct, frozen=True):
    """What backs up volumes in a region, each part unknown where it could not be read."""

    account: Account
    region: str
    plans: list[Plan] | Unknown
    policies: list[Item | Unknown] | Unknown


def read_backups(account: Account, region: str) -> Backups:
    """Read what backs up volumes of a region, once for all of them."""
    plans = read_backup_plans(account, region)
    return Backups(account, region, plans, read_lifecycle_policies(account, region))


def instances_by_id(reservations: list[Item] | Unknown) -> Instances:
    """Instances of ec2:DescribeInstances by their ids."""
    return then(
        reservations,
        lambda found: {
            item["InstanceId"]: item for reservation in found for item in reservation["Instances"]
        },
    )


def backup_of_volume(volume: Item, instances: Instances, backups: Backups) -> Backup:
    """The backup of a volume: by the plan or policy that keeps longest of all that take it."""
    disks = _as_seen(volume, instances, backups)
    return joined(
        [
            *_by_plans(disks, backups.plans),
            *_by_policies(disks, backups.policies, backups.account.id),
        ]
    )


def backup_of_instance(
    item: Item, volumes: dict[str, Item] | Unknown, instances: Instances, backups: Backups
) -> Backup | Unknown:
    """The backup of an instance: as good as that of the worst of its volumes."""
    if isinstance(volumes, Unknown):
        return volumes
    names = [one["Ebs"]["VolumeId"] for one in item["BlockDeviceMappings"] if "Ebs" in one]
    if not names:
        return Unknown("the instance has no EBS volume")
    for name in names:
        if name not in volumes:
            return Unknown(f"the volume {name} is not visible to this account")
    return worst([backup_of_volume(volumes[name], instances, backups) for name in names])


def _as_seen(volume: Item, instances: Instances, backups: Backups) -> list[Disk]:
    """A volume with each of the instances that it is attached to, which is one as a rule."""
    account, region = backups.account, backups.region
    thing = _thing("EBS", volume, account.arn("ec2", region, f"volume/{volume['VolumeId']}"))

    def disk(instance: Thing | Unknown | None, boots: Known) -> Disk:
        return Disk(
            volume=thing,
            type=volume.get("VolumeType", ""),
            zone=volume["AvailabilityZone"],
            outpost="OutpostArn" in volume,
            instance=instance,
            boots=boots,
        )

    found = []
    for attachment in volume["Attachments"]:
        name = attachment["InstanceId"]
        item = _instance(instances, name)
        if isinstance(item, Unknown):
            found.append(disk(item, item))
        else:
            arn = account.arn("ec2", region, f"instance/{name}")
            boots = item.get("RootDeviceName") == attachment.get("Device")
            found.append(disk(_thing("EC2", item, arn), boots))
    return found or [disk(None, boots=False)]


def _instance(instances: Instances, name: str) -> Item | Unknown:
    missing = Unknown(f"the instance {name} is not visible to this account")
    return then(instances, lambda known: known.get(name, missing))


def _thing(kind: str, item: Item, arn: str) -> Thing:
    return Thing(kind, arn, tags_of(item.get("Tags")))


Found = list[tuple[Known, list[Protection] | Unknown]]
"""For each plan or policy: whether it takes the volume, and what it keeps."""


def _by_plans(disks: list[Disk], plans: list[Plan] | Unknown) -> Found:
    if isinstance(plans, Unknown):
        return [(plans, plans)]
    things = [disks[0].volume, *(disk.instance for disk in disks if disk.instance)]
    return [
        (
            some(
                thing if isinstance(thing, Unknown) else backup_selections.takes(plan, thing)
                for thing in things
            ),
            then(plan.rules, backup_selections.protections),
        )
        for plan in plans
    ]


def _by_policies(
    disks: list[Disk], policies: list[Item | Unknown] | Unknown, account_id: str
) -> Found:
    if isinstance(policies, Unknown):
        return [(policies, policies)]
    return [
        (policy, policy)
        if isinstance(policy, Unknown)
        else (
            some(lifecycle_policies.takes(policy, disk) for disk in disks),
            lifecycle_policies.protections(policy, account_id),
        )
        for policy in policies
    ]


def joined(found: Found) -> Backup:
    """What plans and policies give a volume together. What could not be read leaves open how long
    backups are kept and where, and whether there are any unless the rest tells."""
    kept = [protections for takes, protections in found if takes is True]
    doubt = also(None, *(takes for takes, _ in found), *kept)
    sure = [
        one for protections in kept if not isinstance(protections, Unknown) for one in protections
    ]
    if doubt:
        return Backup(
            enabled=True if kept else doubt,
            retention_days=doubt,
            point_in_time=False,
            copies=doubt,
        )
    if not sure:
        return NO_BACKUP
    days = [one.days for one in sure]
    return Backup(
        enabled=True,
        retention_days=also(None, *days) or max(day for day in days if isinstance(day, int)),
        point_in_time=False,
        copies=_places(copy for one in sure for copy in one.copies),
    )


def worst(backups: list[Backup]) -> Backup:
    """The backup of several volumes together."""
    if any(one.enabled is False for one in backups):
        return NO_BACKUP
    doubt = also(None, *(one.enabled for one in backups))
    if doubt:
        return Backup(enabled=doubt, retention_days=doubt, point_in_time=False, copies=doubt)
    days = [one.retention_days for one in backups]
    copies = [one.copies for one in backups]
    return Backup(
        enabled=True,
        retention_days=also(None, *days) or min(day for day in days if isinstance(day, int)),
        point_in_time=False,
        copies=also(None, *copies)
        or _places(copy for places in copies if not isinstance(places, Unknown) for copy in places),
    )


def _places(copies: Iterable[BackupCopy]) -> list[BackupCopy]:
    """Each place once, in order."""
    unique = {repr(copy): copy for copy in copies}
    return [unique[key] for key in sorted(unique)]
