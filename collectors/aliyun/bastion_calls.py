"""Calls of Bastionhost that several services make."""

from __future__ import annotations

from collectors.calls import Call

DESCRIBE_BASTIONS = Call(
    provider="aliyun",
    service="yundun-bastionhost",
    operation="DescribeInstances",
    permission="yundun-bastionhost:DescribeInstances",
    scope="region",
    result="Instances",
    paged=True,
)
