"""aws_vpc with its flow logs, aws_subnet with its routes, aws_network_acl with its rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

from collectors.aws.logic import some
from collectors.document import Document, Unknown, then
from collectors.facts.network import Acl, Firewall, FlowLog, Subnet, Vpc
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws.default_group import MANAGED, default_group
from collectors.iac.mappers.aws.rules import ports_of, protocol_of
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.subnet_kinds import PLACES, kinds_in
from collectors.iac.mappers.aws.way_out import GATEWAY, leads_out
from collectors.iac.mappers.joins import identity, items, joined, settle, target_of
from collectors.iac.mappers.named_within import naming
from collectors.iac.mappers.ranges import is_range

VPCS = ("aws_vpc", "aws_default_vpc")
SUBNETS = ("aws_subnet", "aws_default_subnet")
ACLS = ("aws_network_acl", "aws_default_network_acl")
ACL_RULE, ACL_LINK = "aws_network_acl_rule", "aws_network_acl_association"
FLOW_LOG, LOG_GROUP = "aws_flow_log", "aws_cloudwatch_log_group"
MORE_CIDRS = "aws_vpc_ipv4_cidr_block_association"
TABLE, ROUTE = "aws_route_table", "aws_route"
TABLE_LINK = "aws_route_table_association"
_ACTIONS, _NO_ACTION = {"allow", "deny"}, Unknown("no action")
GATEWAY_LINK = "aws_internet_gateway_attachment"
DEFAULT_TABLE, MAIN_LINK = "aws_default_route_table", "aws_main_route_table_association"

_TRAFFIC = {"all": "all", "accept": "accept", "reject": "reject"}
_MAIN_TABLE = Unknown("the main route table of the VPC decides")
_LAST = 32767
"""The number under which EC2 shows the refusal at the end of every network ACL."""


def map_vpc(block: Block, project: Project) -> Iterator[Document]:
    """A VPC. Flow logs of single subnets or interfaces do not cover it and are not counted."""
    found = joined(project, block, "vpc_id", FLOW_LOG)
    logs: list[Any] = [_flow_log(log, project) for log in found.blocks]
    gateways = joined(project, block, "vpc_id", GATEWAY, GATEWAY_LINK)
    facts = Vpc(
        cidrs=_cidrs(block, project),
        is_default=block.type == "aws_default_vpc",
        workloads=_workloads(block, project),
        flow_logs=cast("list[FlowLog]", logs + ([found.doubt] if found.doubt else [])),
        internet_gateway=True
        if gateways.blocks
        else gateways.doubt or Unknown("no internet gateway is in this template"),
    )
    yield aws_document(block, project, facts, name=_tagged_name(block))
    if block.type == "aws_vpc":
        # That of a default VPC may have been changed since.
        yield from default_group(block, project)


def _workloads(vpc: Block, project: Project) -> int | Unknown:
    """What the template puts into the VPC's subnets. Of an empty one it is not known what else
    comes to stand there."""
    subnets = joined(project, vpc, "vpc_id", *SUBNETS).blocks
    found = {
        each.address: project.take(each)
        for kind, (path, _) in PLACES.items()
        for subnet in subnets
        for each in naming(subnet, project, kind, path)
    }
    return len(found) or Unknown("nothing in this template stands in the network")


def _tagged_name(block: Block) -> str:
    tags = block.get("tags")
    name = tags.get("Name") if isinstance(tags, dict) else None
    return name if isinstance(name, str) else block.name


def _cidrs(block: Block, project: Project) -> list[str]:
    more = joined(project, block, "vpc_id", MORE_CIDRS).blocks
    missing = Unknown("the range is not written")
    return cast("list[str]", [each.read("cidr_block", str, missing) for each in (block, *more)])


def _flow_log(log: Block, project: Project) -> FlowLog:
    """A flow log runs from its creation (CreateFlowLogs)."""
    traffic = log.read("traffic_type", str, Unknown("the flow log gives no traffic_type"))
    destination = log.get("log_destination")
    name = destination if log.values.get("log_destination") else log.get("log_group_name")
    group = log_group_of(name, project)
    return FlowLog(
        traffic=cast(
            "Any",
            then(traffic, lambda t: _TRAFFIC.get(t.lower()) or Unknown(f"traffic type {t}")),
        ),
        active=True,
        destination=identity(project, name),
        destination_region=region_of(group, project)
        if group
        else Unknown("it is not in this template"),
        retention_days=kept_days(group),
    )


def log_group_of(value: Any, project: Project) -> Block | None:
    """The log group of this project that a value leads to, or that has its name."""
    found = target_of(project, value, LOG_GROUP)
    name = settle(project, value)
    if found or not isinstance(name, str):
        return found
    return next(
        (each for each in project.of_type(LOG_GROUP) if settle(project, each.get("name")) == name),
        None,
    )


def kept_days(group: Block | None) -> int | Unknown | None:
    """Days that a log group keeps events; 0, the default, is for ever."""
    if group is None:
        return Unknown("the destination is not part of this template, or no log group")
    return then(group.read("retention_in_days", int, 0), lambda days: days or None)


def map_subnet(block: Block, project: Project) -> Iterator[Document]:
    """A subnet. A default subnet gives public addresses unless told otherwise."""
    ranges = [
        block.read(name, str, "")
        for name in ("cidr_block", "ipv6_cidr_block")
        if name in block.values
    ]
    vpc = identity(project, block.get("vpc_id"))
    facts = Subnet(
        vpc_id=Unknown("the default VPC of the region") if vpc is None else vpc,
        cidrs=cast("list[str]", ranges) or Unknown("the subnet's range is not written"),
        routes_to_internet=routes_to_internet(block, project),
        auto_public_ip=public_by_default(block),
        zone=block.read("availability_zone", str, Unknown("AWS chooses the zone")),
        workload_kinds=kinds_in(block, project),
    )
    yield aws_document(block, project, facts, name=_tagged_name(block))


def public_by_default(subnet: Block) -> bool | Unknown:
    """Whether instances in a subnet get a public address unless they say otherwise."""
    return subnet.read("map_public_ip_on_launch", bool, subnet.type == "aws_default_subnet")


def routes_to_internet(block: Block, project: Project) -> bool | Unknown:
    """Whether a subnet's route table leads to an internet gateway: its own, else the VPC's main
    one."""
    links = joined(project, block, "subnet_id", TABLE_LINK)
    if not links.blocks:
        return links.doubt or _by_main_table(block, project)
    return _table_leads_out(links.blocks[0].get("route_table_id"), project)


def _by_main_table(subnet: Block, project: Project) -> bool | Unknown:
    """Whether the main route table of a subnet's VPC leads out. What the template does not write of
    it may stand there all the same, unless Terraform has taken it over with its routes."""
    vpc = target_of(project, subnet.get("vpc_id"), *VPCS)
    if vpc is None:
        return _MAIN_TABLE
    chosen = joined(project, vpc, "vpc_id", MAIN_LINK)
    if chosen.blocks:
        return chosen.doubt or _table_leads_out(chosen.blocks[0].get("route_table_id"), project)
    found = joined(project, vpc, "default_route_table_id", DEFAULT_TABLE)
    tables = [_table_leads_out(each, project) for each in found.blocks]
    more = joined(project, vpc, "route_table_id", ROUTE)
    answers = [*tables, *(leads_out(each.values, project) for each in more.blocks)]
    doubts = [each for each in (chosen.doubt, found.doubt, more.doubt) if each]
    return some([*answers, *doubts, *([] if tables else [_MAIN_TABLE])])


def _table_leads_out(value: Any, project: Project) -> bool | Unknown:
    """Whether a route table leads to an internet gateway."""
    table = value if isinstance(value, Block) else target_of(project, value, TABLE, DEFAULT_TABLE)
    if table is None:
        return Unknown("the subnet's route table is not part of this template")
    inline = nested(table.values, "route")
    if isinstance(inline, Unknown):
        return inline
    others = joined(project, table, "route_table_id", ROUTE)
    answers = [leads_out(each, project) for each in [*inline, *(r.values for r in others.blocks)]]
    # Terraform leaves the routes of a default table alone where it is to write none.
    left_alone = table.type == DEFAULT_TABLE and "route" not in table.values
    doubts = [*([others.doubt] if others.doubt else []), *([_MAIN_TABLE] if left_alone else [])]
    return some([*answers, *doubts])


def map_acl(block: Block, project: Project) -> Iterator[Document]:
    """A network ACL; what no rule matches is refused. Terraform takes the rules of a default ACL
    away that it does not write itself."""
    vpc = identity(project, block.get("vpc_id"))
    subnets = items(block.values, "subnet_ids")
    links = joined(project, block, "network_acl_id", ACL_LINK)
    facts = Acl(
        vpc_id=Unknown("the VPC of its subnets") if vpc is None else vpc,
        rules=_acl_rules(block, project),
        is_default=block.type == "aws_default_network_acl",
        subnets=links.doubt
        or (subnets if isinstance(subnets, Unknown) else _uses(subnets, links.blocks)),
    )
    yield aws_document(block, project, facts, name=_tagged_name(block))


def _uses(subnets: list[Any], links: list[Block]) -> int | Unknown:
    """How many subnets use an ACL: where the template names none, others may."""
    count = len(subnets) + len(links)
    return count or Unknown("no subnet of this template uses the ACL")


def _acl_rules(block: Block, project: Project) -> list[Rule]:
    rules: list[Rule] = []
    unknown: list[Any] = []
    for direction in ("ingress", "egress"):
        inline = nested(block.values, direction)
        if isinstance(inline, Unknown):
            unknown.append(inline)
        else:
            rules += [_acl_rule(each, egress=direction == "egress") for each in inline]
    separate = joined(project, block, "network_acl_id", ACL_RULE)
    for each in separate.blocks:
        rules.append(_acl_rule(each.values, egress=each.read("egress", bool, default=False)))
    unknown += [separate.doubt] if separate.doubt else []
    rules.sort(key=lambda rule: (rule.direction == "egress", _number(rule)))
    return [*cast("list[Rule]", unknown), *rules, _refusal("ingress"), _refusal("egress")]


def _number(rule: Rule) -> int:
    # One that is not known may come first.
    return rule.priority if isinstance(rule.priority, int) else -1


def _range(text: str) -> str | Unknown:
    return text if is_range(text) else Unknown(f"{text} is no range of addresses")


def _acl_rule(values: dict[str, Any], *, egress: bool | Unknown) -> Rule:
    number = "rule_no" if "rule_no" in values else "rule_number"
    action = "action" if "action" in values else "rule_action"
    protocol = protocol_of(read(values, "protocol", str, Unknown("the rule gives no protocol")))
    first, last = ports_of(values, protocol)
    names = (
        name for name in ("cidr_block", "ipv6_cidr_block") if values.get(name) not in (None, "")
    )
    ranges: Any = [then(read(values, name, str, ""), _range) for name in names]
    ranges = ranges or Unknown("the rule names no address")
    words = then(read(values, action, str, _NO_ACTION), str.lower)
    direction: Any = then(egress, lambda yes: "egress" if yes else "ingress")
    return Rule(
        direction=direction,
        action=cast("Any", then(words, lambda word: word if word in _ACTIONS else _NO_ACTION)),
        priority=read(values, number, int, Unknown("the rule gives no number")),
        protocol=protocol,
        from_port=first,
        to_port=last,
        sources=[] if direction == "egress" else ranges,
        destinations=[] if direction == "ingress" else ranges,
        description="",
    )


def _refusal(direction: Literal["ingress", "egress"]) -> Rule:
    return Rule(
        direction=direction,
        action="deny",
        priority=_LAST,
        protocol="any",
        from_port=0,
        to_port=65535,
        sources=["0.0.0.0/0"] if direction == "ingress" else [],
        destinations=["0.0.0.0/0"] if direction == "egress" else [],
        description="",
    )


MAPPINGS = [
    Mapping(
        types=VPCS,
        facts=Vpc,
        map=map_vpc,
        also=(Firewall,),
        joined=(FLOW_LOG, MORE_CIDRS, GATEWAY, GATEWAY_LINK, MANAGED, *SUBNETS, *PLACES),
    ),
    Mapping(
        types=SUBNETS,
        facts=Subnet,
        map=map_subnet,
        joined=(TABLE_LINK, TABLE, ROUTE, DEFAULT_TABLE, MAIN_LINK, *VPCS, *PLACES),
    ),
    Mapping(types=ACLS, facts=Acl, map=map_acl, joined=(ACL_RULE, ACL_LINK)),
]

PART_OF = {
    "aws_flow_log": PartOf("aws_vpc", ("vpc_id",)),
    # An ACL that gets a rule from elsewhere is taken for one that a subnet uses.
    "aws_network_acl_rule": PartOf(
        "aws_network_acl",
        ("network_acl_id",),
        {"subnet_ids": ["elsewhere"], "ingress": [], "egress": []},
        ("aws_network_acl_association",),
    ),
}

LINK_TYPES = frozenset(
    {
        "aws_db_subnet_group",
        "aws_docdb_subnet_group",
        "aws_elasticache_subnet_group",
        "aws_internet_gateway_attachment",
        "aws_main_route_table_association",
        "aws_neptune_subnet_group",
        "aws_network_acl_association",
        "aws_vpc_ipv4_cidr_block_association",
    }
)
