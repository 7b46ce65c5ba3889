"""alicloud_instance with its disks, addresses, key pair and role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Disk, Instance
from collectors.facts.shared import Backup, Exposure
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.alicloud.backup import MACHINES, PROTECTION, backup
from collectors.iac.mappers.alicloud.disk import (
    ATTACHMENTS,
    DISKS,
    SNAPSHOTS,
    encryption_of,
    policy_backup,
)
from collectors.iac.mappers.alicloud.firewall import GROUP, rules_of
from collectors.iac.mappers.alicloud.instance_disks import disks, encryptions
from collectors.iac.mappers.alicloud.launched import TEMPLATES, launched
from collectors.iac.mappers.alicloud.machine_image import IMAGES, image_of
from collectors.iac.mappers.alicloud.machine_state import (
    BOOT,
    FINDINGS,
    MEASURED,
    PATCHES,
    agent_of,
    vtpm_of,
)
from collectors.iac.mappers.alicloud.public_addresses import BINDING, IPV6_BANDWIDTH, public_ips
from collectors.iac.mappers.alicloud.shared import (
    NO_VSWITCH,
    VSWITCH,
    aliyun_document,
    network_kind,
    zone_of,
)
from collectors.iac.mappers.alicloud.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import (
    Joined,
    all_true,
    given,
    identities,
    identity,
    items,
    joined,
    settle,
    target_of,
)
from collectors.iac.mappers.launched import Launched
from collectors.iac.mappers.reach import instance_exposure, lets_internet_in
from collectors.iac.mappers.start_script import script_secrets
from collectors.logic import some

INSTANCE = "alicloud_instance"
FORWARD = "alicloud_forward_entry"
INTERFACES = ("alicloud_ecs_network_interface", "alicloud_network_interface")
ATTACHED_INTERFACES = (
    "alicloud_ecs_network_interface_attachment",
    "alicloud_network_interface_attachment",
)
CARD_GROUPS = ("security_group_ids", "security_groups")
KEY_PAIR = ("alicloud_ecs_key_pair_attachment", "alicloud_key_pair_attachment")
ROLE, OLD_ROLE = "alicloud_ecs_ram_role_attachment", "alicloud_ram_role_attachment"


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An ECS instance. What it does not say itself it takes from the launch template that it is
    made from."""
    machine = launched(block, project)
    made = machine.made
    unless: Any = machine.unless
    cards = _interfaces(block, project)
    ips = public_ips(machine, project, cards)
    groups = items(made.values, "security_groups")
    if groups == [] and unless:
        groups = unless
    facts = Instance(
        vpc_id=_vpc(made, project),
        network_kind=_network(made, unless),
        public_ips=ips,
        exposure=_exposure(ips, _forwards(block, project, cards), _answers(groups, project, cards)),
        firewalls=identities(project, groups),
        state=block.read("status", str, "Running"),
        image_id=_image(made, project),
        image=image_of(made, project, unless),
        key_pair=_key_pair(machine, project),
        password_login=_password(machine, project),
        metadata_token_required=token_required(made, unless),
        agent=agent_of(made),
        patch=PATCHES,
        vulnerabilities=FINDINGS,
        monitoring=MEASURED,
        alarms=alarms_on(block, project, "acs_ecs_dashboard"),
        role=_role(machine, project),
        disks_encrypted=_disks(machine, project),
        backup=_backup(machine, project),
        tenancy=cast(
            "Any",
            then(
                given(block.values, "dedicated_host_id"),
                lambda yes: "dedicated-host" if yes else unless or "shared",
            ),
        ),
        secure_boot=BOOT,
        vtpm=vtpm_of(block),
        deletion_protection=made.read("deletion_protection", bool, unless or False),
        user_data_secrets=_secrets(made, unless),
        zone=zone_of(made, project),
    )
    yield aliyun_document(block, project, facts, "instance_name")
    yield from disks(machine, project)


def _vpc(block: Block, project: Project) -> str | Unknown | None:
    own = identity(project, block.get("vpc_id"))
    if own is not None:
        return own
    switch = target_of(project, block.get("vswitch_id"), VSWITCH)
    if switch:
        return identity(project, switch.get("vpc_id"))
    if given(block.values, "vswitch_id") is False:
        return Unknown("the template gives neither vpc_id nor vswitch_id")
    return Unknown("the vSwitch is not part of this template")


