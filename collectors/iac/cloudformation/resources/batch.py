"""Job definitions of AWS Batch. Source: CloudFormation template reference, AWS::Batch."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.batch import JOB
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "AWS::Batch::JobDefinition": plain(
        JOB,
        {
            "JobDefinitionName": "name",
            "PlatformCapabilities": "platform_capabilities",
            "ContainerProperties": "container_properties",
            "NodeProperties": "node_properties",
            "EcsProperties": "ecs_properties",
            "EksProperties": "eks_properties",
        },
    ),
}
