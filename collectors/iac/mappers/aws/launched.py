"""What an instance takes from the launch template that it is made from.

What the instance says itself goes before (EC2 API reference, RunInstances, `LaunchTemplate`). How
EC2 joins the two where both write a part of one structure is not documented: that is unknown.
"""

from __future__ import annotations

from typing import Any

from msgspec import structs

from collectors.aws.logic import Known, some
from collectors.document import Unknown, then
from collectors.iac.blocks import Block, Project, nested, read
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

TEMPLATE = "aws_launch_template"
DEVICES = "block_device_mappings"
"""Among the arguments of an instance: the disks that its launch template adds."""

_SPOT = Unknown("whether a spot request takes anything from a launch template is not documented")
_EXISTS = Unknown("the launch template takes a network interface that exists")

_PLAIN = {"ami": "image_id", "key_name": "key_name"}
_PLACED = ("availability_zone", "tenancy", "host_id", "host_resource_group_arn")
_SCRIPT = ("user_data", "user_data_base64")
_SIX = ("ipv6_addresses", "ipv6_address_count", "ipv6_prefix_count")
_PUBLIC = "associate_public_ip_address"
_GROUPS = ("vpc_security_group_ids", "security_groups")
_NETWORK = (
    *("subnet_id", _PUBLIC, "private_ip", "secondary_private_ips"),
    *("network_interface", "primary_network_interface", "ipv6_address_list"),
    *_GROUPS,
    *_SIX,
)


def launched(block: Block, project: Project) -> Launched:
    """An instance with what it takes from its launch template."""
    chosen = nested(block.values, "launch_template")
    if isinstance(chosen, Unknown):
        return Launched(block, block, chosen)
    if not chosen:
        return Launched(block, block)
    named = chosen[0].get("id") or chosen[0].get("name")
    template = template_of(project, named, ("name",), TEMPLATE)
    if template is None:
        return Launched(block, block, ELSEWHERE)
    # Without a word it is the default version (RunInstances).
    doubt = version_open(chosen[0].get("version"), template, project, "update_default_version")
    if block.type != "aws_instance":
        doubt = doubt or _SPOT
    if doubt:
        return Launched(block, block, doubt)
    own = {name: value for name, value in block.values.items() if is_written(value)}
    said = {**_plain(own, template, is_sent=not block.native_type), **_network(own, template)}
    said["metadata_options"] = _metadata(own, template)
    said[DEVICES] = template.values.get(DEVICES)
    written = {name: value for name, value in said.items() if value is not None}
    return Launched(block, structs.replace(block, values={**own, **written}))


def _plain(own: dict[str, Any], template: Block, *, is_sent: bool) -> dict[str, Any]:
    """What has no parts. Terraform sends `false` for a switch that is not written (`is_sent`), in
    some versions of the provider at least."""
    values = template.values
    found = {name: values.get(theirs) for name, theirs in _PLAIN.items()}
    if given(own, *_SCRIPT) is False:
        found |= {name: values.get(name) for name in _SCRIPT}
    placed = _part(values, "placement")
    found |= {name: _of(placed, name) for name in _PLACED}
    profile = _part(values, "iam_instance_profile")
    named = _of(profile, "arn")
    found["iam_instance_profile"] = _of(profile, "name") if named is None else named
    switches = {
        "monitoring": _of(_part(values, "monitoring"), "enabled"),
        "disable_api_termination": values.get("disable_api_termination"),
    }
    for name, value in switches.items():
        is_on = read({name: value}, name, bool, False)
        found[name] = SENT if is_sent and is_on is not False else value
    return {name: value for name, value in found.items() if name not in own}


def _part(values: dict[str, Any], argument: str) -> dict[str, Any] | Unknown:
    return then(nested(values, argument), lambda found: found[0] if found else {})


def _of(values: dict[str, Any] | Unknown, name: str) -> Any:
    return values if isinstance(values, Unknown) else values.get(name)


def _metadata(own: dict[str, Any], template: Block) -> Any:
    theirs = nested(template.values, "metadata_options")
    mine = nested(own, "metadata_options")
    if mine == [] or isinstance(mine, Unknown):
        return theirs if mine == [] else mine
    parts = then(theirs, lambda found: found[0] if found else {})
    names = ("http_endpoint", "http_tokens") if isinstance(parts, Unknown) else tuple(parts)
    return [{**dict.fromkeys(names, BOTH), **_without_nulls(mine[0])}]


def _without_nulls(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if is_written(value)}


def _network(own: dict[str, Any], template: Block) -> dict[str, Any]:
    """Interfaces, subnets and security groups."""
    interfaces = nested(template.values, "network_interfaces")
    groups = {
        "vpc_security_group_ids": template.values.get("vpc_security_group_ids"),
        "security_groups": template.values.get("security_group_names"),
    }
    written = given(own, *_NETWORK) is not False
    if interfaces == []:
        return _joined_groups(own, groups)
    if written or isinstance(interfaces, Unknown):
        doubt = interfaces if isinstance(interfaces, Unknown) else BOTH
        open_ = dict.fromkeys(("subnet_id", _PUBLIC, _SIX[1]), doubt)
        found = {name: value for name, value in open_.items() if name not in own}
        return {**found, _GROUPS[0]: [*_listed(own, _GROUPS[0]), doubt]}
    return {**groups, **_of_interfaces(interfaces, groups)}


def _joined_groups(own: dict[str, Any], groups: dict[str, Any]) -> dict[str, Any]:
    """The security groups: those of the instance in place of the template's, by id or by name."""
    found = {name: value for name, value in groups.items() if is_written(value)}
    other = [name for name in found if name not in own]
    # With an address of its own Terraform makes the interface, with the groups of the instance.
    if other and given(own, *_GROUPS, _PUBLIC, "network_interface"):
        return {_GROUPS[0]: [*_listed(own, _GROUPS[0]), BOTH]}
    return {name: found[name] for name in other}


def _listed(values: dict[str, Any], argument: str) -> list[Any]:
    found = items(values, argument)
    return [found] if isinstance(found, Unknown) else found


def _of_interfaces(interfaces: list[dict[str, Any]], groups: dict[str, Any]) -> dict[str, Any]:
    """What the interfaces of a launch template say in place of an instance."""
    found: dict[str, Any] = {}
    listed = _listed(groups, _GROUPS[0])
    existing = [each for each in interfaces if is_written(each.get("network_interface_id"))]
    if existing:
        named = [{"network_interface_id": each["network_interface_id"]} for each in existing]
        found["network_interface"] = named if len(named) == len(interfaces) else _EXISTS
    for each in interfaces:
        listed += _listed(each, "security_groups")
        for name in ("subnet_id", *_SIX):
            if is_written(each.get(name)):
                found.setdefault(name, each[name])
    return {**found, _PUBLIC: _public(interfaces), _GROUPS[0]: listed or None}


def _public(interfaces: list[dict[str, Any]]) -> Known | None:
    """Whether an interface asks for a public address, or refuses it; null where none says."""
    asked = [
        read(each, _PUBLIC, bool, False) for each in interfaces if each.get(_PUBLIC) is not None
    ]
    carrier = [read(each, "associate_carrier_ip_address", bool, False) for each in interfaces]
    answers = [*asked, *(each for each in carrier if each is not False)]
    return some(answers) if answers else None
