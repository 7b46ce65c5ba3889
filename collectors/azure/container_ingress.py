"""Who reaches an app of Azure Container Apps: through the ingress of its environment, past the
security group of the environment's subnet. Pure.

Apps have no addresses of their own. An ingress that is external is reached from wherever the
environment is; one of an internal environment from its network alone ("Networking in Azure
Container Apps environment", "Ingress in Azure Container Apps").
"""

from __future__ import annotations

from typing import Any

from collectors.addresses import networks, opens_to_internet
from collectors.azure.inbound import Target, lets_internet_in_at
from collectors.azure.security_rules import IPV4_ANY
from collectors.document import Unknown
from collectors.facts.shared import Exposure, Rule
from collectors.logic import Known, every, some

Item = dict[str, Any]

_WEB = (443, 80)
_ACTION = Unknown("an address restriction of the ingress is not understood")
_CERTIFICATE = Unknown("whether the app checks the client certificates that it gets is not known")


def exposure_of(
    app: Item, environment: Item | Unknown, rules: list[list[Rule]] | Unknown
) -> Exposure:
    """The exposure of an app, given its properties and those of its environment. `rules` are those
    of the security group of the environment's subnet, none where it has no group."""
    public = every([_is_external(app), _lets_in(app), _is_reached(app, environment, rules)])
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["endpoint"] if public else [])


def _ingress(app: Item) -> Item:
    return (app.get("configuration") or {}).get("ingress") or {}


def _is_external(app: Item) -> bool:
    ingress = _ingress(app)
    more = ingress.get("additionalPortMappings") or ()
    return any(one.get("external") is True for one in (ingress, *more))


def _lets_in(app: Item) -> Known:
    """Whether the restrictions of an ingress let anybody in: those that allow leave out the rest,
    those that deny let in the rest; there is one kind alone in an app. Any certificate satisfies an
    ingress that requires one: the app decides ("Configure client certificate authentication")."""
    ingress = _ingress(app)
    required = str(ingress.get("clientCertificateMode")).lower() == "require"
    return every([_lets_address_in(ingress), _CERTIFICATE if required else True])


def _lets_address_in(ingress: Item) -> Known:
    rules = ingress.get("ipSecurityRestrictions") or ()
    actions = {str(one.get("action")).lower() for one in rules}
    if not actions <= {"allow", "deny"} or len(actions) > 1:
        return _ACTION
    ranges = [network for one in rules for network in networks(one["ipAddressRange"])]
    return opens_to_internet(ranges) if actions == {"allow"} else IPV4_ANY not in ranges


def _is_reached(app: Item, environment: Item | Unknown, rules: list[list[Rule]] | Unknown) -> Known:
    if isinstance(environment, Unknown):
        return environment
    inside = (environment.get("vnetConfiguration") or {}).get("internal") is True
    if inside or str(environment.get("publicNetworkAccess")).lower() == "disabled":
        return False
    if isinstance(rules, Unknown) or not rules:
        return rules if isinstance(rules, Unknown) else True
    ports = _ports(_ingress(app))
    return some(lets_internet_in_at(rules, Target(address=None), ("tcp",), one) for one in ports)


def _ports(ingress: Item) -> tuple[int, ...]:
    """Where the environment listens: for the web, or at ports of the app's."""
    more = [one for one in ingress.get("additionalPortMappings") or () if one.get("external")]
    own = [ingress] if str(ingress.get("transport")).lower() == "tcp" else []
    named = [one.get("exposedPort") or one.get("targetPort") for one in (*own, *more)]
    return (*(() if own else _WEB), *(one for one in named if isinstance(one, int)))
