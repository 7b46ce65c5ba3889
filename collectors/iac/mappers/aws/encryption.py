"""Encryption at rest in templates: on or off, and whose KMS key it is, as the live collector's
collectors.aws.encryption tells it."""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown, then
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers.joins import first_of, identity, settle, target_of

KEY, ALIAS = "aws_kms_key", "aws_kms_alias"
EXTERNAL_KEY = "aws_kms_external_key"
REPLICA_KEY, REPLICA_EXTERNAL_KEY = "aws_kms_replica_key", "aws_kms_replica_external_key"
# Besides them: keys with imported material, and replicas of the customer's own keys.
KEYS = (KEY, ALIAS, EXTERNAL_KEY, REPLICA_KEY, REPLICA_EXTERNAL_KEY)
KEY_DATA = ("data.aws_kms_key", "data.aws_kms_alias")
"""Resources and data sources that tell whose a key is."""

Manager = Literal["provider", "customer", "external"]

OFF = Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)


def at_rest(project: Project, enabled: bool | Unknown, key: Any) -> Encryption:
    """Encryption with the KMS key that an argument names; without one it is the service's own.

    The services that ask encrypt with AES-256 (user guides of CloudWatch Logs, EBS, RDS and S3).
    """
    if enabled is False:
        return OFF
    name = identity(project, key or None)
    return Encryption(
        enabled=enabled,
        key_manager="provider" if name is None else manager_of(project, key),
        key_id=name,
        algorithm="AES-256",
    )


def manager_of(project: Project, key: Any) -> Manager | Unknown:
    """Whose key an argument names: that of a key of this project, or what its alias tells. AWS
    reserves aliases that begin with `aws/` for its own keys (KMS developer guide)."""
    block = target_of(project, key, *KEYS, *KEY_DATA)
    if block is None:
        value = settle(project, key)
        if isinstance(value, Reference) and _is_own(value):
            return "customer"
        return _by_name(value) if isinstance(value, str) else _not_told(identity(project, key))
    if block.type in KEY_DATA:
        missing = Unknown(f"{block.address} names no key")
        return then(first_of(block.values, ("name", "key_id"), str, missing), _by_name)
    # An alias that a template makes cannot be one of AWS's own.
    return then(is_outside(block), lambda outside: "external" if outside else "customer")


def is_outside(block: Block) -> bool | Unknown:
    """Whether a key's material stays in a key store outside of AWS."""
    key = block.values.get("xks_key_id")
    return key if isinstance(key, Unknown) else key is not None


def _is_own(value: Reference) -> bool:
    """Whether it is a key of a resource that stands elsewhere: none makes a key of AWS."""
    return value.address.rpartition(".")[0].rpartition(".")[2] in KEYS and (
        ".data." not in f".{value.address}"
    )


def _by_name(name: str) -> Manager | Unknown:
    alias = name.rpartition(":")[2]
    if alias.startswith("alias/"):
        return "provider" if alias.startswith("alias/aws/") else "customer"
    return _not_told(name)


def _not_told(name: object) -> Unknown:
    if isinstance(name, Unknown):
        return name
    return Unknown(f"the template does not tell who manages the key {name}")
