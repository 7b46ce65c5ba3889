"""Where logs of services go: a bucket, a log group, a stream. As collectors.aws.log_delivery tells
it of a live account."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, then
from collectors.facts.shared import Logging
from collectors.iac.accounts import choice_of, named
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.bucket import BUCKET, bucket_named
from collectors.iac.mappers.aws.bucket import kept_days as kept_objects
from collectors.iac.mappers.aws.network import kept_days, log_group_of
from collectors.iac.mappers.aws.shared import region_of
from collectors.iac.mappers.joins import identity, settle, target_of

_WHOSE = Unknown("the template does not tell whose bucket it is")
_NOT_HERE = Unknown("it is not in this template")
_GROUP = Unknown("the log group is not part of this template")
_BUCKET = Unknown("the log bucket is not part of this template")
SERVICE_LOGS = "AWSLogs/"
"""Where services write to in a bucket."""
_PARTS = 6
"""Of an ARN, up to the resource."""


def to_bucket(project: Project, value: Any, prefix: str | Unknown = "") -> Logging:
    """A log that goes to a bucket, under a prefix of its objects' names."""
    bucket = target_of(project, value, BUCKET)
    return Logging(
        enabled=True,
        destination=identity(project, value),
        destination_account=_WHOSE,
        destination_region=region_of(bucket, project) if bucket else _NOT_HERE,
        retention_days=in_bucket(project, value, prefix),
    )


def in_bucket(project: Project, value: Any, prefix: str | Unknown) -> int | Unknown | None:
    """The days that a bucket keeps the objects under a prefix, by its lifecycle; null for ever."""
    bucket = bucket_named(project, value)
    if bucket is None:
        return _BUCKET
    return then(prefix, lambda text: kept_objects(project, bucket, text))


def to_arn(project: Project, block: Block, value: Any) -> Logging:
    """A log of `block` that goes to what a value leads to: a log group, a bucket, or a stream."""
    if target_of(project, value, BUCKET):
        return to_bucket(project, value, SERVICE_LOGS)
    group = log_group_of(value, project)
    if group is not None:
        own = choice_of(group) == choice_of(block)
        return Logging(
            enabled=True,
            destination=identity(project, value),
            destination_account=project.account if own else _NOT_HERE,
            destination_region=region_of(group, project),
            retention_days=kept_days(group),
        )
    text = settle(project, value)
    parts = text.split(":", _PARTS - 1) if isinstance(text, str) else []
    told = len(parts) == _PARTS
    return Logging(
        enabled=True,
        destination=identity(project, value),
        destination_account=(named(project, parts[4]) if told and parts[4] else _NOT_HERE),
        destination_region=parts[3] if told and parts[3] else _NOT_HERE,
        retention_days=_NOT_HERE,
    )


def to_group_named(project: Project, block: Block, name: str | Unknown) -> Logging:
    """A log of `block` that its service writes to the log group of a name, in the account and
    region of the block."""
    group = log_group_of(name, project) if isinstance(name, str) else None
    return Logging(
        enabled=True,
        destination=f"{group.source.uri}#{group.address}" if group else name,
        destination_account=project.account,
        destination_region=region_of(block, project),
        retention_days=kept_days(group) if group else _GROUP,
    )
