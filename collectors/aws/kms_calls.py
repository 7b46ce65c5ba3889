"""The KMS calls that services share."""

from __future__ import annotations

from collectors.calls import Call

LIST_KEYS = Call(
    provider="aws",
    service="kms",
    operation="ListKeys",
    permission="kms:ListKeys",
    scope="region",
    result="Keys",
    paged=True,
)
DESCRIBE_KEY = Call(
    provider="aws",
    service="kms",
    operation="DescribeKey",
    permission="kms:DescribeKey",
    scope="resource",
    result="KeyMetadata",
)
