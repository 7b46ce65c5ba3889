"""CloudSSO: alicloud_cloud_sso_group, and alicloud_cloud_sso_access_configuration as the policies
that it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeVar

from collectors.aliyun.policy_rights import escalation_paths, full_admin
from collectors.document import Document, Unknown, also, then
from collectors.facts.identity import Group, Policy
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.cloud_sso_rights import (
    ASSIGNMENT,
    CONFIGURATION,
    GROUP,
    INLINE,
    MEMBER,
    policies_of,
)
from collectors.iac.mappers.alicloud.ram_documents import DOCUMENT
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import joined
from collectors.policy_clauses import clauses, statements

T = TypeVar("T")

_NOBODY = Unknown("nothing in this template assigns the access configuration")


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """A group, with the users that this template puts into it."""
    found = joined(project, block, "group_id", MEMBER)
    members = found.doubt or len(found.blocks)
    facts = Group(members=members, privileged=None, escalation_paths=None)
    yield aliyun_document(block, project, facts, "group_name")


def map_configuration(block: Block, project: Project) -> Iterator[Document]:
    """An access configuration, with how often this template assigns it."""
    policies = policies_of(block, project)
    links = joined(project, block, "access_configuration_id", ASSIGNMENT)
    written = _together(then(text, clauses) for _, text in policies)
    facts = Policy(
        attached=len(links.blocks) or links.doubt or _NOBODY,
        managed_by=_managed_by([kind for kind, _ in policies]),
        statements=_together(then(text, statements) for _, text in policies),
        full_admin=then(written, full_admin),
        escalation_paths=then(written, escalation_paths),
    )
    yield aliyun_document(block, project, facts, "access_configuration_name")


def _managed_by(kinds: list[str | Unknown]) -> Literal["customer", "provider"] | Unknown:
    """Whose work it is: the customer's where something is written into it."""
    if INLINE in kinds:
        return "customer"
    return also(None, *kinds) or "provider"


def _together(parts: Iterable[list[T] | Unknown]) -> list[T] | Unknown:
    found: list[T] = []
    for part in parts:
        if isinstance(part, Unknown):
            return part
        found += part
    return found


MAPPINGS = [
    Mapping(types=(GROUP,), facts=Group, map=map_group, joined=(MEMBER,)),
    Mapping(
        types=(CONFIGURATION,),
        facts=Policy,
        map=map_configuration,
        joined=(ASSIGNMENT, DOCUMENT),
    ),
]
