"""Launch templates and configurations, with the groups that make machines from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.logic import Known, every, some
from collectors.document import Document, Unknown, also
from collectors.facts.compute import LaunchTemplate
from collectors.iac.blocks import NOT_GIVEN, Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.disk import BY_DEFAULT, device_encryption
from collectors.iac.mappers.aws.machine_start import (
    METADATA_DEFAULTS,
    token_required,
    user_data_secrets,
)
from collectors.iac.mappers.aws.machine_state import IMAGE
from collectors.iac.mappers.aws.network import SUBNETS, public_by_default
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, items, points_to, target_of

TEMPLATE, CONFIGURATION = "aws_launch_template", "aws_launch_configuration"
GROUP = "aws_autoscaling_group"

_IMAGE = {"snapshot_id": Unknown("the image decides on the root disk's encryption")}
_SUBNET = Unknown("the subnet decides on public addresses, which is chosen at launch")
_ELSEWHERE = Unknown("the subnet decides, which is not part of this template")
_IPV6 = Unknown("the instances have IPv6 addresses, which may be public")


def map_template(block: Block, project: Project) -> Iterator[Document]:
    """A launch template, as its newest version is written, or a launch configuration."""
    facts = LaunchTemplate(
        metadata_token_required=token_required(block, project, None),
        disks_encrypted=_disks(block, project),
        public_address=_address(block, project),
        user_data_secrets=user_data_secrets(block, None),
        image=IMAGE,
    )
    yield aws_document(block, project, facts)


def _disks(block: Block, project: Project) -> Known:
    """Whether every disk of a machine is encrypted. Of the image's own disks nothing written leaves
    it to the image and the account."""
    root = nested(block.values, "root_block_device")
    if isinstance(root, Unknown):
        return root
    answers = _encrypted(block, project, [{**_IMAGE, **each} for each in root or [{}]])
    for mapping in _blocks(block.values, "block_device_mappings"):
        disks = mapping if isinstance(mapping, Unknown) else nested(mapping, "ebs")
        answers += _encrypted(block, project, disks)
    answers += _encrypted(block, project, nested(block.values, "ebs_block_device"))
    return every(answers)


def _encrypted(
    block: Block, project: Project, disks: list[dict[str, Any]] | Unknown
) -> list[Known]:
    if isinstance(disks, Unknown):
        return [disks]
    return [device_encryption(block, project, each).enabled for each in disks]


def _blocks(values: dict[str, Any], argument: str) -> list[Any]:
    found = nested(values, argument)
    return [found] if isinstance(found, Unknown) else found


def _address(block: Block, project: Project) -> Known:
    """Whether a machine gets a public address: as its interfaces say, else as the subnets do that
    they or the groups name."""
    answers: list[Known] = []
    subnets: list[Any] = []
    asks: Known = False
    refused = False
    for each in [block.values, *_blocks(block.values, "network_interfaces")]:
        if isinstance(each, Unknown):
            return each
        own = each.get("associate_public_ip_address")
        if own is not None:
            public = read(each, "associate_public_ip_address", bool, False)
            refused = refused or public is False
            answers.append(public)
        if given(each, "network_interface_id") is not False:
            answers.append(Unknown("the launch template takes a network interface that exists"))
        if each.get("subnet_id") not in (NOT_GIVEN, None):
            subnets.append(each.get("subnet_id"))
        asks = some([asks, given(each, "ipv6_address_count", "ipv6_addresses")])
    groups = _subnets_of_groups(block, project)
    subnets += [one for one in groups if not isinstance(one, Unknown)]
    doubt = also(None, *groups)
    if refused:
        answers += [_six(one) for each in subnets if (one := target_of(project, each, *SUBNETS))]
        return some([*answers, _IPV6 if asks is True else asks])
    answers += [_by_subnet(one, project) for one in subnets]
    if doubt or not subnets:
        answers.append(doubt or _SUBNET)
    return some([*answers, _IPV6 if asks is True else asks])


def _by_subnet(value: Any, project: Project) -> Known:
    subnet = target_of(project, value, *SUBNETS)
    if subnet is None:
        return _ELSEWHERE
    return some([public_by_default(subnet), _six(subnet)])


def _six(subnet: Block) -> Known:
    """Whether the machines get an IPv6 address that is public, by their subnet."""
    six = subnet.read("assign_ipv6_address_on_creation", bool, False)
    return _IPV6 if six is True else six


def _subnets_of_groups(block: Block, project: Project) -> list[Any]:
    """The subnets of the groups that use the template; an Unknown among them stands for more."""
    found: list[Any] = []
    for group in project.of_type(GROUP):
        named = list(_named(group))
        doubts = [one for one in named if isinstance(one, Unknown)]
        if any(points_to(project, one, block) for one in named if not isinstance(one, Unknown)):
            subnets = items(project.take(group).values, "vpc_zone_identifier")
            found += [subnets] if isinstance(subnets, Unknown) else subnets
        else:
            found += doubts[:1]
    return found


def _named(group: Block) -> Iterator[Any]:
    """What a group makes its machines from: values that lead to templates."""
    if group.get("launch_configuration") is not NOT_GIVEN:
        yield group.get("launch_configuration")
    pending = [*_blocks(group.values, "launch_template")]
    for policy in _blocks(group.values, "mixed_instances_policy"):
        inner = policy if isinstance(policy, Unknown) else nested(policy, "launch_template")
        for each in [inner] if isinstance(inner, Unknown) else inner:
            if isinstance(each, Unknown):
                pending.append(each)
                continue
            pending += _blocks(each, "launch_template_specification")
            for override in _blocks(each, "override"):
                pending += (
                    [override]
                    if isinstance(override, Unknown)
                    else _blocks(override, "launch_template_specification")
                )
    for each in pending:
        if isinstance(each, Unknown):
            yield each
            continue
        yield from (
            each[name] for name in ("id", "name", *_SPECIFIED) if each.get(name) is not None
        )


_SPECIFIED = ("launch_template_id", "launch_template_name")

MAPPINGS = [
    Mapping(
        types=(TEMPLATE, CONFIGURATION),
        facts=LaunchTemplate,
        map=map_template,
        joined=(GROUP, BY_DEFAULT, METADATA_DEFAULTS, *SUBNETS),
    )
]

LINK_TYPES = frozenset({"aws_autoscaling_group", "aws_ec2_instance_metadata_defaults"})
