"""Whether the resource policy of a REST API lets requests in from anywhere. Pure.

The usual way to narrow one is a Deny for what is not meant: everybody is allowed, and requests from
other addresses or networks than the named ones are denied (API Gateway developer guide, "API
Gateway resource policy examples").
"""

from __future__ import annotations

import json

from collectors.aws.logic import Known
from collectors.aws.policy_conditions import narrows
from collectors.aws.policy_document import Clause, clauses
from collectors.document import then
from collectors.policy_clauses import hits

_INVOKE = "execute-api:Invoke"
# The positive form of the operators of a Deny.
_OPPOSITES = {
    "notipaddress": "IpAddress",
    "stringnotequals": "StringEquals",
    "stringnotlike": "StringLike",
    "arnnotequals": "ArnEquals",
    "arnnotlike": "ArnLike",
}


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
    return then(clauses(written(policy)), _is_open)


def _is_open(found: list[Clause]) -> bool:
    allowed = any(
        clause.allows
        and (clause.for_anyone or clause.not_principal)
        and hits(clause, _INVOKE)
        and not narrows(clause.conditions, anyone=True)
        for clause in found
    )
    return allowed and not any(_keeps_out(clause) for clause in found)


def _keeps_out(clause: Clause) -> bool:
    """Whether a Deny keeps everybody out but some: by one condition, and on the whole API."""
    if clause.allows or not clause.for_anyone or not hits(clause, _INVOKE):
        return False
    if not any(_is_all(resource) for resource in clause.resources):
        return False
    conditions = [
        (operator.lower(), key, values)
        for operator, keys in clause.conditions.items()
        for key, values in keys.items()
    ]
    if len(conditions) != 1:
        return not conditions
    operator, key, values = conditions[0]
    opposite = _OPPOSITES.get(operator)
    return opposite is not None and narrows({opposite: {key: values}}, anyone=True)


def _is_all(resource: str) -> bool:
    """Whether a resource of a statement is every method of every stage: `execute-api:/*`,
    `arn:…:execute-api:…:<id>/*` or with three asterisks."""
    _, _, path = resource.partition("/")
    return resource == "*" or (resource.count("/") > 0 and not path.strip("*/"))
