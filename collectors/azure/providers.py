"""Which types of resource the cloud offers at all: the one in China has not all of the global one.

ARM refuses a type that it does not know as it does an API version that it does not know, so that
its refusal proves nothing; the metadata of the resource provider do.
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import AzureCall, child
from collectors.document import Unknown
from collectors.logic import Known

GET_PROVIDER = child(
    "Microsoft.Resources/providers",
    "Providers_Get",
    "/subscriptions/{subscription}/providers/{namespace}",
    action="Microsoft.Resources/subscriptions/providers/read",
    scope="account",
    proof="resourceTypes",
)

Item = dict[str, Any]

_EMPTY = Unknown("the resource provider tells none of its types")


def offered(account: Account, call: AzureCall) -> list[Item] | Unknown:
    """The resources that `call` lists, none of a type that the cloud does not have."""
    has = is_offered(account, call.native_type)
    if isinstance(has, Unknown):
        return has
    return account.resources(call) if has else []


def is_offered(account: Account, native_type: str) -> Known:
    """Whether the cloud has a type of resource."""
    namespace, _, name = native_type.partition("/")
    found = account.read(GET_PROVIDER, native_type, namespace=namespace)
    if found is None or isinstance(found, Unknown):
        return found or _EMPTY
    types = {str(one.get("resourceType")).lower() for one in found["resourceTypes"]}
    return name.lower() in types if types else _EMPTY
