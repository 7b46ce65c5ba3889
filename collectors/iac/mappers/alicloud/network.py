"""alicloud_vpc with its flow logs, and alicloud_log_store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.network import FlowLog, Vpc
from collectors.facts.operations import LogStore
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.shared import customer_key, region_of
from collectors.iac.mappers.joins import (
    first_of,
    identity,
    items,
    joined,
    name_of,
    settle,
    tags_of,
    target_of,
)

VPC, FLOW_LOG, LOG_STORE = "alicloud_vpc", "alicloud_vpc_flow_log", "alicloud_log_store"
MORE_CIDRS = "alicloud_vpc_ipv4_cidr_block"

FOR_EVER = 3650
_TRAFFIC = {"all": "all", "allow": "accept", "drop": "reject"}


def map_vpc(block: Block, project: Project) -> Iterator[Document]:
    """A VPC. Flow logs of single vSwitches or interfaces do not cover it and are not counted."""
    region = region_of(block, project)
    found = joined(project, block, "resource_id", FLOW_LOG)
    logs: list[Any] = [_flow_log(log, project, region) for log in found.blocks]
    facts = Vpc(
        cidrs=_cidrs(block, project),
        is_default=block.read("is_default", bool, False),
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
        retention_days=_retention(store)
        if store
        else Unknown("the log store is not part of this template"),
    )


def _store(log: Block, project: Project) -> Block | None:
    """The log store of a flow log: by reference, or by the names of project and store."""
    value = log.get("log_store_name")
    found = target_of(project, value, LOG_STORE)
    name = settle(project, value)
    for store in project.of_type(LOG_STORE) if found is None and isinstance(name, str) else []:
        own = settle(project, store.values.get("logstore_name") or store.values.get("name"))
        if own == name:
            return store
    return found


def map_log_store(block: Block, project: Project) -> Iterator[Document]:
    """An SLS Logstore."""
    web = block.read("enable_web_tracking", bool, False)
    facts = LogStore(
        retention_days=_retention(block),
        encryption=_encryption(block, project),
        exposure=Exposure(public=web, via=then(web, lambda on: ["web-tracking"] if on else [])),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region_of(block, project),
        tags=tags_of(block),
        name=name_of(block, "logstore_name", "name"),
    )


def _retention(store: Block) -> int | Unknown | None:
    """Days, 30 unless written; 3650 keeps records for ever."""
    kept = first_of(store.values, ("retention_period",), int, 30)
    return cast("int | Unknown | None", then(kept, lambda n: None if n == FOR_EVER else n))


def _encryption(block: Block, project: Project) -> Encryption:
    """Off unless `encrypt_conf` turns it on; "default" is AES, "m4" is SM4."""
    settings = nested(block.values, "encrypt_conf")
    if isinstance(settings, Unknown):
        return Encryption(enabled=settings, key_manager=settings, key_id=settings)
    first = settings[0] if settings else {}
    keys = nested(first, "user_cmk_info")
    key = keys if isinstance(keys, Unknown) else keys[0].get("cmk_key_id") if keys else None
    kind = read(first, "encrypt_type", str, "default")
    algorithm = then(kind, lambda text: {"default": "AES", "m4": "SM4"}.get(text, text))
    return customer_key(project, read(first, "enable", bool, False), key, algorithm)


MAPPINGS = [
    Mapping(types=(VPC,), facts=Vpc, map=map_vpc, joined=(FLOW_LOG, MORE_CIDRS)),
    Mapping(types=(LOG_STORE,), facts=LogStore, map=map_log_store),
]
