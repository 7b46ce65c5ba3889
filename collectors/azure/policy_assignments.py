"""Assignments of Azure Policy that reach the subscription: which are in force, and what they deny.

Exemptions take a scope out of an assignment, and so do its `notScopes`; an assignment that is not
enforced only reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.ids import key, name_of, same
from collectors.azure.policy_rules import (
    ENFORCEMENT,
    NARROWED,
    OUTSIDE,
    OVERRIDDEN,
    PARTLY,
    Applied,
    denies,
    is_denial,
    members_of,
    regions_left,
    values_of,
)
from collectors.document import Unknown, also, then
from collectors.facts.account import Guardrail
from collectors.logic import Known, some

_AUTHORIZATION = "Microsoft.Authorization"
_WHOLE = f"/subscriptions/{{subscription}}/providers/{_AUTHORIZATION}"
_BUILT_IN = f"/providers/{_AUTHORIZATION}"
_CUSTOM = (("$filter", "policyType eq 'Custom'"),)

LIST_ASSIGNMENTS = child(
    f"{_AUTHORIZATION}/policyAssignments",
    "PolicyAssignments_List",
    f"{_WHOLE}/policyAssignments",
    scope="account",
    paged=True,
    query=(("$filter", "atScope()"),),
)
LIST_EXEMPTIONS = child(
    f"{_AUTHORIZATION}/policyExemptions",
    "PolicyExemptions_List",
    f"{_WHOLE}/policyExemptions",
    scope="account",
    paged=True,
    query=(("$filter", "excludeExpired()"),),
)
LIST_DEFINITIONS = child(
    f"{_AUTHORIZATION}/policyDefinitions",
    "PolicyDefinitions_List",
    f"{_WHOLE}/policyDefinitions",
    scope="account",
    paged=True,
    query=_CUSTOM,
)
LIST_INITIATIVES = child(
    f"{_AUTHORIZATION}/policySetDefinitions",
    "PolicySetDefinitions_List",
    f"{_WHOLE}/policySetDefinitions",
    scope="account",
    paged=True,
    query=_CUSTOM,
)
GET_DEFINITION = child(
    f"{_AUTHORIZATION}/policyDefinitions",
    "PolicyDefinitions_GetBuiltIn",
    f"{_BUILT_IN}/policyDefinitions/{{name}}",
    proof="properties",
)
GET_INITIATIVE = child(
    f"{_AUTHORIZATION}/policySetDefinitions",
    "PolicySetDefinitions_GetBuiltIn",
    f"{_BUILT_IN}/policySetDefinitions/{{name}}",
    proof="properties",
)
LIST_STATIC = child(
    f"{_AUTHORIZATION}/policyDefinitions",
    "PolicyDefinitions_ListBuiltIn",
    f"{_BUILT_IN}/policyDefinitions",
    paged=True,
    query=(("$filter", "policyType eq 'Static'"),),
)
POLICY_CALLS = (
    LIST_ASSIGNMENTS,
    LIST_EXEMPTIONS,
    LIST_DEFINITIONS,
    LIST_INITIATIVES,
    GET_DEFINITION,
    GET_INITIATIVE,
    LIST_STATIC,
)

Item = dict[str, Any]

_NOT_VISIBLE = Unknown("the definition of a policy is not visible to this account")
_MANY = 50
"""So many definitions of one initiative are asked for one by one."""
_SETS = "/policysetdefinitions/"


def guardrails_of(account: Account, assignments: list[Item]) -> list[Any]:
    """The assignments in force that deny, and unknown in the place of one that may."""
    exemptions = account.listed(LIST_EXEMPTIONS)
    found = (_guardrail(account, one, exemptions) for one in assignments)
    return [one for one in found if one]


def _guardrail(
    account: Account, assignment: Item, exemptions: list[Item] | Unknown
) -> Guardrail | Unknown | None:
    """What an assignment is: null where it denies nothing here."""
    properties = assignment["properties"]
    mode = str(properties.get("enforcementMode") or "Default").lower()
    out = properties.get("notScopes") or []
    whole = f"/subscriptions/{account.id}"
    if mode == "donotenforce" or any(same(one, whole) for one in out):
        return None
    exempt = then(exemptions, lambda found: _exempt(assignment, found, whole))
    if exempt is True:
        return None
    applied = _applied(account, properties)
    if isinstance(applied, Unknown):
        return applied
    static = _static(account, applied)
    answers = account.map(lambda one: _denies(account, one, static), applied)
    denied = some(answers)
    if denied is False and not properties.get("overrides"):
        return None
    doubt = also(denied, exemptions) or _doubt(properties, mode, out)
    doubt = doubt or (PARTLY if exempt is PARTLY else None)
    if doubt:
        return doubt
    left = _regions(account, list(zip(applied, answers, strict=True)))
    narrow = exempt or (NARROWED if out or properties.get("resourceSelectors") else False)
    return Guardrail(
        kind="Azure Policy",
        id=str(assignment["id"]),
        denies_regions=None,
        only_regions=left if left is None or narrow is False else narrow,
    )


def _doubt(assignment: Item, mode: str, out: list[str]) -> Unknown | None:
    """Why an assignment that denies may not do so in this subscription."""
    if assignment.get("overrides"):
        return OVERRIDDEN
    if any("/managementgroups/" in key(one) for one in out):
        return OUTSIDE
    return None if mode == "default" else ENFORCEMENT


def _exempt(assignment: Item, exemptions: list[Item], whole: str) -> bool | Unknown:
    """Whether the whole subscription is exempt from all of an assignment; unknown where a part of
    either is. False where nothing is."""
    found: bool | Unknown = False
    for one in exemptions:
        properties = one["properties"]
        if not same(str(properties["policyAssignmentId"]), assignment["id"]):
            continue
        scope = key(str(one["id"])).partition("/providers/microsoft.authorization/")[0]
        inside = scope.startswith(f"{whole.lower()}/") or properties.get("resourceSelectors")
        if not inside and not properties.get("policyDefinitionReferenceIds"):
            return True
        found = PARTLY if not inside or found is PARTLY else NARROWED
    return found


def _applied(account: Account, assignment: Item) -> list[Applied] | Unknown:
    """The definitions that an assignment applies."""
    id_, given = str(assignment["policyDefinitionId"]), values_of(assignment.get("parameters"))
    if _SETS not in key(id_):
        return [Applied(id_, given)]
    return then(_read(account, id_), lambda found: members_of(found, given))


def _static(account: Account, applied: list[Applied]) -> dict[str, Item] | Unknown:
    """The definitions by which Microsoft tells of its own duties, of which initiatives of
    regulatory compliance have hundreds; none where there is no need to list them."""
    if sum(_effect(one) is None for one in applied) <= _MANY:
        return {}
    return account.once("static policies", lambda: _index(account.listed(LIST_STATIC)))


def _denies(account: Account, applied: Applied, static: dict[str, Item] | Unknown) -> Known:
    effect = _effect(applied)
    if effect is not None:
        return then(effect, is_denial)
    if isinstance(static, Unknown):
        return static
    definition = static.get(key(applied.definition)) or _read(account, applied.definition)
    return then(definition, lambda found: denies(found, applied.given))


def _effect(applied: Applied) -> Any:
    """The effect that a built-in definition is given, which has it from the parameter of this name
    where it has one; null where only the definition tells."""
    built_in = key(applied.definition).startswith(_BUILT_IN.lower())
    return applied.given.get("effect") if built_in else None


def _regions(
    account: Account, members: Iterable[tuple[Applied, Known]]
) -> list[str] | Unknown | None:
    """The regions that a definition which surely denies leaves; null where none is about them."""
    doubt: Unknown | None = None
    for one, answer in members:
        if answer is False:
            continue
        definition = _read(account, one.definition)
        left = (
            definition if isinstance(definition, Unknown) else regions_left(definition, one.given)
        )
        if isinstance(left, list) and answer is True:
            return left
        doubt = doubt or also(left, answer if left is not None else None)
    return doubt


def _read(account: Account, id_: str) -> Item | Unknown:
    """The properties of a definition or an initiative: built-in ones by name, those of the
    subscription and of its management groups from one list."""
    initiative = _SETS in key(id_)
    if key(id_).startswith(_BUILT_IN.lower()):
        call = GET_INITIATIVE if initiative else GET_DEFINITION
        found = account.read(call, id_, name=name_of(id_))
        return then(_NOT_VISIBLE if found is None else found, lambda one: one["properties"])
    call = LIST_INITIATIVES if initiative else LIST_DEFINITIONS
    index = account.once(f"policies {call.name}", lambda: _index(account.listed(call)))
    return then(index, lambda known: known.get(key(id_), _NOT_VISIBLE))


def _index(items: list[Item] | Unknown) -> dict[str, Item] | Unknown:
    return then(items, lambda found: {key(one["id"]): one["properties"] for one in found})
