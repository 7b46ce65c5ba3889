"""aws_secretsmanager_secret with its rotation, policy and replicas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from collectors.aws.secret_rotation import rotation_days
from collectors.document import Document, Unknown, also, then
from collectors.facts.key import Secret
from collectors.facts.shared import Grant
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.private_way import WAYS, has_way
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.joins import given, joined, name_of

SECRET = "aws_secretsmanager_secret"  # noqa: S105 - a type, no secret
ROTATION, POLICY = f"{SECRET}_rotation", f"{SECRET}_policy"

BY_HAND = Unknown("a template does not tell when somebody gives the secret another value")
_NONE = "{}"
"""What removes a policy (provider documentation)."""


def map_secret(block: Block, project: Project) -> Iterator[Document]:
    """A secret, and its replicas in other regions, which rotate with it."""
    facts = _facts(block, project)
    key = block.values.get("kms_key_id")
    own = facts(key, region_of(block, project))
    yield aws_document(block, project, own, name=name_of(block, "name"))
    replicas = nested(block.values, "replica")
    if isinstance(replicas, Unknown):
        # One stands for those that there may be, so that none passes unseen.
        copy = msgspec.structs.replace(block, address=f"{block.address}.replica")
        some = facts(replicas, replicas)
        yield aws_document(copy, project, some, name=name_of(block, "name"), region=replicas)
        return
    for i, values in enumerate(replicas):
        copy = msgspec.structs.replace(block, address=f"{block.address}.replica[{i}]")
        region = read(values, "region", str, Unknown("a replica gives no region"))
        replica = facts(values.get("kms_key_id"), region)
        yield aws_document(copy, project, replica, name=name_of(block, "name"), region=region)


def _facts(block: Block, project: Project) -> Callable[[Any, str | Unknown], Secret]:
    """The facts of a secret and of its replicas, which have its rotation and policy, by the key
    that encrypts each (Secrets Manager user guide, "Replicate secrets")."""
    rotates, allowed = _rotation_days(block, project), _policy(block, project)
    return lambda key, region: Secret(
        rotation_days=rotates,
        # Nothing is rotated before the secret is made; without rotation people set its value.
        last_rotated=then(rotates, lambda days: BY_HAND if days is None else None),
        # Without a key of its own it is `aws/secretsmanager` (provider documentation).
        encryption=at_rest(project, True, key),
        policy=allowed,
        network_ranges=None,
        private_endpoint=has_way(project, region, "secretsmanager"),
        expires=None,
        audit_log=None,
    )


def _rotation_days(block: Block, project: Project) -> int | Unknown | None:
    """Days between rotations, null without a rotation; older providers had it in the secret."""
    separate = joined(project, block, "secret_id", ROTATION)
    if separate.doubt:
        # Also beside one that is known: of several the last one applied holds.
        return separate.doubt
    if len(separate.blocks) > 1:
        return Unknown("several rotations set this secret: the last one applied holds")
    values = separate.blocks[0].values if separate.blocks else block.values
    rotates = True if separate.blocks else given(block.values, "rotation_lambda_arn")
    return then(rotates, lambda on: _days(values) if on else None)


def _days(values: dict[str, Any]) -> int | Unknown | None:
    rules = nested(values, "rotation_rules")
    if isinstance(rules, Unknown):
        return rules
    written = rules[0] if rules else {}
    days = read(written, "automatically_after_days", int, 0)
    schedule = read(written, "schedule_expression", str, "")
    doubt = also(days, schedule)
    if doubt:
        return doubt
    told = {"AutomaticallyAfterDays": days} if days else {"ScheduleExpression": schedule}
    return rotation_days({"RotationEnabled": True, "RotationRules": told})


def _policy(block: Block, project: Project) -> list[Grant] | Unknown:
    """Whom the policy lets in; without one only the account's own identities are."""
    separate = joined(project, block, "secret_arn", POLICY)
    if separate.doubt:
        # Also beside one that is known: of several the last one applied holds.
        return separate.doubt
    if len(separate.blocks) > 1:
        return Unknown("several policies set this secret: the last one applied holds")
    source = separate.blocks[0] if separate.blocks else block
    if source.get("policy") == _NONE:
        return []
    written = policy.read_policy(project, source.get("policy"))
    if written is None:
        return []
    return then(written, lambda known: policy.grants(project, block, known))


MAPPINGS = [
    Mapping(
        types=(SECRET,),
        facts=Secret,
        map=map_secret,
        joined=(ROTATION, POLICY, *WAYS, *KEYS, *KEY_DATA),
    )
]

PART_OF = {
    "aws_secretsmanager_secret_policy": PartOf(SECRET, ("secret_arn",), no_more=(POLICY,)),
    "aws_secretsmanager_secret_rotation": PartOf(SECRET, ("secret_id",), no_more=(ROTATION,)),
}
