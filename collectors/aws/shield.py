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
    # Without a subscription there are none (Shield API reference, ListProtections).
    absent=("ResourceNotFoundException",),
)
_ENDPOINT = "us-east-1"


def protected(account: Account) -> set[str] | Unknown:
    """The ARNs of what Shield Advanced protects."""
    if account.partition != "aws":
        return set()
    found = account.read(LIST_PROTECTIONS, _ENDPOINT)
    return then(found, lambda all_: {str(one["ResourceArn"]) for one in all_ or []})
