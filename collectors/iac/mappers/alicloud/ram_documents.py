"""Where a template writes a policy of RAM: JSON text, data.alicloud_ram_policy_document, or the
blocks of older providers."""

from __future__ import annotations

import re
from typing import Any

from collectors.aliyun.policy_document import grants
from collectors.document import Unknown, also, then
from collectors.facts.shared import Grant
from collectors.iac.accounts import weighed
from collectors.iac.blocks import ACCOUNT, NOT_GIVEN, Block, Project, Reference, nested, read
from collectors.iac.mappers.joins import items, settle, target_of

DOCUMENT = "data.alicloud_ram_policy_document"

Written = str | dict[str, Any]
"""A policy document: its text, or what it says."""

_OWN = re.compile(rf"acs:ram::{ACCOUNT}:.+")


def written(project: Project, block: Block, *arguments: str) -> Written | Unknown | None:
    """The document that the first of the arguments holds; None where none is given."""
    given = (name for name in arguments if block.values.get(name) not in (None, ""))
    name = next(given, None)
    return None if name is None else document_of(project, block.values[name])


def document_of(project: Project, value: Any) -> Written | Unknown | None:
    """The document that a value leads to."""
    value = settle(project, value)
    if isinstance(value, Reference):
        source = target_of(project, value, DOCUMENT)
        if source:
            return of_statements(source, "statement")
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    if value is NOT_GIVEN or value is None:
        return None
    known = isinstance(value, str | dict | Unknown)
    return value if known else Unknown("the policy is malformed")


def of_statements(block: Block, argument: str) -> dict[str, Any] | Unknown:
    """The document of blocks that are statements."""
    blocks = nested(block.values, argument)
    if isinstance(blocks, Unknown):
        return blocks
    found = [_statement(each) for each in blocks]
    return also(None, *found) or {"Version": "1", "Statement": found}


def _statement(values: dict[str, Any]) -> dict[str, Any] | Unknown:
    effect = read(values, "effect", str, "Allow")
    actions = _texts(items(values, "action"))
    resources = then(items(values, "resource"), lambda found: _texts([_named(e) for e in found]))
    principals = _principals(values)
    conditions = _conditions(values)
    doubt = also(effect, actions, resources, principals, conditions)
    if doubt:
        return doubt
    found: dict[str, Any] = {"Effect": effect, "Action": actions, "Resource": resources}
    found |= {"Principal": principals} if principals else {}
    return found | ({"Condition": conditions} if conditions else {})


def _named(resource: Any) -> Any:
    """A resource of the template, which is one and not all."""
    if isinstance(resource, Reference):
        return f"{resource.address}.{resource.attribute}"
    return resource


def _principals(values: dict[str, Any]) -> dict[str, Any] | Unknown:
    blocks = nested(values, "principal")
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, Any] = {}
    for each in blocks:
        kind = read(each, "entity", str, Unknown("a principal gives no entity"))
        names = _texts(items(each, "identifiers"))
        if isinstance(kind, Unknown) or isinstance(names, Unknown):
            return also(kind, names) or {}
        found.setdefault(kind, []).extend(names)
    return found


def _conditions(values: dict[str, Any]) -> dict[str, Any] | Unknown:
    blocks = nested(values, "condition")
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, Any] = {}
    for each in blocks:
        operator = read(each, "operator", str, Unknown("a condition gives no operator"))
        key = read(each, "variable", str, Unknown("a condition gives no variable"))
        texts = _texts(items(each, "values"))
        if isinstance(operator, Unknown) or isinstance(key, Unknown) or isinstance(texts, Unknown):
            return also(operator, key, texts) or {}
        found.setdefault(operator, {}).setdefault(key, []).extend(texts)
    return found


def _texts(found: list[Any] | Unknown) -> list[str] | Unknown:
    if isinstance(found, Unknown):
        return found
    apply = Unknown("a part of the policy is known after apply")
    open_ = (e if isinstance(e, Unknown) else apply for e in found if not isinstance(e, str))
    return next(open_, None) or list(found)


def trust_of(project: Project, role: Block) -> list[Grant] | Unknown:
    """Whom the trust policy of a role lets in, also by the lists of older providers."""
    text = written(project, role, "assume_role_policy_document", "document")
    if text is None:
        users, services = (
            _texts(items(role.values, "ram_users")),
            _texts(items(role.values, "services")),
        )
        if isinstance(users, Unknown) or isinstance(services, Unknown):
            return also(users, services) or []
        principal = {"RAM": users} if users else {}
        principal |= {"Service": services} if services else {}
        if not principal:
            return Unknown("the template writes no trust policy")
        text = {
            "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
        }
    found = text if isinstance(text, Unknown) else grants(text)
    return weighed(project, then(found, _with_own))


def _with_own(found: list[Grant]) -> list[Grant]:
    """Principals of the account that a stack is deployed to, which has no number yet."""
    for grant in found:
        if isinstance(grant.principal, str) and _OWN.fullmatch(grant.principal):
            grant.account = ACCOUNT
    return found
