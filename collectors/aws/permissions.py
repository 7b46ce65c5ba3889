"""The IAM policies that collecting AWS needs."""

from __future__ import annotations

import json
from typing import Any

import boto3

from collectors.aws.collect import declared_calls
from collectors.aws.members import FOR_MEMBERS
from collectors.calls import Call
from collectors.permissions import actions, identifier, shared_out


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


def document(allowed: list[str]) -> dict[str, Any]:
    """The document of a policy: read-only actions of a whole account, on every resource."""
    statement = {
        "Sid": "MlpsScannerReads",
        "Effect": "Allow",
        "Action": allowed,
        "Resource": "*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def policies(partition: str, *, organization: bool = False) -> dict[str, list[str]]:
    """The actions of each policy by its name: they are more than one policy can hold."""
    return shared_out(needed(partition, organization=organization), document)


def policy_json(partition: str, *, organization: bool = False) -> str:
    """The policies as JSON, the document of each by its name, to be created as they are."""
    found = policies(partition, organization=organization)
    return json.dumps({name: document(allowed) for name, allowed in found.items()}, indent=2)


def policy_terraform(partition: str, *, organization: bool = False) -> str:
    """The policies as Terraform."""
    found = policies(partition, organization=organization)
    return "\n\n".join(_resource(name, allowed) for name, allowed in found.items())


def _resource(name: str, allowed: list[str]) -> str:
    listed = "\n".join(f'      "{action}",' for action in allowed)
    label = identifier(name)
    return f"""resource "aws_iam_policy" "{label}" {{
  name        = "{name}"
  description = "Read-only rights of the MLPS compliance scanner"
  policy      = data.aws_iam_policy_document.{label}.json
}}

data "aws_iam_policy_document" "{label}" {{
  statement {{
    sid       = "MlpsScannerReads"
    effect    = "Allow"
    resources = ["*"]
    actions = [
{listed}
    ]
  }}
}}"""