def _network(block: Block, unless: Unknown | None) -> Any:
    """A vSwitch or interface puts an instance into a VPC."""
    kind = network_kind(block.values, "vswitch_id", "vpc_id", "network_interface_id")
    return unless if unless and kind == NO_VSWITCH else kind


def _interfaces(block: Block, project: Project) -> Joined:
    """The network interfaces that are attached to an instance besides its own; in doubt where one
    is not part of the template."""
    links = joined(project, block, "instance_id", *ATTACHED_INTERFACES)
    found: list[Block] = []
    doubt = links.doubt
    named = [link.get("network_interface_id") for link in links.blocks]
    for value in [*named, block.values.get("network_interface_id")]:
        card = target_of(project, value, *INTERFACES)
        if card:
            found.append(card)
        elif value is not None:
            doubt = doubt or Unknown("a network interface is not part of this template")
    return Joined(found, doubt)


def _forwards(block: Block, project: Project, cards: Joined) -> Joined:
    """The entries of NAT gateways that lead to the instance or one of its interfaces, by reference
    or by the private address that the template gives it."""
    links = [joined(project, one, "internal_ip", FORWARD) for one in (block, *cards.blocks)]
    found = [entry for link in links for entry in link.blocks]
    own = block.get("private_ip")
    for entry in project.of_type(FORWARD) if isinstance(own, str) else ():
        if settle(project, entry.get("internal_ip")) == own and entry not in found:
            found.append(project.take(entry))
    return Joined(found, also(None, *(link.doubt for link in links)))


def _exposure(
    ips: list[str] | Unknown, mapped: Joined, answers: list[bool | Unknown] | Unknown
) -> Exposure:
    """Reached by an address, or by a port that a NAT gateway leads to it."""
    by_address = instance_exposure(ips, answers)
    if by_address.public is True or not (mapped.blocks or mapped.doubt):
        return by_address
    entries = [f"{entry.source.uri}#{entry.address}" for entry in mapped.blocks]
    by_port = instance_exposure(entries or mapped.doubt or [], answers)
    if by_port.public is True:
        return Exposure(public=True, via=["port-mapping+firewall"])
    return by_port if isinstance(by_port.public, Unknown) else by_address


def _answers(
    groups: list[Any] | Unknown, project: Project, cards: Joined
) -> list[bool | Unknown] | Unknown:
    """Whether each of the groups of the instance and its interfaces lets the internet in: one that
    does is enough."""
    found = [groups]
    found += [items(card.values, name) for card in cards.blocks for name in CARD_GROUPS]
    doubt = also(None, *found)
    if doubt:
        return doubt
    listed = [group for each in found if isinstance(each, list) for group in each]
    blocks = [target_of(project, group, GROUP) for group in listed]
    elsewhere = Unknown("a security group is not part of this template")
    return [lets_internet_in(rules_of(b, project)) if b else elsewhere for b in blocks]


def _image(block: Block, project: Project) -> str | Unknown:
    image = identity(project, block.get("image_id"))
    return Unknown("the template names no image") if image is None else image


def _key_pair(machine: Launched, project: Project) -> bool | Unknown:
    own = given(machine.made.values, "key_name")
    if own is not False:
        return own
    links = joined(project, machine.block, "instance_ids", *KEY_PAIR)
    return True if links.blocks else links.doubt or machine.unless or False


def _password(machine: Launched, project: Project) -> bool | Unknown:
    """A key pair switches password sign-in off (documented); otherwise a password in the template
    or the image's own allows it."""
    pair = _key_pair(machine, project)
    if pair is True:
        return False
    own = given(machine.made.values, "password", "kms_encrypted_password")
    inherited = machine.made.read("password_inherit", bool, False)
    if True in (own, inherited):
        return pair or True
    doubt = also(own, inherited) or machine.unless
    return doubt or Unknown("the template gives neither a key pair nor a password")


