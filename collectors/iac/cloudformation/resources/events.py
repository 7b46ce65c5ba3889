"""Rules of EventBridge. Source: CloudFormation template reference, Amazon EventBridge."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.notifications import RULE, TARGET
from collectors.iac.stacks.resource import Resource, Translation, part, renamed


def rule(resource: Resource) -> Iterator[Block]:
    """A rule, whose targets Terraform has apart."""
    names = {
        "Name": "name",
        "EventPattern": "event_pattern",
        "EventBusName": "event_bus_name",
        "State": "state",
    }
    yield resource.block(RULE, renamed(resource.properties, names))
    written = resource.get("Targets")
    if written is None:
        return
    for i, each in enumerate(written if isinstance(written, list) else [written]):
        values = part(each, {"Arn": "arn"})
        values = values if isinstance(values, dict) else {"arn": values}
        yield resource.block(TARGET, values | {"rule": resource.itself()}, part=f"Targets/{i}")


TRANSLATIONS: dict[str, Translation] = {"AWS::Events::Rule": rule}
