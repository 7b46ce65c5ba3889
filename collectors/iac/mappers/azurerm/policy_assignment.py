"""azurerm_subscription_policy_assignment and azurerm_management_group_policy_assignment, and
azurerm_policy_assignment before them: the policies that deny, as the live collector has them of a
subscription.

A document stands for what the template assigns at one scope, not for all that reaches it: where
nothing there denies, or limits regions, policies from elsewhere may.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.policy_rules import NARROWED, OUTSIDE, OVERRIDDEN, PARTLY
from collectors.document import Document, Unknown, also
from collectors.facts.account import AccountConfiguration, Guardrail
from collectors.iac.blocks import Block, Mapping, Project, Reference
from collectors.iac.mappers.azurerm.policy_definition import (
    DEFINITIONS,
    INITIATIVES,
    effects_of,
    given_by,
)
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import first_of, given, identity, items, joined
from collectors.logic import Known, some
from collectors.regions import GLOBAL

SUBSCRIPTION = "azurerm_subscription_policy_assignment"
MANAGEMENT = "azurerm_management_group_policy_assignment"
OLDER = "azurerm_policy_assignment"
EXEMPTIONS = (
    "azurerm_subscription_policy_exemption", "azurerm_management_group_policy_exemption",
    "azurerm_resource_group_policy_exemption", "azurerm_resource_policy_exemption",
)  # fmt: skip

_SCOPES = {
    SUBSCRIPTION: "subscription_id", MANAGEMENT: "management_group_id", OLDER: "scope",
    EXEMPTIONS[0]: "subscription_id", EXEMPTIONS[1]: "management_group_id",
}  # fmt: skip
_INSIDE = "/resourcegroups/"
_OTHERS = Unknown("policies outside of this template may deny")
_ELSEWHERE = Unknown("policies outside of this template may limit regions")
_NOT_TOLD = Unknown("a template does not tell")


def map_assignments(block: Block, project: Project) -> Iterator[Document]:
    """One document for all assignments at a scope, where the first of them stands."""
    scope = _scope(block, project)
    if _is_inside(scope):
        return
    # Scopes that are not known are not known to be one.
    together = (
        [block]
        if isinstance(scope, Unknown)
        else [each for each in project.each_of(block.type) if _scope(each, project) == scope]
    )
    if together[0] is not block:
        project.take(block)
        return
    facts = AccountConfiguration(
        recorders=None,
        guardrails=_guardrails(together, project),
        regions_in_use=_NOT_TOLD,
        default_disk_encryption=[],
        public_access_block=None,
    )
    yield azure_document(block, project, facts, region=GLOBAL, tags={})


def _scope(block: Block, project: Project) -> Any:
    return identity(project, block.values.get(_SCOPES[block.type]))


def _is_inside(scope: Any) -> bool:
    """Whether a scope is less than a subscription."""
    return isinstance(scope, str) and (
        _INSIDE in scope.lower() or "azurerm_resource_group." in scope
    )


def _guardrails(assignments: list[Block], project: Project) -> list[Guardrail] | Unknown:
    """Those that surely deny, else why it is not known whether one does."""
    found = [_guardrail(each, project) for each in assignments]
    known = [one for one in found if isinstance(one, Guardrail)]
    if not known:
        return also(None, *found) or _OTHERS
    if not any(isinstance(one.only_regions, list) for one in known):
        for one in known:
            one.only_regions = one.only_regions or _ELSEWHERE
    return known


def _guardrail(block: Block, project: Project) -> Guardrail | Unknown | None:
    """What an assignment is: null where it denies nothing."""
    enforced: Known = first_of(block.values, ("enforce", "enforcement_mode"), bool, True)
    exempt = _exempt(block, project)
    if enforced is False or exempt is True:
        return None
    effects = effects_of(
        block.get("policy_definition_id"), given_by(block.values.get("parameters")), project
    )
    if isinstance(effects, Unknown):
        return effects
    denied = some(one.denies for one in effects)
    overridden = given(block.values, "overrides")
    if denied is False and overridden is False:
        return None
    left_out = items(block.values, "not_scopes")
    doubt = also(denied, enforced, exempt if exempt is PARTLY else None)
    doubt = doubt or (OVERRIDDEN if overridden is not False else None) or _outside(left_out)
    if doubt:
        return doubt
    limits = [one.regions for one in effects if one.denies is True and one.regions is not None]
    left: Any = next((one for one in limits if isinstance(one, list)), also(None, *limits))
    narrow = exempt or left_out or given(block.values, "resource_selectors")
    return Guardrail(
        kind="Azure Policy",
        id=f"{block.source.uri}#{block.address}",
        denies_regions=None,
        only_regions=NARROWED if narrow and left is not None else left,
    )


def _outside(left_out: list[Any] | Unknown) -> Unknown | None:
    """Why what an assignment leaves out may be all of a subscription."""
    if isinstance(left_out, Unknown):
        return left_out
    groups = "azurerm_resource_group."
    inside = (
        each.address.startswith(groups)
        if isinstance(each, Reference)
        else isinstance(each, str) and _INSIDE in each.lower()
        for each in left_out
    )
    return None if all(inside) else OUTSIDE


def _exempt(block: Block, project: Project) -> Known:
    """Whether the scope of an assignment is exempt from all of it; unknown where a part of either
    is. When an exemption ends does not matter: until then there is one."""
    links = joined(project, block, "policy_assignment_id", *EXEMPTIONS)
    found: Known = PARTLY if links.doubt else False
    for one in links.blocks:
        narrow = one.type not in _SCOPES or given(one.values, "resource_selectors") is not False
        same = _scope(one, project) == _scope(block, project) if one.type in _SCOPES else False
        some_of_it = given(one.values, "policy_definition_reference_ids") is not False
        if same and not narrow and not some_of_it:
            return True
        found = NARROWED if narrow and not some_of_it and found is not PARTLY else PARTLY
    return found


MAPPINGS = [
    Mapping(
        types=(SUBSCRIPTION, MANAGEMENT, OLDER),
        facts=AccountConfiguration,
        map=map_assignments,
        joined=(*DEFINITIONS, *INITIATIVES, *EXEMPTIONS),
    )
]

LINK_TYPES = frozenset({*DEFINITIONS, *INITIATIVES, *EXEMPTIONS})
