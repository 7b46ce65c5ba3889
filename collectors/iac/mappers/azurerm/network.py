"""azurerm_virtual_network with its flow logs and the subnets in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.subnets import PLATFORM
from collectors.document import Document, Unknown, also
from collectors.facts.network import FlowLog, Subnet, Vpc
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.firewall import GROUP
from collectors.iac.mappers.azurerm.ground import SUBNET_GROUP
from collectors.iac.mappers.azurerm.placement import kinds_in
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.azurerm.storage import ACCOUNT, POLICY, deletes_logs
from collectors.iac.mappers.azurerm.subnet import NETWORK, SUBNET, inline_subnets
from collectors.iac.mappers.joins import Joined, identity, items, joined, target_of
from collectors.logic import Known, every, some

FLOW_LOG = "azurerm_network_watcher_flow_log"

_NO_SWITCH = Unknown("the flow log does not tell whether it is on")
_EMPTY = Unknown("whether anything stands in a subnet without a flow log is not known")
_NO_POLICY = Unknown("the flow log does not tell how long it is kept")


def map_network(block: Block, project: Project) -> Iterator[Document]:
    """A virtual network, and the subnets in it. Azure has no internet gateways, and makes no
    network by default."""
    placed = {
        each.address: kinds_in(each, project)
        for each in joined(project, block, "virtual_network_name", SUBNET).blocks
    }
    workloads = sum(len(kinds) for kinds in placed.values())
    facts = Vpc(
        cidrs=_cidrs(block),
        is_default=False,
        workloads=workloads or Unknown("nothing in this template stands in the network"),
        flow_logs=_flow_logs(block, project, placed),
        internet_gateway=False,
    )
    yield azure_document(block, project, facts)
    yield from inline_subnets(block, project)


def _cidrs(block: Block) -> list[str] | Unknown:
    missing = Unknown("the range is not written")
    ranges = items(block.values, "address_space")
    if isinstance(ranges, Unknown) or not ranges:
        return ranges or missing
    return cast("list[str]", [read({"range": one}, "range", str, missing) for one in ranges])


def _flow_logs(
    network: Block, project: Project, placed: dict[str, list[str]]
) -> list[FlowLog] | Unknown:
    """Those of the network, and those of its subnets or their groups where each subnet with
    something in it is recorded: others record no whole network."""
    own = joined(project, network, "target_resource_id", FLOW_LOG)
    by_subnet = {
        address: _of_subnet(project.at(address), project)
        for address in placed
        if _name(project.at(address)) not in PLATFORM
    }
    recorded = [_is_recorded(logs, placed[address]) for address, logs in by_subnet.items()]
    # Of subnets that the network has inline it is not known what comes to stand in them.
    recorded += [_EMPTY] if network.values.get("subnet") else []
    logged = any(each.blocks or each.doubt for each in by_subnet.values())
    whole = every(recorded) if logged else False
    more = [log for each in by_subnet.values() for log in each.blocks if whole is True]
    found = {log.address: log for log in (*own.blocks, *more)}
    region = location_of(network, project)
    logs: list[Any] = [_flow_log(log, project, region) for log in found.values()]
    doubt = also(own.doubt, whole)
    return logs + ([doubt] if doubt else [])


def _is_recorded(logs: Joined, kinds: list[str]) -> Known:
    """Whether a subnet is recorded; one in which the template puts nothing may stay empty."""
    on = (log.read("enabled", bool, _NO_SWITCH) for log in logs.blocks)
    found = some([*on, logs.doubt or False])
    return _EMPTY if found is False and not kinds else found


def _name(subnet: Block) -> str:
    return str(subnet.values.get("name")).lower()


def _of_subnet(subnet: Block, project: Project) -> Joined:
    logs = joined(project, subnet, "target_resource_id", FLOW_LOG)
    found, doubt = list(logs.blocks), logs.doubt
    links = joined(project, subnet, "subnet_id", SUBNET_GROUP)
    for link in links.blocks:
        group = target_of(project, link.get("network_security_group_id"), GROUP)
        # The second is what versions 2 and 3 of the provider say.
        for argument in ("target_resource_id", "network_security_group_id") if group else ():
            more = joined(project, cast("Block", group), argument, FLOW_LOG)
            found, doubt = [*found, *more.blocks], doubt or more.doubt
    return Joined(found, doubt)


def _flow_log(log: Block, project: Project, region: str | Unknown) -> FlowLog:
    """The log is in the region of its network watcher, which is that of the network; so is its
    storage account ("Flow logs", prerequisites)."""
    own = location_of(log, project) if log.values.get("location") is not None else region
    return FlowLog(
        traffic="all",
        active=log.read("enabled", bool, _NO_SWITCH),
        destination=identity(project, log.get("storage_account_id")),
        destination_region=own,
        retention_days=_kept(log, project),
    )


def _kept(log: Block, project: Project) -> int | Unknown | None:
    """Days that a log is kept: its own setting, or the lifecycle of its storage account."""
    store = target_of(project, log.get("storage_account_id"), ACCOUNT)
    return (deletes_logs(store, project) if store else None) or _retention(log)


def _retention(log: Block) -> int | Unknown | None:
    """Days, null for ever: where the policy is off, or says 0."""
    found = nested(log.values, "retention_policy")
    if isinstance(found, Unknown):
        return found
    if not found:
        return _NO_POLICY
    on = read(found[0], "enabled", bool, _NO_POLICY)
    days = read(found[0], "days", int, _NO_POLICY)
    if on is False or days == 0:
        return None
    return on if isinstance(on, Unknown) else days


MAPPINGS = [
    Mapping(
        types=(NETWORK,),
        facts=Vpc,
        also=(Subnet,),
        map=map_network,
        joined=(FLOW_LOG, SUBNET, SUBNET_GROUP, GROUP, ACCOUNT, POLICY),
    )
]

LINK_TYPES = frozenset({"azurerm_network_watcher_flow_log"})
