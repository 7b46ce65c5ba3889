"""The RAM policy that collecting Alibaba Cloud needs."""

from __future__ import annotations

import json
from typing import Any

from collectors.aliyun.collect import declared_calls
from collectors.aliyun.members import FOR_MEMBERS
from collectors.permissions import NAME, actions


def needed(*, organization: bool) -> list[str]:
    """The RAM actions of every call that a scan can make; with those of the account that lists the
    members of a resource directory and assumes a role in each."""
    return actions([*declared_calls(), *(FOR_MEMBERS if organization else ())])


def policy(*, organization: bool) -> dict[str, Any]:
    """The policy document. Read-only actions of whole accounts are granted on every resource."""
    statement = {"Effect": "Allow", "Action": needed(organization=organization), "Resource": "*"}
    return {"Version": "1", "Statement": [statement]}


def policy_json(*, organization: bool) -> str:
    """The policy as JSON, to be created as it is."""
    return json.dumps(policy(organization=organization), indent=2)


def policy_terraform(*, organization: bool) -> str:
    """The policy as Terraform."""
    listed = "\n".join(f'        "{action}",' for action in needed(organization=organization))
    return f"""resource "alicloud_ram_policy" "mlps_scanner" {{
  policy_name     = "{NAME}"
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
