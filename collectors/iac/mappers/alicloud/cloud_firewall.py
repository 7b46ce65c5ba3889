"""Cloud Firewall: the firewall at the border of the internet, and those between VPCs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.ips import IpsMode, ips_mode
from collectors.document import Document, Unknown, also
from collectors.facts.network import Gateway
from collectors.iac.accounts import same_account
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.gateways import gateway
from collectors.iac.mappers.joins import joined, name_of, tags_of
from collectors.regions import GLOBAL

INSTANCE, CONFIG = "alicloud_cloud_firewall_instance", "alicloud_cloud_firewall_ips_config"
BETWEEN, IN_CEN = "alicloud_cloud_firewall_vpc_firewall", "alicloud_cloud_firewall_vpc_firewall_cen"
BETWEEN_CONFIG = "alicloud_cloud_firewall_vpc_firewall_ips_config"

_UNWRITTEN = Unknown("not written: the service decides")
_NO_CONFIG = Unknown("the intrusion prevention of the firewall is not part of this template")
_SEVERAL = Unknown("the template sets intrusion prevention in several ways")
_RULES = {
    CONFIG: {"BasicRules": "basic_rules", "PatchRules": "patch_rules", "CtiRules": "cti_rules"},
    BETWEEN_CONFIG: {"BasicRules": "basic_rules", "EnableAllPatch": "enable_all_patch"},
}


def map_border(block: Block, project: Project) -> Iterator[Document]:
    """The account's firewall at the border; of its settings alone where it is bought elsewhere."""
    if block.type == CONFIG and _of_account(block, project, INSTANCE):
        return
    configs = [block] if block.type == CONFIG else _of_account(block, project, CONFIG)
    modes = [_mode(project.take(each)) for each in configs] or [_NO_CONFIG]
    # An account has one: which of several holds is not told.
    mode = modes[0] if all(each == modes[0] for each in modes) else _SEVERAL
    yield _document(block, project, GLOBAL, mode)


def _of_account(block: Block, project: Project, kind: str) -> list[Block]:
    """The resources of a type that go to the account of another one."""
    return [each for each in project.of_type(kind) if same_account(project, each, block)]


def map_between(block: Block, project: Project) -> Iterator[Document]:
    """A firewall between VPCs. One that is off guards nothing, and has no document."""
    if block.read("status", str, _UNWRITTEN) == "close":
        project.take(block)
        return
    configs = joined(project, block, "vpc_firewall_id", BETWEEN_CONFIG)
    found, doubt = configs.blocks, configs.doubt
    if block.type == IN_CEN and not found:
        # The settings are those of the CEN.
        found, doubt = _of_cen(block, project)
    mode = _mode(found[0]) if found else doubt or _NO_CONFIG
    yield _document(block, project, _region(block), mode)


def _of_cen(block: Block, project: Project) -> tuple[list[Block], Unknown | None]:
    cen = block.values.get("cen_id")
    home = project.target(cen)
    if home is not None:
        configs = joined(project, home, "vpc_firewall_id", BETWEEN_CONFIG)
        return configs.blocks, configs.doubt
    if not isinstance(cen, str):
        return [], cen if isinstance(cen, Unknown) else None
    same = [each for each in project.of_type(BETWEEN_CONFIG) if each.get("vpc_firewall_id") == cen]
    return [project.take(each) for each in same], None


def _mode(config: Block) -> IpsMode | Unknown:
    """Off for sure only where every kind of rule is written to be off."""
    rules: dict[str, Any] = {
        name: config.read(argument, int, _UNWRITTEN)
        for name, argument in _RULES[config.type].items()
    }
    known = {name: value for name, value in rules.items() if isinstance(value, int)}
    if not any(known.values()) and len(known) < len(rules):
        return also(None, *rules.values()) or _UNWRITTEN
    mode = config.read("run_mode", int, _UNWRITTEN)
    if isinstance(mode, Unknown):
        return mode if any(known.values()) else ips_mode(known)
    return ips_mode(known | {"RunMode": mode})


def _region(block: Block) -> str | Unknown:
    if block.type == IN_CEN:
        return block.read("vpc_region", str, Unknown("the firewall gives no region"))
    local = nested(block.values, "local_vpc")
    if isinstance(local, Unknown):
        return local
    first = local[0] if local else {}
    return read(first, "region_no", str, Unknown("the firewall gives no region"))


def _document(
    block: Block, project: Project, region: str | Unknown, mode: IpsMode | Unknown
) -> Document:
    return template_document(
        block,
        project,
        gateway("firewall", protected_by=["firewall"], ips_mode=mode),
        provider="aliyun",
        region=region,
        name=name_of(block, "vpc_firewall_name"),
        tags=tags_of(block),
    )


MAPPINGS = [
    Mapping(types=(INSTANCE, CONFIG), facts=Gateway, map=map_border, joined=(CONFIG,)),
    Mapping(types=(BETWEEN, IN_CEN), facts=Gateway, map=map_between, joined=(BETWEEN_CONFIG,)),
]

PART_OF = {"alicloud_cloud_firewall_vpc_firewall_ips_config": PartOf(BETWEEN, ("vpc_firewall_id",))}
