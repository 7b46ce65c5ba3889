"""Storage accounts with their blob services, containers and lifecycle policies. Source: template
reference, Microsoft.Storage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown, then
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import nothing, or_, public
from collectors.iac.blocks import Block

_PUBLIC = Unknown(
    "allowBlobPublicAccess is not written: new accounts refuse public access, older ones may not"
)
_HTTPS_SINCE = "2019-04-01"
"""Since this version of the API an account takes HTTPS only, unless it says otherwise."""


def account(resource: Resource) -> Iterator[Block]:
    """A storage account. Without a word it takes TLS 1.0, and every network."""
    sku = at(resource.body, "sku.name")
    values: dict[str, Any] = {
        "name": resource.name,
        "location": resource.location,
        "tags": resource.tags,
        "account_replication_type": _replication(sku),
        "allow_nested_items_to_be_public": or_(resource.get("allowBlobPublicAccess"), _PUBLIC),
        "min_tls_version": or_(resource.get("minimumTlsVersion"), "TLS1_0"),
        "https_traffic_only_enabled": or_(
            resource.get("supportsHttpsTrafficOnly"), _https_by_default(resource)
        ),
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "network_rules": _network(resource.get("networkAcls")),
        "customer_managed_key": _key(resource),
        "immutability_policy": _immutability(resource),
        "blob_properties": _blobs(resource),
    }
    yield resource.block("azurerm_storage_account", values)


def _replication(sku: Any) -> Any:
    """`Standard_GRS` is the tier and the kind of replication."""
    return sku.rpartition("_")[2] if isinstance(sku, str) else sku


def _https_by_default(resource: Resource) -> bool | Unknown:
    return then(
        or_(resource.body.get("apiVersion"), Unknown("the version of the API is not written")),
        lambda version: version >= _HTTPS_SINCE,
    )


def _network(value: Any) -> Any:
    """Network rules; what they do not say is allowed."""
    if not isinstance(value, dict):
        return value
    rules = or_(at(value, "ipRules"), [])
    listed = [at(each, "value") for each in rules] if isinstance(rules, list) else rules
    action = or_(at(value, "defaultAction"), "Allow")
    return [{"default_action": action, "ip_rules": listed}]


def _key(resource: Resource) -> Any:
    source = resource.get("encryption.keySource")
    if source is None or isinstance(source, Unknown):
        return source
    if str(source).lower() != "microsoft.keyvault":
        return None
    vault = resource.get("encryption.keyvaultproperties.keyvaulturi")
    name = resource.get("encryption.keyvaultproperties.keyname")
    whole = f"{vault}keys/{name}" if isinstance(vault, str) and isinstance(name, str) else name
    return [{"key_vault_key_id": or_(whole, Unknown("the key is not written"))}]


def _immutability(resource: Resource) -> Any:
    policy = resource.get("immutableStorageWithVersioning.immutabilityPolicy")
    if policy is None or isinstance(policy, Unknown):
        return policy
    return [
        {
            "state": at(policy, "state"),
            "period_since_creation_in_days": at(policy, "immutabilityPeriodSinceCreationInDays"),
        }
    ]


def _blobs(resource: Resource) -> Any:
    """The settings of the blob service, a resource of its own in ARM."""
    service = resource.child("blobServices")
    if service is None:
        return None
    return [{"versioning_enabled": or_(service.get("isVersioningEnabled"), False)}]


def container(resource: Resource) -> Iterator[Block]:
    """A container, private unless it says otherwise."""
    access = or_(resource.get("publicAccess"), "None")
    words = {"none": "private", "blob": "blob", "container": "container"}
    values = {
        "name": resource.name,
        "storage_account_id": resource.owner(2),
        "container_access_type": then(
            access,
            lambda word: words.get(str(word).lower(), Unknown(f"{word} is malformed")),
        ),
    }
    yield resource.block("azurerm_storage_container", values)


def share(resource: Resource) -> Iterator[Block]:
    """A share of files."""
    values = {"name": resource.name, "storage_account_id": resource.owner(2)}
    yield resource.block("azurerm_storage_share", values)


def lifecycle(resource: Resource) -> Iterator[Block]:
    """The lifecycle policy of an account: when its rules delete versions."""
    rules = resource.get("policy.rules")
    if isinstance(rules, list):
        rules = [_lifecycle_rule(one) for one in rules]
    values = {"storage_account_id": resource.owner(), "rule": rules}
    yield resource.block("azurerm_storage_management_policy", values)


def _lifecycle_rule(rule: Any) -> dict[str, Any]:
    age = at(rule, "definition.actions.version.delete.daysAfterCreationGreaterThan")
    version = [] if age is None else [{"delete_after_days_since_creation": age}]
    return {"enabled": or_(at(rule, "enabled"), True), "actions": [{"version": version}]}


def replication(resource: Resource) -> Iterator[Block]:
    """A policy of object replication, of which the source and the destination have one each."""
    values = {
        "source_storage_account_id": resource.get("sourceAccount"),
        "destination_storage_account_id": resource.get("destinationAccount"),
    }
    yield resource.block("azurerm_storage_object_replication", values)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Storage/storageAccounts": account,
    "Microsoft.Storage/storageAccounts/blobServices": nothing,
    "Microsoft.Storage/storageAccounts/blobServices/containers": container,
    "Microsoft.Storage/storageAccounts/fileServices": nothing,
    "Microsoft.Storage/storageAccounts/fileServices/shares": share,
    "Microsoft.Storage/storageAccounts/managementPolicies": lifecycle,
    "Microsoft.Storage/storageAccounts/objectReplicationPolicies": replication,
}
