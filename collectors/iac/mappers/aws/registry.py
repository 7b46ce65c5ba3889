"""aws_ecr_repository with its policy, and aws_ecrpublic_repository."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.logic import Known
from collectors.aws.policy_document import PolicyText
from collectors.aws.public_registry import public_registry
from collectors.aws.registry_policy import opens
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Registry
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document, is_same_place
from collectors.iac.mappers.joins import joined, name_of
from collectors.regions import GLOBAL

REPOSITORY, POLICY = "aws_ecr_repository", "aws_ecr_repository_policy"
PUBLIC_REPOSITORY = "aws_ecrpublic_repository"
SCANNING = "aws_ecr_registry_scanning_configuration"
REGISTRY_POLICY = "aws_ecr_registry_policy"
_SCANNED = ("SCAN_ON_PUSH", "CONTINUOUS_SCAN")
_RULES = Unknown("which repositories the registry's rules of scanning take is not read")
_REGISTRY = Unknown("the policy of the registry is not read")
_SEVERAL = Unknown("several policies set this repository: the last one applied holds")
_PATTERNS = Unknown("the repository locks all tags but some that match a pattern")


def map_repository(block: Block, project: Project) -> Iterator[Document]:
    """A repository. Of rules of the whole registry only those that take every repository are read,
    and its policy is not: with one in the template, what it may decide is unknown."""
    facts = Registry(
        scan_on_push=_scanned(block, project),
        immutable_tags=then(block.read("image_tag_mutability", str, "MUTABLE"), _is_locked),
        encryption=_encryption(block, project),
        exposure=_exposure(block, project),
        # Addresses are up to policies and endpoints; ECR has no list of its own.
        allow_list=[],
        shared_admin=None,
    )
    yield aws_document(block, project, facts)


def map_public_repository(block: Block, project: Project) -> Iterator[Document]:
    """A repository of ECR Public, which stands in no region of the customer's choice."""
    name = name_of(block, "repository_name")
    yield aws_document(block, project, public_registry(), name=name, region=GLOBAL)


def _scanned(block: Block, project: Project) -> bool | Unknown:
    """By the repository's own switch, off where it is not written (provider documentation); rules
    of the registry take its place (ECR API reference, PutRegistryScanningConfiguration)."""
    rules = project.of_type(SCANNING)
    if rules:
        return True if any(_takes_all(each, block, project) for each in rules) else _RULES
    found = nested(block.values, "image_scanning_configuration")
    return then(found, lambda all_: read(all_[0], "scan_on_push", bool, False) if all_ else False)


def _takes_all(rules: Block, block: Block, project: Project) -> bool:
    """Whether the rules of the repository's registry surely scan all images that are pushed."""
    if not is_same_place(rules, block, project):
        return False
    listed = nested(rules.values, "rule")
    return any(
        each.get("scan_frequency") in _SCANNED and _is_for_all(each)
        for each in ([] if isinstance(listed, Unknown) else listed)
    )


def _is_for_all(rule: dict[str, Any]) -> bool:
    filters = nested(rule, "repository_filter")
    return not isinstance(filters, Unknown) and any(each.get("filter") == "*" for each in filters)


def _is_locked(word: str) -> bool | Unknown:
    if word == "IMMUTABLE_WITH_EXCLUSION":
        return _PATTERNS
    if word in {"MUTABLE", "MUTABLE_WITH_EXCLUSION"}:
        return False
    return True if word == "IMMUTABLE" else Unknown(f"image_tag_mutability {word} is not known")


def _encryption(block: Block, project: Project) -> Encryption:
    """Images are always encrypted, by S3 with a key of its own unless KMS is asked for (ECR user
    guide, "Encryption at rest"); without a key that is the key of AWS for ECR."""
    written = nested(block.values, "encryption_configuration")
    if isinstance(written, Unknown):
        return Encryption(enabled=True, key_manager=written, key_id=written, algorithm="AES-256")
    values = written[0] if written else {}
    kind = read(values, "encryption_type", str, "AES256")
    if isinstance(kind, Unknown):
        return Encryption(enabled=True, key_manager=kind, key_id=kind, algorithm="AES-256")
    return at_rest(project, True, None if kind == "AES256" else values.get("kms_key"))


def _exposure(block: Block, project: Project) -> Exposure:
    """Whether the policy lets anyone in; without one only the own account is. The registry's own
    policy may let in more."""
    found = joined(project, block, "repository", POLICY)
    written: Any = found.doubt
    if len(found.blocks) > 1:
        written = _SEVERAL
    elif found.blocks:
        written = policy.read_policy(project, found.blocks[0].get("policy"))
    public: bool | Unknown = False
    if written is not None:
        public = then(written, lambda known: is_open(project, known, _lets_pull))
    if public is False and project.of_type(REGISTRY_POLICY):
        public = _REGISTRY
    via: Any = then(public, lambda anyone: ["policy"] if anyone else [])
    return Exposure(public=public, via=via)


def _lets_pull(document: PolicyText) -> Known:
    """A repository's own policy names no resource."""
    return opens(document, "*")


MAPPINGS = [
    Mapping(
        types=(REPOSITORY,),
        facts=Registry,
        map=map_repository,
        joined=(POLICY, DOCUMENT, *KEYS, *KEY_DATA),
    ),
    Mapping(types=(PUBLIC_REPOSITORY,), facts=Registry, map=map_public_repository),
]

PART_OF = {
    "aws_ecr_repository_policy": PartOf("aws_ecr_repository", ("repository",)),
}
