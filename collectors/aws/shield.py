"""Shield Advanced: the resources that it protects. It is no service of the China regions (Amazon
Web Services in China, getting started guide, "Amazon WAF"), and one of the account as a whole."""

from __future__ import annotations

from collectors.aws.account import Account
from collectors.calls import Call
from collectors.document import Unknown, then

LIST_PROTECTIONS = Call(
    provider="aws",
    service="shield",
    operation="ListProtections",
    permission="shield:ListProtections",
    scope="account",
    result="Protections",
    paged=True,
)
DESCRIBE_SUBSCRIPTION = Call(
    provider="aws",
    service="shield",
    operation="DescribeSubscription",
    permission="shield:DescribeSubscription",
    scope="account",
    result="Subscription",
    # Without a subscription there is none (Shield API reference, DescribeSubscription).
    absent=("ResourceNotFoundException",),
)
CALLS = (DESCRIBE_SUBSCRIPTION, LIST_PROTECTIONS)
"""What `protected` asks."""
_ENDPOINT = "us-east-1"


def protected(account: Account) -> set[str] | Unknown:
    """The ARNs of what Shield Advanced protects."""
    if account.partition != "aws":
        return set()
    subscription = account.read(DESCRIBE_SUBSCRIPTION, _ENDPOINT)
    if isinstance(subscription, Unknown) or subscription is None:
        # Without a subscription nothing is protected.
        return subscription if isinstance(subscription, Unknown) else set()
    found = account.read(LIST_PROTECTIONS, _ENDPOINT)
    return then(found, lambda all_: {str(one["ResourceArn"]) for one in all_})
