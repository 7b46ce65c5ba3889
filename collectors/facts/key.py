"""Facts of encryption keys, secrets and certificates."""

from __future__ import annotations

from typing import ClassVar, Literal

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Encryption, Grant


class EncryptionKey(Facts, kw_only=True):
    """A key of a key-management service. `manager` provider marks service keys that the customer
    does not control. `rotation_days` is null when automatic rotation is off or does not exist for
    this kind of key. `state` is enabled, disabled, pending-deletion, pending-import or other."""

    TYPE: ClassVar[str] = "key.encryption_key"

    manager: Literal["provider", "customer", "external"] | Absent = ABSENT
    origin: Literal["provider", "external", "hsm"] | Absent = ABSENT
    algorithm: str | Absent = ABSENT
    rotation_days: int | Absent | None = ABSENT
    policy: list[Grant] | Absent = ABSENT
    state: str | Absent = ABSENT
    used_by: int | Absent | None = ABSENT
    network_ranges: list[str] | Absent | None = ABSENT
    deletion_protection: bool | Absent = ABSENT


class Secret(Facts, kw_only=True):
    """A secret of a secret store; never its value."""

    TYPE: ClassVar[str] = "key.secret"

    rotation_days: int | Absent | None = ABSENT
    last_rotated: str | Absent | None = ABSENT
    encryption: Encryption | Absent = ABSENT
    policy: list[Grant] | Absent = ABSENT
    expires: str | Absent | None = ABSENT


class Certificate(Facts, kw_only=True):
    """A TLS certificate."""

    TYPE: ClassVar[str] = "key.certificate"

    expires: str | Absent = ABSENT
    in_use: bool | Absent = ABSENT
    algorithm: str | Absent = ABSENT
    key_bits: int | Absent = ABSENT
    auto_renew: bool | Absent = ABSENT
