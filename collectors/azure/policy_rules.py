"""What a definition of Azure Policy does under the parameters of an assignment: its effect, and the
locations that it leaves. Pure.

Source: "Azure Policy definition structure". An initiative (policy set) hands its own parameters on
to its members by `[parameters('name')]`; other expressions are not worked out.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from msgspec import Struct

from collectors.azure.ids import region_of
from collectors.document import Unknown, then
from collectors.logic import Known
from collectors.regions import GLOBAL

Item = dict[str, Any]

ENFORCEMENT = Unknown("whether the assignment of the policy is enforced is not known")
NARROWED = Unknown("the assignment of the policy leaves out a part of the subscription")
PARTLY = Unknown("the subscription is exempt from a part of the policy's assignment")
OVERRIDDEN = Unknown("the assignment of the policy overrides effects")
OUTSIDE = Unknown(
    "whether the management groups that a policy leaves out hold the subscription is not known"
)

_PARAMETER = re.compile(r"\[\s*parameters\(\s*'([^']+)'\s*\)\s*\]", re.IGNORECASE)
_DENYING = ("deny", "denyaction", "enforceopaconstraint", "enforceregopolicy")
_OTHERS = (
    "addtonetworkgroup", "append", "audit", "auditifnotexists", "deployifnotexists", "disabled",
    "manual", "modify", "mutate",
)  # fmt: skip
_COMPUTED = Unknown("an expression in a policy is not worked out")
_LIMITED = Unknown("a policy limits locations under conditions that are not worked out")
# Exempt by the built-in policies on locations: it stands in no region.
_NOWHERE = "microsoft.azureactivedirectory/b2cdirectories"


class Applied(Struct, frozen=True):
    """A definition as it is assigned, by itself or as a member of an initiative: `given` are the
    values of its parameters, by their names in lower case."""

    definition: str
    given: dict[str, Any]


def values_of(parameters: Item | None) -> dict[str, Any]:
    """The values that an assignment, or an initiative for a member, gives to parameters."""
    return {name.lower(): one.get("value") for name, one in (parameters or {}).items()}


def members_of(initiative: Item, given: dict[str, Any]) -> list[Applied]:
    """The members of an initiative, given its properties and the values of its parameters."""
    declared = initiative.get("parameters")
    return [
        Applied(
            str(member["policyDefinitionId"]),
            {
                name: _resolved(value, given, declared)
                for name, value in values_of(member.get("parameters")).items()
            },
        )
        for member in initiative["policyDefinitions"]
    ]


def denies(definition: Item, given: dict[str, Any]) -> Known:
    """Whether a definition refuses what it finds, given its properties."""
    effect = _resolved(
        definition["policyRule"]["then"]["effect"], given, definition.get("parameters")
    )
    return then(effect, is_denial)


def is_denial(effect: Any) -> Known:
    """Whether an effect is to refuse."""
    word = str(effect).lower()
    if word in _DENYING:
        return True
    return False if word in _OTHERS else Unknown(f"the effect {effect!r} of a policy is not known")


def regions_left(definition: Item, given: dict[str, Any]) -> list[str] | Unknown | None:
    """The regions that a policy that denies leaves to every resource; null where it is about
    something else, or about one type of resource alone."""
    rule = definition["policyRule"]["if"]
    conditions = rule["allOf"] if set(rule) == {"allOf"} else [rule]
    kinds = [_kind(one) for one in conditions]
    if "type" in kinds or '"location"' not in repr(rule).replace("'", '"').lower():
        return None
    if kinds.count("location") != 1 or set(kinds) - {"location", "exempt"}:
        return _LIMITED
    wanted = _left(conditions[kinds.index("location")])
    listed = _resolved(wanted, given, definition.get("parameters"))
    if isinstance(listed, Unknown):
        return listed
    if not isinstance(listed, list) or not listed:
        return Unknown("the assignment of the policy does not tell its locations")
    if any(str(one).startswith("[") for one in listed):
        return _COMPUTED
    return sorted({region_of({"location": one}) for one in listed} - {GLOBAL})


def _kind(condition: Item) -> Literal["location", "exempt", "type", "other"]:
    """What a condition of a rule is about. `exempt` leaves out what stands in no region."""
    field, words = str(condition.get("field")).lower(), set(condition) - {"field"}
    if _left(condition) is not None:
        return "location"
    if field == "location" and words == {"notEquals"}:
        return "exempt" if str(condition["notEquals"]).lower() == GLOBAL else "other"
    if field == "type" and words == {"notEquals"}:
        return "exempt" if str(condition["notEquals"]).lower() == _NOWHERE else "other"
    return "type" if field == "type" and words <= {"equals", "in", "like"} else "other"


def _left(condition: Item) -> Any:
    """The list of a condition on the location being none of it."""
    if set(condition) == {"not"}:
        inner, word = condition["not"], "in"
    else:
        inner, word = condition, "notIn"
    if set(inner) == {"field", word} and str(inner["field"]).lower() == "location":
        return inner[word]
    return None


def _resolved(value: Any, given: dict[str, Any], declared: Item | None) -> Any:
    """A value, or what the parameter that it names was given or has by default."""
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, str) or not value.startswith("[") or value.startswith("[["):
        return value
    named = _PARAMETER.fullmatch(value)
    if not named:
        return _COMPUTED
    name = named[1].lower()
    if given.get(name) is not None:
        return given[name]
    for own, one in (declared or {}).items():
        if own.lower() == name and "defaultValue" in one:
            return one["defaultValue"]
    return Unknown("a parameter of a policy has no value")
