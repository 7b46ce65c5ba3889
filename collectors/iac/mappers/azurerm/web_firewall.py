"""azurerm_web_application_firewall_policy, and which web application firewall stands before a
gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also
from collectors.facts.network import Waf
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import identity, points_to, target_of
from collectors.iac.mappers.named_within import values_at
from collectors.logic import Known

POLICY, GATEWAY = "azurerm_web_application_firewall_policy", "azurerm_application_gateway"

MODES = {"prevention": "block", "detection": "count"}
_AWAY = Unknown("the WAF policy is not part of this template")
_UNUSED = Unknown("nothing in this template uses the WAF policy")
_PLACES = (
    ("firewall_policy_id",),
    ("http_listener", "firewall_policy_id"),
    ("url_path_map", "path_rule", "firewall_policy_id"),
)


def waf_of(gateway: Block, project: Project) -> str | Unknown | None:
    """The firewall before all listeners of a gateway: its policy, or the gateway itself with
    settings of its own. Null where there is none, or it is off; a gateway with policies of single
    listeners alone leaves the others open."""
    own = gateway.values.get("firewall_policy_id")
    if own is not None:
        return _when_on(own, project)
    settings = nested(gateway.values, "waf_configuration")
    if isinstance(settings, Unknown):
        return settings
    if settings:
        on = read(settings[0], "enabled", bool, Unknown("the firewall does not tell its state"))
        return on if isinstance(on, Unknown) else _itself(gateway) if on else None
    listeners = nested(gateway.values, "http_listener")
    if isinstance(listeners, Unknown):
        return listeners
    found = [
        None if each.get("firewall_policy_id") is None
        else _when_on(each["firewall_policy_id"], project)
        for each in listeners
    ]  # fmt: skip
    if None in found or not found:
        return None
    return also(None, *found) or found[0]


def _itself(block: Block) -> str:
    return f"{block.source.uri}#{block.address}"


def _when_on(value: Any, project: Project) -> str | Unknown | None:
    policy = target_of(project, value, POLICY)
    if policy is None:
        return value if isinstance(value, Unknown) else _AWAY
    on = is_on(policy)
    return on if isinstance(on, Unknown) else identity(project, value) if on else None


def is_on(policy: Block) -> Known:
    """Whether a policy is enabled, which it is unless it says otherwise."""
    settings = nested(policy.values, "policy_settings")
    if isinstance(settings, Unknown):
        return settings
    return read(settings[0], "enabled", bool, True) if settings else True


def map_policy(block: Block, project: Project) -> Iterator[Document]:
    """A policy of application gateways."""
    protected = list(_protected(block, project))
    logs = [logging_of(each, project, ("ApplicationGatewayFirewallLog",)) for each in protected]
    facts = Waf(
        mode=_mode(block),
        rule_sets=_sets(block),
        logging=worst_log(logs) if logs else Logging.unread(_UNUSED),
        protects=[_itself(each) for each in protected] or _UNUSED,
    )
    yield azure_document(block, project, facts)


def own_firewall(gateway: Block, project: Project) -> Waf | None:
    """The firewall that a gateway is itself, by settings of its own; null where it is off, or a
    policy overrides them."""
    settings = nested(gateway.values, "waf_configuration")
    if gateway.values.get("firewall_policy_id") is not None or not isinstance(settings, list):
        return None
    if not settings or read(settings[0], "enabled", bool, False) is not True:
        return None
    kind, version = (
        read(settings[0], "rule_set_type", str, "OWASP"),
        read(settings[0], "rule_set_version", str, Unknown("the rule set has no version")),
    )
    name = also(kind, version) or f"{kind}_{version}"
    return Waf(
        mode=mode_word(read(settings[0], "firewall_mode", str, Unknown("no firewall_mode"))),
        rule_sets=[name],  # type: ignore[list-item]
        logging=logging_of(gateway, project, ("ApplicationGatewayFirewallLog",)),
        protects=[_itself(gateway)],
    )


def mode_word(word: str | Unknown) -> Any:
    """What a mode of Azure does with an attack."""
    if isinstance(word, Unknown):
        return word
    return MODES.get(word.lower()) or Unknown(f"the mode {word!r} of the WAF is not understood")


def _mode(policy: Block) -> Any:
    on = is_on(policy)
    if on is not True:
        return on if isinstance(on, Unknown) else "count"
    settings = nested(policy.values, "policy_settings")
    values = settings[0] if isinstance(settings, list) and settings else {}
    return mode_word(read(values, "mode", str, "Prevention"))


def _sets(policy: Block) -> list[str] | Unknown:
    found: list[Any] = []
    rules = nested(policy.values, "managed_rules")
    for each in rules if isinstance(rules, list) else []:
        sets = nested(each, "managed_rule_set")
        found += [sets] if isinstance(sets, Unknown) else [_set(one) for one in sets]
    return rules if isinstance(rules, Unknown) else found


def _set(values: dict[str, Any]) -> str | Unknown:
    kind = read(values, "type", str, "OWASP")
    version = read(values, "version", str, Unknown("the rule set has no version"))
    return also(kind, version) or f"{kind}_{version}"


def _protected(policy: Block, project: Project) -> Iterator[Block]:
    for gateway in project.each_of(GATEWAY):
        named = (value for place in _PLACES for value in values_at(gateway.values, place))
        if any(points_to(project, value, policy) for value in named):
            yield gateway


def worst_log(logs: list[Logging]) -> Logging:
    """The worst of several logs: one that is off, then one in doubt, then the shortest."""
    off = [one for one in logs if one.enabled is False]
    doubtful = [one for one in logs if also(one.enabled, one.retention_days)]
    return (off + doubtful + sorted(logs, key=_days))[0]


def _days(log: Logging) -> int:
    return log.retention_days if isinstance(log.retention_days, int) else 1 << 30


MAPPINGS = [Mapping(types=(POLICY,), facts=Waf, map=map_policy, joined=(GATEWAY, *LOGGING_TYPES))]
