"""The IAM policies that collecting AWS needs."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import boto3
from botocore.loaders import Loader

from collectors.aws.collect import declared_calls
from collectors.aws.members import ASSUME_ROLE, FOR_MEMBERS
from collectors.aws.session import AwsOptions
from collectors.calls import Call
from collectors.permissions import actions, identifier, shared_out

ROLE_NAME = AwsOptions().role_name
"""The role that is assumed in each account of an organisation unless another is named."""

_BY_PATH = "apigateway:GET"
"""Allows reading what it is granted on, the values of API keys too (API Gateway developer guide,
"Control access to a REST API with IAM permissions")."""
# Methods are embedded in the answer that lists the resources of an API.
_EMBEDDED = "/restapis/*/resources/*"


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


def document(allowed: list[str], narrow: dict[str, list[str]]) -> dict[str, Any]:
    """The document of a policy: read-only actions of a whole account. `narrow` has the ARNs of the
    actions that are not allowed on every resource."""
    wide = [action for action in allowed if action not in narrow]
    statements = [_statement("MlpsScannerReads", wide, "*")] if wide or not allowed else []
    statements += [
        _statement(f"Mlps{re.sub(r'[^A-Za-z]', '', action.title())}", [action], narrow[action])
        for action in allowed
        if action in narrow
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def _statement(sid: str, allowed: list[str], resources: str | list[str]) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Allow", "Action": allowed, "Resource": resources}


def narrowed(partition: str, role_name: str) -> dict[str, list[str]]:
    """The ARNs on which an action is allowed, of the actions that elsewhere would allow what a scan
    does not do: reading API keys, assuming any role."""
    return {
        _BY_PATH: [f"arn:{partition}:apigateway:*::{path}" for path in _paths()],
        ASSUME_ROLE.permission: [f"arn:{partition}:iam::*:role/{role_name}"],
    }


def _paths() -> list[str]:
    """The paths of API Gateway that are read, as its ARNs write them: without the version of the
    second API ("API Gateway ARN reference")."""
    loader = Loader()
    paths = {_EMBEDDED}
    for call in declared_calls():
        if call.permission == _BY_PATH:
            model = loader.load_service_model(call.service, "service-2")
            uri = model["operations"][call.operation]["http"]["requestUri"]
            paths.add(re.sub(r"\{[^}]+\}", "*", uri.removeprefix("/v2")))
    return sorted(paths)


def policies(
    partition: str, *, organization: bool = False, role_name: str = ROLE_NAME
) -> dict[str, dict[str, Any]]:
    """The document of each policy by its name: they are more than one policy can hold."""
    write = partial(document, narrow=narrowed(partition, role_name))
    found = shared_out(needed(partition, organization=organization), write)
    return {name: write(allowed) for name, allowed in found.items()}


def policy_json(partition: str, *, organization: bool = False, role_name: str = ROLE_NAME) -> str:
    """The policies as JSON, the document of each by its name, to be created as they are."""
    found = policies(partition, organization=organization, role_name=role_name)
    return json.dumps(found, indent=2)


def policy_terraform(
    partition: str, *, organization: bool = False, role_name: str = ROLE_NAME
) -> str:
    """The policies as Terraform."""
    found = policies(partition, organization=organization, role_name=role_name)
    return "\n\n".join(_resource(name, written) for name, written in found.items())


def _resource(name: str, written: dict[str, Any]) -> str:
    label = identifier(name)
    statements = "\n\n".join(map(_block, written["Statement"]))
    return f"""resource "aws_iam_policy" "{label}" {{
  name        = "{name}"
  description = "Read-only rights of the MLPS compliance scanner"
  policy      = data.aws_iam_policy_document.{label}.json
}}

data "aws_iam_policy_document" "{label}" {{
{statements}
}}"""


def _block(statement: dict[str, Any]) -> str:
    resources = statement["Resource"]
    return f"""  statement {{
    sid       = "{statement["Sid"]}"
    effect    = "Allow"
    resources = {_listed([resources] if isinstance(resources, str) else resources)}
    actions   = {_listed(statement["Action"])}
  }}"""


def _listed(values: list[str]) -> str:
    if len(values) == 1:
        return f'["{values[0]}"]'
    return "[\n" + "".join(f'      "{value}",\n' for value in values) + "    ]"
