"""aws_instance with its network interfaces, addresses and volumes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Disk, Instance
from collectors.iac.blocks import NOT_GIVEN, Block, Mapping, Project, nested
from collectors.iac.mappers.aws.disk import (
    ATTACHMENT,
    BY_DEFAULT,
    DEFAULT_KEY,
    VOLUME,
    encryption_of,
)
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS
from collectors.iac.mappers.aws.firewall import GROUPS, RULES
from collectors.iac.mappers.aws.instance_disks import disks, encryptions
from collectors.iac.mappers.aws.launched import TEMPLATE, launched
from collectors.iac.mappers.aws.machine_start import (
    METADATA_DEFAULTS,
    token_required,
    user_data_secrets,
)
from collectors.iac.mappers.aws.machine_state import (
    BOOT,
    FINDINGS,
    IMAGE,
    PATCHES,
    agent_in,
)
from collectors.iac.mappers.aws.network import SUBNETS, VPCS, public_by_default
from collectors.iac.mappers.aws.planned import PLANS
from collectors.iac.mappers.aws.reach import DEFAULT_GROUP, firewalls, groups_open, route_open
from collectors.iac.mappers.aws.shared import aws_document, region_of, tag_name
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import given, identity, items, joined, target_of
from collectors.iac.mappers.launched import Launched
from collectors.iac.mappers.running import STATE

INSTANCES = ("aws_instance", "aws_spot_instance_request")
INTERFACE = "aws_network_interface"
ADDRESS, ADDRESS_LINK = "aws_eip", "aws_eip_association"
INTERFACE_LINK = "aws_network_interface_attachment"
GROUP_LINK = "aws_network_interface_sg_attachment"

_TENANCY = {"default": "shared", "dedicated": "dedicated-instance", "host": "dedicated-host"}
_NO_SUBNET = Unknown("the default subnet of the region is used")


class _Network(NamedTuple):
    """The interfaces of an instance that the template writes, and what they stand in."""

    interfaces: list[Block]
    subnets: list[Any]
    groups: list[Any] | Unknown
    doubt: Unknown | None
    is_made: bool
    """Whether its first interface is made with it, besides those that it is given."""


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An EC2 instance, with the volumes that it is made with. What it does not say itself it takes
    from the launch template that it is made from."""
    machine = launched(block, project)
    made, unless = machine.made, machine.unless
    network = _network(machine, project)
    ips = _public_ips(machine, project, network)
    facts = Instance(
        state=STATE,
        vpc_id=_vpc(network, project),
        # Classic networks are gone since 2022 (AWS, "EC2-Classic Networking is Retiring").
        network_kind="vpc",
        public_ips=ips,
        exposure=exposure(_is_public(project, network, ips)),
        firewalls=firewalls(project, network.groups),
        image_id=_image(made, project, unless),
        image=IMAGE,
        key_pair=_or_template(given(made.values, "key_name"), unless),
        # The image and what is done inside decide on that, as live.
        password_login=None,
        metadata_token_required=token_required(made, project, unless),
        role=_role(made, project, unless),
        disks_encrypted=_disks(machine, project),
        agent=agent_in(region_of(block, project)),
        patch=PATCHES,
        vulnerabilities=FINDINGS,
        monitoring=made.read("monitoring", bool, unless or False),
        alarms=watching(project, [("InstanceId", block, "id")]),
        tenancy=cast("Any", _tenancy(made, project, network, unless)),
        secure_boot=BOOT,
        vtpm=BOOT,
        deletion_protection=made.read("disable_api_termination", bool, unless or False),
        user_data_secrets=user_data_secrets(made, unless),
        zone=_zone(made, project, network),
    )
    yield aws_document(block, project, facts, name=tag_name(block))
    yield from disks(machine, project, facts.zone)


def _or_template(answer: bool | Unknown, unless: Unknown | None) -> bool | Unknown:
    return unless if unless and answer is False else answer


