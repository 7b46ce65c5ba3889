"""Calls of ECS that several services make."""

from __future__ import annotations

from collectors.calls import Call

DESCRIBE_NETWORK_INTERFACES = Call(
    provider="aliyun",
    service="ecs",
    operation="DescribeNetworkInterfaces",
    permission="ecs:DescribeNetworkInterfaces",
    scope="region",
    result="NetworkInterfaceSets.NetworkInterfaceSet",
    paged=True,
)
