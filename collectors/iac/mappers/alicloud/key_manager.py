"""Whose KMS key an argument names, as collectors.aliyun.kms_calls tells it of an account."""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown
from collectors.iac.blocks import Project, Reference
from collectors.iac.mappers.joins import settle

Manager = Literal["provider", "customer", "external"]

KEYS = ("alicloud_kms_key", "alicloud_kms_alias")
"""What a template makes is none of a service's own."""
_ALIAS, _OF_SERVICES = "alias/", "alias/acs/"


def manager_of(project: Project, key: Any) -> Manager | Unknown:
    """Whose key it is: that of a resource, or what its alias tells. A service's own key has an
    alias that begins with `alias/acs/` (KMS, "Manage a key alias"), and an id like any other."""
    value = settle(project, key)
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, Reference):
        return _by_name(str(value))
    target = project.target(value)
    kind = target.type if target else _kind_elsewhere(value.address)
    return "customer" if kind in KEYS else _not_told(value.address)


def _kind_elsewhere(address: str) -> str:
    """The type of a resource that is not in the project; none is a data source's."""
    if ".data." in f".{address}":
        return ""
    return address.rpartition(".")[0].rpartition(".")[2]


def _by_name(name: str) -> Manager | Unknown:
    alias = name.rpartition(":")[2]
    if not alias.startswith(_ALIAS):
        return _not_told(name)
    return "provider" if alias.startswith(_OF_SERVICES) else "customer"


def _not_told(name: str) -> Unknown:
    return Unknown(f"neither an id nor a data source tells who manages the key {name}")
