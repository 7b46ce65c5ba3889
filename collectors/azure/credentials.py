"""Credentials: those of azure-identity that need nobody at the keyboard.

In this order: environment variables (AZURE_TENANT_ID and AZURE_CLIENT_ID with AZURE_CLIENT_SECRET,
or with AZURE_CLIENT_CERTIFICATE_PATH, a PEM or PKCS12 file with its key, and
AZURE_CLIENT_CERTIFICATE_PASSWORD where it has one), workload identity (AZURE_FEDERATED_TOKEN_FILE),
managed identity (AZURE_CLIENT_ID names one of several), the Azure CLI, Azure PowerShell, the Azure
Developer CLI. AZURE_TOKEN_CREDENTIALS chooses one of them. The command lines must be logged in to
the same cloud (`az cloud set --name AzureChinaCloud`).
"""

from __future__ import annotations

import os

from azure.core.credentials import TokenCredential
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import DefaultAzureCredential

from collectors.azure.errors import NoAccountError
from collectors.azure.session import AzureOptions

_AUTHORITY = "AZURE_AUTHORITY_HOST"


def credential(options: AzureOptions) -> TokenCredential:
    """The credentials for a cloud. AZURE_AUTHORITY_HOST counts with another endpoint alone, so that
    a variable left over from another cloud cannot send secrets there. Raises NoAccountError."""
    authority = options.endpoints.authority
    elsewhere = bool(options.endpoint_url)
    if elsewhere:
        authority = os.environ.get(_AUTHORITY, authority)
    try:
        return DefaultAzureCredential(
            authority=authority,
            # An authority of a test is not in Microsoft's list of them.
            disable_instance_discovery=elsewhere,
            exclude_interactive_browser_credential=True,
            exclude_shared_token_cache_credential=True,
            exclude_visual_studio_code_credential=True,
            exclude_broker_credential=True,
        )
    except ValueError as error:
        # Such as a certificate that cannot be read.
        raise NoAccountError(
            f"The Azure credentials of the environment cannot be used: {one_line(error)}",
            "Check the AZURE_… variables.",
        ) from error


def refused(error: ClientAuthenticationError) -> NoAccountError:
    """What the user is told of credentials that give no token."""
    return NoAccountError(
        f"No Azure credentials were accepted: {one_line(error)}",
        "Run `az login` (in China after `az cloud set --name AzureChinaCloud`), set"
        " AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or"
        " AZURE_CLIENT_CERTIFICATE_PATH, or run where an identity is attached.",
    )


def one_line(error: Exception) -> str:
    """An error of azure-identity, which writes many lines, on one."""
    return " ".join(str(error).split())[:300]
