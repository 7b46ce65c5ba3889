"""Whether the resource policy of a REST API lets requests in from anywhere. Pure.

The usual way to narrow one is a Deny for what is not meant: everybody is allowed, and requests from
other addresses or networks than the named ones are denied (API Gateway developer guide, "API
Gateway resource policy examples").
"""

from __future__ import annotations

import json

from collectors.aws.logic import Known
from collectors.aws.policy_denials import leaves_few, opens
from collectors.aws.policy_document import Clause, clauses
from collectors.document import then

_INVOKE = "execute-api:Invoke"


def written(policy: str | None) -> str | None:
    """The policy as JSON: the API gives it with its quotes escaped."""
    if policy is None or not policy.startswith('{\\"'):
        return policy
    try:
        text: str = json.loads(f'"{policy}"')
    except ValueError:
        return policy
    return text


def is_open(policy: str | None) -> Known:
    """Whether requests from anywhere pass the policy. An API without one is open to all (the same
    guide: "How resource policies affect authorization workflow")."""
    if not policy:
        return True
    return then(clauses(written(policy)), lets_in)


def lets_in(found: list[Clause]) -> bool:
    """Whether statements let requests in from anywhere."""
    return any(opens(clause, _INVOKE) for clause in found) and not any(map(_keeps_out, found))


def _keeps_out(clause: Clause) -> bool:
    """Whether a Deny keeps everybody out but some, of the whole API."""
    return leaves_few(clause, _INVOKE) and any(map(_is_all, clause.resources))


def _is_all(resource: str) -> bool:
    """Whether a resource of a statement is every method of every stage: `execute-api:/*`,
    `arn:…:execute-api:…:<id>/*` or with three asterisks."""
    _, _, path = resource.partition("/")
    return resource == "*" or (resource.count("/") > 0 and not path.strip("*/"))
