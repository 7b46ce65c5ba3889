"""ECS instances, joined with images, disks, roles, protection, backup, routes and firewalls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.disk_plans import PLAN_CALLS, read_plans
from collectors.aliyun.ecs_calls import (
    DESCRIBE_DISKS,
    DESCRIBE_IMAGES,
    DESCRIBE_INSTANCES,
    IMAGE_STATES,
    VTPM_TAG,
    ecs_call,
)
from collectors.aliyun.host_protection import (
    HOST_PROTECTION_CALLS,
    Hosts,
    agent_of,
    machine_of,
    monitored,
    patch_of,
    read_hosts,
    vulnerabilities_of,
)
from collectors.aliyun.reachability import (
    REACHABILITY_CALLS,
    Ground,
    exposure_of,
    groups_of,
    public_ips,
    read_ground,
    ways_to,
)
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.snapshot_policies import Plans, backup_of_all, backup_of_disk, unread
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Instance, InstanceImage
from collectors.facts.shared import Backup
from collectors.logic import Known, every, told
from collectors.secrets import has_secrets

Item = dict[str, Any]

DESCRIBE_ROLES = ecs_call("DescribeInstanceRamRole", "InstanceRamRoleSets.InstanceRamRoleSet")
DESCRIBE_USER_DATA = ecs_call("DescribeUserData", "", "resource", paged=False)

NATIVE = "ACS::ECS::Instance"
_ROLES_AT_ONCE = 50
_ALARMS = "acs_ecs_dashboard"
"""ECS in CloudMonitor."""
_KEPT = (
    "InstanceId", "InstanceName", "ImageId", "InstanceType", "InstanceTypeFamily", "Status",
    "CreationTime", "StartTime", "InstanceChargeType", "InstanceNetworkType", "ZoneId", "OSType",
    "OSNameEn", "VpcAttributes", "SecurityGroupIds", "PublicIpAddress", "EipAddress",
    "NetworkInterfaces", "KeyPairName", "MetadataOptions", "SecurityOptions",
    "DedicatedHostAttribute", "DedicatedInstanceAttribute", "DeletionProtection",
    "ResourceGroupId",
)  # fmt: skip


class Around(Struct, frozen=True, kw_only=True):
    """What the instances of a region are joined with, each part read or unknown."""

    ground: Ground
    hosts: Hosts
    plans: Plans
    images: dict[str, Item | Unknown | None]
    disks: dict[str, list[Item]] | Unknown
    roles: dict[str, str] | Unknown


def instances(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found = account.listed(DESCRIBE_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Instance, found, region, NATIVE)
        return
    if not found:
        return
    ids = [item["InstanceId"] for item in found]
    around = Around(
        ground=read_ground(account, region, found),
        hosts=read_hosts(account, region, ids),
        plans=read_plans(account, region),
        images=read_images(account, region, {item["ImageId"] for item in found}),
        disks=then(account.listed(DESCRIBE_DISKS, region), _by_instance),
        roles=_roles(account, region, ids),
    )
    yield from account.map(lambda item: _document(account, region, item, around), found)


def read_images(account: Account, region: str, ids: set[str]) -> dict[str, Item | Unknown | None]:
    """Each image that is used: one that is gone, or is shared no longer, is null."""
    ordered = sorted(ids)

    def asked(image: str) -> Item | Unknown | None:
        found = account.listed(
            DESCRIBE_IMAGES, region, image, ImageId=image, Status=IMAGE_STATES, ShowExpired=True
        )
        return then(found, lambda all_: all_[0] if all_ else None)

    return dict(zip(ordered, account.map(asked, ordered), strict=True))


def _by_instance(disks: list[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for disk in disks:
        attachments = (disk.get("Attachments") or {}).get("Attachment") or []
        names = {disk.get("InstanceId"), *(one.get("InstanceId") for one in attachments)}
        for name in names:
            if name:
                found.setdefault(name, []).append(disk)
    return found


def _roles(account: Account, region: str, ids: list[str]) -> dict[str, str] | Unknown:
    ordered = sorted(ids)
    starts = range(0, len(ordered), _ROLES_AT_ONCE)
    answers = account.map(
        lambda start: account.listed(
            DESCRIBE_ROLES, region, InstanceIds=ordered[start : start + _ROLES_AT_ONCE]
        ),
        starts,
    )
    roles: dict[str, str] = {}
    for found in answers:
        if isinstance(found, Unknown):
            return found
        roles.update({item["InstanceId"]: item.get("RamRoleName") or "" for item in found})
    return roles


def _document(account: Account, region: str, item: Item, around: Around) -> Document:
    identity = item["InstanceId"]
    now = datetime.now(UTC)
    facts = instance(item)
    ways = ways_to(item, around.ground)
    facts.public_ips = public_ips(ways)
    facts.exposure = exposure_of(account, region, item, ways, around.ground)
    facts.image = image_of(around.images[item["ImageId"]])
    facts.role = then(around.roles, lambda all_: _role(account, all_.get(identity)))
    facts.disks_encrypted = then(around.disks, lambda all_: _encrypted(all_.get(identity, [])))
    facts.backup = _backup(account, around, identity)
    facts.agent = then(machine_of(identity, around.hosts), agent_of)
    facts.vulnerabilities = vulnerabilities_of(
        identity, str(item.get("OSType")).lower(), around.hosts, now
    )
    facts.patch = patch_of(account, region, identity, around.hosts)
    facts.monitoring = monitored(identity, item["Status"], around.hosts)
    facts.alarms = alarms_on(account, _ALARMS, identity)
    facts.user_data_secrets = then(
        account.read(DESCRIBE_USER_DATA, region, identity, InstanceId=identity),
        lambda answer: then(told(answer, "UserData"), has_secrets),
    )
    return account.document(
        facts,
        id=account.arn("ecs", region, f"instance/{identity}"),
        region=region,
        name=item.get("InstanceName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native={name: item[name] for name in _KEPT if name in item},
    )


def instance(item: Item) -> Instance:
    """What ecs:DescribeInstances alone tells of an instance."""
    vpc = item.get("VpcAttributes") or {}
    key_pair = bool(item.get("KeyPairName"))
    return Instance(
        state=item["Status"],
        vpc_id=vpc.get("VpcId") or None,
        network_kind="classic" if item["InstanceNetworkType"] == "classic" else "vpc",
        firewalls=groups_of(item),
        image_id=item["ImageId"],
        key_pair=key_pair,
        password_login=_password_login(item, key_pair),
        metadata_token_required=metadata_token_required(item.get("MetadataOptions") or {}),
        tenancy=tenancy(item),
        secure_boot=told(item.get("SecurityOptions") or {}, "EnableSecureBoot"),
        vtpm=_vtpm(item),
        deletion_protection=_deletion_protection(item),
        zone=item["ZoneId"],
    )


def _password_login(item: Item, key_pair: bool) -> Known:
    """A key pair switches password sign-in off (ECS, "Bind an SSH key pair"). Windows takes nothing
    but passwords; whether Linux without a key pair has one is not told."""
    if key_pair:
        return False
    if str(item.get("OSType")).lower() == "windows":
        return True
    return Unknown("ECS does not tell whether the instance has a password")


def metadata_token_required(options: Item) -> Known:
    """Whether the metadata service is off or refuses requests without a session token."""
    if options.get("HttpEndpoint") == "disabled":
        return True
    return then(told(options, "HttpTokens"), lambda tokens: bool(tokens == "required"))


def tenancy(item: Item) -> Literal["shared", "dedicated-host"]:
    """Whose hardware the instance stands on: everybody's, or a dedicated host of the account."""
    host = (item.get("DedicatedHostAttribute") or {}).get("DedicatedHostId")
    bound = (item.get("DedicatedInstanceAttribute") or {}).get("Tenancy") == "host"
    return "dedicated-host" if host or bound else "shared"


