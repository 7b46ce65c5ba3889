"""aws_security_group with its inline rules and the rule resources that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

from collectors.document import Document, Unknown
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Mapping, Project, Reference, nested, read
from collectors.iac.mappers.aws.rules import ports_of, protocol_of
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import identity, items, joined, target_of
from collectors.iac.mappers.ranges import is_range, range_of

GROUPS = ("aws_security_group", "aws_default_security_group")
RULE = "aws_security_group_rule"
INGRESS = "aws_vpc_security_group_ingress_rule"
EGRESS = "aws_vpc_security_group_egress_rule"
RULES = (RULE, INGRESS, EGRESS)
PREFIX_LIST, ENTRY = "aws_ec2_managed_prefix_list", "aws_ec2_managed_prefix_list_entry"
USES = {
    "vpc_security_group_ids": (
        "aws_instance",
        "aws_db_instance",
        "aws_db_proxy",
        "aws_rds_cluster",
        "aws_dms_replication_instance",
        "aws_docdb_cluster",
        "aws_neptune_cluster",
        "aws_redshift_cluster",
    ),
    "security_groups": (
        "aws_lb",
        "aws_alb",
        "aws_elb",
        "aws_network_interface",
        "aws_instance",
        "aws_efs_mount_target",
    ),
    "security_group_ids": (
        "aws_dax_cluster",
        "aws_elasticache_cluster",
        "aws_elasticache_replication_group",
        "aws_elasticache_serverless_cache",
        "aws_memorydb_cluster",
        "aws_redshiftserverless_workgroup",
        "aws_fsx_windows_file_system",
        "aws_fsx_lustre_file_system",
        "aws_fsx_ontap_file_system",
        "aws_fsx_openzfs_file_system",
    ),
}

_NARROW = frozenset(
    {
        "aws_default_subnet",
        "aws_default_vpc",
        "aws_eip",
        "aws_instance",
        "aws_nat_gateway",
        "aws_network_interface",
        "aws_subnet",
        "aws_vpc",
        "aws_vpc_ipv4_cidr_block_association",
        "aws_vpc_ipv6_cidr_block_association",
    }
)
"""Networks, which have 65,536 IPv4 addresses at most (VPC user guide, "VPC CIDR blocks"), and what
stands in them."""

Direction = Literal["ingress", "egress"]
_NO_SIDE = Unknown("the rule names no address, group or prefix list")


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """One document for the group. What no rule allows is refused in both directions: Terraform
    takes away the rule by which AWS lets a new group send everywhere."""
    facts = Firewall(
        vpc_id=identity(project, block.get("vpc_id")) or Unknown("the default VPC of the region"),
        rules=rules_of(block, project),
        default_ingress="deny",
        default_egress="deny",
        is_default=block.type == "aws_default_security_group",
        attached=_attached(block, project),
    )
    yield aws_document(block, project, facts)


def map_orphan_rule(block: Block, project: Project) -> Iterator[Document]:
    """A rule of a group outside this project: the rule alone, so that it is judged all the same."""
    if target_of(project, block.get("security_group_id"), *GROUPS):
        return
    elsewhere = Unknown("the rule's group is not part of this template")
    facts = Firewall(
        vpc_id=elsewhere,
        rules=_rules_of_resource(block, project),
        default_ingress="deny",
        default_egress="deny",
        is_default=elsewhere,
        attached=elsewhere,
    )
    yield aws_document(block, project, facts, name=block.name)


def rules_of(block: Block, project: Project) -> list[Rule]:
    """Every rule of a group. A rule that may or may not belong to it stands as an Unknown."""
    rules: list[Any] = []
    directions: tuple[Direction, Direction] = ("ingress", "egress")
    for direction in directions:
        for values in _inline(block.values, direction):
            known = isinstance(values, dict)
            rules += _rules(values, direction, project) if known else [values]
    separate = joined(project, block, "security_group_id", *RULES)
    for rule in separate.blocks:
        rules += _rules_of_resource(rule, project)
    return [*rules, *([cast("Rule", separate.doubt)] if separate.doubt else [])]


def _inline(values: dict[str, Any], direction: str) -> list[Any]:
    """The rules that a group writes itself; a doubt about one of them stands in its place."""
    written = values.get(direction)
    if not isinstance(written, list):
        inline = nested(values, direction)
        return [inline] if isinstance(inline, Unknown) else list(inline)
    malformed = Unknown(f"{direction} is not a block")
    return [each if isinstance(each, dict | Unknown) else malformed for each in written]


def _rules_of_resource(block: Block, project: Project) -> list[Rule]:
    if block.type in (INGRESS, EGRESS):
        return _rules(block.values, "ingress" if block.type == INGRESS else "egress", project)
    direction = block.read("type", str, Unknown("the rule gives no type"))
    if direction == "egress":
        return _rules(block.values, "egress", project)
    rules = _rules(block.values, "ingress", project)
    if direction != "ingress":
        for rule in rules:
            rule.direction = (
                direction if isinstance(direction, Unknown) else Unknown("no such type")
            )
            rule.destinations = rule.sources
    return rules


def _rules(values: dict[str, Any], direction: Direction, project: Project) -> list[Rule]:
    """One rule of the neutral kind for each address, group and prefix list."""
    name = "ip_protocol" if "ip_protocol" in values else "protocol"
    protocol = protocol_of(read(values, name, str, Unknown("the rule gives no protocol")))
    first, last = ports_of(values, protocol)
    ingress = direction == "ingress"
    return [
        Rule(
            direction=direction,
            action="allow",
            priority=0,
            protocol=protocol,
            from_port=first,
            to_port=last,
            sources=side if ingress else [],
            destinations=[] if ingress else side,
            description=read(values, "description", str, ""),
        )
        for side in _far_sides(values, project)
    ]


def _far_sides(values: dict[str, Any], project: Project) -> list[list[str] | Unknown]:
    sides: list[list[str] | Unknown] = []
    for argument in ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6"):
        sides += _each(_entries(values, argument), lambda entry: _range(project, entry))
    for argument in ("security_groups", "source_security_group_id", "referenced_security_group_id"):
        sides += _each(_entries(values, argument), lambda entry: _group(project, entry))
    for argument in ("prefix_list_ids", "prefix_list_id"):
        entries = _entries(values, argument)
        if isinstance(entries, Unknown):
            sides.append(entries)
        else:
            sides += [_prefix_list(project, entry) for entry in entries]
    own = read(values, "self", bool, default=False)
    if own is not False:
        sides.append(own if isinstance(own, Unknown) else ["group:self"])
    return sides or [_NO_SIDE]


def _entries(values: dict[str, Any], argument: str) -> list[Any] | Unknown:
    """The entries of an argument; a single reference is one entry."""
    value = values.get(argument)
    return [value] if isinstance(value, Reference) else items(values, argument)


def _each(entries: list[Any] | Unknown, name: Any) -> list[list[str] | Unknown]:
    if isinstance(entries, Unknown):
        return [entries]
    named = [name(entry) for entry in entries]
    return [each if isinstance(each, Unknown) else [each] for each in named if each is not None]


def _range(project: Project, entry: Any) -> str | Unknown | None:
    """A range as EC2 takes it; text of another form is none."""
    text = range_of(project, entry, _NARROW)
    if isinstance(entry, Reference) or not isinstance(text, str) or is_range(text):
        return text
    return Unknown(f"{text} is no range of addresses")


def _group(project: Project, entry: Any) -> str | Unknown | None:
    group = identity(project, entry)
    return f"group:{group}" if isinstance(group, str) else group


def _prefix_list(project: Project, entry: Any) -> list[str] | Unknown:
    """The ranges of a prefix list of this project, written in it or apart; of another one they may
    be any."""
    target = target_of(project, entry, PREFIX_LIST)
    if target is None:
        return Unknown(f"the entries of the prefix list {identity(project, entry)} are not read")
    entries = nested(target.values, "entry")
    apart = joined(project, target, "prefix_list_id", ENTRY)
    if isinstance(entries, Unknown):
        return entries
    written = [*entries, *(each.values for each in apart.blocks)]
    ranges: list[Any] = [
        read(each, "cidr", str, Unknown("no cidr in the entry")) for each in written
    ]
    return cast("list[str]", [*ranges, *([apart.doubt] if apart.doubt else [])])


def _attached(block: Block, project: Project) -> int | Unknown:
    uses = [joined(project, block, argument, *types) for argument, types in USES.items()]
    found = sum(len(use.blocks) for use in uses)
    doubt = next((use.doubt for use in uses if use.doubt), None)
    return found or doubt or Unknown("nothing in this template uses the group")


MAPPINGS = [
    Mapping(
        types=GROUPS,
        facts=Firewall,
        map=map_group,
        joined=(
            *RULES,
            PREFIX_LIST,
            ENTRY,
            *dict.fromkeys(kind for each in USES.values() for kind in each),
        ),
    ),
    Mapping(types=RULES, facts=Firewall, map=map_orphan_rule, joined=(PREFIX_LIST, ENTRY)),
]

LINK_TYPES = frozenset({"aws_ec2_managed_prefix_list", "aws_ec2_managed_prefix_list_entry"})
