"""Calls of Classic Load Balancer (SLB) that several services make."""

from __future__ import annotations

from collectors.calls import Call, Scope


def slb_call(
    operation: str,
    result: str,
    scope: Scope = "region",
    *,
    paged: bool = True,
    may_omit: bool = False,
) -> Call:
    """The declaration of a call of SLB, whose RAM actions bear the names of its operations."""
    return Call(
        provider="aliyun",
        service="slb",
        operation=operation,
        permission=f"slb:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=may_omit,
    )


DESCRIBE_LOAD_BALANCERS = slb_call("DescribeLoadBalancers", "LoadBalancers.LoadBalancer")
