"""EC2 instances, joined with their images, volumes, routes and firewalls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Literal

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import (
    DESCRIBE_IMAGES,
    DESCRIBE_INSTANCE_ATTRIBUTE,
    DESCRIBE_INSTANCES,
    DESCRIBE_VOLUMES,
)
from collectors.aws.host_protection import HOST_PROTECTION_CALLS, protection, read_hosts
from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import (
    REACHABILITY_CALLS,
    Ground,
    exposure,
    firewall_open,
    lets_in,
    read_ground,
    routes_to_internet,
)
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, Dimension, read_alarms, watching
from collectors.aws.user_data import has_secrets
from collectors.aws.volume_backup import CALLS as BACKUP_CALLS
from collectors.aws.volume_backup import backup_of_instance, read_backups
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Instance, InstanceImage

INSTANCE = "AWS::EC2::Instance"
_GONE = {"shutting-down", "terminated"}
_TENANCY: dict[str, Literal["shared", "dedicated-instance", "dedicated-host"]] = {
    "default": "shared",
    "dedicated": "dedicated-instance",
    "host": "dedicated-host",
}
# A filter of EC2 takes at most 200 values (EC2 API reference, "Filter").
_FILTER_VALUES = 200
_KEPT = (
    "InstanceId",
    "ImageId",
    "InstanceType",
    "State",
    "LaunchTime",
    "Placement",
    "PlatformDetails",
    "VpcId",
    "SubnetId",
    "SecurityGroups",
    "IamInstanceProfile",
    "KeyName",
    "MetadataOptions",
    "Monitoring",
)


class _Around:
    """What instances of a region are joined with; each part may be unknown."""

    def __init__(self, account: Account, region: str, instances: list[dict[str, Any]]) -> None:
        self.ground = read_ground(account, region)
        self.images = read_images(account, region, {item["ImageId"] for item in instances})
        self.instances = {item["InstanceId"]: item for item in instances}
        self.volumes: dict[str, dict[str, Any]] | Unknown = then(
            account.read(DESCRIBE_VOLUMES, region),
            lambda volumes: {volume["VolumeId"]: volume for volume in volumes},
        )
        self.encrypted: dict[str, bool] | Unknown = then(
            self.volumes, lambda known: {name: one["Encrypted"] for name, one in known.items()}
        )
        self.backups = read_backups(account, region)
        self.alarms = read_alarms(account, region)
        self.hosts = read_hosts(account, region, {item["InstanceId"] for item in instances})


def instances(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region that is not terminated or about to be."""
    reservations = account.read(DESCRIBE_INSTANCES, region)
    if isinstance(reservations, Unknown):
        yield account.unlisted(Instance, reservations, region, INSTANCE)
        return
    found = [
        item
        for reservation in reservations
        for item in reservation["Instances"]
        if item["State"]["Name"] not in _GONE
    ]
    if not found:
        return
    around = _Around(account, region, found)
    yield from account.map(lambda item: _document(account, region, item, around), found)


def read_images(
    account: Account, region: str, ids: set[str]
) -> dict[str, dict[str, Any]] | Unknown:
    """The images of those ids that are still there: by a filter, because an id that is gone would
    make the call as a whole fail."""
    images: dict[str, dict[str, Any]] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), _FILTER_VALUES):
        values = ordered[start : start + _FILTER_VALUES]
        found = account.read(
            DESCRIBE_IMAGES,
            region,
            Filters=[{"Name": "image-id", "Values": values}],
            IncludeDeprecated=True,
        )
        if isinstance(found, Unknown):
            return found
        images.update({image["ImageId"]: image for image in found})
    return images


