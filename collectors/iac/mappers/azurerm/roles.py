"""azurerm_role_definition, azurerm_role_assignment and those of Privileged Identity Management: the
roles that somebody holds or may activate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from collectors.azure import role_rights as rights
from collectors.document import Document, Facts, Unknown, also, then
from collectors.facts.identity import Policy, Role, Statement
from collectors.facts.shared import Grant
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Mapping, Project, Reference, nested, template_document
from collectors.iac.mappers.azurerm.built_in_roles import BY_ID, BY_NAME
from collectors.iac.mappers.joins import identity, items, joined, name_of, target_of
from collectors.regions import GLOBAL

DEFINITION, ASSIGNMENT = "azurerm_role_definition", "azurerm_role_assignment"
ELIGIBLE, TIMED = "azurerm_pim_eligible_role_assignment", "azurerm_pim_active_role_assignment"
ASSIGNMENTS = (ASSIGNMENT, ELIGIBLE, TIMED)

T = TypeVar("T")
Item = dict[str, Any]

_PARTS = {
    "actions": "actions",
    "not_actions": "notActions",
    "data_actions": "dataActions",
    "not_data_actions": "notDataActions",
}
_EXCEPTIONS = ("not_actions", "not_data_actions")
_UNASSIGNED = Unknown("nothing in this template assigns the role")
_ELSEWHERE = Unknown("the definition of the role is not part of this template")
_NO_SESSION = Unknown("Azure limits sessions in Conditional Access, not by role")
_NO_USE = Unknown("Azure does not tell when a role was last used")
_CONDITIONAL = Unknown("conditions of the role assignments are not evaluated")
_TENANT = Unknown("whose principal it is shows after apply")
_NO_ROLE = Unknown("the assignment names no role")
_NO_PRINCIPAL = Unknown("the assignment names no principal")


def map_definition(block: Block, project: Project) -> Iterator[Document]:
    """A custom role."""
    permissions = _permissions(block)
    facts = Policy(
        attached=_attached(block, project),
        managed_by="customer",
        statements=_statements(block, project),
        full_admin=settled(permissions, rights.full_admin),
        escalation_paths=settled(permissions, rights.escalation_paths),
    )
    yield _document(block, project, facts)


def _document(block: Block, project: Project, facts: Facts) -> Document:
    return template_document(
        block,
        project,
        facts,
        provider="azure",
        region=GLOBAL,
        name=name_of(block, "name", "role_definition_name"),
        tags={},
    )


def _permissions(block: Block) -> list[Item] | Unknown:
    return nested(block.values, "permissions")


def settled(
    permissions: list[Item] | Unknown, told: Callable[[Item], T | Unknown], id_: str = ""
) -> T | Unknown:
    """What a role amounts to where that is the same whatever the values are that are known only
    after apply: at least what is written, and at most everything."""
    if isinstance(permissions, Unknown):
        return permissions
    least, most = (_role(permissions, id_, open_=open_) for open_ in (False, True))
    found = told(least)
    doubt = also(None, *(each for one in permissions for each in _open(one)))
    return found if doubt is None or found == told(most) else doubt


def _open(permission: Item) -> Iterator[Unknown]:
    for argument in _PARTS:
        found = items(permission, argument)
        for each in [found] if isinstance(found, Unknown) else found:
            if isinstance(each, Unknown | Reference):
                yield each if isinstance(each, Unknown) else Unknown("known after apply")


def _role(permissions: list[Item], id_: str, *, open_: bool) -> Item:
    """A role in the words of ARM. What is not known grants everything where `open_`, and nothing
    else; exceptions the other way."""
    found = []
    for one in permissions:
        item: Item = {}
        for argument, name in _PARTS.items():
            listed = items(one, argument)
            values = [listed] if isinstance(listed, Unknown) else listed
            known = [str(each) for each in values if not isinstance(each, Unknown | Reference)]
            all_ = (argument in _EXCEPTIONS) is not open_
            item[name] = [*known, "*"] if len(known) < len(values) and all_ else known
        found.append(item)
    properties = {"type": "CustomRole", "assignableScopes": [], "permissions": found}
    return {"id": id_, "properties": properties}


def _statements(block: Block, project: Project) -> list[Statement] | Unknown:
    """The permissions of a role, those on data included, on its assignable scopes: its own alone
    where it names none."""
    permissions = _permissions(block)
    if isinstance(permissions, Unknown):
        return permissions
    named = items(block.values, "assignable_scopes")
    scopes = items(block.values, "scope") if named == [] else named
    resources: Any = then(scopes, lambda found: [_text(identity(project, one)) for one in found])
    return [
        Statement(
            effect="allow",
            actions=cast("Any", _joined(one, "actions", "data_actions")),
            not_actions=cast("Any", _joined(one, *_EXCEPTIONS)),
            resources=resources,
            conditions=[],
        )
        for one in permissions
    ]


def _text(value: Any) -> Any:
    return Unknown("known after apply") if value is None else value


def _joined(permission: Item, *arguments: str) -> list[Any]:
    found: list[Any] = []
    for argument in arguments:
        listed = items(permission, argument)
        found += [listed] if isinstance(listed, Unknown) else listed
    return [Unknown("known after apply") if isinstance(one, Reference) else one for one in found]


def _attached(block: Block, project: Project) -> int | Unknown:
    """How many principals the template gives the role to; elsewhere there may be more."""
    held = _assignments_of(block, project)
    known = {str(identity(project, one.get("principal_id"))) for one in held}
    return len(known) or _UNASSIGNED


def _assignments_of(block: Block, project: Project) -> list[Block]:
    by_id = joined(project, block, "role_definition_id", *ASSIGNMENTS).blocks
    by_name = joined(project, block, "role_definition_name", ASSIGNMENT).blocks
    return [*by_id, *(one for one in by_name if one not in by_id)]


def map_assignment(block: Block, project: Project) -> Iterator[Document]:
    """One document of a role that somebody holds or may activate, where its first assignment
    stands."""
    mine = _key(block, project)
    held = [block]
    if not isinstance(mine, Unknown):
        held = _by_role(project).get(mine) or held
    if held[0] is not block:
        project.take(block)
        return
    role = definition_of(block, project)
    paths = then(role, lambda one: settled(one[1], rights.escalation_paths, one[0]))
    conditional = all(one.values.get("condition") not in (None, "") for one in held)
    facts = Role(
        trust=[_grant(one, mine, project) for one in held],
        policies=cast("Any", [mine]),
        privileged=then(role, lambda one: settled(one[1], rights.privileged, one[0])),
        max_session_minutes=_NO_SESSION,
        last_used=_NO_USE,
        # A condition may say which roles its holder can give.
        escalation_paths=_CONDITIONAL if paths and conditional else paths,
    )
    yield _document(block, project, facts)


def _by_role(project: Project) -> dict[str, list[Block]]:
    """The assignments of each role that is known; found once for a project."""
    key = (f"{ASSIGNMENT} roles", "")
    found: dict[str, list[Block]] | None = project.pointing.get(key)
    if found is None:
        found = project.pointing[key] = {}
        with unwatched():
            for each in project.of_type(*ASSIGNMENTS):
                role = _key(each, project)
                if isinstance(role, str):
                    found.setdefault(role, []).append(each)
    return found


def _key(assignment: Block, project: Project) -> str | Unknown:
    """What tells a role from others: its id as written or that of its document, else its name."""
    by_id = identity(project, assignment.get("role_definition_id"))
    if by_id is not None:
        return by_id if isinstance(by_id, Unknown) else by_id.lower()
    return then(assignment.read("role_definition_name", str, _NO_ROLE), str.lower)


def definition_of(
    assignment: Block, project: Project
) -> tuple[str, list[Item] | Unknown] | Unknown:
    """The id and the permissions of a role: one of the template, or one that all subscriptions
    have."""
    value = assignment.get("role_definition_id")
    target = target_of(project, value, DEFINITION)
    if target is None and not isinstance(value, Unknown):
        key = _key(assignment, project)
        if isinstance(key, Unknown):
            return key
        built_in = BY_NAME.get(key) or BY_ID.get(key.rpartition("/")[2])
        if built_in:
            permission = {"actions": [*built_in.actions], "not_actions": [*built_in.not_actions]}
            return built_in.id, [permission]
        roles = project.of_type(DEFINITION)
        target = next((one for one in roles if str(one.get("name")).lower() == key), None)
    if target is None:
        return value if isinstance(value, Unknown) else _ELSEWHERE
    return "", _permissions(target)


def _grant(assignment: Block, role: str | Unknown, project: Project) -> Grant:
    """Groups are of the tenant, and so are identities that the template makes; users may be guests
    in it, and applications another tenant's. A condition narrows what the holder may do."""
    value = assignment.get("principal_id")
    kind = assignment.read("principal_type", str, "")
    made = project.target(value)
    own = made is not None and made.type.startswith("azurerm_")
    ours = own or (isinstance(kind, str) and kind.lower() == "group")
    conditional = assignment.values.get("condition") not in (None, "")
    return Grant(
        principal=identity(project, value) or _NO_PRINCIPAL,
        account=project.account if ours else _TENANT,
        kind="account",
        actions=cast("Any", [role]),
        conditions=cast("Any", [_CONDITIONAL]) if conditional else [],
        narrows=False,
    )


MAPPINGS = [
    Mapping(types=(DEFINITION,), facts=Policy, map=map_definition, joined=ASSIGNMENTS),
    Mapping(types=ASSIGNMENTS, facts=Role, map=map_assignment, owners=(DEFINITION,)),
]
