"""azurerm_signalr_service and azurerm_web_pubsub with their network rules and hubs."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure.signalr_facts import (
    PUBSUB_LOG,
    SIGNALR_LOG,
    signalr_facts,
    takes_public,
    written_log,
)
from collectors.document import Document, Unknown, then
from collectors.facts.network import Api
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import items, joined
from collectors.logic import Known, every, some

SIGNALR, PUBSUB = "azurerm_signalr_service", "azurerm_web_pubsub"
SIGNALR_RULES, PUBSUB_RULES = f"{SIGNALR}_network_acl", f"{PUBSUB}_network_acl"
HUB = f"{PUBSUB}_hub"

_FEATURE = "EnableConnectivityLogs"
_OWNERS = {SIGNALR: ("signalr_service_id", SIGNALR_RULES), PUBSUB: ("web_pubsub_id", PUBSUB_RULES)}


def map_service(block: Block, project: Project) -> Iterator[Document]:
    """A service; the hubs of Web PubSub may let in clients without a token."""
    is_pubsub = block.type == PUBSUB
    anonymous = _anonymous(block, project) if is_pubsub else False
    sent = logging_of(block, project, PUBSUB_LOG if is_pubsub else SIGNALR_LOG)
    log = written_log(sent, _is_written(block))
    yield azure_document(block, project, signalr_facts(_is_public(block, project), anonymous, log))


def _is_written(block: Block) -> Known:
    """Whether the service writes who connects: SignalR does where it is told to, in older versions
    of the provider by a feature."""
    features = nested(block.values, "features")
    if isinstance(features, Unknown):
        return features
    told = [read(each, "value", str, "") for each in features if each.get("flag") == _FEATURE]
    if told:
        return then(told[0], lambda word: word.lower() == "true")
    return block.read("connectivity_logs_enabled", bool, default=block.type == PUBSUB)


def _is_public(block: Block, project: Project) -> Known:
    """The public endpoint takes all requests where no rules stand beside it."""
    argument, kind = _OWNERS[block.type]
    rules = joined(project, block, argument, kind)
    taken: list[Known] = [_takes(each) for each in rules.blocks]
    taken += [rules.doubt] if rules.doubt else []
    return every([block.read("public_network_access_enabled", bool, default=True), *taken])


def _takes(rules: Block) -> Known:
    listed = nested(rules.values, "public_network")
    action = rules.read("default_action", str, "Deny")
    allows = then(action, lambda word: word.lower() == "allow")
    if isinstance(listed, Unknown):
        return listed
    public = listed[0] if listed else {}
    return takes_public(
        allows, items(public, "allowed_request_types"), items(public, "denied_request_types")
    )


def _anonymous(block: Block, project: Project) -> Known:
    hubs = joined(project, block, "web_pubsub_id", HUB)
    let_in = (
        read(each.values, "anonymous_connections_enabled", bool, False) for each in hubs.blocks
    )
    return some([*let_in, hubs.doubt or False])


_JOINED = (SIGNALR_RULES, PUBSUB_RULES, HUB, *LOGGING_TYPES)

MAPPINGS = [Mapping(types=(SIGNALR, PUBSUB), facts=Api, map=map_service, joined=_JOINED)]

PART_OF = {
    # A hub whose service is elsewhere is judged as that of one which the internet reaches.
    HUB: PartOf(
        PUBSUB, ("web_pubsub_id",), {"public_network_access_enabled": True}, (PUBSUB_RULES,)
    )
}

LINK_TYPES = frozenset({SIGNALR_RULES, PUBSUB_RULES})
