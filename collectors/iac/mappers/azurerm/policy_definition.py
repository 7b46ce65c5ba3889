"""azurerm_policy_definition and azurerm_policy_set_definition: what an assignment of one does, by
the live collector's reading of definitions."""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct

from collectors.azure.ids import name_of
from collectors.azure.policy_rules import denies, is_denial, members_of, regions_left
from collectors.document import Unknown, also, then
from collectors.iac.blocks import Block, Project, Reference, nested
from collectors.iac.mappers.joins import target_of
from collectors.logic import Known

DEFINITIONS = ("azurerm_policy_definition", "azurerm_management_group_policy_definition")
INITIATIVES = ("azurerm_policy_set_definition", "azurerm_management_group_policy_set_definition")

_DATA = ("data.azurerm_policy_definition_built_in", "data.azurerm_policy_definition")
_AWAY = Unknown("the definition of a policy is not part of this template")
_NO_RULE = Unknown("the definition of a policy gives no rule")
_NOT_JSON = Unknown("a part of a policy is not JSON")
_BUILT_IN = "/providers/microsoft.authorization/policydefinitions/"
_ALLOWED = "e56962a6-4747-49cd-b67b-bf8b01975c4c"
_TITLES = {"allowed locations": _ALLOWED}
# The built-in definition "Allowed locations" 1.0.0 (github.com/Azure/azure-policy), as far as it
# decides: nothing is refused in global services and in tenants of Azure AD B2C.
_KNOWN: dict[str, Any] = {
    _ALLOWED: {
        "parameters": {"listOfAllowedLocations": {"type": "Array"}},
        "policyRule": {
            "if": {
                "allOf": [
                    {"field": "location", "notIn": "[parameters('listOfAllowedLocations')]"},
                    {"field": "location", "notEquals": "global"},
                    {"field": "type", "notEquals": "Microsoft.AzureActiveDirectory/b2cDirectories"},
                ]
            },
            "then": {"effect": "deny"},
        },
    }
}


class Effect(Struct, frozen=True):
    """What a definition does as it is assigned: whether it denies, and which regions it leaves,
    null where it is not about regions."""

    denies: Known
    regions: list[str] | Unknown | None


def effects_of(
    value: Any, given: dict[str, Any] | Unknown, project: Project
) -> list[Effect] | Unknown:
    """The effects of what an assignment names, by the values that it gives to parameters."""
    initiative = target_of(project, value, *INITIATIVES)
    if isinstance(given, Unknown):
        return given
    if initiative is None:
        return [_effect(value, given, project)]
    members = _members(initiative)
    declared = parsed(initiative.values.get("parameters"), {})
    if isinstance(members, Unknown) or isinstance(declared, Unknown):
        return also(members, declared) or []
    numbered = [{**one, "policyDefinitionId": str(i)} for i, one in enumerate(members)]
    whole = {"parameters": _declared(declared), "policyDefinitions": numbered}
    resolved = members_of(whole, given)
    return [
        _effect(members[int(one.definition)]["policyDefinitionId"], one.given, project)
        for one in resolved
    ]


def given_by(parameters: Any) -> dict[str, Any] | Unknown:
    """The values of parameters, by their names in lower case; one that is known in part is not."""
    found = parsed(parameters, {})
    if isinstance(found, Unknown):
        return found
    if not isinstance(found, dict):
        return _NOT_JSON
    return {name.lower(): _settled(_value(one)) for name, one in found.items()}


def parsed(value: Any, default: Any) -> Any:
    """What a text of JSON holds, or a value that stands there as it is."""
    if value is None:
        return default
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return _NOT_JSON
    return value


def _value(one: Any) -> Any:
    return one.get("value") if isinstance(one, dict) else one


def _settled(value: Any) -> Any:
    """A value of which every part is known, or why one is not."""
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return also(value, *(_settled(each) for each in parts)) or value


def _effect(value: Any, given: dict[str, Any], project: Project) -> Effect:
    definition = _definition(value, project)
    if isinstance(definition, Unknown):
        # A built-in one has its effect from the parameter of this name where it has one.
        effect = given.get("effect") if _is_built_in(value) else None
        known = definition if effect is None else then(effect, is_denial)
        return Effect(known, None if known is False else definition)
    rule = definition["policyRule"]
    doubt = _settled(rule["if"])
    return Effect(
        denies(definition, given),
        doubt if isinstance(doubt, Unknown) else regions_left(definition, given),
    )


def _is_built_in(value: Any) -> bool:
    if isinstance(value, Reference):
        return value.address.startswith(f"{_DATA[0]}.")
    return isinstance(value, str) and value.lower().startswith(_BUILT_IN)


def _definition(value: Any, project: Project) -> dict[str, Any] | Unknown:
    """The properties of a definition."""
    block = target_of(project, value, *DEFINITIONS, *_DATA)
    if block is None:
        if isinstance(value, Unknown):
            return value
        written = value if _is_built_in(value) and isinstance(value, str) else ""
        return _known(name_of(written).lower())
    if block.type in _DATA:
        name = str(block.values.get("name") or "").lower()
        # Names for people are those of the built-in ones where nobody else's can be found.
        title = block.values.get("display_name") if block.type == _DATA[0] else None
        return _known(_TITLES.get(str(title).lower(), name))
    rule = parsed(block.values.get("policy_rule"), _NO_RULE)
    declared = parsed(block.values.get("parameters"), {})
    doubt = also(rule, declared)
    if doubt:
        return doubt
    outcome = rule.get("then") if isinstance(rule, dict) else None
    if not isinstance(outcome, dict) or not isinstance(rule.get("if"), dict):
        return _NO_RULE
    effect = _settled(outcome.get("effect", _NO_RULE))
    return {
        "policyRule": {"if": rule["if"], "then": {"effect": effect}},
        "parameters": _declared(declared),
    }


def _declared(parameters: Any) -> dict[str, Any]:
    """The parameters of a definition, with defaults of which every part is known."""
    return {
        name: {"defaultValue": _settled(one["defaultValue"])}
        if isinstance(one, dict) and "defaultValue" in one
        else {}
        for name, one in (parameters.items() if isinstance(parameters, dict) else ())
    }


def _known(name: str) -> dict[str, Any] | Unknown:
    found: dict[str, Any] | None = _KNOWN.get(name)
    return found or _AWAY


def _members(initiative: Block) -> list[dict[str, Any]] | Unknown:
    """The members of an initiative as ARM writes them, in blocks or, with older versions of the
    provider, in JSON."""
    blocks = nested(initiative.values, "policy_definition_reference")
    if isinstance(blocks, Unknown):
        return blocks
    found: list[dict[str, Any]] = []
    for one in blocks:
        values = parsed(one.get("parameter_values"), {})
        if not isinstance(values, dict):
            return values if isinstance(values, Unknown) else _NOT_JSON
        given = {name: {"value": _settled(_value(each))} for name, each in values.items()}
        id_ = one.get("policy_definition_id")
        found.append({"policyDefinitionId": _AWAY if id_ is None else id_, "parameters": given})
    listed = parsed(initiative.values.get("policy_definitions"), [])
    if isinstance(listed, Unknown):
        return listed
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        return _NOT_JSON
    return [*found, *({"policyDefinitionId": _AWAY, **each} for each in listed)]
