"""What access configurations of CloudSSO in a template allow, and who is assigned them."""

from __future__ import annotations

from typing import Any, NamedTuple

from collectors.document import Unknown, then
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.alicloud.ram_documents import document_of
from collectors.iac.mappers.alicloud.ram_rights import is_privileged, of_system
from collectors.iac.mappers.joins import joined, name_of, target_of
from collectors.logic import Known
from collectors.policy_clauses import PolicyText, clauses

DIRECTORY, USER, GROUP, CONFIGURATION, ASSIGNMENT, MEMBER = (
    f"alicloud_cloud_sso_{kind}"
    for kind in (
        "directory",
        "user",
        "group",
        "access_configuration",
        "access_assignment",
        "user_attachment",
    )
)
INLINE = "Inline"
"""`permission_policy_type` of a policy that is written into an access configuration."""

_NO_TYPE = Unknown("a policy of the access configuration gives no type")
_NO_NAME = Unknown("a policy of the access configuration gives no name")
_EMPTY = Unknown("the policy is empty")
_ELSEWHERE = Unknown("an access configuration that is assigned is not part of this template")


class Held(NamedTuple):
    """The access configurations of a user or group: how each is called, and whether it administers
    an account in full. A doubt stands in both."""

    names: list[Any]
    administer: list[Known]


def held(principal: Block, project: Project) -> Held:
    """What a user or group is assigned by this template."""
    found = joined(project, principal, "principal_id", ASSIGNMENT)
    result = Held([], [])
    for link in found.blocks:
        value = link.values.get("access_configuration_id")
        configuration = target_of(project, value, CONFIGURATION)
        if configuration is None:
            result.names.append(value if isinstance(value, str) else _ELSEWHERE)
            result.administer.append(_ELSEWHERE)
            continue
        result.names.append(name_of(configuration, "access_configuration_name"))
        parts = [then(text, clauses) for _, text in policies_of(configuration, project)]
        result.administer.append(is_privileged(parts))
    if found.doubt:
        result.names.append(found.doubt)
        result.administer.append(found.doubt)
    return result


def policies_of(
    configuration: Block, project: Project
) -> list[tuple[str | Unknown, PolicyText | Unknown]]:
    """The policies of an access configuration: the type of each, and what it says."""
    blocks = nested(configuration.values, "permission_policies")
    if isinstance(blocks, Unknown):
        return [(blocks, blocks)]
    return [_policy(each, project) for each in blocks]


def _policy(values: dict[str, Any], project: Project) -> tuple[str | Unknown, PolicyText | Unknown]:
    kind = read(values, "permission_policy_type", str, _NO_TYPE)
    if isinstance(kind, Unknown):
        return kind, kind
    if kind == INLINE:
        return kind, document_of(project, values.get("permission_policy_document")) or _EMPTY
    return kind, then(read(values, "permission_policy_name", str, _NO_NAME), of_system)
