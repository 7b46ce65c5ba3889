"""ROS, as far as it differs from CloudFormation."""

from __future__ import annotations

import re
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import NOT_GIVEN
from collectors.iac.ros.functions import FUNCTIONS
from collectors.iac.ros.resources import load_translations
from collectors.iac.stacks.functions import Dialect, Stack

_ACCOUNT = frozenset({"ALIYUN::TenantId", "ALIYUN::AccountId"})
"""The account, and who deploys: the account itself or one of its RAM users."""


def _pseudo(stack: Stack, name: str) -> Any:
    if name == "ALIYUN::NoValue":
        return NOT_GIVEN
    if name in _ACCOUNT:
        return stack.dialect.account
    if name == "ALIYUN::Region":
        return stack.region
    return Unknown(f"{name} is not known before deployment")


DIALECT = Dialect(
    provider="aliyun",
    sign=re.compile(r"ROSTemplateFormatVersion|\bALIYUN::\w+::\w+"),
    version="ROSTemplateFormatVersion",
    prefix="ALIYUN::",
    nested="ALIYUN::ROS::Stack",
    body="TemplateBody",
    transforms=frozenset({"Aliyun::Serverless-2018-04-03"}),
    functions=FUNCTIONS,
    pseudo=_pseudo,
    principal=re.compile(r"acs:ram::\0:.*"),
    caller="alicloud_caller_identity",
    translations=load_translations,
)
