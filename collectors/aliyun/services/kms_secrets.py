"""Secrets of KMS: how old they are, what encrypts them, who may read them. Never their values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun import kms_facts
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.kms_calls import DESCRIBE_KEY, key_manager
from collectors.aliyun.policy_document import grants
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.key import Secret
from collectors.facts.shared import Encryption, Grant

NATIVE = "ACS::KMS::Secret"
_KEPT = (
    "SecretName",
    "SecretType",
    "CreateTime",
    "PlannedDeleteTime",
    "DKMSInstanceId",
    "LastRotationDate",
    "NextRotationDate",
)


def _kms(operation: str, result: str, scope: Scope = "resource", *, paged: bool = False) -> Call:
    return Call(
        provider="aliyun",
        service="kms",
        operation=operation,
        permission=f"kms:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_SECRETS = _kms("ListSecrets", "SecretList.Secret", "region", paged=True)
DESCRIBE_SECRET = _kms("DescribeSecret", "")
LIST_VERSIONS = _kms("ListSecretVersionIds", "VersionIds.VersionId", paged=True)
GET_SECRET_POLICY = _kms("GetSecretPolicy", "Policy")


def secrets(account: Account, region: str) -> Iterable[Document]:
    """A document for each secret of a region."""
    found = account.listed(LIST_SECRETS, region, FetchTags="true")
    if isinstance(found, Unknown):
        yield account.unlisted(Secret, found, region, NATIVE)
        return
    yield from account.map(lambda secret: _document(account, region, secret), found)


def _document(account: Account, region: str, listed: dict[str, Any]) -> Document:
    name = listed["SecretName"]
    secret = account.read(DESCRIBE_SECRET, region, name, SecretName=name)
    return account.document(
        Secret(
            rotation_days=then(secret, kms_facts.rotation_days),
            last_rotated=then(secret, lambda known: _last_rotated(account, region, known)),
            encryption=then(secret, lambda known: _encryption(account, region, known)),
            policy=then(secret, lambda known: _policy(account, region, known)),
            # As for keys; the value of a secret does not expire.
            network_ranges=None,
            private_endpoint=True,
            audit_log=None,
            expires=None,
        ),
        id=account.arn("kms", region, f"secret/{name}"),
        region=region,
        name=name,
        native_type=NATIVE,
        tags=tags_of(listed.get("Tags")),
        native={"SecretName": name}
        if isinstance(secret, Unknown)
        else {key: secret[key] for key in _KEPT if key in secret},
    )


def _last_rotated(account: Account, region: str, secret: dict[str, Any]) -> str | Unknown | None:
    """When KMS rotated it last; where it never did, when its value was set."""
    if secret.get("LastRotationDate"):
        return str(secret["LastRotationDate"])
    name = secret["SecretName"]
    versions = account.listed(LIST_VERSIONS, region, name, SecretName=name)
    return then(versions, kms_facts.current_since)


def _encryption(account: Account, region: str, secret: dict[str, Any]) -> Encryption:
    """Secrets are always encrypted: with a key of KMS' own where none is named (KMS,
    "CreateSecret": EncryptionKeyId)."""
    key = secret.get("EncryptionKeyId") or None
    return Encryption(
        enabled=True,
        key_manager=key_manager(account, region, key) if key else "provider",
        key_id=key,
        algorithm="AES-256" if not key else Unknown("the API does not name the algorithm"),
    )


def _policy(account: Account, region: str, secret: dict[str, Any]) -> list[Grant] | Unknown:
    """Only secrets of a KMS instance have a policy; of the others RAM policies alone decide."""
    name = secret["SecretName"]
    if not secret.get("DKMSInstanceId"):
        return []
    policy = account.read(GET_SECRET_POLICY, region, name, SecretName=name, PolicyName="default")
    return then(policy, grants)


SERVICE = Service(
    name="KMS secrets",
    types=((Secret, NATIVE),),
    calls=(LIST_SECRETS, DESCRIBE_SECRET, LIST_VERSIONS, GET_SECRET_POLICY, DESCRIBE_KEY),
    region=secrets,
)
