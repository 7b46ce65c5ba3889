"""Users as the policies of Conditional Access see them. Pure."""

from __future__ import annotations

from typing import Any

from collectors.azure.conditional_access import Subject
from collectors.azure.entra_roles import WHOLE_TENANT
from collectors.azure.holdings import Holdings
from collectors.azure.sign_in import is_outsider
from collectors.document import also


def subject_of(user: dict[str, Any], held: Holdings, *acting_as: str) -> Subject:
    """A user with its directory roles; `acting_as` are roles that are taken to be in force."""
    roles = [one for one in held.of(str(user["id"])) if one.of_directory]
    # A policy that names a role is for those who hold it in the whole tenant.
    now = {one.role for one in roles if not one.eligible and one.scope == WHOLE_TENANT}
    return Subject(
        id=str(user["id"]),
        external=is_outsider(user),
        roles=frozenset(now.union(acting_as)),
        activatable=frozenset(one.role for one in roles),
        doubt=also(None, *held.directory_doubts()),
    )
