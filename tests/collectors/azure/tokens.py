"""Tokens of the tests: each says what it is for."""

from __future__ import annotations

import time
from typing import Any

from azure.core.credentials import AccessToken

_MARK = "test-token-for "


def token_for(scope: str) -> str:
    """A token for a scope."""
    return f"{_MARK}{scope}".replace(" ", "|")


def audience_of(token: str) -> str:
    """The scope that a token is for, "" for no token of the tests."""
    text = token.replace("|", " ")
    return text.removeprefix(_MARK) if text.startswith(_MARK) else ""


class TestCredential:
    """Credentials as azure-core knows them; `given` counts the tokens that it gave."""

    __test__ = False

    def __init__(self) -> None:
        self.given = 0

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        """A token of one hour."""
        self.given += 1
        (scope,) = scopes
        return AccessToken(token_for(scope), int(time.time()) + 3600)