def _vtpm(item: Item) -> Known:
    if VTPM_TAG in tags_of(item.get("Tags")):
        return True
    return Unknown("ECS does not tell whether the instance has a vTPM")


def _deletion_protection(item: Item) -> bool | Unknown | None:
    """A subscription cannot be released before its end, and has no such setting
    (ModifyInstanceAttribute, DeletionProtection); null for one whose setting is not on."""
    value = told(item, "DeletionProtection")
    return None if item.get("InstanceChargeType") == "PrePaid" and value is not True else value


def image_of(image: Item | Unknown | None) -> InstanceImage | Unknown:
    """Facts of the image that an instance runs. ECS has no list of approved images."""
    if isinstance(image, Unknown):
        return image
    if image is None:
        return Unknown("the image no longer exists or is no longer shared with this account")
    return InstanceImage(
        owner=str(image.get("ImageOwnerId") or image["ImageOwnerAlias"]),
        approved=None,
        created=image["CreationTime"],
        deprecated=then(told(image, "Status"), lambda status: bool(status == "Deprecated")),
    )


def _role(account: Account, name: str | None) -> str | None:
    return f"acs:ram::{account.id}:role/{name}" if name else None


def _encrypted(disks: list[Item]) -> Known:
    if not disks:
        return Unknown("the instance's disks are not visible to this account")
    return every(told(disk, "Encrypted") for disk in disks)


def _backup(account: Account, around: Around, identity: str) -> Backup:
    """Of the instance as a whole: every disk has one."""
    if isinstance(around.disks, Unknown):
        return unread(around.disks)
    disks = around.disks.get(identity)
    if not disks:
        return unread(Unknown("the instance's disks are not visible to this account"))
    return backup_of_all(backup_of_disk(disk, around.plans, account.id) for disk in disks)


SERVICE = Service(
    name="ECS instances",
    types=((Instance, NATIVE),),
    calls=(
        DESCRIBE_INSTANCES,
        DESCRIBE_IMAGES,
        DESCRIBE_DISKS,
        DESCRIBE_ROLES,
        DESCRIBE_USER_DATA,
        *PLAN_CALLS,
        *HOST_PROTECTION_CALLS,
        *REACHABILITY_CALLS,
        *ALARM_CALLS,
    ),
    region=instances,
)
