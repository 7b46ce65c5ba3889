"""Control policies of a resource directory as guardrails, by their documents. Pure: live accounts
and templates are judged by the same functions. Source: Resource Directory user guide, "Access
control policies".
"""

from __future__ import annotations

import re

from collectors.document import Unknown, then
from collectors.facts.account import Guardrail
from collectors.policy_clauses import Clause, PolicyText, clauses, hits
from collectors.regions import regions_of

KIND = "control-policy"

# A statement denies a region when it denies the calls that put machines and data there.
_PLACING = ("ecs:RunInstances", "oss:PutBucket", "rds:CreateDBInstance", "ots:InsertInstance")
_REGION = re.compile(r"acs:\*:([^:]+):\*:\*")
# Exemptions of named principals, such as the role by which the directory itself works.
_EXEMPTS = {"stringnotlike", "stringnotequals", "arnnotlike", "arnnotequals"}
_PRINCIPAL = "acs:principalarn"


def guardrail(policy: str, content: PolicyText | Unknown) -> Guardrail:
    """A policy as a guardrail. A region counts as denied where a Deny of everything, to all but
    named principals, names all resources of the region: `acs:*:cn-hongkong:*:*`. No condition of
    RAM names regions, so that no policy leaves a few and denies all others."""
    found = then(content, clauses)
    return Guardrail(kind=KIND, id=policy, denies_regions=then(found, _denied), only_regions=None)


def _denied(found: list[Clause]) -> list[str] | None:
    denied = {region for clause in found for region in _regions(clause)}
    return sorted(denied) or None


def _regions(clause: Clause) -> set[str]:
    """The regions that a statement denies. One with an asterisk is written out."""
    if clause.allows or clause.not_resources or not all(hits(clause, one) for one in _PLACING):
        return set()
    if not all(
        operator.lower() in _EXEMPTS and all(map(_is_exemption, keys.items()))
        for operator, keys in clause.conditions.items()
    ):
        return set()
    named = [match[1] for one in clause.resources if (match := _REGION.fullmatch(one.lower()))]
    return {region for name in named for region in _written_out(name)}


def _written_out(name: str) -> list[str]:
    if "*" not in name and "?" not in name:
        return [name]
    # The region of resources that have none is empty or "*": an asterisk alone denies everything.
    pattern = re.compile(re.escape(name).replace(r"\*", ".*").replace(r"\?", "."))
    return [region for region in regions_of("aliyun") if pattern.fullmatch(region)]


def _is_exemption(condition: tuple[str, list[str]]) -> bool:
    """Whether a condition leaves out principals that are named, not all or all of a kind."""
    key, principals = condition
    return key.lower() == _PRINCIPAL and all(
        "/" in principal and principal.rpartition("/")[2].strip("*?") for principal in principals
    )
