"""The documents of an account as a whole, of which every scan writes one for each type."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.document import Document, Facts
from collectors.regions import GLOBAL

ACCOUNT = "AWS::::Account"
"""The native type of an account, as AWS Security Hub names it."""


def account_document(
    account: Account, facts: Facts, native: dict[str, Any] | None = None
) -> Document:
    """A document of the account itself; its id is the account's with the type of its facts."""
    return account.document(
        facts,
        id=f"aws/{account.id}/{facts.TYPE}",
        region=GLOBAL,
        name=account.id,
        native_type=ACCOUNT,
        native=native,
    )