def _network(machine: Launched, project: Project) -> _Network:
    """Interfaces that exist by themselves bring their subnets and groups with them."""
    block, made = machine.block, machine.made
    named: list[Any] = []
    doubt: Unknown | None = None
    for argument in ("network_interface", "primary_network_interface"):
        written = nested(made.values, argument)
        if isinstance(written, Unknown):
            doubt = doubt or written
        else:
            named += [each.get("network_interface_id") for each in written]
    is_made = not named
    links = joined(project, block, "instance_id", INTERFACE_LINK)
    named += [link.get("network_interface_id") for link in links.blocks]
    found = [target_of(project, value, INTERFACE) for value in named]
    interfaces = [each for each in found if each]
    if None in found:
        doubt = doubt or Unknown("a network interface is not part of this template")
    subnets = [each.get("subnet_id") for each in (made, *interfaces)]
    return _Network(
        interfaces,
        [subnet for subnet in subnets if subnet not in (NOT_GIVEN, None)],
        _groups(machine, project, interfaces, is_made=is_made),
        doubt or links.doubt,
        is_made,
    )


def _groups(
    machine: Launched, project: Project, interfaces: list[Block], *, is_made: bool
) -> list[Any] | Unknown:
    """The security groups that the instance and its interfaces name; an Unknown among them stands
    for more. The default group of the VPC, which its own interface has without any, is unknown."""
    made, missing = machine.made, machine.unless or DEFAULT_GROUP
    lists = [items(made.values, "vpc_security_group_ids"), items(made.values, "security_groups")]
    lists += [[missing]] if is_made and lists == [[], []] else []
    lists += [items(each.values, "security_groups") for each in interfaces]
    found: list[Any] = []
    for each in lists:
        found += [each] if isinstance(each, Unknown) else each
    for owner in (machine.block, *interfaces):
        links = joined(project, owner, "network_interface_id", GROUP_LINK)
        found += [link.get("security_group_id") for link in links.blocks]
        found += [links.doubt] if links.doubt else []
    return found if found not in ([], [missing]) else missing


def _vpc(network: _Network, project: Project) -> str | Unknown | None:
    subnet = _subnet(network, project)
    if subnet:
        return identity(project, subnet.get("vpc_id"))
    return Unknown("the subnet is not part of this template") if network.subnets else _NO_SUBNET


def _subnet(network: _Network, project: Project) -> Block | None:
    return target_of(project, network.subnets[0], *SUBNETS) if network.subnets else None


def _public_ips(machine: Launched, project: Project, network: _Network) -> list[str] | Unknown:
    """Addresses that apply will assign, named by what brings them. Only a new interface gets one
    by itself (EC2 API reference, AssociatePublicIpAddress)."""
    block, made = machine.block, machine.made
    found: list[str] = []
    doubts: list[Unknown | None] = [network.doubt]
    for owner, argument in ((block, "instance"), *((i, "network_interface") for i in network[0])):
        addresses = joined(project, owner, argument, ADDRESS)
        links = joined(project, owner, _LINKED_BY[argument], ADDRESS_LINK)
        found += [
            f"{each.source.uri}#{each.address}" for each in (*addresses.blocks, *links.blocks)
        ]
        doubts += [addresses.doubt, links.doubt]
    own = _associates(made, project, network, machine.unless)
    if own is True:
        found.append(f"{block.source.uri}#{block.address}.public_ip")
    if found:
        return found
    return also(None, own, *doubts) or _ipv6(machine, project, network) or []


_SIX = ("ipv6_addresses", "ipv6_address_count", "ipv6_address_list", "ipv6_prefix_count")
_LINKED_BY = {"instance": "instance_id", "network_interface": "network_interface_id"}


def _associates(
    block: Block, project: Project, network: _Network, unless: Unknown | None
) -> bool | Unknown:
    """Whether the instance gets a public address: as it says itself, else as its subnet says. A
    default subnet gives one unless it was changed."""
    if not network.is_made:
        return False
    subnet = _subnet(network, project)
    missing: bool | Unknown = _NO_SUBNET
    if subnet:
        missing = public_by_default(subnet)
    elif network.subnets:
        missing = Unknown("the subnet decides, which is not part of this template")
    return block.read("associate_public_ip_address", bool, unless or missing)


