"""The RAM policies that collecting Alibaba Cloud needs."""

from __future__ import annotations

import json
from typing import Any

from collectors.aliyun.collect import declared_calls
from collectors.aliyun.members import FOR_MEMBERS
from collectors.permissions import actions, identifier, shared_out


def needed(*, organization: bool) -> list[str]:
    """The RAM actions of every call that a scan can make; with those of the account that lists the
    members of a resource directory and assumes a role in each."""
    return actions([*declared_calls(), *(FOR_MEMBERS if organization else ())])


def document(allowed: list[str]) -> dict[str, Any]:
    """The document of a policy: read-only actions of a whole account, on every resource."""
    statement = {"Effect": "Allow", "Action": allowed, "Resource": "*"}
    return {"Version": "1", "Statement": [statement]}


def policies(*, organization: bool) -> dict[str, list[str]]:
    """The actions of each policy by its name: they are more than one policy can hold."""
    return shared_out(needed(organization=organization), document)


def policy_json(*, organization: bool) -> str:
    """The policies as JSON, the document of each by its name, to be created as they are."""
    found = policies(organization=organization)
    return json.dumps({name: document(allowed) for name, allowed in found.items()}, indent=2)


def policy_terraform(*, organization: bool) -> str:
    """The policies as Terraform."""
    found = policies(organization=organization)
    return "\n\n".join(_resource(name, allowed) for name, allowed in found.items())


def _resource(name: str, allowed: list[str]) -> str:
    listed = "\n".join(f'        "{action}",' for action in allowed)
    return f"""resource "alicloud_ram_policy" "{identifier(name)}" {{
  policy_name     = "{name}"
  description     = "Read-only rights of the MLPS compliance scanner"
  policy_document = jsonencode({{
    Version = "1"
    Statement = [{{
      Effect   = "Allow"
      Resource = "*"
      Action = [
{listed}
      ]
    }}]
  }})
}}"""
