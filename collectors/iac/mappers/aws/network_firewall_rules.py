"""Rule groups of Network Firewall as DescribeRuleGroup tells them, so that
collectors.aws.firewall_policy judges both; unknown as a whole where a part that decides is."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Reference, nested, read
from collectors.iac.mappers.joins import items

Item = dict[str, Any]

_NO_RULES = Unknown("the rule group gives no rules")
_NOT_TOLD = Unknown("a rule of the rule group is not complete")


class _UnknownError(Exception):
    """A part that decides is not known."""

    def __init__(self, reason: Unknown) -> None:
        super().__init__(reason.reason)
        self.reason = reason


def rule_group(values: dict[str, Any]) -> Item | Unknown:
    """The rule group of a resource; rules may stand as text in `rules`."""
    try:
        if values.get("rules") is not None:
            return {"RulesSource": {"RulesString": _known(read(values, "rules", str, _NO_RULES))}}
        return {"RulesSource": _source(_one(_one(values, "rule_group"), "rules_source"))}
    except _UnknownError as error:
        return error.reason


def _source(values: dict[str, Any]) -> Item:
    found: Item = {
        "RulesString": _known(read(values, "rules_string", str, "")),
        "StatefulRules": [_stateful(each) for each in _many(values, "stateful_rule")],
    }
    stateless = _one(values, "stateless_rules_and_custom_actions")
    rules = [_stateless(each) for each in _many(stateless, "stateless_rule")]
    if rules:
        found["StatelessRulesAndCustomActions"] = {"StatelessRules": rules}
    return found


def _stateful(values: dict[str, Any]) -> Item:
    header = _one(values, "header")
    names = ("protocol", "source", "source_port", "destination", "destination_port")
    told = {name: _known(read(header, name, str, _NOT_TOLD)) for name in names}
    return {
        "Action": _known(read(values, "action", str, _NOT_TOLD)),
        "Header": {
            "Protocol": told["protocol"],
            "Source": told["source"],
            "SourcePort": told["source_port"],
            "Destination": told["destination"],
            "DestinationPort": told["destination_port"],
        },
        "RuleOptions": [
            {
                "Keyword": _known(read(each, "keyword", str, _NOT_TOLD)),
                "Settings": _texts(each, "settings"),
            }
            for each in _many(values, "rule_option")
        ],
    }


def _stateless(values: dict[str, Any]) -> Item:
    definition = _one(values, "rule_definition")
    match = _one(definition, "match_attributes")
    attributes: Item = {
        "Sources": _addresses(match, "source"),
        "Destinations": _addresses(match, "destination"),
        # What of them is asked for decides nothing more.
        "SourcePorts": _many(match, "source_port"),
        "DestinationPorts": _many(match, "destination_port"),
        "TCPFlags": _many(match, "tcp_flag"),
    }
    actions = _texts(definition, "actions")
    return {"RuleDefinition": {"Actions": actions, "MatchAttributes": attributes}}


def _addresses(values: dict[str, Any], argument: str) -> list[Item]:
    return [
        {"AddressDefinition": _known(read(each, "address_definition", str, _NOT_TOLD))}
        for each in _many(values, argument)
    ]


def _texts(values: dict[str, Any], argument: str) -> list[str]:
    return [str(_known(each)) for each in _known(items(values, argument))]


def _many(values: dict[str, Any], argument: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _known(nested(values, argument))
    return found


def _one(values: dict[str, Any], argument: str) -> dict[str, Any]:
    found = _many(values, argument)
    if not found and argument in {"rule_group", "rules_source", "rule_definition", "header"}:
        raise _UnknownError(_NO_RULES)
    return found[0] if found else {}


def _known(value: Any) -> Any:
    if isinstance(value, Unknown | Reference):
        raise _UnknownError(value if isinstance(value, Unknown) else _NOT_TOLD)
    return value
