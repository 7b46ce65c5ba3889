"""aws_instance with its disks, addresses and security groups."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.user_data import has_secrets
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Instance
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.disk import (
    ATTACHMENT,
    VOLUME,
    by_default,
    device_encryption,
    encryption_of,
)
from collectors.iac.mappers.aws.firewall import GROUPS, rules_of
from collectors.iac.mappers.aws.network import SUBNETS, public_by_default
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import (
    all_true,
    given,
    identities,
    identity,
    joined,
    target_of,
)
from collectors.iac.mappers.reach import instance_exposure, lets_internet_in

INSTANCE = "aws_instance"
EIP, EIP_LINK = "aws_eip", "aws_eip_association"

_TEMPLATE = Unknown("the launch template decides")
_GROUPS = Unknown("the default security group of its VPC, or that of its interfaces")
_METADATA = Unknown("the account or the image decides about metadata tokens")
_TENANCY = {"default": "shared", "dedicated": "dedicated-instance", "host": "dedicated-host"}


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An EC2 instance. Where it is made from a launch template, what it does not say itself is
    decided there and unknown here."""
    unless = _TEMPLATE if nested(block.values, "launch_template") != [] else None
    subnet = target_of(project, block.get("subnet_id"), *SUBNETS)
    ips = _public_ips(block, project, subnet, unless)
    groups = _groups(block, unless)
    tags = block.get("tags")
    name = tags.get("Name") if isinstance(tags, dict) else None
    facts = Instance(
        vpc_id=_vpc(subnet, project),
        # EC2-Classic has been retired: every instance is in a VPC.
        network_kind="vpc",
        public_ips=ips,
        exposure=instance_exposure(ips, _answers(groups, project), every=False),
        firewalls=identities(project, groups),
        image_id=_required(identity(project, block.get("ami")), unless, "no image is written"),
        key_pair=_or(given(block.values, "key_name"), unless),
        metadata_token_required=_token(block, unless),
        role=_or(identity(project, block.get("iam_instance_profile")), unless),
        disks_encrypted=_disks(block, project, unless),
        monitoring=block.read("monitoring", bool, unless or False),
        tenancy=cast(
            "Any",
            then(
                block.read("tenancy", str, unless or "default"),
                lambda text: _TENANCY.get(text) or Unknown(f"tenancy {text} is not known"),
            ),
        ),
        deletion_protection=block.read("disable_api_termination", bool, unless or False),
        user_data_secrets=_secrets(block, unless),
        zone=_zone(block, subnet),
    )
    yield aws_document(block, project, facts, name=name if isinstance(name, str) else block.name)


def _or(value: Any, unless: Unknown | None) -> Any:
    """What the instance says itself; a launch template may say what it does not."""
    return unless if unless and not value else value


def _required(value: Any, unless: Unknown | None, missing: str) -> Any:
    return value if value is not None else unless or Unknown(missing)


def _vpc(subnet: Block | None, project: Project) -> str | Unknown:
    vpc = identity(project, subnet.get("vpc_id")) if subnet else None
    return Unknown("its subnet is not part of this template") if vpc is None else vpc


def _zone(block: Block, subnet: Block | None) -> str | Unknown:
    default = Unknown("its subnet decides")
    inherited = subnet.read("availability_zone", str, default) if subnet else default
    return block.read("availability_zone", str, inherited)


def _public_ips(
    block: Block, project: Project, subnet: Block | None, unless: Unknown | None
) -> list[str] | Unknown:
    """Addresses that apply will assign, named by what brings them. Without a word of its own, the
    instance gets one where its subnet gives one."""
    eips = joined(project, block, "instance", EIP)
    links = joined(project, block, "instance_id", EIP_LINK)
    found = [f"{each.source.uri}#{each.address}" for each in (*eips.blocks, *links.blocks)]
    elsewhere = Unknown("its subnet decides, and is not part of this template")
    default = unless or (public_by_default(subnet) if subnet else elsewhere)
    own = block.read("associate_public_ip_address", bool, default)
    if own is True:
        found.append(f"{block.source.uri}#{block.address}.public_ip")
    if found:
        return found
    return also(own, eips.doubt, links.doubt) or []


def _groups(block: Block, unless: Unknown | None) -> list[Any] | Unknown:
    found: list[Any] = []
    for argument in ("vpc_security_group_ids", "security_groups"):
        value = block.values.get(argument)
        entries = [value] if value is not None and not isinstance(value, list) else value or []
        found += entries
    if any(isinstance(each, Unknown) for each in found):
        return next(each for each in found if isinstance(each, Unknown))
    return found or unless or _GROUPS


def _answers(groups: list[Any] | Unknown, project: Project) -> list[bool | Unknown] | Unknown:
    """Whether each of the instance's groups lets the internet in: one that does is enough."""
    if isinstance(groups, Unknown):
        return groups
    blocks = [target_of(project, group, *GROUPS) for group in groups]
    elsewhere = Unknown("a security group is not part of this template")
    return [lets_internet_in(rules_of(b, project)) if b else elsewhere for b in blocks]


def _token(block: Block, unless: Unknown | None) -> bool | Unknown:
    """Whether the metadata service is off or asks for a token. What the instance does not say,
    the image (ImdsSupport) or the account's default decides (EC2 user guide)."""
    settings = nested(block.values, "metadata_options")
    if isinstance(settings, Unknown):
        return settings
    options = settings[0] if settings else {}
    endpoint = read(options, "http_endpoint", str, "enabled")
    if endpoint == "disabled":
        return True
    tokens = read(options, "http_tokens", str, unless or _METADATA)
    return then(tokens, lambda text: text == "required")


def _disks(block: Block, project: Project, unless: Unknown | None) -> bool | Unknown:
    """The root disk, the disks in the block and the volumes that the project attaches."""
    answers: list[bool | Unknown] = []
    for argument in ("root_block_device", "ebs_block_device"):
        disks = nested(block.values, argument)
        if isinstance(disks, Unknown):
            answers.append(disks)
        elif not disks and argument == "root_block_device":
            answers.append(unless or _by_default(block, project))
        else:
            answers += [device_encryption(block, project, disk).enabled for disk in disks]
    links = joined(project, block, "instance_id", ATTACHMENT)
    for link in links.blocks:
        volume = target_of(project, link.get("volume_id"), VOLUME)
        elsewhere = Unknown("an attached volume is not part of this template")
        answers.append(encryption_of(volume, project).enabled if volume else elsewhere)
    return all_true(answers + ([links.doubt] if links.doubt else []))


def _by_default(block: Block, project: Project) -> bool | Unknown:
    """A root disk without a word of its own: encrypted by default, else as its image is."""
    default = by_default(block, project)
    return default if default is True else Unknown("the image decides about its disk's encryption")


def _secrets(block: Block, unless: Unknown | None) -> bool | Unknown:
    """User data is looked at and forgotten."""
    plain = block.read("user_data", str, "")
    coded = block.read("user_data_base64", str, "")
    if isinstance(plain, Unknown) or isinstance(coded, Unknown):
        return also(plain, coded) or unless or False
    if not plain and not coded:
        return unless or False
    text = base64.b64encode(plain.encode()).decode() if plain else coded
    return has_secrets(text)


MAPPINGS = [
    Mapping(types=(INSTANCE,), facts=Instance, map=map_instance, joined=(EIP, EIP_LINK, ATTACHMENT))
]
