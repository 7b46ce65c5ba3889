"""The custom role that collecting Azure needs, and the permissions of Microsoft Graph beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from collectors.azure.calls import AzureCall
from collectors.azure.collect import declared_calls
from collectors.azure.subscriptions import FOR_MANAGEMENT_GROUP
from collectors.permissions import NAME, actions

_GRAPH = "00000003-0000-0000-c000-000000000000"
_ABOUT = "Read-only rights of the MLPS compliance scanner."
ANYWHERE = "/subscriptions/00000000-0000-0000-0000-000000000000"
"""The scope in a role that was asked for without one: to be replaced."""


def role_actions(*, management_group: bool = False) -> list[str]:
    """The actions of every call of Resource Manager that a scan can make; with what listing the
    subscriptions of a management group needs."""
    more = FOR_MANAGEMENT_GROUP if management_group else ()
    return actions([*(one for one in _calls() if not one.of_directory), *more])


def graph_permissions() -> list[str]:
    """The application permissions of every call of Microsoft Graph. A role cannot hold them: an
    administrator of the tenant consents to them."""
    return actions(one for one in _calls() if one.of_directory)


def role(scopes: Iterable[str], *, management_group: bool = False) -> dict[str, Any]:
    """The role definition, as `az role definition create --role-definition` takes it."""
    return {
        "Name": NAME,
        "IsCustom": True,
        "Description": _description(),
        "Actions": role_actions(management_group=management_group),
        "NotActions": [],
        "DataActions": [],
        "NotDataActions": [],
        "AssignableScopes": list(scopes) or [ANYWHERE],
    }


def role_json(scopes: Iterable[str], *, management_group: bool = False) -> str:
    """The role as JSON, to be created as it is."""
    return json.dumps(role(scopes, management_group=management_group), indent=2)


def role_terraform(scopes: Iterable[str], *, management_group: bool = False) -> str:
    """The role as Terraform."""
    wanted = list(scopes) or [ANYWHERE]
    listed = "\n".join(
        f'      "{action}",' for action in role_actions(management_group=management_group)
    )
    assignable = "\n".join(f'    "{scope}",' for scope in wanted)
    return f"""resource "azurerm_role_definition" "mlps_scanner" {{
  name        = "{NAME}"
  description = "{_description()}"
  scope       = "{wanted[0]}"

  permissions {{
    actions = [
{listed}
    ]
    not_actions = []
  }}

  assignable_scopes = [
{assignable}
  ]
}}"""


def graph_json() -> str:
    """The permissions of Microsoft Graph, and what consents to them."""
    wanted = {
        "resource": "Microsoft Graph",
        "resourceAppId": _GRAPH,
        "applicationPermissions": graph_permissions(),
        "consent": "For the identity that scans, by a Privileged Role Administrator: Microsoft"
        " Entra admin centre > App registrations > the app > API permissions > Add a permission >"
        " Microsoft Graph > Application permissions, then Grant admin consent; of a managed"
        " identity, as `mlps permissions azure --graph --format terraform` does.",
    }
    return json.dumps(wanted, indent=2)


def graph_terraform() -> str:
    """The permissions of Microsoft Graph as Terraform, which consents to them."""
    listed = "\n".join(f'    "{one}",' for one in graph_permissions())
    return f"""variable "mlps_scanner_object_id" {{
  description = "Object id of the service principal or managed identity that scans."
  type        = string
}}

data "azuread_service_principal" "msgraph" {{
  client_id = "{_GRAPH}"
}}

resource "azuread_app_role_assignment" "mlps_scanner" {{
  for_each = toset([
{listed}
  ])

  app_role_id         = data.azuread_service_principal.msgraph.app_role_ids[each.value]
  principal_object_id = var.mlps_scanner_object_id
  resource_object_id  = data.azuread_service_principal.msgraph.object_id
}}"""


def _description() -> str:
    graph = graph_permissions()
    if not graph:
        return _ABOUT
    return f"{_ABOUT} Beside it, of Microsoft Graph (application): {', '.join(graph)}."


def _calls() -> list[AzureCall]:
    return [call for call in declared_calls() if isinstance(call, AzureCall)]
