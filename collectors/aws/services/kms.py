"""KMS: keys, their rotation and policies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.encryption import manager_of
from collectors.aws.kms_calls import DESCRIBE_KEY, LIST_KEYS
from collectors.aws.policy_document import grants
from collectors.aws.private_endpoints import CALLS as ENDPOINT_CALLS
from collectors.aws.private_endpoints import has_way
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.key import EncryptionKey

KEY = "AWS::KMS::Key"
_KEPT = (
    "KeyId",
    "CreationDate",
    "DeletionDate",
    "Description",
    "KeyManager",
    "KeySpec",
    "KeyState",
    "KeyUsage",
    "MultiRegion",
    "Origin",
    "ValidTo",
)


def _kms(
    operation: str, result: str = "", scope: Scope = "resource", *, paged: bool = False
) -> Call:
    return Call(
        provider="aws",
        service="kms",
        operation=operation,
        permission=f"kms:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_ALIASES = _kms("ListAliases", "Aliases", "region", paged=True)
GET_KEY_ROTATION_STATUS = _kms("GetKeyRotationStatus")
GET_KEY_POLICY = _kms("GetKeyPolicy", "Policy")
LIST_RESOURCE_TAGS = _kms("ListResourceTags", "Tags", paged=True)

Metadata = dict[str, Any]


def keys(account: Account, region: str) -> Iterable[Document]:
    """A document for each key of a region, those that AWS manages in the account among them."""
    found = account.read(LIST_KEYS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(EncryptionKey, found, region, KEY)
        return
    if not found:
        return
    names = _names(account.read(LIST_ALIASES, region))
    yield from account.map(lambda key: _document(account, region, key["KeyArn"], names), found)


def _document(account: Account, region: str, arn: str, names: dict[str, str]) -> Document:
    metadata = account.read(DESCRIBE_KEY, region, arn, KeyId=arn)
    policy = account.read(GET_KEY_POLICY, region, arn, KeyId=arn, PolicyName="default")
    tags = account.read(LIST_RESOURCE_TAGS, region, arn, KeyId=arn)
    key_id = arn.partition("/")[2]
    return account.document(
        EncryptionKey(
            manager=then(metadata, manager_of),
            origin=then(metadata, _origin),
            algorithm=then(metadata, lambda known: known["KeySpec"]),
            rotation_days=then(metadata, lambda known: _rotation(account, region, known)),
            policy=then(policy, grants),
            state=then(metadata, state_of),
            # KMS does not tell what uses a key, its keys have no network rules, and the account's
            # trail records their use.
            used_by=None,
            network_ranges=None,
            private_endpoint=has_way(account, region, "kms", arn),
            audit_log=None,
        ),
        id=arn,
        region=region,
        name=names.get(key_id, key_id),
        tags=then(tags, lambda known: {tag["TagKey"]: tag["TagValue"] for tag in known}),
        native_type=KEY,
        native=_native(metadata),
    )


def _native(metadata: Metadata | Unknown) -> dict[str, Any]:
    if isinstance(metadata, Unknown):
        return {}
    return {key: metadata[key] for key in _KEPT if key in metadata}


def _names(aliases: list[dict[str, Any]] | Unknown) -> dict[str, str]:
    """The first alias of each key; only a name, so that without the list ids stand in."""
    if isinstance(aliases, Unknown):
        return {}
    ordered = sorted(aliases, key=lambda alias: str(alias["AliasName"]), reverse=True)
    return {
        alias["TargetKeyId"]: alias["AliasName"].removeprefix("alias/")
        for alias in ordered
        if "TargetKeyId" in alias
    }


def _origin(metadata: Metadata) -> Any:
    """Who made the key material; `external` also where it was imported or is kept outside AWS."""
    origin = metadata["Origin"]
    kinds = {
        "AWS_KMS": "provider",
        "AWS_CLOUDHSM": "hsm",
        "EXTERNAL": "external",
        "EXTERNAL_KEY_STORE": "external",
    }
    return kinds.get(origin, Unknown(f"the key's origin {origin} is not known to this version"))


def state_of(metadata: Metadata) -> str:
    """The state of a key, from what kms:DescribeKey says of it."""
    return {
        "Enabled": "enabled",
        "Disabled": "disabled",
        "PendingDeletion": "pending-deletion",
        "PendingReplicaDeletion": "pending-deletion",
        "PendingImport": "pending-import",
    }.get(metadata["KeyState"], "other")


def _rotation(account: Account, region: str, metadata: Metadata) -> int | Unknown | None:
    """Automatic rotation exists for symmetric keys whose material KMS made (KMS developer guide,
    "Rotate AWS KMS keys")."""
    if metadata["KeySpec"] != "SYMMETRIC_DEFAULT" or metadata["Origin"] != "AWS_KMS":
        return None
    arn = metadata["Arn"]
    return then(account.read(GET_KEY_ROTATION_STATUS, region, arn, KeyId=arn), rotation_days)


def rotation_days(status: dict[str, Any]) -> int | None:
    """The period of automatic rotation, from the answer of kms:GetKeyRotationStatus: a year where
    it names none (KMS API reference, EnableKeyRotation); null when rotation is off."""
    days: int = status.get("RotationPeriodInDays", 365)
    return days if status["KeyRotationEnabled"] else None


SERVICE = Service(
    name="KMS",
    types=((EncryptionKey, KEY),),
    calls=(
        LIST_KEYS,
        LIST_ALIASES,
        DESCRIBE_KEY,
        GET_KEY_ROTATION_STATUS,
        GET_KEY_POLICY,
        LIST_RESOURCE_TAGS,
        *ENDPOINT_CALLS,
    ),
    region=keys,
)
