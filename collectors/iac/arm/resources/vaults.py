"""Key vaults with their keys, secrets and access policies, and private endpoints. Source: template
reference, Microsoft.KeyVault, Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.vault_facts import moment
from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, is_, named, network_acls, or_, public
from collectors.iac.blocks import Block

_VAULT = "azurerm_key_vault"
_PERMISSIONS = {"keys": "key_permissions", "secrets": "secret_permissions"}


def vault(resource: Resource) -> Iterator[Block]:
    """A vault."""
    values = named(resource) | {
        "purge_protection_enabled": resource.get("enablePurgeProtection"),
        "rbac_authorization_enabled": resource.get("enableRbacAuthorization"),
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "network_acls": network_acls(resource.get("networkAcls")),
        "access_policy": _policies(resource.get("accessPolicies")),
    }
    yield resource.block(_VAULT, values)


def _policies(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    doubt = next((one for one in value if isinstance(one, Unknown)), None)
    return doubt or [_policy(one) for one in value]


def _policy(value: Any) -> dict[str, Any]:
    found = {"object_id": at(value, "objectId")} | {
        new: at(value, f"permissions.{old}") for old, new in _PERMISSIONS.items()
    }
    return {name: it for name, it in found.items() if it is not None}


def policies(resource: Resource) -> Iterator[Block]:
    """Access policies beside a vault; those of the operation `remove` take away what another
    template gave."""
    if is_(resource.name, "remove") is True:
        return
    listed = _policies(resource.get("accessPolicies"))
    for number, one in enumerate(each(listed)):
        values = one if isinstance(one, dict) else dict.fromkeys(_PERMISSIONS.values(), one)
        given = {**values, "key_vault_id": resource.owner()}
        yield resource.block(f"{_VAULT}_access_policy", given, part=str(number) if number else "")


def key(resource: Resource) -> Iterator[Block]:
    """A key, with its rotation policy."""
    values = {
        "name": resource.name,
        "tags": resource.tags,
        "key_vault_id": resource.owner(),
        "key_type": resource.get("kty"),
        "key_size": resource.get("keySize"),
        "curve": resource.get("curveName"),
        "enabled": resource.get("attributes.enabled"),
        "rotation_policy": _rotation(resource.get("rotationPolicy")),
    }
    yield resource.block(f"{_VAULT}_key", values)


def _rotation(value: Any) -> Any:
    """The rotation policy; actions that only notify do not rotate."""
    if not isinstance(value, dict):
        return value
    actions = at(value, "lifetimeActions")
    if isinstance(actions, Unknown):
        return actions
    rotating = [one for one in each(actions) if is_(at(one, "action.type"), "notify") is not True]
    found: dict[str, Any] = {"expire_after": at(value, "attributes.expiryTime")}
    if rotating:
        kind = is_(at(rotating[0], "action.type"), "rotate")
        doubt = kind if isinstance(kind, Unknown) else None
        times = {
            "time_after_creation": doubt or at(rotating[0], "trigger.timeAfterCreate"),
            "time_before_expiry": doubt or at(rotating[0], "trigger.timeBeforeExpiry"),
        }
        found["automatic"] = [{name: it for name, it in times.items() if it is not None}]
    return [{name: it for name, it in found.items() if it is not None}]


def secret(resource: Resource) -> Iterator[Block]:
    """A secret; its value is not looked at. ARM writes times in seconds since 1970."""
    expires = resource.get("attributes.exp")
    values = {
        "name": resource.name,
        "tags": resource.tags,
        "key_vault_id": resource.owner(),
        "expiration_date": moment(expires) if isinstance(expires, int) else expires,
    }
    yield resource.block(f"{_VAULT}_secret", values)


def endpoint(resource: Resource) -> Iterator[Block]:
    """A private endpoint, with the connections that the owner approves and those that wait."""
    connections = [
        {
            "private_connection_resource_id": at(one, "properties.privateLinkServiceId"),
            "subresource_names": or_(at(one, "properties.groupIds"), []),
            "is_manual_connection": manual,
        }
        for name, manual in (
            ("privateLinkServiceConnections", False),
            ("manualPrivateLinkServiceConnections", True),
        )
        for one in each(resource.get(name))
    ]
    values = {"name": resource.name, "private_service_connection": connections}
    yield resource.block("azurerm_private_endpoint", values)


_ON = "Microsoft.KeyVault/vaults"

TRANSLATIONS: dict[str, Translation] = {
    _ON: vault,
    f"{_ON}/accessPolicies": policies,
    f"{_ON}/keys": key,
    f"{_ON}/secrets": secret,
    "Microsoft.Network/privateEndpoints": endpoint,
}
