"""Errors of Azure's APIs. Pure."""

from __future__ import annotations

from typing import Any

from collectors.document import UserError

MALFORMED = "MalformedResponse"
NOT_WHOLE = "NotWholeSubscription"

UNREGISTERED = ("MissingSubscriptionRegistration", "SubscriptionNotRegistered")
"""The subscription never used the resource provider: there is nothing of it. Of an API version that
the cloud does not know ARM says NoRegisteredProviderFound or InvalidResourceType, which are errors
of ours, and never mean that there is nothing."""


class CallError(Exception):
    """A call that got no usable answer. `status` is the HTTP status, null where there was none."""

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status

    def is_one_of(self, codes: tuple[str, ...]) -> bool:
        """Whether the error is one of some: by its code, or as "code: text" by a part of its
        message too."""
        for code, _, text in (one.partition(": ") for one in codes):
            if self.code == code and text in self.message:
                return True
        return False


class NoAccountError(UserError):
    """Nothing can be collected: no credentials, or they are not accepted."""


def error_of(status: int, body: Any) -> CallError:
    """The error that an answer tells: `{"error": {"code": …, "message": …}}`, or flat as some
    providers write it. Without a code it is that of the HTTP status."""
    told = body.get("error", body) if isinstance(body, dict) else {}
    told = told if isinstance(told, dict) else {}
    lower = {str(name).lower(): value for name, value in told.items()}
    code, message = lower.get("code"), lower.get("message")
    return CallError(str(code or f"HttpStatus{status}"), str(message or ""), status)
