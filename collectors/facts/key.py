"""Facts of encryption keys, secrets and certificates."""

from __future__ import annotations

from typing import ClassVar, Literal

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Encryption, Grant, Logging


class EncryptionKey(Facts, kw_only=True):
    """A key of a key-management service. `manager` provider marks service keys that the customer
    does not control. `rotation_days` is null when automatic rotation is off or does not exist for
    this kind of key. `state` is enabled, disabled, pending-deletion, pending-import or other.
    `audit_log` is that of its vault (Azure Key Vault), null where the account's trail records its
    use (AWS KMS, Alibaba Cloud KMS). `network_ranges` may reach its vault: 0.0.0.0/0 and ::/0 where
    the vault takes any address, empty where it takes private endpoints only, null where the cloud
    has no such setting (AWS). `private_endpoint`: networks of the account have a private way to the
    vault or service."""

    TYPE: ClassVar[str] = "key.encryption_key"

    manager: Literal["provider", "customer", "external"] | Absent = ABSENT
    origin: Literal["provider", "external", "hsm"] | Absent = ABSENT
    algorithm: str | Absent = ABSENT
    rotation_days: int | Absent | None = ABSENT
    policy: list[Grant] | Absent = ABSENT
    state: str | Absent = ABSENT
    used_by: int | Absent | None = ABSENT
    network_ranges: list[str] | Absent | None = ABSENT
    private_endpoint: bool | Absent = ABSENT
    audit_log: Logging | Absent | None = ABSENT
    deletion_protection: bool | Absent = ABSENT


class Secret(Facts, kw_only=True):
    """A secret of a secret store; never its value. `network_ranges`, `private_endpoint` and
    `audit_log` are those of the store, as for keys."""

    TYPE: ClassVar[str] = "key.secret"

    rotation_days: int | Absent | None = ABSENT
    last_rotated: str | Absent | None = ABSENT
    encryption: Encryption | Absent = ABSENT
    policy: list[Grant] | Absent = ABSENT
    network_ranges: list[str] | Absent | None = ABSENT
    private_endpoint: bool | Absent = ABSENT
    expires: str | Absent | None = ABSENT
    audit_log: Logging | Absent | None = ABSENT


class Certificate(Facts, kw_only=True):
    """A TLS certificate."""

    TYPE: ClassVar[str] = "key.certificate"

    expires: str | Absent = ABSENT
    in_use: bool | Absent = ABSENT
    algorithm: str | Absent = ABSENT
    key_bits: int | Absent = ABSENT
    auto_renew: bool | Absent = ABSENT
