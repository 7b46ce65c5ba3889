"""alicloud_kms_key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, then
from collectors.facts.key import EncryptionKey
from collectors.facts.shared import Grant
from collectors.iac.accounts import weighed
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.iac.mappers.alicloud import policy
from collectors.iac.mappers.alicloud.shared import region_of, word
from collectors.iac.mappers.joins import days, first_of, given, joined, name_of, tags_of

KEY, ALIAS = "alicloud_kms_key", "alicloud_kms_alias"


def map_key(block: Block, project: Project) -> Iterator[Document]:
    """A key that the customer manages in KMS."""
    aliases = joined(project, block, "key_id", ALIAS).blocks
    facts = EncryptionKey(
        manager="customer",
        origin=_origin(block),
        algorithm=block.read("key_spec", str, "Aliyun_AES_256"),
        rotation_days=_rotation(block),
        policy=weighed(project, _policy(block)),
        state=_state(block),
        deletion_protection=word(block.values, "deletion_protection", ("enabled",), False),
        # As for live keys: KMS tells neither what uses a key nor has it rules of networks; every
        # region has an endpoint for VPCs; ActionTrail records the use of keys.
        used_by=None,
        network_ranges=None,
        private_endpoint=True,
        audit_log=None,
    )
    name = name_of(aliases[0], "alias_name") if aliases else name_of(block)
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        name=name,
        region=region_of(block, project),
        tags=tags_of(block),
    )


def _origin(block: Block) -> Any:
    """Key material from KMS unless imported; HSM by protection level."""
    source = block.read("origin", str, "Aliyun_KMS")
    if source == "EXTERNAL":
        return "external"
    level = block.read("protection_level", str, "SOFTWARE")
    known = then(level, lambda text: "hsm" if text == "HSM" else "provider")
    return then(source, lambda _: known)


def _rotation(block: Block) -> int | Unknown | None:
    """Days between rotations; null when automatic rotation is off, which is the default."""
    on = word(block.values, "automatic_rotation", ("enabled",), False)
    if on is not True:
        return on if isinstance(on, Unknown) else None
    reason = Unknown("automatic rotation is on, and the template writes no rotation_interval")
    return then(block.read("rotation_interval", str, reason), days)


def _policy(block: Block) -> list[Grant] | Unknown:
    """The key's policy; one that is not written gives the account's own identities the rights. Only
    keys of a KMS instance have one (KMS, "GetKeyPolicy")."""
    text = block.read("policy", str, "")
    if text == "":
        inside = given(block.values, "dkms_instance_id")
        missing = Unknown("the template writes no policy: the service's default one applies")
        return then(inside, lambda yes: missing if yes else [])
    statements = then(text, policy.parse)
    return then(statements, policy.grants)


def _state(block: Block) -> str | Unknown:
    on = block.read("is_enabled", bool, True)
    if on is not True:
        return on or "disabled"
    status = first_of(block.values, ("status", "key_state"), str, "Enabled")
    words = {"enabled": "enabled", "disabled": "disabled", "pendingdeletion": "pending-deletion"}
    return then(status, lambda text: words.get(text.lower(), "other"))


MAPPINGS = [Mapping(types=(KEY,), facts=EncryptionKey, map=map_key, joined=(ALIAS,))]

LINK_TYPES = frozenset({"alicloud_kms_alias"})
