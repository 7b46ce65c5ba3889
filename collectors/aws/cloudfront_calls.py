"""The CloudFront calls that services share."""

from __future__ import annotations

from collectors.calls import Call

LIST_DISTRIBUTIONS = Call(
    provider="aws",
    service="cloudfront",
    operation="ListDistributions",
    permission="cloudfront:ListDistributions",
    scope="account",
    result="DistributionList.Items",
    paged=True,
    may_omit=True,
)
