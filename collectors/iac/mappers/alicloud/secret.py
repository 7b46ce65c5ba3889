"""alicloud_kms_secret; never its value."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aliyun.policy_document import grants
from collectors.document import Document, Unknown, then
from collectors.facts.key import Secret
from collectors.facts.shared import Grant
from collectors.iac.accounts import weighed
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.shared import aliyun_document, customer_key
from collectors.iac.mappers.joins import days

STORED = "alicloud_kms_secret"


def map_secret(block: Block, project: Project) -> Iterator[Document]:
    """A secret of KMS, whose value does not expire."""
    facts = Secret(
        rotation_days=_rotation(block),
        last_rotated=Unknown("a template does not tell when the secret was rotated"),
        encryption=customer_key(project, True, block.values.get("encryption_key_id"), "AES-256"),
        policy=_policy(block, project),
        network_ranges=None,
        # KMS has an address in every VPC.
        private_endpoint=True,
        expires=None,
        audit_log=None,
    )
    yield aliyun_document(block, project, facts, "secret_name")


def _rotation(block: Block) -> int | Unknown | None:
    """Days between rotations; null when automatic rotation is off, which is the default."""
    on = block.read("enable_automatic_rotation", bool, default=False)
    if on is not True:
        return on if isinstance(on, Unknown) else None
    reason = Unknown("automatic rotation is on, and the template writes no rotation_interval")
    return then(block.read("rotation_interval", str, reason), days)


def _policy(block: Block, project: Project) -> list[Grant] | Unknown:
    """Only secrets of a KMS instance have a policy; of the others RAM policies alone decide."""
    if block.values.get("dkms_instance_id") in (None, ""):
        return []
    text = block.read("policy", str, "")
    if text == "":
        return Unknown("the template writes no policy: the service's default one applies")
    found = text if isinstance(text, Unknown) else grants(text)
    return weighed(project, found)


MAPPINGS = [Mapping(types=(STORED,), facts=Secret, map=map_secret)]
