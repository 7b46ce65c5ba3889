"""aws_kms_key with its policy, and keys of other kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.key import EncryptionKey
from collectors.facts.shared import Grant
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import (
    ALIAS,
    EXTERNAL_KEY,
    KEY,
    REPLICA_EXTERNAL_KEY,
    REPLICA_KEY,
    is_outside,
)
from collectors.iac.mappers.aws.private_way import WAYS, has_way
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.joins import given, joined, settle, target_of

KEY_POLICY = "aws_kms_key_policy"
_IMPORTED = (EXTERNAL_KEY, REPLICA_EXTERNAL_KEY)
_SYMMETRIC = "SYMMETRIC_DEFAULT"
_YEAR = 365
"""Days between rotations where none are written (KMS API reference, EnableKeyRotation)."""


def map_key(block: Block, project: Project) -> Iterator[Document]:
    """A key of the customer; a replica shares algorithm, material and rotation with its primary."""
    primary = _primary(block, project)
    unseen = Unknown("the key's primary key is not part of this template")
    spec = primary.read("customer_master_key_spec", str, _SYMMETRIC) if primary else unseen
    facts = EncryptionKey(
        manager=then(is_outside(block), lambda outside: "external" if outside else "customer"),
        origin=cast("Any", _origin(block)),
        # Imported material is symmetric unless key_spec says otherwise (provider documentation).
        algorithm=block.read("key_spec", str, spec) if block.type in _IMPORTED else spec,
        rotation_days=_rotation(primary, spec) if primary else unseen,
        policy=_policy(block, project),
        state=_state(block),
        # KMS does not tell what uses a key, its keys have no network rules, and the account's
        # trail records their use.
        used_by=None,
        network_ranges=None,
        private_endpoint=has_way(project, region_of(block, project), "kms"),
        audit_log=None,
    )
    yield aws_document(block, project, facts, name=_name(block, project))


def _primary(block: Block, project: Project) -> Block | None:
    argument = {REPLICA_KEY: "primary_key_arn", REPLICA_EXTERNAL_KEY: "primary_key_arn"}
    if block.type not in argument:
        return block
    return target_of(project, block.get(argument[block.type]), KEY, EXTERNAL_KEY)


def _origin(block: Block) -> str | Unknown:
    outside = is_outside(block)
    if block.type in _IMPORTED or outside is True:
        return "external"
    store = given(block.values, "custom_key_store_id")
    return outside if isinstance(outside, Unknown) else then(store, _made_by)


def _made_by(in_own_store: bool) -> str:
    return "hsm" if in_own_store else "provider"


def _rotation(block: Block, spec: str | Unknown) -> int | Unknown | None:
    """Automatic rotation exists for symmetric keys whose material KMS made."""
    origin = _origin(block)
    if isinstance(origin, Unknown):
        return origin
    if block.type in _IMPORTED or origin != "provider":
        return None
    rotates = block.read("enable_key_rotation", bool, default=False)
    if spec != _SYMMETRIC and not isinstance(spec, Unknown):
        return None
    if isinstance(rotates, Unknown) or not rotates:
        return rotates if isinstance(rotates, Unknown) else None
    return block.read("rotation_period_in_days", int, _YEAR)


def _policy(block: Block, project: Project) -> list[Grant] | Unknown:
    """Whom the key's policy lets in. The default policy leaves everything to IAM of the own
    account (KMS developer guide, "Default key policy")."""
    separate = joined(project, block, "key_id", KEY_POLICY)
    if separate.doubt and not separate.blocks:
        return separate.doubt
    source = separate.blocks[0] if separate.blocks else block
    written = policy.read_policy(project, source.get("policy"))
    if written is None:
        return [_own_account(project.account)]
    return then(written, lambda known: policy.grants(project, block, known))


def _own_account(account: str) -> Grant:
    return Grant(
        principal=account,
        account=account,
        kind="account",
        actions=["kms:*"],
        conditions=[],
        narrows=False,
    )


def _state(block: Block) -> str | Unknown:
    argument = "enabled" if block.type in {*_IMPORTED, REPLICA_KEY} else "is_enabled"
    enabled = block.read(argument, bool, default=True)
    if block.type in _IMPORTED and given(block.values, "key_material_base64") is False:
        return "pending-import"
    return then(enabled, lambda on: "enabled" if on else "disabled")


def _name(block: Block, project: Project) -> str:
    """The first alias that the template gives the key."""
    names = [
        name.removeprefix("alias/")
        for alias in joined(project, block, "target_key_id", ALIAS).blocks
        if isinstance(name := settle(project, alias.get("name")), str)
    ]
    return min(names, default=block.name)


MAPPINGS = [
    Mapping(
        types=(KEY, EXTERNAL_KEY, REPLICA_KEY, REPLICA_EXTERNAL_KEY),
        facts=EncryptionKey,
        map=map_key,
        joined=(KEY_POLICY, ALIAS, *WAYS),
    )
]

PART_OF = {
    # AWS's own keys take no policy from a template.
    "aws_kms_key_policy": PartOf("aws_kms_key", ("key_id",), {"xks_key_id": None}),
}

LINK_TYPES = frozenset(
    {
        "aws_kms_alias",
        "aws_vpc_endpoint",
        "aws_vpc_endpoint_route_table_association",
        "aws_vpc_endpoint_subnet_association",
    }
)
