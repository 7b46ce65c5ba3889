"""Databases and tables of Timestream. Source: CloudFormation template reference, Amazon
Timestream."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.timestream import DATABASE, TABLE
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "AWS::Timestream::Database": plain(
        DATABASE, {"DatabaseName": "database_name", "KmsKeyId": "kms_key_id"}
    ),
    "AWS::Timestream::Table": plain(
        TABLE, {"DatabaseName": "database_name", "TableName": "table_name"}
    ),
}
