"""azurerm_cdn_frontdoor_firewall_policy, and azurerm_frontdoor_firewall_policy of Front Door before
it (classic)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also
from collectors.facts.network import Waf
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.front_door import FIREWALL, POLICY_PATH, PROFILE, SECURITY
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.azurerm.web_firewall import mode_word, worst_log
from collectors.iac.mappers.joins import points_to, target_of
from collectors.iac.mappers.named_within import values_at
from collectors.regions import GLOBAL

CLASSIC, DOOR = "azurerm_frontdoor_firewall_policy", "azurerm_frontdoor"

_DOOR_PATH = ("frontend_endpoint", "web_application_firewall_policy_link_id")
_LOG, _DOOR_LOG = "FrontDoorWebApplicationFirewallLog", "FrontdoorWebApplicationFirewallLog"
_NO_PROFILE = Unknown("the profile is not part of this template")
_NO_MODE = Unknown("the WAF policy does not tell its mode")
_UNUSED = Unknown("nothing in this template uses the WAF policy")


def map_firewall(block: Block, project: Project) -> Iterator[Document]:
    """A WAF policy of Front Door."""
    profiles = list(_profiles(block, project))
    logs = [
        logging_of(each, project, (_DOOR_LOG if each.type == DOOR else _LOG,))
        if each
        else Logging.unread(_NO_PROFILE)
        for each in profiles
    ]
    protected: list[Any] = [
        f"{each.source.uri}#{each.address}" if each else _NO_PROFILE for each in profiles
    ]
    facts = Waf(
        mode=_mode(block),
        rule_sets=_sets(block),
        logging=worst_log(logs) if logs else Logging.unread(_UNUSED),
        protects=protected or _UNUSED,
    )
    yield azure_document(block, project, facts, region=GLOBAL)


def _profiles(firewall: Block, project: Project) -> Iterator[Block | None]:
    """The profiles and classic front doors that the policy stands before; None for one that is
    elsewhere."""
    for door in project.each_of(DOOR):
        if any(points_to(project, each, firewall) for each in values_at(door.values, _DOOR_PATH)):
            yield project.take(door)
    seen: set[str] = set()
    for policy in project.each_of(SECURITY):
        if any(
            points_to(project, each, firewall) for each in values_at(policy.values, POLICY_PATH)
        ):
            project.take(policy)
            profile = target_of(project, policy.get("cdn_frontdoor_profile_id"), PROFILE)
            if profile is None or profile.address not in seen:
                seen.add(profile.address if profile else "")
                yield profile


def _mode(firewall: Block) -> Any:
    """Whether the policy stops attacks. A rule set may only log, whatever the mode is."""
    on = firewall.read("enabled", bool, True)
    if on is False:
        return "count"
    sets = nested(firewall.values, "managed_rule")
    if isinstance(sets, Unknown):
        return sets
    actions = [read(each, "action", str, "Block") for each in sets]
    if any(isinstance(each, str) and each.lower() == "log" for each in actions):
        return "count"
    default = "Prevention" if firewall.type == CLASSIC else _NO_MODE
    return also(on, *actions) or mode_word(firewall.read("mode", str, default))


def _sets(firewall: Block) -> list[str] | Unknown:
    sets = nested(firewall.values, "managed_rule")
    if isinstance(sets, Unknown):
        return sets
    missing = Unknown("the rule set has no version")
    found: list[Any] = []
    for each in sets:
        kind, version = read(each, "type", str, missing), read(each, "version", str, missing)
        found.append(also(kind, version) or f"{kind}_{version}")
    return found


MAPPINGS = [
    Mapping(
        types=(FIREWALL, CLASSIC),
        facts=Waf,
        map=map_firewall,
        joined=(PROFILE, SECURITY, DOOR, *LOGGING_TYPES),
    )
]

LINK_TYPES = frozenset(
    {
        "azurerm_cdn_frontdoor_profile",
        "azurerm_cdn_frontdoor_security_policy",
        "azurerm_frontdoor",
    }
)
