"""Lambda functions, and what SAM makes of a function. Sources: CloudFormation template reference,
AWS Lambda; SAM specification, AWS::Serverless::Function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.cloudformation.resources.serverless_apis import events
from collectors.iac.mappers.aws.function import FUNCTION, GRANTS_ITSELF, PERMISSION, URL
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags

_NAMES = {
    "FunctionName": "function_name",
    "Runtime": "runtime",
    "PackageType": "package_type",
    "Role": "role",
    "KmsKeyArn": "kms_key_arn",
}
_VPC = {"SubnetIds": "subnet_ids", "SecurityGroupIds": "security_group_ids"}
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "lambda.amazonaws.com"},
        }
    ],
}
"""Who may take the role that SAM makes (SAM specification, "Generated resources")."""
_ADMINISTRATOR = "AdministratorAccess"
_TEMPLATE = Unknown("what a policy template of SAM allows is not read")


def function(resource: Resource) -> Iterator[Block]:
    """A function."""
    values = renamed(resource.properties, _NAMES)
    values["vpc_config"] = part(resource.get("VpcConfig"), _VPC)
    values["environment"] = part(resource.get("Environment"), {"Variables": "variables"})
    yield resource.block(FUNCTION, values | {"tags": tags(resource.get("Tags"))})


def url(resource: Resource) -> Iterator[Block]:
    """A URL of a function, which a permission of its own must open."""
    values = renamed(
        resource.properties,
        {"TargetFunctionArn": "function_name", "AuthType": "authorization_type"},
    )
    yield resource.block(URL, values | {GRANTS_ITSELF: False})


def serverless(resource: Resource) -> Iterator[Block]:
    """A function of SAM, with the URL and the role that SAM makes for it, and its methods of APIs.
    The permission of a URL without authentication is made too."""
    for made in function(resource):
        if resource.get("Role") is None:
            made.values["role"] = Reference(f"{resource.address}/Role", "arn")
        yield made
    config = resource.get("FunctionUrlConfig")
    if config is not None:
        kind = config.get("AuthType") if isinstance(config, dict) else config
        values = {"function_name": resource.itself(), "authorization_type": kind}
        yield resource.block(URL, values, part="FunctionUrlConfig")
    if resource.get("Role") is None:
        trust = resource.get("AssumeRolePolicyDocument") or _TRUST
        values = _role(resource.get("Policies")) | {"assume_role_policy": trust}
        yield resource.block("aws_iam_role", values, part="Role")
    yield from events(resource)


def _role(policies: Any) -> dict[str, Any]:
    listed = policies if isinstance(policies, list) else [] if policies is None else [policies]
    managed: list[Any] = []
    inline: list[Any] = []
    for number, each in enumerate(listed):
        if isinstance(each, dict):
            document = each if "Statement" in each else _TEMPLATE
            inline.append({"name": f"Policies/{number}", "policy": document})
        elif is_open(each) or str(each).startswith("arn:") or each == _ADMINISTRATOR:
            managed.append(each)
        else:
            # AWS's own are named without their ARN, before those of the account.
            managed.append(Unknown(f"whose policy {each} is is not known"))
    return {
        "managed_policy_arns": managed or None,
        "inline_policy": inline or None,
    }


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Lambda::Function": function,
    "AWS::Lambda::Permission": plain(
        PERMISSION,
        {
            "FunctionName": "function_name",
            "Action": "action",
            "Principal": "principal",
            "PrincipalOrgID": "principal_org_id",
            "SourceArn": "source_arn",
            "SourceAccount": "source_account",
            "FunctionUrlAuthType": "function_url_auth_type",
            "InvokedViaFunctionUrl": "invoked_via_function_url",
        },
    ),
    "AWS::Lambda::Url": url,
    "AWS::Serverless::Function": serverless,
}
