"""What the policy of a queue, topic or broker demands of requests, and whom it lets in. Pure."""

from __future__ import annotations

from collectors.aws.logic import Known, some
from collectors.aws.policy_denials import is_open
from collectors.aws.policy_document import Clause, PolicyText, clauses
from collectors.aws.policy_transport import is_without_tls
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure, Tls
from collectors.policy_clauses import hits, matches


def message_tls(policy: PolicyText | Unknown, actions: tuple[str, ...], arn: str) -> Tls:
    """TLS towards the queue or topic `arn`, whose messages pass by those actions. The endpoints of
    the service answer plain HTTP until the policy refuses it, and TLS from 1.2 on (developer guides
    of SQS and SNS, "Infrastructure security")."""
    return Tls(
        minimum="1.2",
        required=then(policy, lambda text: refuses_plaintext(text, actions, arn)),
        policy=None,
    )


def refuses_plaintext(policy: PolicyText, actions: tuple[str, ...], arn: str) -> Known:
    """Whether a policy denies everyone each of the actions without TLS, with no other condition.
    An Allow that asks for TLS does not: identities of the account need none of it."""
    found = clauses(policy)
    if isinstance(found, Unknown):
        return found
    denials = [
        clause
        for clause in found
        if not clause.allows
        and clause.for_anyone
        and _is_about(clause, arn)
        and is_without_tls(clause)
    ]
    return all(any(hits(clause, action) for clause in denials) for action in actions)


def policy_exposure(*policies: PolicyText | Unknown) -> Exposure:
    """Whether one of some policies lets anyone in; without one only the account's own identities
    are."""
    public = some(then(policy, is_open) for policy in policies)
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["policy"] if public else [])


def _is_about(clause: Clause, arn: str) -> bool:
    """Whether a statement speaks of the thing that the policy belongs to."""
    if clause.not_resources:
        return False
    return not clause.resources or any(matches(pattern, arn) for pattern in clause.resources)
