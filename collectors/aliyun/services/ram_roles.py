"""RAM roles: whom they trust and what rights they give."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.policy_document import grants as trust_of
from collectors.aliyun.ram_calls import LIST_ROLES
from collectors.aliyun.ram_rights import (
    RIGHTS_CALLS,
    ROLE_CALLS,
    Grants,
    Item,
    is_privileged,
    policy_names,
    read_grants,
    read_policies,
    read_roles,
    rights_of,
    ways_up,
)
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Role
from collectors.regions import GLOBAL

ROLE = "ACS::RAM::Role"
_KEPT = (
    "RoleId",
    "RoleName",
    "Arn",
    "CreateDate",
    "UpdateDate",
    "MaxSessionDuration",
    "AssumeRolePolicyDocument",
)
SERVICE_LINKED = "AliyunServiceRoleFor"
"""How names of service-linked roles begin."""
_NEVER_TOLD = Unknown("Alibaba Cloud does not tell when a role was last used")


def roles(account: Account) -> Iterable[Document]:
    """A document for each role except service-linked ones."""
    found = read_roles(account)
    if isinstance(found, Unknown):
        yield account.unlisted(Role, found, GLOBAL, ROLE)
        return
    if not found:
        return
    grants = read_grants(account, members=False)
    read_policies(account, grants, ("role",))
    listed = account.listed(LIST_ROLES)
    tags = {} if isinstance(listed, Unknown) else {one["RoleName"]: one for one in listed}
    for name, role in found:
        yield _document(account, name, role, tags.get(name, {}), grants)


def _document(
    account: Account, name: str, role: Item | Unknown, listed: Item, grants: Grants
) -> Document:
    policies = rights_of(account, grants, "role", name)
    if isinstance(role, Unknown) and name.startswith(SERVICE_LINKED):
        # It would most likely have been left out.
        policies, grants = [role], Grants(role, {})
    known = listed if isinstance(role, Unknown) else role
    return account.document(
        Role(
            trust=then(role, lambda one: trust_of(one["AssumeRolePolicyDocument"])),
            policies=then(grants.of("role", name), lambda held: policy_names(account, held)),
            privileged=is_privileged(policies),
            max_session_minutes=then(role, lambda one: int(one["MaxSessionDuration"]) // 60),
            last_used=_NEVER_TOLD,
            escalation_paths=ways_up(policies),
        ),
        id=f"acs:ram::{account.id}:role/{name}",
        region=GLOBAL,
        name=name,
        tags=tags_of(listed.get("Tags")),
        native_type=ROLE,
        native={key: known[key] for key in _KEPT if key in known},
    )


SERVICE = Service(
    name="RAM roles",
    types=((Role, ROLE),),
    calls=(*ROLE_CALLS, *RIGHTS_CALLS),
    account=roles,
)
