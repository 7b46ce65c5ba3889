"""alicloud_vpc with its flow logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.network import FlowLog, Vpc
from collectors.iac.blocks import Block, Mapping, PartOf, Project, template_document
from collectors.iac.mappers.alicloud.log_stores import LOG_STORE, PROJECT, kept, store_named
from collectors.iac.mappers.alicloud.shared import VSWITCH, region_of
from collectors.iac.mappers.alicloud.vswitch_workloads import WORKLOAD_TYPES, workloads
from collectors.iac.mappers.joins import (
    identity,
    items,
    joined,
    name_of,
    settle,
    tags_of,
    target_of,
)

VPC, FLOW_LOG = "alicloud_vpc", "alicloud_vpc_flow_log"
MORE_CIDRS = "alicloud_vpc_ipv4_cidr_block"

_TRAFFIC = {"all": "all", "allow": "accept", "drop": "reject"}


def map_vpc(block: Block, project: Project) -> Iterator[Document]:
    """A VPC. Flow logs of single vSwitches or interfaces do not cover it and are not counted."""
    region = region_of(block, project)
    found = joined(project, block, "resource_id", FLOW_LOG)
    logs: list[Any] = [_flow_log(log, project, region) for log in found.blocks]
    switches = joined(project, block, "vpc_id", VSWITCH)
    facts = Vpc(
        cidrs=_cidrs(block, project),
        is_default=block.read("is_default", bool, False),
        workloads=workloads(switches.blocks, project),
        flow_logs=cast("list[FlowLog]", logs + ([found.doubt] if found.doubt else [])),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region,
        name=name_of(block, "vpc_name", "name"),
        tags=tags_of(block),
    )


def _cidrs(block: Block, project: Project) -> list[str]:
    first = block.read("cidr_block", str, Unknown("the service chooses the CIDR block"))
    found: list[Any] = [first]
    others = items(block.values, "secondary_cidr_blocks")
    found += [others] if isinstance(others, Unknown) else others
    for more in joined(project, block, "vpc_id", MORE_CIDRS).blocks:
        found.append(more.read("secondary_cidr_block", str, Unknown("known after apply")))
    return cast(
        "list[str]",
        [x if isinstance(x, str | Unknown) else Unknown("known after apply") for x in found],
    )


def _flow_log(log: Block, project: Project, region: str | Unknown) -> FlowLog:
    """A flow log runs from its creation unless the template stops it (CreateFlowLog)."""
    traffic = log.read("traffic_type", str, Unknown("the flow log gives no traffic_type"))
    store = _store(log, project)
    return FlowLog(
        traffic=cast(
            "Any",
            then(
                traffic,
                lambda text: (
                    _TRAFFIC.get(text.lower()) or Unknown(f"traffic type {text} is not known")
                ),
            ),
        ),
        active=then(log.read("status", str, "Active"), lambda text: text == "Active"),
        destination=identity(project, log.get("log_store_name")),
        destination_region=region,
        retention_days=kept(store)
        if store
        else Unknown("the log store is not part of this template"),
    )


def _store(log: Block, project: Project) -> Block | None:
    """The log store of a flow log: by reference, or by the names of project and store."""
    value = log.get("log_store_name")
    found = target_of(project, value, LOG_STORE)
    name = settle(project, value)
    if found or not isinstance(name, str):
        return found
    return store_named(project, name, log.get("project_name"))


MAPPINGS = [
    Mapping(
        types=(VPC,),
        facts=Vpc,
        map=map_vpc,
        joined=(FLOW_LOG, MORE_CIDRS, LOG_STORE, PROJECT, VSWITCH, *WORKLOAD_TYPES),
    ),
]

PART_OF = {
    "alicloud_vpc_flow_log": PartOf("alicloud_vpc", ("resource_id",)),
}

LINK_TYPES = frozenset({"alicloud_vpc_ipv4_cidr_block"})
