"""Elastic Container Registry: private repositories of each region, and those of ECR Public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import Known, some
from collectors.aws.policy_document import PolicyText
from collectors.aws.public_registry import public_registry
from collectors.aws.registry_policy import opens
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Registry
from collectors.facts.shared import Encryption, Exposure
from collectors.regions import GLOBAL

REPOSITORY = "AWS::ECR::Repository"
PUBLIC_REPOSITORY = "AWS::ECR::PublicRepository"


def _ecr(
    operation: str,
    result: str,
    scope: Scope = "resource",
    *,
    paged: bool = False,
    absent: tuple[str, ...] = (),
    service: str = "ecr",
) -> Call:
    return Call(
        provider="aws",
        service=service,
        operation=operation,
        permission=f"{service}:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=absent,
    )


DESCRIBE_REPOSITORIES = _ecr("DescribeRepositories", "repositories", "region", paged=True)
GET_SCANNING = _ecr("BatchGetRepositoryScanningConfiguration", "scanningConfigurations", "region")
GET_REPOSITORY_POLICY = _ecr(
    "GetRepositoryPolicy", "policyText", absent=("RepositoryPolicyNotFoundException",)
)
GET_REGISTRY_POLICY = _ecr(
    "GetRegistryPolicy", "policyText", "region", absent=("RegistryPolicyNotFoundException",)
)
LIST_TAGS = _ecr("ListTagsForResource", "tags")
DESCRIBE_PUBLIC_REPOSITORIES = _ecr(
    "DescribeRepositories", "repositories", "account", paged=True, service="ecr-public"
)
LIST_PUBLIC_TAGS = _ecr("ListTagsForResource", "tags", service="ecr-public")

# The most names that one question about scanning may hold (API reference).
_AT_ONCE = 25
_PUBLIC_REGION = "us-east-1"
_SCANNED = {"SCAN_ON_PUSH", "CONTINUOUS_SCAN"}
_UNTOLD = Unknown("ECR does not tell how the repository is scanned")

Item = dict[str, Any]
Scanning = dict[str, bool] | Unknown


def repositories(account: Account, region: str) -> Iterable[Document]:
    """A document for each private repository of a region."""
    found = account.read(DESCRIBE_REPOSITORIES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Registry, found, region, REPOSITORY)
        return
    if not found:
        return
    registry: PolicyText | Unknown = account.read(GET_REGISTRY_POLICY, region)
    names = [item["repositoryName"] for item in found]
    groups = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    scanning = {
        name: answers
        for group, answers in zip(
            groups, account.map(lambda some: _scanning(account, region, some), groups), strict=True
        )
        for name in group
    }
    yield from account.map(lambda item: _document(account, region, item, scanning, registry), found)


def _document(
    account: Account,
    region: str,
    item: Item,
    scanning: dict[str, Scanning],
    registry: PolicyText | Unknown,
) -> Document:
    arn, name = item["repositoryArn"], item["repositoryName"]
    own: PolicyText | Unknown = account.read(
        GET_REPOSITORY_POLICY, region, name, repositoryName=name
    )
    return account.document(
        Registry(
            scan_on_push=then(scanning[name], lambda known: known.get(name, _UNTOLD)),
            immutable_tags=immutable_tags(item),
            encryption=encryption(account, region, item),
            exposure=exposure(own, registry, arn),
            # Addresses are up to policies and endpoints; ECR has no list of its own.
            allow_list=[],
            shared_admin=None,
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, arn, resourceArn=arn), tags_of),
        native_type=REPOSITORY,
        native=item,
    )


def _scanning(account: Account, region: str, names: list[str]) -> Scanning:
    """Whether images are scanned when they are pushed, by repository: by its own setting or a rule
    of the registry, of which the API gives what is in effect."""
    found = account.read(GET_SCANNING, region, ", ".join(names), repositoryNames=names)
    return then(found, lambda all_: {one["repositoryName"]: is_scanned(one) for one in all_})


def is_scanned(configuration: Item) -> bool:
    """Whether a repository's images are scanned at least on push (scanFrequency; where it is not
    told, scanOnPush)."""
    if "scanFrequency" in configuration:
        return configuration["scanFrequency"] in _SCANNED
    return bool(configuration.get("scanOnPush"))


def immutable_tags(item: Item) -> Known:
    """Whether no tag can be moved to another image. With exclusions, some can."""
    mutability = item.get("imageTagMutability")
    if mutability == "IMMUTABLE_WITH_EXCLUSION":
        filters = [one["filter"] for one in item.get("imageTagMutabilityExclusionFilters", [])]
        if any(not text.strip("*") for text in filters):
            return False
        return Unknown("the repository locks all tags but some that match a pattern")
    if mutability in {"MUTABLE", "MUTABLE_WITH_EXCLUSION"}:
        return False
    untold = Unknown("ECR does not tell whether the repository locks tags")
    return True if mutability == "IMMUTABLE" else untold


def encryption(account: Account, region: str, item: Item) -> Encryption | Unknown:
    """Images are always encrypted: by S3 with a key of its own, or with a key of KMS (ECR user
    guide, "Encryption at rest")."""
    told = item.get("encryptionConfiguration")
    if not told:
        return Unknown("ECR does not tell how the repository is encrypted")
    by_s3 = told["encryptionType"] == "AES256"
    return at_rest(account, region, True, None if by_s3 else told.get("kmsKey", KEY_NOT_TOLD))


def exposure(own: PolicyText | Unknown, registry: PolicyText | Unknown, arn: str) -> Exposure:
    """Whether anyone may pull, by the repository's policy or the registry's. ECR asks for a sign-in
    with some AWS account, which everybody can open."""
    public = some(then(policy, lambda text: opens(text, arn)) for policy in (own, registry))
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["policy"] if public else [])


def public_repositories(account: Account) -> Iterable[Document]:
    """A document for each repository of ECR Public, which the partition aws alone has."""
    if account.partition != "aws":
        return
    found = account.read(DESCRIBE_PUBLIC_REPOSITORIES, _PUBLIC_REGION)
    if isinstance(found, Unknown):
        yield account.unlisted(Registry, found, GLOBAL, PUBLIC_REPOSITORY)
        return
    yield from account.map(lambda item: _public(account, item), found)


def _public(account: Account, item: Item) -> Document:
    arn = item["repositoryArn"]
    tags = account.read(LIST_PUBLIC_TAGS, _PUBLIC_REGION, arn, resourceArn=arn)
    return account.document(
        public_registry(),
        id=arn,
        region=GLOBAL,
        name=item["repositoryName"],
        tags=then(tags, tags_of),
        native_type=PUBLIC_REPOSITORY,
        native=item,
    )


SERVICE = Service(
    name="Elastic Container Registry",
    types=((Registry, REPOSITORY), (Registry, PUBLIC_REPOSITORY)),
    calls=(
        DESCRIBE_REPOSITORIES,
        GET_SCANNING,
        GET_REPOSITORY_POLICY,
        GET_REGISTRY_POLICY,
        LIST_TAGS,
        DESCRIBE_PUBLIC_REPOSITORIES,
        LIST_PUBLIC_TAGS,
        DESCRIBE_KEY,
    ),
    account=public_repositories,
    region=repositories,
)
