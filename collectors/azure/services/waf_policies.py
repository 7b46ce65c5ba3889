"""Policies of the web application firewall, of application gateways and of Front Door, and gateways
that have settings of their own in the place of a policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import key
from collectors.azure.network_calls import LIST_APPLICATION_GATEWAYS
from collectors.azure.web_firewalls import LIST_GATEWAY_POLICIES, NATIVE, is_on, own_settings
from collectors.document import Document, Unknown, also
from collectors.facts.network import Waf
from collectors.facts.shared import Logging

FRONT_DOOR = "Microsoft.Network/frontDoorWebApplicationFirewallPolicies"
GATEWAY = "Microsoft.Network/applicationGateways"
LIST_FRONT_DOOR_POLICIES = listing(FRONT_DOOR, "WebApplicationFirewallPolicies_ListBySubscription")

# Where a policy's logs are: of what it protects, in these categories.
_CATEGORIES = {
    "/applicationgateways/": "ApplicationGatewayFirewallLog",
    "/profiles/": "FrontDoorWebApplicationFirewallLog",
    "/frontdoors/": "FrontdoorWebApplicationFirewallLog",
}
_LINKS = (
    "applicationGateways", "httpListeners", "pathBasedRules", "frontendEndpointLinks",
    "securityPolicyLinks",
)  # fmt: skip
_MODES: dict[str, Literal["block", "count"]] = {"prevention": "block", "detection": "count"}
_NO_MODE = Unknown("the WAF policy does not tell its mode")
Item = dict[str, Any]


def waf_policies(account: Account) -> Iterable[Document]:
    """A document for each policy."""
    for call, native_type in (
        (LIST_GATEWAY_POLICIES, NATIVE),
        (LIST_FRONT_DOOR_POLICIES, FRONT_DOOR),
    ):
        policies = account.resources(call)
        if isinstance(policies, Unknown):
            yield account.unlisted(Waf, policies, native_type=native_type)
            continue
        for policy in policies:
            yield _document(account, policy, native_type)
    gateways = account.resources(LIST_APPLICATION_GATEWAYS)
    if isinstance(gateways, Unknown):
        yield account.unlisted(Waf, gateways, native_type=GATEWAY)
        return
    for gateway in gateways:
        settings = own_settings(gateway)
        if settings and settings.get("enabled") is True:
            yield _own(account, gateway, settings)


def _own(account: Account, gateway: Item, settings: Item) -> Document:
    """The firewall that a gateway is itself, by settings of its own."""
    mode = str(settings.get("firewallMode")).lower()
    return account.document(
        Waf(
            mode=_MODES.get(mode, _NO_MODE),
            rule_sets=[f"{settings.get('ruleSetType')}_{settings.get('ruleSetVersion')}"],
            logging=_logging(account, [gateway["id"]]),
            protects=[gateway["id"]],
        ),
        gateway,
        id=f"{gateway['id']}/webApplicationFirewallConfiguration",
        native_type=GATEWAY,
        native=settings,
    )


def _document(account: Account, policy: Item, native_type: str) -> Document:
    properties = policy["properties"]
    protected = _protected(properties)
    return account.document(
        Waf(
            mode=_mode(policy),
            rule_sets=[
                f"{one.get('ruleSetType')}_{one.get('ruleSetVersion')}" for one in _sets(properties)
            ],
            logging=_logging(account, protected),
            protects=protected,
        ),
        policy,
        native_type=native_type,
        native=policy,
    )


def _sets(properties: Item) -> list[Item]:
    found: list[Item] = (properties.get("managedRules") or {}).get("managedRuleSets") or []
    return found


def _mode(policy: Item) -> Literal["block", "count"] | Unknown:
    """Whether the policy stops attacks. A rule set of Front Door may only log, whatever the mode of
    its policy is (`ruleSetAction`)."""
    on = is_on(policy)
    if isinstance(on, Unknown):
        return on
    properties = policy["properties"]
    mode = (properties.get("policySettings") or {}).get("mode")
    if not on or any(str(one.get("ruleSetAction")).lower() == "log" for one in _sets(properties)):
        return "count"
    return _MODES.get(str(mode).lower(), _NO_MODE)


def _protected(properties: Item) -> list[str]:
    """What a policy stands before, by its links, which name parts of gateways and profiles."""
    links = [one["id"] for name in _LINKS for one in properties.get(name) or ()]
    return list({key(one): one for one in map(_whole, links)}.values())


def _whole(link: str) -> str:
    """The gateway, profile or front door that a link is of."""
    for part in _CATEGORIES:
        start, mark, rest = link.lower().partition(part)
        if mark:
            return link[: len(start) + len(mark) + len(rest.split("/")[0])]
    return link


def _logging(account: Account, protected: list[str]) -> Logging:
    """The log of what the policy protects, the worst of them: nothing is logged of a policy that
    protects nothing."""
    logs = [
        logging_of(account, id_, (category,))
        for id_ in protected
        for part, category in _CATEGORIES.items()
        if part in f"{key(id_)}/"
    ]
    if not logs:
        return Logging.off()
    off = [one for one in logs if one.enabled is False]
    if off:
        return off[0]
    doubtful = [one for one in logs if also(one.enabled, one.retention_days)]
    return doubtful[0] if doubtful else min(logs, key=_days)


def _days(log: Logging) -> int:
    days = log.retention_days
    return days if isinstance(days, int) else 1 << 30


SERVICE = Service(
    name="WAF policies",
    types=((Waf, NATIVE), (Waf, FRONT_DOOR), (Waf, GATEWAY)),
    calls=(
        LIST_GATEWAY_POLICIES,
        LIST_FRONT_DOOR_POLICIES,
        LIST_APPLICATION_GATEWAYS,
        *LOGGING_CALLS,
    ),
    account=waf_policies,
)
