"""Secrets of Key Vault, and the certificates that it keeps as secrets. Never their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.azure import vault_facts
from collectors.azure.account import Account, Service, tags_of
from collectors.azure.certificate_users import USER_CALLS, in_use
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.vault_calls import LIST_SECRETS, LIST_VAULTS, VAULTS
from collectors.document import Document, Unknown
from collectors.facts.key import Certificate, Secret
from collectors.facts.shared import Logging

SECRETS, CERTIFICATES = f"{VAULTS}/secrets", f"{VAULTS}/certificates"

_VAULT_ALONE = Unknown("the certificate is told by the vault itself, and is not read")
Item = dict[str, Any]


def secrets(account: Account) -> Iterable[Document]:
    """A document for each secret and each certificate of each vault."""
    vaults = account.resources(LIST_VAULTS)
    if isinstance(vaults, Unknown):
        yield account.unlisted(Secret, vaults, native_type=SECRETS)
        yield account.unlisted(Certificate, vaults, native_type=CERTIFICATES)
        return
    for vault in vaults:
        yield from _of_vault(account, vault)


def _of_vault(account: Account, vault: Item) -> Iterator[Document]:
    found = account.listed(LIST_SECRETS, id=vault["id"])
    if isinstance(found, Unknown):
        yield account.unlisted(Secret, found, region_of(vault), SECRETS)
        yield account.unlisted(Certificate, found, region_of(vault), CERTIFICATES)
        return
    if not found:
        return
    log = logging_of(account, vault["id"], ("AuditEvent",), ("allLogs", "audit"))
    for secret in found:
        if vault_facts.is_of_certificate(secret):
            yield _certificate(account, vault, secret)
        else:
            yield _secret(account, vault, secret, log)


def _secret(account: Account, vault: Item, secret: Item, log: Logging) -> Document:
    """Key Vault does not rotate secrets by itself, and lists the newest version of each, which was
    made when the secret was last set."""
    properties, attributes = vault["properties"], secret["properties"].get("attributes") or {}
    made = vault_facts.moment(attributes.get("created"))
    return account.document(
        Secret(
            rotation_days=None,
            last_rotated=made or Unknown("the vault does not tell when the secret was made"),
            encryption=vault_facts.secret_encryption(),
            policy=vault_facts.grants_of(properties, account.id, "secrets"),
            network_ranges=vault_facts.ranges_of(properties),
            private_endpoint=has_private_endpoint(properties),
            audit_log=log,
            expires=vault_facts.moment(attributes.get("exp")),
        ),
        secret,
        region=region_of(vault),
        name=f"{vault['name']}/{secret['name']}",
        tags=tags_of(secret) or tags_of(vault),
        native_type=SECRETS,
        native={"id": secret["id"], "properties": {"attributes": attributes}},
    )


def _certificate(account: Account, vault: Item, secret: Item) -> Document:
    """The secret of a certificate expires with it."""
    attributes = secret["properties"].get("attributes") or {}
    expires = vault_facts.moment(attributes.get("exp"))
    return account.document(
        Certificate(
            expires=expires or Unknown("the vault does not tell when the certificate expires"),
            in_use=in_use(account, str(secret["properties"].get("secretUri"))),
            algorithm=_VAULT_ALONE,
            key_bits=_VAULT_ALONE,
            auto_renew=_VAULT_ALONE,
        ),
        secret,
        region=region_of(vault),
        name=f"{vault['name']}/{secret['name']}",
        tags=tags_of(secret) or tags_of(vault),
        native_type=CERTIFICATES,
        native={"id": secret["id"], "properties": {"attributes": attributes}},
    )


SERVICE = Service(
    name="Key Vault secrets",
    types=((Secret, SECRETS), (Certificate, CERTIFICATES)),
    calls=(LIST_VAULTS, LIST_SECRETS, *USER_CALLS, *LOGGING_CALLS),
    account=secrets,
)
