"""The IAM policy that collecting AWS needs."""

from __future__ import annotations

import json
from typing import Any

import boto3

from collectors.aws.collect import declared_calls
from collectors.aws.members import FOR_MEMBERS
from collectors.calls import Call
from collectors.permissions import NAME, actions


def needed(partition: str, *, organization: bool = False) -> list[str]:
    """The IAM actions of every call that a scan of the partition can make; with `organization` also
    those of opening its accounts. sts:GetCallerIdentity, which every scan begins with, needs no
    right."""
    session = boto3.Session()
    calls = [*declared_calls(), *(FOR_MEMBERS if organization else ())]
    return actions(call for call in calls if _exists(session, call, partition))


def _exists(session: boto3.Session, call: Call, partition: str) -> bool:
    """Whether the partition has the service, as botocore knows it; global services have no list."""
    if partition == "aws":
        return True
    everywhere = session.get_available_regions(call.service, "aws")
    return not everywhere or bool(session.get_available_regions(call.service, partition))


def policy(partition: str, *, organization: bool = False) -> dict[str, Any]:
    """The policy document. Read-only actions of whole accounts are granted on every resource."""
    statement = {
        "Sid": "MlpsScannerReads",
        "Effect": "Allow",
        "Action": needed(partition, organization=organization),
        "Resource": "*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def policy_json(partition: str, *, organization: bool = False) -> str:
    """The policy as JSON, to be created as it is."""
    return json.dumps(policy(partition, organization=organization), indent=2)


def policy_terraform(partition: str, *, organization: bool = False) -> str:
    """The policy as Terraform."""
    named = needed(partition, organization=organization)
    listed = "\n".join(f'      "{action}",' for action in named)
    return f"""resource "aws_iam_policy" "mlps_scanner" {{
  name        = "{NAME}"
  description = "Read-only rights of the MLPS compliance scanner"
  policy      = data.aws_iam_policy_document.mlps_scanner.json
}}

data "aws_iam_policy_document" "mlps_scanner" {{
  statement {{
    sid       = "MlpsScannerReads"
    effect    = "Allow"
    resources = ["*"]
    actions = [
{listed}
    ]
  }}
}}"""
