"""What the alicloud mappers share: documents, regions, customer keys, public endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar, cast

from collectors.aliyun.allow_list import cidrs
from collectors.document import Document, Facts, Unknown, then
from collectors.facts.shared import Encryption, Logging
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import DEPLOYED_TO, Block, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.key_manager import manager_of
from collectors.iac.mappers.joins import given, identity, items, name_of, settle, tags_of
from collectors.regions import country_of

T = TypeVar("T")

VSWITCH = "alicloud_vswitch"
EIP = "alicloud_eip_association"
NO_VSWITCH = Unknown("the template names no vSwitch: the service decides on the network")
"""The classic network takes nothing new; some services choose a VPC themselves."""
AES = "aes-256"
"""What Alibaba Cloud encrypts with unless a template asks for SM4."""

_NO_ZONE = Unknown("the template names no zone")
_SWITCHES = ("vswitch_ids", "worker_vswitch_ids", "vswitches")
_ZONE_ARGUMENTS = ("zone_id", "availability_zone", "master_zone_id")


def aliyun_document(block: Block, project: Project, facts: Facts, *names: str) -> Document:
    """The document of a resource that has a region and tags of its own; `names` are the arguments
    that give its name."""
    return template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region_of(block, project),
        name=name_of(block, *names),
        tags=tags_of(block),
    )


def region_of(block: Block, project: Project) -> str | Unknown:
    """The region of a resource: that of its provider block, else that of its zone or zones."""
    region = read(block.provider_values, "region", str, Unknown("the provider gives no region"))
    if isinstance(region, str):
        return region
    told = (region_of_zone(zone) for zone in _zones(block, project) if isinstance(zone, str))
    given = read(block.provider_values, DEPLOYED_TO, str, region)
    return next((found for found in told if found), given)


def _zones(block: Block, project: Project) -> Iterator[str | Unknown]:
    yield zone_of(block, project)
    with unwatched():
        mappings = nested(block.values, "zone_mappings")
        switches = [value for name in _SWITCHES for value in _listed(block.values.get(name))]
    for mapping in mappings if isinstance(mappings, list) else []:
        zone = settle(project, mapping.get("zone_id"))
        yield read({"zone_id": zone}, "zone_id", str, _NO_ZONE)
        switches.append(mapping.get("vswitch_id"))
    for value in switches:
        switch = project.target(value)
        if switch and switch.type == VSWITCH:
            yield zone_of(switch, project)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def region_of_zone(zone: str) -> str | None:
    """The zone cn-hangzhou-h is in cn-hangzhou, ap-southeast-1a in ap-southeast-1, the multi-zone
    cn-beijing-MAZ2(a,b) in cn-beijing; None when what remains is no region that is known."""
    for pattern in (r"(.+)-MAZ\d+.*", r"(.+)-[a-z]", r"(.+\d)[a-z]"):
        match = re.fullmatch(pattern, zone)
        if match and country_of("aliyun", match[1]):
            return match[1]
    return None


def zone_of(block: Block, project: Project) -> str | Unknown:
    """The zone that a resource names itself, or through its vSwitch."""
    for argument in _ZONE_ARGUMENTS:
        if block.values.get(argument) is not None:
            value = settle(project, block.values[argument])
            return read({argument: value}, argument, str, Unknown("no zone"))
    switch = project.target(block.values.get("vswitch_id"))
    if switch and switch.type == VSWITCH:
        return zone_of(switch, project)
    return _NO_ZONE


def customer_key(
    project: Project,
    enabled: bool | Unknown,
    key: Any,
    algorithm: str | Unknown = AES,
) -> Encryption:
    """Encryption that is on or off by one argument, with the key of another."""
    if enabled is False:
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    name = identity(project, key)
    return Encryption(
        enabled=enabled,
        key_manager=manager_of(project, key) if name else "provider",
        key_id=name,
        algorithm=algorithm,
    )


def addresses(values: dict[str, Any], argument: str, default: Any) -> list[str] | Unknown:
    """An allow-list as CIDRs, `default` when it is not written. The service reads the bare address
    0.0.0.0 as everyone."""
    if values.get(argument) in (None, []):
        return cast("list[str] | Unknown", default)
    return then(items(values, argument), _cidrs)


def _cidrs(entries: list[Any]) -> list[str]:
    found: list[Any] = []
    for entry in entries:
        if isinstance(entry, str):
            found += cidrs(entry)
        else:
            found.append(entry if isinstance(entry, Unknown) else Unknown("known after apply"))
    return cast("list[str]", found)


def audit_log(
    enabled: bool | Unknown, name: str, kept: int | Unknown, project: Project, region: str | Unknown
) -> Logging:
    """SQL audit records, which the service keeps in its own account store of the same region."""
    if enabled is False:
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=0,
        )
    return Logging(
        enabled=enabled,
        destination=name,
        destination_account=project.account,
        destination_region=region,
        retention_days=kept,
    )


def network_kind(values: dict[str, Any], *arguments: str) -> Any:
    """The network of what a vSwitch, or another argument, puts into a VPC."""
    return then(given(values, *arguments), lambda yes: "vpc" if yes else NO_VSWITCH)


def settled(
    project: Project, block: Block, argument: str, kind: type[T], default: T | Unknown
) -> T | Unknown:
    """Like `Block.read`, also through an argument of another resource where the template writes
    that."""
    value = settle(project, block.values.get(argument))
    return read({argument: value}, argument, kind, default)


def present(blocks: list[Block], doubt: Unknown | None) -> bool | Unknown:
    """Whether a joined resource is there: one is enough, a doubtful one leaves it open."""
    return True if blocks else doubt or False


def word(
    values: dict[str, Any], argument: str, wanted: tuple[str, ...], default: bool | Unknown
) -> bool | Unknown:
    """Whether an argument has one of the wanted words (in lower case), `default` if not written."""
    text = read(values, argument, str, "")
    if text == "":
        return default
    return then(text, lambda value: value.lower() in wanted)
