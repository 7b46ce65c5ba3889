"""Services of SignalR and Web PubSub with hubs. Source: template reference,
Microsoft.SignalRService."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, is_, named, or_, public
from collectors.iac.blocks import Block

_PUBSUB = "azurerm_web_pubsub"
_NO_LOG = Unknown("whether the service logs connections is not written")
_NO_ACTION = Unknown("the default action of the network rules is not written")


def _service(kind: str, owner: str) -> Translation:
    def translate(resource: Resource) -> Iterator[Block]:
        values = named(resource) | {
            "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
            "connectivity_logs_enabled": _log(resource, kind == _PUBSUB),
        }
        yield resource.block(kind, values)
        rules = resource.get("networkACLs")
        if rules is not None:
            values = {owner: resource.itself(), **_rules(rules)}
            yield resource.block(f"{kind}_network_acl", values, part="networkACLs")

    return translate


def _log(resource: Resource, is_pubsub: bool) -> Any:
    """Whether the service writes who connects: by its configuration of logs, without which SignalR
    goes by its features."""
    settings = resource.get("resourceLogConfiguration.categories")
    if settings is None and not is_pubsub:
        settings = resource.get("features")
        return _switch(settings, "flag", "EnableConnectivityLogs", "value", _NO_LOG)
    return _switch(settings, "name", "ConnectivityLogs", "enabled", not settings)


def _switch(listed: Any, key: str, name: str, value: str, untold: Any) -> Any:
    """What a list of names with words for yes and no says of one."""
    if isinstance(listed, Unknown):
        return listed
    named = (one for one in each(listed) if is_(at(one, key), name) is True)
    return or_(next((is_(at(one, value), "true") for one in named), None), untold)


def _rules(value: Any) -> dict[str, Any]:
    listed = at(value, "publicNetwork")
    types = {
        "allowed_request_types": at(listed, "allow"),
        "denied_request_types": at(listed, "deny"),
    }
    return {
        "default_action": or_(at(value, "defaultAction"), _NO_ACTION),
        "public_network": [{name: it for name, it in types.items() if it is not None}],
    }


def hub(resource: Resource) -> Iterator[Block]:
    """A hub of Web PubSub."""
    values = {
        "name": resource.name,
        "web_pubsub_id": resource.owner(),
        "anonymous_connections_enabled": is_(resource.get("anonymousConnectPolicy"), "allow"),
    }
    yield resource.block(f"{_PUBSUB}_hub", values)


_ON = "Microsoft.SignalRService"

TRANSLATIONS: dict[str, Translation] = {
    f"{_ON}/signalR": _service("azurerm_signalr_service", "signalr_service_id"),
    f"{_ON}/webPubSub": _service(_PUBSUB, "web_pubsub_id"),
    f"{_ON}/webPubSub/hubs": hub,
}
