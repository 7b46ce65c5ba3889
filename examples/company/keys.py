"""Encryption keys and certificates."""

from __future__ import annotations

from typing import Any

import msgspec

from examples.company.account import (
    ACCOUNT_ID,
    CORE,
    LOGS,
    MAIN_REGION,
    MALL,
    OA,
    STANDBY_REGION,
    STRANGER_ACCOUNT,
    UNTAGGED,
    Account,
    Tags,
    allow,
    pairs,
    policy_document,
    root_of,
)


class Key(msgspec.Struct, frozen=True):
    """A customer key, and who may use it."""

    name: str
    region: str
    tags: Tags
    rotates: bool
    trusts: tuple[str, ...] = ()
    """Accounts besides the company's own that may use the key."""
    services: tuple[str, ...] = ()
    pending_deletion: bool = False


KEYS = (
    Key("core-data", MAIN_REGION, CORE, rotates=True),
    Key("log-archive", MAIN_REGION, LOGS, rotates=True, services=("cloudtrail.amazonaws.com",)),
    # bad: never rotates
    Key("mall-data", MAIN_REGION, MALL, rotates=False),
    # bad: a vendor that left may still decrypt
    Key("oa-share", MAIN_REGION, OA, rotates=True, trusts=(STRANGER_ACCOUNT,)),
    # bad: on its way out, while a volume still uses it
    Key("mall-legacy", MAIN_REGION, UNTAGGED, rotates=False, pending_deletion=True),
    Key("core-data", STANDBY_REGION, CORE, rotates=True),
)

CERTIFICATES = ("mall.example.com", "api.core.example.com")


class Keys(msgspec.Struct, frozen=True):
    """Key ARNs and certificate ARNs of one region, by name."""

    keys: dict[str, str]
    certificates: dict[str, str]


def fill_keys(account: Account, region: str) -> Keys:
    """Fill one region; what is to be deleted is deleted later, by `retire_keys`."""
    kms = account.client("kms", region)
    keys = {key.name: _key(account, kms, key) for key in KEYS if key.region == region}
    certificates: dict[str, str] = {}
    if region == MAIN_REGION:
        acm = account.client("acm", region)
        for domain in CERTIFICATES:
            answer = acm.request_certificate(
                DomainName=domain,
                ValidationMethod="DNS",
                Tags=pairs(MALL if domain.startswith("mall.") else CORE),
            )
            certificates[domain] = answer["CertificateArn"]
            account.made("acm", "certificate")
    return Keys(keys, certificates)


def retire_keys(account: Account, region: str, keys: Keys) -> None:
    """Schedule what is to be deleted, once everything that uses it exists."""
    kms = account.client("kms", region)
    for key in KEYS:
        if key.region == region and key.pending_deletion:
            # By id: moto 5.2 answers 500 to the ARN here.
            key_id = keys.keys[key.name].rpartition("/")[2]
            kms.schedule_key_deletion(KeyId=key_id, PendingWindowInDays=7)


def _key(account: Account, kms: Any, key: Key) -> str:
    use = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"]
    statements = [
        allow(["kms:*"], Principal={"AWS": root_of(ACCOUNT_ID)}, Sid="Company"),
        *(allow(use, Principal={"AWS": root_of(who)}, Sid="Outside") for who in key.trusts),
        *(allow(use, Principal={"Service": who}, Sid="Service") for who in key.services),
    ]
    answer = kms.create_key(
        Description=f"{key.name} in {key.region}",
        Policy=policy_document(statements),
        Tags=[{"TagKey": k, "TagValue": v} for k, v in key.tags.items()],
    )
    metadata = answer["KeyMetadata"]
    kms.create_alias(AliasName=f"alias/{key.name}", TargetKeyId=metadata["KeyId"])
    if key.rotates:
        kms.enable_key_rotation(KeyId=metadata["KeyId"])
    account.made("kms", "key")
    arn: str = metadata["Arn"]
    return arn
