"""CloudFormation, as far as it differs from ROS."""

from __future__ import annotations

import re
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import NOT_GIVEN
from collectors.iac.cloudformation.implied import implied
from collectors.iac.cloudformation.resources import load_translations
from collectors.iac.stacks.functions import FUNCTIONS, Dialect, Stack

_SERVERLESS = "AWS::Serverless-2016-10-31"
_ENDINGS = {
    False: {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"},
    True: {"AWS::Partition": "aws-cn", "AWS::URLSuffix": "amazonaws.com.cn"},
}
"""What pseudo parameters are outside China and in it."""


def _pseudo(stack: Stack, name: str) -> Any:
    if name == "AWS::NoValue":
        return NOT_GIVEN
    if name == "AWS::AccountId":
        return stack.dialect.account
    if name == "AWS::Region":
        return stack.region
    if name in _ENDINGS[False] and isinstance(stack.region, str):
        return _ENDINGS[stack.region.startswith("cn-")][name]
    return Unknown(f"{name} is not known before deployment")


def _import_value(_stack: Stack, _argument: Any) -> Any:
    return Unknown("the value is of another stack")


DIALECT = Dialect(
    provider="aws",
    sign=re.compile(rf"AWSTemplateFormatVersion|{_SERVERLESS}|\bAWS::\w+::\w+"),
    version="AWSTemplateFormatVersion",
    prefix="AWS::",
    nested="AWS::CloudFormation::Stack",
    transforms=frozenset(
        {
            _SERVERLESS,
            "AWS::LanguageExtensions",
            "AWS::CodeDeployBlueGreen",
            "AWS::SecretsManager-2020-07-23",
            "AWS::SecretsManager-2024-09-16",
        }
    ),
    functions=FUNCTIONS | {"Fn::ImportValue": _import_value},
    pseudo=_pseudo,
    principal=re.compile(r"arn:[^:]*:(?:iam|sts)::\0:.*"),
    caller="aws_caller_identity",
    translations=load_translations,
    shared={
        f"AWS::Serverless::{name}": name for name in ("Function", "Api", "HttpApi", "SimpleTable")
    },
    implied=implied,
)
