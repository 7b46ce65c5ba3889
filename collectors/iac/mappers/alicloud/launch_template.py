"""Launch templates of ECS, scaling configurations of Auto Scaling and node pools of ACK: what
machines are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.launch_data import IMAGE_DECIDES
from collectors.document import Document, Unknown, then
from collectors.facts.compute import LaunchTemplate
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.cluster import NODE_POOL
from collectors.iac.mappers.alicloud.disk import (
    BY_DEFAULT,
    disk_encryption,
    encrypts_by_default,
)
from collectors.iac.mappers.alicloud.instance import token_required
from collectors.iac.mappers.alicloud.launched import SYSTEM, TEMPLATES
from collectors.iac.mappers.alicloud.machine_image import IMAGES, image_of
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.start_script import script_secrets
from collectors.logic import Known, every, some

CONFIGURATION = "alicloud_ess_scaling_configuration"


def map_template(block: Block, project: Project) -> Iterator[Document]:
    """A launch template, as its newest version is written, a scaling configuration, or a pool. Of
    the pools of ROS it is not translated what their nodes get."""
    if block.type == NODE_POOL and block.native_type:
        return
    facts = LaunchTemplate(
        metadata_token_required=_token_required(block),
        disks_encrypted=_disks(block, project),
        # An IPv6 address of a VPC leads to the internet by a gateway alone.
        public_address=_public(block),
        user_data_secrets=script_secrets(block.values, "user_data", "userdata"),
        image=image_of(block, project),
    )
    names = ("launch_template_name", "scaling_configuration_name", "node_pool_name", "name")
    yield aliyun_document(block, project, facts, *names)


def _token_required(block: Block) -> Known:
    """A node pool has the options of its metadata service in a block."""
    options = nested(block.values, "instance_metadata_options")
    if isinstance(options, Unknown):
        return options
    if not options:
        return token_required(block, None)
    return then(read(options[0], "http_tokens", str, "optional"), lambda text: text == "required")


def _public(block: Block) -> Known:
    """A bandwidth towards the internet brings an address, and a pool may give each node an elastic
    one."""
    bandwidth = block.read("internet_max_bandwidth_out", int, 0)
    scaling = nested(block.values, "scaling_config")
    elastic = then(
        scaling, lambda found: read(found[0], "is_bond_eip", bool, False) if found else False
    )
    return some([then(bandwidth, lambda width: width > 0), elastic])


def _disks(block: Block, project: Project) -> Known:
    """Whether the system disk and every data disk of a new machine are encrypted."""
    found: list[dict[str, Any] | Unknown] = [_system(block, project)]
    for argument in ("data_disks", "data_disk"):
        disks = nested(block.values, argument)
        found += [disks] if isinstance(disks, Unknown) else disks
    return every(
        each if isinstance(each, Unknown) else disk_encryption(block, project, each).enabled
        for each in found
    )


def _system(block: Block, project: Project) -> dict[str, Any] | Unknown:
    """The arguments of the system disk, which a launch template has in a block of their own."""
    own = nested(block.values, "system_disk")
    if isinstance(own, Unknown):
        return own
    values = own[0] if own else {name: block.values.get(it) for name, it in SYSTEM.items()}
    if values.get("encrypted") is None and not encrypts_by_default(block, project):
        return IMAGE_DECIDES
    return values


MAPPINGS = [
    Mapping(
        types=(*TEMPLATES, CONFIGURATION, NODE_POOL),
        facts=LaunchTemplate,
        map=map_template,
        joined=(BY_DEFAULT, *IMAGES),
    )
]
