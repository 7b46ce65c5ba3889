"""Deliveries of logs. Source: CloudFormation template reference, CloudWatch Logs."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.delivered_logs import DELIVERY, DESTINATION, SOURCE
from collectors.iac.stacks.resource import Resource, Translation


def destination(resource: Resource) -> Iterator[Block]:
    """Where deliveries lead to; Terraform writes it in a block of its own."""
    target = {"destination_resource_arn": resource.get("DestinationResourceArn")}
    values = {
        "name": resource.get("Name"),
        "delivery_destination_configuration": [target],
    }
    yield resource.block(DESTINATION, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Logs::Delivery": plain(
        DELIVERY,
        {
            "DeliverySourceName": "delivery_source_name",
            "DeliveryDestinationArn": "delivery_destination_arn",
        },
    ),
    "AWS::Logs::DeliveryDestination": destination,
    "AWS::Logs::DeliverySource": plain(SOURCE, {"Name": "name", "ResourceArn": "resource_arn"}),
}
