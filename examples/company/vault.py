"""Secrets, secret parameters, and a certificate that was uploaded."""

from __future__ import annotations

import msgspec

from examples.company.account import (
    ACCOUNT_ID,
    CORE,
    MAIN_REGION,
    MALL,
    OA,
    STRANGER_ACCOUNT,
    Account,
    Tags,
    allow,
    pairs,
    policy_document,
    root_of,
)
from examples.company.identity import PASSWORD
from examples.company.keys import Keys


class Secret(msgspec.Struct, frozen=True):
    """A secret, whether it rotates, and who may read it besides the company."""

    name: str
    tags: Tags
    key: str = ""
    rotation_days: int = 0
    trusts: tuple[str, ...] = ()


SECRETS = (
    Secret("core/ledger-database", CORE, key="core-data", rotation_days=30),
    # bad: a vendor that left may read it
    Secret("mall/payment-gateway", MALL, trusts=(STRANGER_ACCOUNT,)),
)


def fill_vault(account: Account, region: str, keys: Keys) -> None:
    """Fill one region; only production keeps secrets."""
    if region != MAIN_REGION:
        return
    manager = account.client("secretsmanager", region)
    for secret in SECRETS:
        more = {"KmsKeyId": keys.keys[secret.key]} if secret.key else {}
        arn = manager.create_secret(
            Name=secret.name, SecretString=PASSWORD, Tags=pairs(secret.tags), **more
        )["ARN"]
        if secret.rotation_days:
            manager.rotate_secret(
                SecretId=arn,
                RotationRules={"AutomaticallyAfterDays": secret.rotation_days},
                RotateImmediately=False,
            )
        readers = [root_of(ACCOUNT_ID), *map(root_of, secret.trusts)]
        statement = allow(["secretsmanager:GetSecretValue"], Principal={"AWS": readers})
        manager.put_resource_policy(SecretId=arn, ResourcePolicy=policy_document([statement]))
        account.made("secretsmanager", "secret")
    account.client("ssm", region).put_parameter(
        Name="/oa/mail/password", Value=PASSWORD, Type="SecureString", Tags=pairs(OA)
    )
    account.made("ssm", "parameter")
    # bad: nobody renews it, and nothing uses it
    account.client("iam").upload_server_certificate(
        ServerCertificateName="oa-portal-2019",
        CertificateBody="-----BEGIN CERTIFICATE-----\nexample\n-----END CERTIFICATE-----",
        PrivateKey="example",
    )
    account.made("iam", "server-certificate")