def _document(account: Account, region: str, item: dict[str, Any], around: _Around) -> Document:
    instance_id = item["InstanceId"]
    tags = tags_of(item.get("Tags"))
    facts = instance(item, around.ground)
    facts.image = then(
        around.images, lambda images: image_of(images.get(item["ImageId"]), datetime.now(UTC))
    )
    facts.agent, facts.patch, facts.vulnerabilities = protection(
        item, around.hosts, datetime.now(UTC)
    )
    facts.alarms = alarms_on(item, around.alarms)
    facts.disks_encrypted = then(around.encrypted, lambda known: disks_encrypted(item, known))
    facts.backup = backup_of_instance(item, around.volumes, around.instances, around.backups)
    protected = _attribute(account, region, instance_id, "disableApiTermination")
    facts.deletion_protection = then(
        protected, lambda answer: answer["DisableApiTermination"]["Value"]
    )
    user_data = _attribute(account, region, instance_id, "userData")
    facts.user_data_secrets = then(
        user_data, lambda answer: has_secrets(answer["UserData"].get("Value"))
    )
    return account.document(
        facts,
        id=account.arn("ec2", region, f"instance/{instance_id}"),
        region=region,
        name=tags.get("Name") or instance_id,
        tags=tags,
        native_type=INSTANCE,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _attribute(account: Account, region: str, instance_id: str, attribute: str) -> Any:
    return account.read(
        DESCRIBE_INSTANCE_ATTRIBUTE,
        region,
        instance_id,
        InstanceId=instance_id,
        Attribute=attribute,
    )


def instance(item: dict[str, Any], ground: Ground) -> Instance:
    """Facts of an instance that DescribeInstances and the network of its region tell."""
    options = item.get("MetadataOptions", {})
    monitoring = item["Monitoring"]["State"]
    return Instance(
        state=item["State"]["Name"],
        vpc_id=item.get("VpcId"),
        network_kind="vpc" if item.get("VpcId") else "classic",
        public_ips=public_ips(item, ground),
        exposure=exposure(is_public(item, ground)),
        firewalls=[group["GroupId"] for group in item["SecurityGroups"]],
        image_id=item["ImageId"],
        key_pair=bool(item.get("KeyName")),
        # The image and what is done inside decide on that, and EC2 sees neither.
        password_login=None,
        metadata_token_required=metadata_token_required(options),
        role=item.get("IamInstanceProfile", {}).get("Arn"),
        monitoring=monitoring in {"enabled", "pending"},
        tenancy=_TENANCY[item["Placement"]["Tenancy"]],
        secure_boot=secure_boot(item),
        # NitroTPM is named where it is there (EC2 API reference, "Instance").
        vtpm="TpmSupport" in item,
        zone=item["Placement"]["AvailabilityZone"],
    )


def alarms_on(item: dict[str, Any], alarms: Alarms | Unknown) -> int | Unknown:
    """How many alarms watch an instance, by itself or through its Auto Scaling group."""
    places: list[Dimension] = [("InstanceId", item["InstanceId"])]
    group = tags_of(item.get("Tags")).get("aws:autoscaling:groupName")
    if group:
        places.append(("AutoScalingGroupName", group))
    return watching(alarms, places, ("AWS/EC2", "CWAgent"))


def metadata_token_required(options: dict[str, Any]) -> Known:
    """Whether the metadata service is off or refuses requests without a session token."""
    if options.get("HttpEndpoint") == "disabled":
        return True
    if "HttpTokens" not in options:
        return Unknown("ec2:DescribeInstances does not tell the metadata options")
    return bool(options["HttpTokens"] == "required")


def secure_boot(item: dict[str, Any]) -> Known:
    """UEFI secure boot: off under legacy BIOS, otherwise known only inside the instance."""
    if item.get("CurrentInstanceBootMode") == "legacy-bios":
        return False
    return Unknown("EC2 does not tell whether secure boot is on")


def image_of(image: dict[str, Any] | None, now: datetime) -> InstanceImage | Unknown:
    """Facts of the image that an instance runs. `ImageAllowed` is there where the account has a
    list of allowed images."""
    if image is None:
        return Unknown("the image no longer exists or is no longer shared with this account")
    deprecated: str | None = image.get("DeprecationTime")
    return InstanceImage(
        owner=image.get("ImageOwnerAlias") or image["OwnerId"],
        approved=image.get("ImageAllowed"),
        created=image["CreationDate"],
        deprecated=deprecated is not None and datetime.fromisoformat(deprecated) <= now,
    )


def disks_encrypted(item: dict[str, Any], encrypted: dict[str, bool]) -> Known:
    """Whether every attached volume is encrypted; unknown for an instance without volumes, whose
    disks are those of its host."""
    mappings = item["BlockDeviceMappings"]
    volumes = [mapping["Ebs"]["VolumeId"] for mapping in mappings if "Ebs" in mapping]
    if not volumes:
        return Unknown("the instance has no EBS volume")
    return every(
        encrypted.get(volume, Unknown(f"the volume {volume} is not visible to this account"))
        for volume in volumes
    )


def public_ips(item: dict[str, Any], ground: Ground) -> list[str] | Unknown:
    """Public addresses of an instance. An IPv6 address counts where its subnet leads to an internet
    gateway: EC2 gives globally unique ones in private subnets too."""
    found = {item["PublicIpAddress"]} if item.get("PublicIpAddress") else set()
    for interface in item["NetworkInterfaces"]:
        found.update(_ipv4(interface))
        if six := _ipv6(interface):
            routed = routes_to_internet(ground, interface["SubnetId"], interface["VpcId"], 6)
            if isinstance(routed, Unknown):
                return routed
            found.update(six if routed else [])
    return sorted(found)


def is_public(item: dict[str, Any], ground: Ground) -> Known:
    """Whether any interface has a public address, a route to the internet and an open firewall."""
    interfaces = item["NetworkInterfaces"]
    if not interfaces and item.get("PublicIpAddress"):
        # EC2-Classic: no subnet and no route table stand between.
        groups = [group["GroupId"] for group in item["SecurityGroups"]]
        return firewall_open(ground, groups, 4)
    return some(
        _is_reached(interface, ground, version)
        for interface in interfaces
        for version, addresses in ((4, _ipv4(interface)), (6, _ipv6(interface)))
        if addresses
    )


def _is_reached(interface: dict[str, Any], ground: Ground, version: int) -> Known:
    subnet, vpc = interface["SubnetId"], interface["VpcId"]
    return every(
        [
            lets_in(ground, subnet, vpc, version),
            firewall_open(ground, [group["GroupId"] for group in interface["Groups"]], version),
        ]
    )


def _ipv4(interface: dict[str, Any]) -> set[str]:
    return {
        address["Association"]["PublicIp"]
        for address in interface["PrivateIpAddresses"]
        if address.get("Association", {}).get("PublicIp")
    }


def _ipv6(interface: dict[str, Any]) -> set[str]:
    addresses = {item["Ipv6Address"] for item in interface.get("Ipv6Addresses", [])}
    return {address for address in addresses if not ip_address(address).is_private}


SERVICE = Service(
    name="EC2 instances",
    types=((Instance, INSTANCE),),
    calls=(
        DESCRIBE_INSTANCES,
        DESCRIBE_IMAGES,
        DESCRIBE_VOLUMES,
        DESCRIBE_INSTANCE_ATTRIBUTE,
        *REACHABILITY_CALLS,
        *HOST_PROTECTION_CALLS,
        *ALARM_CALLS,
        *BACKUP_CALLS,
    ),
    region=instances,
)
