"""Logs that CloudWatch Logs delivers for a resource: aws_cloudwatch_log_delivery_source names it,
aws_cloudwatch_log_delivery pairs that with aws_cloudwatch_log_delivery_destination. As
collectors.aws.delivered_logs tells it of a live account."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.aws.log_target import to_arn
from collectors.iac.mappers.aws.network import LOG_GROUP
from collectors.iac.mappers.joins import joined, target_of

SOURCE = "aws_cloudwatch_log_delivery_source"
DELIVERY = "aws_cloudwatch_log_delivery"
DESTINATION = "aws_cloudwatch_log_delivery_destination"
DELIVERY_TYPES = (SOURCE, DELIVERY, DESTINATION, LOG_GROUP)

LINK_TYPES = (SOURCE, DELIVERY, DESTINATION)


def delivered(block: Block, project: Project) -> Logging:
    """Where the logs of a resource are delivered to; off where nothing of the template does."""
    sources = joined(project, block, "resource_arn", SOURCE)
    doubts = [sources.doubt] if sources.doubt else []
    for source in sources.blocks:
        deliveries = joined(project, source, "delivery_source_name", DELIVERY)
        if deliveries.blocks:
            return _to(deliveries.blocks[0], project)
        doubts += [deliveries.doubt] if deliveries.doubt else []
    return Logging.unread(doubts[0]) if doubts else Logging.off()


def _to(delivery: Block, project: Project) -> Logging:
    end = delivery.get("delivery_destination_arn")
    found = target_of(project, end, DESTINATION)
    return to_arn(project, delivery, _resource_of(found) if found else end)


def _resource_of(destination: Block) -> Any:
    """What a destination leads to; unknown where that is not written."""
    written = nested(destination.values, "delivery_destination_configuration")
    if isinstance(written, Unknown):
        return written
    missing = Unknown("the destination of the delivery is not written")
    return written[0].get("destination_resource_arn", missing) if written else missing
