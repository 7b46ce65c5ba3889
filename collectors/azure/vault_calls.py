"""Calls of Key Vault and Managed HSM, of Resource Manager alone: it tells what keys and secrets are
like, and never their values."""

from __future__ import annotations

from collectors.azure.calls import child, listing

VAULTS = "Microsoft.KeyVault/vaults"
HSMS = "Microsoft.KeyVault/managedHSMs"

LIST_VAULTS = listing(VAULTS, "Vaults_ListBySubscription")
LIST_KEYS = child(f"{VAULTS}/keys", "Keys_List", "{id}/keys", paged=True)
GET_KEY = child(f"{VAULTS}/keys", "Keys_Get", "{id}/keys/{name}")
LIST_SECRETS = child(f"{VAULTS}/secrets", "Secrets_List", "{id}/secrets", paged=True)
LIST_HSMS = listing(HSMS, "ManagedHsms_ListBySubscription")
LIST_HSM_KEYS = child(f"{HSMS}/keys", "ManagedHsmKeys_List", "{id}/keys", paged=True)
GET_HSM_KEY = child(f"{HSMS}/keys", "ManagedHsmKeys_Get", "{id}/keys/{name}")
