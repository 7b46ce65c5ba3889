"""The declaration of a cloud call: every call that a collector makes is declared once, as data.

Permissions, the coverage table and the fault tests derive from these declarations.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from collectors.document import Provider

Scope = Literal["account", "region", "resource"]


class Call(Struct, frozen=True, kw_only=True):
    """One read-only call of a cloud API.

    `result` is the key of the response that holds what is wanted, with dots for one within another
    ("" for the whole response); a `paged` call reads every page and joins the lists under `result`.
    `absent` lists the error codes by which the API says "there is none": the answer is then None.
    A denial is never listed; where a product has its code for something else too, "code: part of
    the message" names that.
    `may_omit` says that the API leaves `result` out of an answer when it is empty; without it an
    answer that lacks `result` is malformed, because an empty list must never come from nothing.
    `pending` lists the error codes by which the API says "not ready yet": it is asked again for a
    bounded time.
    `not_everywhere` says that some regions do not have the service: where the SDK knows of no such
    endpoint and nothing answers, there is none, and the answer is None. Either alone says nothing:
    a region may be newer than the SDK, and a connection may fail.
    """

    provider: Provider
    service: str
    operation: str
    permission: str
    scope: Scope
    result: str = ""
    paged: bool = False
    may_omit: bool = False
    absent: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    not_everywhere: bool = False

    @property
    def name(self) -> str:
        """The call as people write it: `ec2:DescribeVpcs`."""
        return f"{self.service}:{self.operation}"
