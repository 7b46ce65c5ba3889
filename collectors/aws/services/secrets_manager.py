"""Secrets Manager: how secrets rotate, what encrypts them, who may read them. Never their values.

Secrets that are scheduled for deletion are not listed: nobody can read them any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.policy_document import grants
from collectors.aws.private_endpoints import CALLS as ENDPOINT_CALLS
from collectors.aws.private_endpoints import has_way
from collectors.aws.secret_rotation import rotation_days
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.key import Secret

SECRET = "AWS::SecretsManager::Secret"  # noqa: S105 - a type, no secret
LIST_SECRETS = Call(
    provider="aws",
    service="secretsmanager",
    operation="ListSecrets",
    permission="secretsmanager:ListSecrets",
    scope="region",
    result="SecretList",
    paged=True,
)
LIST_SECRET_VERSIONS = Call(
    provider="aws",
    service="secretsmanager",
    operation="ListSecretVersionIds",
    permission="secretsmanager:ListSecretVersionIds",
    scope="resource",
    result="Versions",
)
GET_RESOURCE_POLICY = Call(
    provider="aws",
    service="secretsmanager",
    operation="GetResourcePolicy",
    permission="secretsmanager:GetResourcePolicy",
    scope="resource",
    result="ResourcePolicy",
    may_omit=True,
)

_KEPT = (
    "ARN",
    "KmsKeyId",
    "RotationEnabled",
    "RotationRules",
    "RotationLambdaARN",
    "LastRotatedDate",
    "LastChangedDate",
    "LastAccessedDate",
    "NextRotationDate",
    "OwningService",
    "PrimaryRegion",
    "CreatedDate",
)
Item = dict[str, Any]


def secrets(account: Account, region: str) -> Iterable[Document]:
    """A document for each secret of a region, replicas among them."""
    found = account.read(LIST_SECRETS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Secret, found, region, SECRET)
        return
    yield from account.map(lambda item: _document(account, region, item), found)


def _document(account: Account, region: str, item: Item) -> Document:
    arn = item["ARN"]
    policy = account.read(GET_RESOURCE_POLICY, region, arn, SecretId=arn)
    rotated = primary(account, region, item)
    return account.document(
        Secret(
            rotation_days=then(rotated, rotation_days),
            last_rotated=then(rotated, lambda known: _last_rotated(account, region, known, arn)),
            # Without a key of its own it is `aws/secretsmanager` (API reference, SecretListEntry).
            encryption=at_rest(account, region, True, item.get("KmsKeyId")),
            policy=then(policy, grants),
            # The service has no network rules of its own, the account's trail records who reads a
            # secret, and its value does not expire.
            network_ranges=None,
            private_endpoint=has_way(account, region, "secretsmanager", arn),
            expires=None,
            audit_log=None,
        ),
        id=arn,
        region=region,
        name=item["Name"],
        tags=tags_of(item.get("Tags")),
        native_type=SECRET,
        native={key: item[key] for key in _KEPT if key in item},
    )


def primary(account: Account, region: str, item: Item) -> Item | Unknown:
    """The secret that rotation is configured on: of a replica, the one that it is a copy of."""
    home = item.get("PrimaryRegion", region)
    if home == region:
        return item
    arn = item["ARN"].replace(f":{region}:", f":{home}:", 1)
    missing = Unknown(f"the secret {arn}, of which this is a replica, is not visible")
    return then(
        account.read(LIST_SECRETS, home),
        lambda found: next((one for one in found if one["ARN"] == arn), missing),
    )


def _last_rotated(account: Account, region: str, item: Item, arn: str) -> str | Unknown | None:
    """When the service rotated it last; else since when it has its value, which somebody set."""
    if item.get("RotationEnabled") and item.get("LastRotatedDate"):
        return str(item["LastRotatedDate"])
    versions = account.read(LIST_SECRET_VERSIONS, region, arn, SecretId=arn)
    return then(versions, current_since)


def current_since(versions: list[Item]) -> str | None:
    """When the version that is handed out was made; null for a secret without a value."""
    dates = (one["CreatedDate"] for one in versions if "AWSCURRENT" in one.get("VersionStages", []))
    return max(dates, default=None)


SERVICE = Service(
    name="Secrets Manager",
    types=((Secret, SECRET),),
    calls=(
        LIST_SECRETS,
        LIST_SECRET_VERSIONS,
        GET_RESOURCE_POLICY,
        DESCRIBE_KEY,
        *ENDPOINT_CALLS,
    ),
    region=secrets,
)
