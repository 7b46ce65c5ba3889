"""Who is left when the Deny statements of a resource's policy are weighed against its Allows. Pure.

A usual way to narrow a policy is to allow everybody and to deny whoever is not meant: requests from
other addresses, networks or organisations than the named ones (IAM user guide, "Policy evaluation
logic": a Deny prevails).
"""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aws.logic import Known
from collectors.aws.policy_conditions import narrows
from collectors.aws.policy_document import Clause, PolicyText, clauses, grants, lets_anyone_in
from collectors.document import Unknown, also
from collectors.policy_clauses import ANYONE, hits, matches

# The positive form of the operators of a Deny. Each is met by a request without the key.
_OPPOSITES = {
    "notipaddress": "IpAddress",
    "stringnotequals": "StringEquals",
    "stringnotequalsignorecase": "StringEqualsIgnoreCase",
    "stringnotlike": "StringLike",
    "arnnotequals": "ArnEquals",
    "arnnotlike": "ArnLike",
}


def lets_anyone(found: Iterable[Clause], action: str) -> bool:
    """Whether statements let anyone do an action: by an Allow that nothing narrows, and that no
    Deny takes back."""
    statements = list(found)
    return any(
        opens(clause, action) and not any(takes_back(other, clause, action) for other in statements)
        for clause in statements
    )


def is_open(policy: PolicyText) -> Known:
    """Whether the policy of a resource lets anyone do anything: by an Allow that nothing narrows,
    of which the Denies leave some action to more than a few."""
    found = clauses(policy)
    return also(grants(policy), found) or _is_open([] if isinstance(found, Unknown) else found)


def _is_open(found: list[Clause]) -> bool:
    return any(
        lets_anyone_in(clause)
        and any(
            not any(_takes_back_all(other, clause, pattern) for other in found)
            for pattern in clause.actions or (ANYONE,)
        )
        for clause in found
    )


def _takes_back_all(denial: Clause, allowed: Clause, pattern: str) -> bool:
    """Whether a Deny takes back every action of a pattern."""
    named = any(_is_within(pattern, one) for one in denial.actions)
    return named and takes_back(denial, allowed, pattern)


def opens(clause: Clause, action: str) -> bool:
    """Whether an Allow lets anyone do an action."""
    return lets_anyone_in(clause) and hits(clause, action)


def takes_back(denial: Clause, allowed: Clause, action: str) -> bool:
    """Whether a Deny leaves nobody but a few of those whom an Allow lets do an action."""
    return leaves_few(denial, action) and _covers(denial, allowed)


def leaves_few(clause: Clause, action: str) -> bool:
    """Whether a statement denies an action to everybody, but to those whom it exempts. It speaks of
    requests that meet all its conditions: who fails one of them is exempt, so that each condition
    must exempt few."""
    return (
        not clause.allows
        and clause.for_anyone
        and hits(clause, action)
        and all(
            _exempts_few(operator.lower(), key, values)
            for operator, keys in clause.conditions.items()
            for key, values in keys.items()
        )
    )


def _exempts_few(operator: str, key: str, values: list[str]) -> bool:
    opposite = _OPPOSITES.get(operator)
    return opposite is not None and narrows({opposite: {key: values}}, anyone=True)


def _covers(denial: Clause, allowed: Clause) -> bool:
    """Whether a Deny is about every resource that an Allow names. Policies that name none are about
    the resource that they belong to."""
    if denial.not_resources or allowed.not_resources:
        return False
    if not denial.resources or ANYONE in denial.resources:
        return True
    return bool(allowed.resources) and all(
        any(_is_within(resource, pattern) for pattern in denial.resources)
        for resource in allowed.resources
    )


def _is_within(resource: str, pattern: str) -> bool:
    """Whether a pattern matches whatever another matches. An asterisk is read as the letter that it
    is: one of the other pattern takes it, a question mark must not."""
    return "?" not in pattern and matches(pattern, resource)
