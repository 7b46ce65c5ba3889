"""Calls of Azure Storage, by its resource provider alone: keys and data are never asked for."""

from __future__ import annotations

from collectors.azure.calls import child, listing
from collectors.azure.named_resources import single

ACCOUNTS = "Microsoft.Storage/storageAccounts"

LIST_ACCOUNTS = listing(ACCOUNTS, "StorageAccounts_List")
GET_ACCOUNT = single(LIST_ACCOUNTS, "StorageAccounts_GetProperties")
GET_BLOB_SERVICE = child(
    f"{ACCOUNTS}/blobServices", "BlobServices_GetServiceProperties", "{id}/blobServices/default"
)
LIST_CONTAINERS = child(
    f"{ACCOUNTS}/blobServices/containers",
    "BlobContainers_List",
    "{id}/blobServices/default/containers",
    paged=True,
)
GET_CONTAINER = child(
    f"{ACCOUNTS}/blobServices/containers",
    "BlobContainers_Get",
    "{id}/blobServices/default/containers/{name}",
)
GET_MANAGEMENT_POLICY = child(
    f"{ACCOUNTS}/managementPolicies",
    "ManagementPolicies_Get",
    "{id}/managementPolicies/default",
    absent=("ManagementPolicyNotFound",),
)
LIST_OBJECT_REPLICATION = child(
    f"{ACCOUNTS}/objectReplicationPolicies",
    "ObjectReplicationPolicies_List",
    "{id}/objectReplicationPolicies",
    paged=True,
)
LIST_SHARES = child(
    f"{ACCOUNTS}/fileServices/shares",
    "FileShares_List",
    "{id}/fileServices/default/shares",
    paged=True,
)
