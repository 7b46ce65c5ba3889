"""Notebook instances of SageMaker. Source: CloudFormation template reference, Amazon SageMaker."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.notebook import NOTEBOOK
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "AWS::SageMaker::NotebookInstance": plain(
        NOTEBOOK,
        {
            "NotebookInstanceName": "name",
            "KmsKeyId": "kms_key_id",
            "VolumeSizeInGB": "volume_size",
        },
    ),
}
