"""Errors of Alibaba Cloud's APIs, and which of them are worth another try. Pure."""

from __future__ import annotations

from collectors.document import UserError

MALFORMED = "MalformedResponse"

_THROTTLED = ("Throttling", "TooManyRequests", "RequestLimitExceeded", "QpsLimit", "SlowDown")
_BUSY = {
    "ServiceUnavailable",
    "ServiceUnavailableTemporary",
    "InternalError",
    "InternalServerError",
    "UnknownError",
    "SystemBusy",
    "OperationTimeout",
}
_EXPIRED = {
    "InvalidSecurityToken.Expired",
    "InvalidSecurityToken.Malformed",
    "SecurityTokenExpired",
}
_DENIED = ("Forbidden", "NoPermission", "AccessDenied", "NotAuthorized", "Unauthorized")


class CallError(Exception):
    """A call that got no usable answer. `status` is the HTTP status, null where there was none."""

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status

    @property
    def throttled(self) -> bool:
        """Whether the API asked to come back later."""
        return self.code.startswith(_THROTTLED) or self.status == 429

    @property
    def passing(self) -> bool:
        """Whether another try may get an answer."""
        if self.throttled or self.code in _BUSY or self.code.startswith("SDK."):
            return True
        return self.status is not None and self.status >= 500

    def is_one_of(self, codes: tuple[str, ...]) -> bool:
        """Whether the error is one of some: by its code, or as "code: text" by a part of its
        message too, where a product has one code for a denial and for what is not activated."""
        for code, _, text in (one.partition(": ") for one in codes):
            if self.code == code and text in self.message:
                return True
        return False

    @property
    def expired(self) -> bool:
        """Whether the session's token has run out."""
        return self.code in _EXPIRED

    @property
    def denied(self) -> bool:
        """Whether the caller's rights do not suffice."""
        return self.code.startswith(_DENIED)


class NotOfferedError(Exception):
    """The product does not exist in the region: there is nothing of it there."""


class NoAccountError(UserError):
    """Nothing can be collected: no credentials, or they are not accepted."""
