"""The calls of load balancers that services share: who uses a certificate stands in listeners."""

from __future__ import annotations

from collectors.calls import Call

DESCRIBE_CLASSIC_LOAD_BALANCERS = Call(
    provider="aws",
    service="elb",
    operation="DescribeLoadBalancers",
    permission="elasticloadbalancing:DescribeLoadBalancers",
    scope="region",
    result="LoadBalancerDescriptions",
    paged=True,
)
DESCRIBE_LISTENER_CERTIFICATES = Call(
    provider="aws",
    service="elbv2",
    operation="DescribeListenerCertificates",
    permission="elasticloadbalancing:DescribeListenerCertificates",
    scope="resource",
    result="Certificates",
    paged=True,
)
