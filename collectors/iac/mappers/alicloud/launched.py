"""What an ECS instance takes from the launch template that it is made from.

What the instance says itself goes before (ECS API, CreateLaunchTemplate). Terraform and ROS send
defaults of their own for some of what is not written, which may go before, too: that is unknown.
"""

from __future__ import annotations

from typing import Any

from msgspec import structs

from collectors.document import Unknown, then
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.alicloud.disk import encrypts_by_default
from collectors.iac.mappers.joins import given, items
from collectors.iac.mappers.launched import (
    BOTH,
    ELSEWHERE,
    SENT,
    Launched,
    is_written,
    template_of,
    version_open,
)

TEMPLATES = ("alicloud_ecs_launch_template", "alicloud_launch_template")
SYSTEM = {
    "encrypted": "system_disk_encrypted",
    "kms_key_id": "system_disk_kms_key_id",
    "encrypt_algorithm": "system_disk_encrypt_algorithm",
    "auto_snapshot_policy_id": "system_disk_auto_snapshot_policy_id",
    "size": "system_disk_size",
}
"""The arguments of a disk as an instance calls them for its system disk."""

_NAMING = ("launch_template_name", "name")
_PLAIN = {
    "image_id": "image_id",
    "key_name": "key_pair_name",
    "role_name": "ram_role_name",
    "http_endpoint": "http_endpoint",
    "http_tokens": "http_tokens",
    "password_inherit": "password_inherit",
    "security_enhancement_strategy": "security_enhancement_strategy",
    "ipv6_address_count": "ipv6_address_count",
}
_NETWORK = {"vswitch_id": "vswitch_id", "vpc_id": "vpc_id", "availability_zone": "zone_id"}


def launched(block: Block, project: Project) -> Launched:
    """An instance with what it takes from its launch template."""
    named = [block.values.get(name) for name in ("launch_template_id", "launch_template_name")]
    chosen = next(filter(is_written, named), None)
    if chosen is None:
        return Launched(block, block)
    template = template_of(project, chosen, _NAMING, *TEMPLATES)
    if template is None:
        return Launched(block, block, ELSEWHERE)
    # Without a word it is the default version (ECS API, CreateLaunchTemplate).
    version = block.values.get("launch_template_version")
    doubt = version_open(version, template, project, "update_default_version_number")
    if doubt:
        return Launched(block, block, doubt)
    own = {name: value for name, value in block.values.items() if is_written(value)}
    said = {
        **_plain(own, template),
        **_system(own, template, project),
        **_sent(own, template),
        "security_groups": _groups(own, template),
        "data_disks": _data_disks(own, template),
    }
    written = {name: value for name, value in said.items() if value is not None}
    return Launched(block, structs.replace(block, values={**own, **written}))


def _plain(own: dict[str, Any], template: Block) -> dict[str, Any]:
    values = template.values
    found = {name: values.get(theirs) for name, theirs in _PLAIN.items()}
    script = [values.get(name) for name in ("user_data", "userdata")]
    found["user_data"] = next(filter(is_written, script), None)
    if given(own, "vswitch_id", "subnet_id", "vpc_id") is False:
        found |= {name: values.get(theirs) for name, theirs in _NETWORK.items()}
    return {name: value for name, value in found.items() if name not in own}


def _sent(own: dict[str, Any], template: Block) -> dict[str, Any]:
    """A bandwidth that is not written is sent as 0, a protection in some versions as false."""
    found: dict[str, Any] = {}
    if template.read("internet_max_bandwidth_out", int, 0) != 0:
        found["internet_max_bandwidth_out"] = SENT
    if template.read("deletion_protection", bool, False) is not False:
        found["deletion_protection"] = SENT
    return {name: value for name, value in found.items() if name not in own}


def _groups(own: dict[str, Any], template: Block) -> list[Any]:
    """The security groups: those of the instance in place of the template's, and those of the
    interfaces that the template adds."""
    interfaces = nested(template.values, "network_interfaces")
    more = [interfaces] if isinstance(interfaces, Unknown) else interfaces
    theirs = ("security_group_id", "security_group_ids")
    found = _listed(own, "security_groups")
    for name in () if found else theirs:
        found += _listed(template.values, name)
    for each in more:
        if isinstance(each, Unknown):
            found.append(each)
        else:
            found += [group for name in theirs for group in _listed(each, name)]
    return found


def _listed(values: dict[str, Any], argument: str) -> list[Any]:
    found = items(values, argument)
    listed = [found] if isinstance(found, Unknown) else found
    return [each for each in listed if is_written(each)]


def _system(own: dict[str, Any], template: Block, project: Project) -> dict[str, Any]:
    """The system disk. Terraform always sends a size of it, and so a part of the structure."""
    disk = then(nested(template.values, "system_disk"), lambda found: found[0] if found else {})
    has_own = not template.native_type or any(name in own for name in SYSTEM.values())
    found: dict[str, Any] = {}
    for name, argument in SYSTEM.items():
        theirs = disk if isinstance(disk, Unknown) else disk.get(name)
        value = template.values.get(argument) if theirs is None else theirs
        if not is_written(value) or argument in own:
            continue
        found[argument] = BOTH if has_own else value
        is_off = name == "encrypted" and read({name: value}, name, bool, True) is False
        if is_off and not encrypts_by_default(template, project):
            found[argument] = False
    return found


def _data_disks(own: dict[str, Any], template: Block) -> Any:
    """The data disks: those of the template where the instance has none. Where both have some, a
    disk of which nothing is known stands for those of the template."""
    theirs, mine = template.values.get("data_disks"), nested(own, "data_disks")
    if mine == [] or isinstance(mine, Unknown) or not is_written(theirs):
        return theirs if mine == [] else None
    return [*mine, {"encrypted": BOTH, "auto_snapshot_policy_id": BOTH}]
