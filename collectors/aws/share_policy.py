"""What the policy of an EFS file system demands of those who mount it. Pure."""

from __future__ import annotations

from collectors.aws.logic import Known
from collectors.aws.policy_document import Clause, PolicyText, clauses
from collectors.document import Unknown, then
from collectors.facts.shared import Tls
from collectors.policy_clauses import hits, matches

_MOUNT = "elasticfilesystem:ClientMount"
_BOOLS = {"bool", "boolifexists"}
_KEY = "aws:securetransport"


def share_tls(policy: PolicyText | Unknown, arn: str) -> Tls:
    """TLS towards the file system `arn`: clients that ask for it get version 1.2 (EFS user guide,
    "Encrypting data in transit"); the policy says whether the others are refused."""
    return Tls(
        minimum="1.2",
        required=then(policy, lambda text: refuses_plaintext(text, arn)),
        policy=None,
    )


def refuses_plaintext(policy: PolicyText, arn: str) -> Known:
    """Whether nobody mounts the file system without TLS: a Deny of everyone, or no Allow that does
    without. Without a policy everyone who reaches a mount target may mount (EFS user guide,
    "Default EFS file system policy")."""
    if policy is None:
        return False
    return then(clauses(policy), lambda found: _refuses(found, arn))


def _refuses(found: list[Clause], arn: str) -> Known:
    mounting = [clause for clause in found if hits(clause, _MOUNT)]
    if any(
        not clause.allows
        and clause.for_anyone
        and _is_about(clause, arn)
        and _only_switch(clause) == "false"
        for clause in mounting
    ):
        return True
    open_ = [clause for clause in mounting if clause.allows and not _asks_for_tls(clause)]
    if any(clause.for_anyone or clause.not_principal for clause in open_):
        return False
    if open_:
        # A client that signs in by IAM does so over TLS, by the mount helper; the policy does not
        # say so.
        return Unknown("the policy of the file system lets named principals mount it without TLS")
    return True


def _is_about(clause: Clause, arn: str) -> bool:
    if clause.not_resources:
        return False
    return not clause.resources or any(matches(pattern, arn) for pattern in clause.resources)


def _only_switch(clause: Clause) -> str:
    """The value of aws:SecureTransport where that is the only condition, else ""."""
    written = [
        (operator.lower(), key.lower(), value.lower())
        for operator, keys in clause.conditions.items()
        for key, values in keys.items()
        for value in values
    ]
    fits = len(written) == 1 and written[0][0] in _BOOLS and written[0][1] == _KEY
    return written[0][2] if fits else ""


def _asks_for_tls(clause: Clause) -> bool:
    """Whether an Allow asks for TLS, whatever else it asks for."""
    return any(
        key.lower() == _KEY and [value.lower() for value in values] == ["true"]
        for operator, keys in clause.conditions.items()
        if operator.lower() == "bool"
        for key, values in keys.items()
    )
