"""aws_ssm_parameter of the type SecureString, which is a secret. Never its value."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown, then
from collectors.facts.key import Secret
from collectors.facts.shared import Grant
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.private_way import WAYS, has_way
from collectors.iac.mappers.aws.secret import BY_HAND
from collectors.iac.mappers.aws.shared import aws_document, region_of

PARAMETER = "aws_ssm_parameter"

_PLAIN = {"String", "StringList"}
_NO_TYPE = Unknown("the template gives no type")
_SHARED = Unknown("whom policies of a parameter of this tier let in is not read from templates")


def map_parameter(block: Block, project: Project) -> Iterator[Document]:
    """A parameter. Parameter Store rotates nothing, and nothing here lets it expire."""
    if block.read("type", str, _NO_TYPE) in _PLAIN:
        project.take(block)
        return
    facts = Secret(
        rotation_days=None,
        last_rotated=BY_HAND,
        # Without a key of its own it is `aws/ssm` (Systems Manager user guide, "SecureString").
        encryption=at_rest(project, True, block.values.get("key_id")),
        policy=_policy(block),
        network_ranges=None,
        private_endpoint=has_way(project, region_of(block, project), "ssm"),
        expires=None,
        audit_log=None,
    )
    yield aws_document(block, project, facts)


def _policy(block: Block) -> list[Grant] | Unknown:
    """Whom it is shared with: those of the tier Standard cannot be, which is the default (provider
    documentation; Systems Manager user guide, "Working with shared parameters")."""
    tier = block.read("tier", str, "Standard")
    none: list[Grant] = []
    return then(tier, lambda word: none if word == "Standard" else _SHARED)


MAPPINGS = [
    Mapping(
        types=(PARAMETER,),
        facts=Secret,
        map=map_parameter,
        joined=(*WAYS, *KEYS, *KEY_DATA),
    )
]