def token_required(block: Block, unless: Unknown | None) -> bool | Unknown:
    """The metadata service answers without a token unless told otherwise (documented)."""
    endpoint = block.read("http_endpoint", str, unless or "enabled")
    tokens = block.read("http_tokens", str, unless or "optional")
    silent = then(endpoint, lambda text: text == "disabled")
    return some([silent, then(tokens, lambda text: text == "required")])


def _secrets(block: Block, unless: Unknown | None) -> bool | Unknown:
    found = script_secrets(block.values, "user_data")
    is_written = block.values.get("user_data") not in (None, "")
    return found if found is not False or is_written else unless or False


def _role(machine: Launched, project: Project) -> str | Unknown | None:
    block = machine.block
    links = joined(project, block, "instance_id", ROLE)
    old = joined(project, block, "instance_ids", OLD_ROLE)
    if links.blocks:
        return identity(project, links.blocks[0].get("ram_role_name"))
    if old.blocks:
        return identity(project, old.blocks[0].get("role_name"))
    own = identity(project, machine.made.get("role_name"))
    return own if own is not None else links.doubt or old.doubt or machine.unless


def _disks(machine: Launched, project: Project) -> bool | Unknown:
    """The disks that it is made with, of which a launch template may add more, and those that the
    project attaches."""
    answers = [each.enabled for each in encryptions(machine, project)]
    answers += [machine.unless] if machine.unless else []
    links = joined(project, machine.block, "instance_id", *ATTACHMENTS)
    for link in links.blocks:
        disk = target_of(project, link.get("disk_id"), *DISKS)
        elsewhere = Unknown("an attached disk is not part of this template")
        answers.append(encryption_of(disk, project).enabled if disk else elsewhere)
    return all_true(answers + ([links.doubt] if links.doubt else []))


def _backup(machine: Launched, project: Project) -> Backup:
    """By a policy of Cloud Backup that is bound to the instance; else automatic snapshots of the
    system disk, and of every data disk that it is made with."""
    block, made, unless = machine.block, machine.made, machine.unless
    bound = backup(project, block, MACHINES)
    if bound.enabled is not False:
        return bound
    if unless:
        return Backup(enabled=unless, retention_days=unless, point_in_time=False)
    data = nested(made.values, "data_disks")
    policies = [made.values.get("system_disk_auto_snapshot_policy_id")]
    links = joined(project, block, "disk_id", SNAPSHOTS)
    if policies[0] is None and links.blocks:
        policies = [links.blocks[0].get("auto_snapshot_policy_id")]
    policies += [d.get("auto_snapshot_policy_id") for d in data] if isinstance(data, list) else []
    if None in policies:
        doubt = links.doubt
        if doubt:
            return Backup(enabled=doubt, retention_days=doubt, point_in_time=False)
        return Backup(enabled=False, retention_days=0, point_in_time=False, copies=[])
    unknown = next((p for p in policies if isinstance(p, Unknown)), also(data))
    if unknown:
        return Backup(enabled=unknown, retention_days=unknown, point_in_time=False)
    backups = [policy_backup(value, project) for value in policies]
    known = [b.retention_days for b in backups if isinstance(b.retention_days, int)]
    doubt = also(*(b.retention_days for b in backups))
    return Backup(
        enabled=True,
        retention_days=doubt or min(known),
        point_in_time=False,
        copies=backups[0].copies,
    )


MAPPINGS = [
    Mapping(
        types=(INSTANCE,),
        facts=Instance,
        also=(Disk,),
        map=map_instance,
        owners=TEMPLATES,
        joined=(
            *TEMPLATES,
            *BINDING,
            IPV6_BANDWIDTH,
            FORWARD,
            *ATTACHED_INTERFACES,
            *INTERFACES,
            *KEY_PAIR,
            ROLE,
            OLD_ROLE,
            *ATTACHMENTS,
            SNAPSHOTS,
            *PROTECTION,
            *IMAGES,
            *WATCHING,
        ),
    ),
]

LINK_TYPES = frozenset(
    {
        "alicloud_ecs_key_pair_attachment",
        "alicloud_ecs_network_interface",
        "alicloud_ecs_network_interface_attachment",
        "alicloud_ecs_ram_role_attachment",
        "alicloud_key_pair_attachment",
        "alicloud_network_interface",
        "alicloud_network_interface_attachment",
        "alicloud_ram_role_attachment",
    }
)
