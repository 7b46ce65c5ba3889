"""Declared calls of Azure: of Resource Manager (ARM) and of Microsoft Graph.

    LIST_VAULTS = listing("Microsoft.KeyVault/vaults", "Vaults_ListBySubscription")
    LIST_KEYS = child("Microsoft.KeyVault/vaults/keys", "Keys_List", "{id}/keys", paged=True)
    LIST_USERS = directory("User_List", "/users", permission="User.Read.All")

Operations have the names of Microsoft's REST specification. A path has holes: `{subscription}` is
filled by the reader, `{id}` with a whole ARM id, others with one segment each.
"""

from __future__ import annotations

import re
from typing import Literal

from collectors.azure.apis import version_of
from collectors.calls import Call, Scope

_WHOLE = "/subscriptions/{subscription}/"
_PROVIDER = re.compile(r".*/providers/([^/]+)((?:/[^/]+)*)")


class AzureCall(Call, frozen=True, kw_only=True):
    """One read-only call of ARM or Microsoft Graph.

    `permission` is an action of a role (`Microsoft.Network/virtualNetworks/read`), or an
    application permission of Microsoft Graph (`Policy.Read.All`). `native_type` is the resource
    type that is asked for, which decides the API version. `query` are parameters besides it.
    `proof` is a key that every answer to a call without `result` has, so that nobody else's JSON
    is taken for one. `graphed` lists are to be had of Resource Graph too.
    """

    path: str
    native_type: str = ""
    method: Literal["GET", "POST"] = "GET"
    query: tuple[tuple[str, str], ...] = ()
    proof: str = "id"
    graphed: bool = False

    @property
    def of_directory(self) -> bool:
        """Whether it is a call of Microsoft Graph, which knows no subscriptions."""
        return self.service == "graph"

    @property
    def of_subscription(self) -> bool:
        """Whether it lists what the whole subscription has, as far as the caller may see it."""
        return self.paged and self.scope == "account" and self.path.startswith(_WHOLE)

    @property
    def api_version(self) -> str:
        """The version of the API, "" for Microsoft Graph, whose path has it."""
        return "" if self.of_directory else version_of(self.native_type)


def listing(
    native_type: str,
    operation: str,
    *,
    graphed: bool = True,
    query: tuple[tuple[str, str], ...] = (),
) -> AzureCall:
    """The list of all resources of a type in the subscription, for `Account.resources`.

    `graphed=False` where Resource Graph does not tell the same: extension resources, and lists that
    are not of tracked resources.
    """
    return AzureCall(
        provider="azure",
        service=native_type.split("/", maxsplit=1)[0],
        operation=operation,
        permission=f"{native_type}/read",
        scope="account",
        result="value",
        paged=True,
        path=f"/subscriptions/{{subscription}}/providers/{native_type}",
        native_type=native_type,
        query=query,
        graphed=graphed,
    )


def child(
    native_type: str,
    operation: str,
    path: str,
    *,
    paged: bool = False,
    result: str | None = None,
    action: str = "",
    scope: Scope = "resource",
    method: Literal["GET", "POST"] = "GET",
    query: tuple[tuple[str, str], ...] = (),
    absent: tuple[str, ...] = (),
    may_omit: bool = False,
    proof: str = "id",
) -> AzureCall:
    """A part of a resource, or an extension of one: `path` mostly begins with `{id}`.

    `paged` lists stand under `value`; `action` is the role's action where it is not
    `<native_type>/read`. `scope="account"` with a path of the subscription makes it one of the
    whole subscription.
    """
    return AzureCall(
        provider="azure",
        service=native_type.split("/", maxsplit=1)[0],
        operation=operation,
        permission=action or f"{native_type}/read",
        scope=scope,
        result=("value" if paged else "") if result is None else result,
        paged=paged,
        absent=absent,
        may_omit=may_omit,
        path=path,
        native_type=native_type,
        method=method,
        query=query,
        proof=proof,
    )


def directory(
    operation: str,
    path: str,
    *,
    permission: str,
    paged: bool = True,
    query: tuple[tuple[str, str], ...] = (),
    absent: tuple[str, ...] = (),
    proof: str = "id",
) -> AzureCall:
    """A call of Microsoft Graph 1.0, such as `/policies/authorizationPolicy`.

    `permission` is the least application permission that Microsoft's reference names.
    """
    return AzureCall(
        provider="azure",
        service="graph",
        operation=operation,
        permission=permission,
        scope="account",
        result="value" if paged else "",
        paged=paged,
        absent=absent,
        path=f"/v1.0{path}",
        query=query,
        proof=proof,
    )


def type_of_path(path: str) -> str:
    """The resource type that an ARM path or id names: `Microsoft.Network/virtualNetworks/subnets`.
    "" where it names none."""
    found = _PROVIDER.fullmatch(path)
    if not found:
        return ""
    return "/".join([found[1], *found[2].split("/")[1::2]])
