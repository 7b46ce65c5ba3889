"""CloudWatch Logs: log groups, their retention and encryption."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.operations import LogStore
from collectors.facts.shared import Encryption, Exposure

DESCRIBE_LOG_GROUPS = Call(
    provider="aws",
    service="logs",
    operation="DescribeLogGroups",
    permission="logs:DescribeLogGroups",
    scope="region",
    result="logGroups",
    paged=True,
)


def log_stores(account: Account, region: str) -> Iterable[Document]:
    """A document for each log group of a region."""
    groups = account.read(DESCRIBE_LOG_GROUPS, region)
    if isinstance(groups, Unknown):
        yield account.unlisted(LogStore, groups, region, "AWS::Logs::LogGroup")
        return
    for group in groups:
        yield account.document(
            log_store(group),
            id=group["arn"].removesuffix(":*"),
            region=region,
            name=group["logGroupName"],
            native_type="AWS::Logs::LogGroup",
            native=group,
        )


def log_store(group: dict[str, Any]) -> LogStore:
    """Facts of a log group as DescribeLogGroups gives it. Without a key of the customer CloudWatch
    Logs encrypts with a key of its own; without `retentionInDays` it keeps events for ever. It
    takes signed requests alone (API reference, "Common parameters")."""
    key = group.get("kmsKeyId")
    return LogStore(
        retention_days=group.get("retentionInDays"),
        encryption=Encryption(
            enabled=True,
            key_manager="customer" if key else "provider",
            key_id=key,
            algorithm="AES-256",
        ),
        exposure=Exposure(public=False, via=[]),
    )


SERVICE = Service(
    name="CloudWatch Logs",
    types=((LogStore, "AWS::Logs::LogGroup"),),
    calls=(DESCRIBE_LOG_GROUPS,),
    region=log_stores,
)
