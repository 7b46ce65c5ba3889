"""What the policy of an ECR repository, or of a registry, opens to anyone. Pure."""

from __future__ import annotations

from collectors.aws.logic import Known
from collectors.aws.policy_denials import lets_anyone
from collectors.aws.policy_document import Clause, PolicyText, clauses
from collectors.document import then
from collectors.policy_clauses import matches

_PULL = "ecr:BatchGetImage"
_PUSH = "ecr:PutImage"
_RULE = "ecr:SetRepositoryPolicy"


def opens(policy: PolicyText, arn: str) -> Known:
    """Whether a policy lets anyone pull from a repository, push to it, or write its policy anew. A
    repository's own policy names no resource."""
    return then(clauses(policy), lambda found: _opens(found, arn))


def _opens(found: list[Clause], arn: str) -> bool:
    about = [
        clause
        for clause in found
        if not clause.resources or any(matches(pattern, arn) for pattern in clause.resources)
    ]
    return any(lets_anyone(about, action) for action in (_PULL, _PUSH, _RULE))
