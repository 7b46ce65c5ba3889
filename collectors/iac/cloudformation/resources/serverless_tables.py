"""Tables of SAM, which become tables of DynamoDB with the same properties. Source: SAM
specification, AWS::Serverless::SimpleTable."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.dynamodb import table
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {"AWS::Serverless::SimpleTable": table}