def _ipv6(machine: Launched, project: Project, network: _Network) -> Unknown | None:
    """IPv6 addresses are public where the subnet leads out: EC2 gives globally unique ones in
    private subnets too."""
    subnet = _subnet(network, project)
    asks = some(given(each.values, *_SIX) for each in (machine.made, *network.interfaces))
    if asks is False and subnet:
        asks = subnet.read("assign_ipv6_address_on_creation", bool, False)
    if asks is False and network.is_made:
        asks = machine.unless or False
    if asks is False or (network.subnets and route_open(project, network.subnets) is False):
        return None
    return also(asks) or Unknown("the instance has an IPv6 address, which may be public")


def _is_public(project: Project, network: _Network, ips: list[str] | Unknown) -> Known:
    """A public address, the way to it, and a security group that lets the internet in."""
    if ips == []:
        return False
    route = route_open(project, network.subnets) if network.subnets else _NO_SUBNET
    return every([also(ips) or True, route, groups_open(project, network.groups)])


def _image(block: Block, project: Project, unless: Unknown | None) -> str | Unknown:
    image = identity(project, block.get("ami"))
    return unless or Unknown("the template names no image") if image is None else image


def _role(block: Block, project: Project, unless: Unknown | None) -> str | Unknown | None:
    profile = identity(project, block.values.get("iam_instance_profile") or None)
    return unless if profile is None else profile


def _disks(machine: Launched, project: Project) -> Known:
    """Whether every disk is encrypted: those that it is made with, of which a launch template may
    add more, and those that the project attaches."""
    answers: list[Known] = [each.enabled for each in encryptions(machine, project)]
    answers += [machine.unless] if machine.unless else []
    links = joined(project, machine.block, "instance_id", ATTACHMENT)
    for link in links.blocks:
        volume = target_of(project, link.get("volume_id"), VOLUME)
        elsewhere = Unknown("an attached volume is not part of this template")
        answers.append(encryption_of(volume, project).enabled if volume else elsewhere)
    return every([*answers, *([links.doubt] if links.doubt else [])])


def _tenancy(
    block: Block, project: Project, network: _Network, unless: Unknown | None
) -> str | Unknown:
    """Its own, a host's, or that of the VPC, whose default is shared hardware."""
    if given(block.values, "host_id", "host_resource_group_arn") is True:
        return "dedicated-host"
    subnet = _subnet(network, project)
    vpc = target_of(project, subnet.get("vpc_id"), *VPCS) if subnet else None
    whole = Unknown("the tenancy of the VPC decides, which is not part of this template")
    default = vpc.read("instance_tenancy", str, "default") if vpc else whole
    own = block.read("tenancy", str, unless or default)
    return then(own, lambda text: _TENANCY.get(text, Unknown(f"tenancy {text} is not known")))


def _zone(block: Block, project: Project, network: _Network) -> str | Unknown:
    subnet = _subnet(network, project)
    unknown = Unknown("the template names no zone")
    default = subnet.read("availability_zone", str, unknown) if subnet else unknown
    return block.read("availability_zone", str, default)


MAPPINGS = [
    Mapping(
        types=INSTANCES,
        facts=Instance,
        also=(Disk,),
        map=map_instance,
        owners=(TEMPLATE,),
        joined=(
            TEMPLATE,
            *ALARMS,
            INTERFACE,
            INTERFACE_LINK,
            GROUP_LINK,
            ADDRESS,
            ADDRESS_LINK,
            ATTACHMENT,
            VOLUME,
            BY_DEFAULT,
            METADATA_DEFAULTS,
            *SUBNETS,
            *VPCS,
            *GROUPS,
            *RULES,
            DEFAULT_KEY,
            *PLANS,
            *KEYS,
            *KEY_DATA,
        ),
    ),
]

LINK_TYPES = frozenset(
    {
        "aws_eip_association",
        "aws_network_interface_attachment",
        "aws_network_interface_sg_attachment",
        "aws_volume_attachment",
    }
)
