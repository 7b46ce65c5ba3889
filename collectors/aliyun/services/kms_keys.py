"""KMS keys of the customer and of services, with rotation and key policies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun import kms_facts
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.kms_calls import DESCRIBE_KEY, manager_of
from collectors.aliyun.policy_document import grants
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.key import EncryptionKey
from collectors.facts.shared import Grant

NATIVE = "ACS::KMS::Key"
_KEPT = (
    "KeyId",
    "CreationDate",
    "Creator",
    "DeleteDate",
    "Description",
    "DKMSInstanceId",
    "KeySpec",
    "KeyState",
    "KeyUsage",
    "LastRotationDate",
    "MaterialExpireTime",
    "Origin",
    "ProtectionLevel",
)


def _kms(operation: str, result: str, scope: Scope, *, paged: bool = False) -> Call:
    return Call(
        provider="aliyun",
        service="kms",
        operation=operation,
        permission=f"kms:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_KEYS = _kms("ListKeys", "Keys.Key", "region", paged=True)
LIST_ALIASES = _kms("ListAliases", "Aliases.Alias", "region", paged=True)
LIST_TAGS = _kms("ListResourceTags", "Tags.Tag", "resource")
GET_KEY_POLICY = _kms("GetKeyPolicy", "Policy", "resource")


def keys(account: Account, region: str) -> Iterable[Document]:
    """A document for each key of a region, those that services made for themselves among them."""
    found = account.listed(LIST_KEYS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(EncryptionKey, found, region, NATIVE)
        return
    if not found:
        return
    names = then(account.listed(LIST_ALIASES, region), _names)
    yield from account.map(lambda key: _document(account, region, key["KeyId"], names), found)


def _document(account: Account, region: str, key: str, names: dict[str, str] | Unknown) -> Document:
    """Without the aliases the id of a key has to do as its name."""
    document = _named(account, region, key, {} if isinstance(names, Unknown) else names)
    if isinstance(names, Unknown):
        document.unknown["name"] = names.reason
    return document


def _named(account: Account, region: str, key: str, names: dict[str, str]) -> Document:
    metadata = account.read(DESCRIBE_KEY, region, key, KeyId=key)
    return account.document(
        EncryptionKey(
            manager=then(metadata, manager_of),
            origin=then(metadata, kms_facts.origin_of),
            algorithm=then(metadata, lambda known: str(known["KeySpec"])),
            rotation_days=then(metadata, kms_facts.rotation_days),
            policy=then(metadata, lambda known: _policy(account, region, known)),
            state=then(metadata, kms_facts.state_of),
            # KMS does not tell what uses a key; its network rules are of credentials (application
            # access points), not of keys; the account's trail records their use.
            used_by=None,
            network_ranges=None,
            audit_log=None,
            # Every region has an endpoint of KMS for VPCs (KMS, "Endpoints").
            private_endpoint=True,
            deletion_protection=then(metadata, kms_facts.deletion_protection),
        ),
        id=account.arn("kms", region, f"key/{key}"),
        region=region,
        name=names.get(key, key),
        native_type=NATIVE,
        tags=then(account.read(LIST_TAGS, region, key, KeyId=key), tags_of),
        native={"KeyId": key}
        if isinstance(metadata, Unknown)
        else {name: metadata[name] for name in _KEPT if name in metadata},
    )


def _policy(account: Account, region: str, metadata: dict[str, Any]) -> list[Grant] | Unknown:
    """Only keys of a KMS instance have a policy (KMS, "GetKeyPolicy"); of the others RAM policies
    of the account alone decide."""
    key = metadata["KeyId"]
    if not metadata.get("DKMSInstanceId"):
        return []
    return then(account.read(GET_KEY_POLICY, region, key, KeyId=key, PolicyName="default"), grants)


def _names(aliases: list[dict[str, Any]]) -> dict[str, str]:
    """The first alias of each key."""
    ordered = sorted(aliases, key=lambda alias: str(alias["AliasName"]), reverse=True)
    return {alias["KeyId"]: alias["AliasName"].removeprefix("alias/") for alias in ordered}


SERVICE = Service(
    name="KMS keys",
    types=((EncryptionKey, NATIVE),),
    calls=(LIST_KEYS, LIST_ALIASES, DESCRIBE_KEY, LIST_TAGS, GET_KEY_POLICY),
    region=keys,
)
