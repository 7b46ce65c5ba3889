"""AWS CloudFormation and SAM templates."""

from __future__ import annotations

from collectors.iac.cloudformation.dialect import DIALECT
from collectors.iac.stacks.language import language

LANGUAGE = language("CloudFormation", DIALECT)
