"""Rule groups of Network Firewall as DescribeRuleGroup tells them, so that
collectors.aws.firewall_policy judges both; unknown as a whole where a part that decides is."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import read
from collectors.iac.mappers.certain import known, many, one, whole
from collectors.iac.mappers.joins import items

Item = dict[str, Any]

_NO_RULES = Unknown("the rule group gives no rules")
_NOT_TOLD = Unknown("a rule of the rule group is not complete")


def rule_group(values: dict[str, Any]) -> Item | Unknown:
    """The rule group of a resource; rules may stand as text in `rules`."""
    return whole(lambda: {"RulesSource": _rules_source(values)})


def _rules_source(values: dict[str, Any]) -> Item:
    if values.get("rules") is not None:
        return {"RulesString": known(read(values, "rules", str, _NO_RULES))}
    return _source(one(one(values, "rule_group", _NO_RULES), "rules_source", _NO_RULES))


def _source(values: dict[str, Any]) -> Item:
    found: Item = {
        "RulesString": known(read(values, "rules_string", str, "")),
        "StatefulRules": [_stateful(each) for each in many(values, "stateful_rule")],
    }
    stateless = one(values, "stateless_rules_and_custom_actions")
    rules = [_stateless(each) for each in many(stateless, "stateless_rule")]
    if rules:
        found["StatelessRulesAndCustomActions"] = {"StatelessRules": rules}
    domains = one(values, "rules_source_list")
    if domains:
        listed = known(read(domains, "generated_rules_type", str, _NOT_TOLD))
        found["RulesSourceList"] = {"GeneratedRulesType": listed}
    return found


def _stateful(values: dict[str, Any]) -> Item:
    header = one(values, "header", _NO_RULES)
    names = ("protocol", "source", "source_port", "destination", "destination_port")
    told = {name: known(read(header, name, str, _NOT_TOLD)) for name in names}
    return {
        "Action": known(read(values, "action", str, _NOT_TOLD)),
        "Header": {
            "Protocol": told["protocol"],
            "Source": told["source"],
            "SourcePort": told["source_port"],
            "Destination": told["destination"],
            "DestinationPort": told["destination_port"],
        },
        "RuleOptions": [
            {
                "Keyword": known(read(each, "keyword", str, _NOT_TOLD)),
                "Settings": _texts(each, "settings"),
            }
            for each in many(values, "rule_option")
        ],
    }


def _stateless(values: dict[str, Any]) -> Item:
    definition = one(values, "rule_definition", _NO_RULES)
    match = one(definition, "match_attributes")
    attributes: Item = {
        "Sources": _addresses(match, "source"),
        "Destinations": _addresses(match, "destination"),
        # What of them is asked for decides nothing more.
        "SourcePorts": many(match, "source_port"),
        "DestinationPorts": many(match, "destination_port"),
        "TCPFlags": many(match, "tcp_flag"),
    }
    actions = _texts(definition, "actions")
    return {"RuleDefinition": {"Actions": actions, "MatchAttributes": attributes}}


def _addresses(values: dict[str, Any], argument: str) -> list[Item]:
    return [
        {"AddressDefinition": known(read(each, "address_definition", str, _NOT_TOLD))}
        for each in many(values, argument)
    ]


def _texts(values: dict[str, Any], argument: str) -> list[str]:
    return [str(known(each)) for each in known(items(values, argument))]
