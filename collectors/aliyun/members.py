"""Which accounts are collected: that of the credentials, that of a role, or members of a resource
directory, in each of which a role is assumed."""

from __future__ import annotations

import re
import time
from calendar import timegm
from collections.abc import Iterator

from msgspec import Struct

from collectors.aliyun.account import CENTRAL
from collectors.aliyun.credentials import Assumed, Credentials, Keys
from collectors.aliyun.errors import CallError, NoAccountError
from collectors.aliyun.reader import Reader
from collectors.aliyun.session import AliyunIdentity, AliyunOptions
from collectors.calls import Call
from collectors.document import Unknown, UserError

ASSUME_ROLE = Call(
    provider="aliyun",
    service="sts",
    operation="AssumeRole",
    permission="sts:AssumeRole",
    scope="account",
    result="Credentials",
)
LIST_ACCOUNTS = Call(
    provider="aliyun",
    service="resourcemanager",
    operation="ListAccounts",
    permission="resourcemanager:ListAccounts",
    scope="account",
    result="Accounts.Account",
    paged=True,
)

FOR_MEMBERS = (ASSUME_ROLE, LIST_ACCOUNTS)
"""Made in the account of the credentials where members of a resource directory are collected."""

_ROLE = re.compile(r"acs:ram::(\d+):role/.+")


class Member(Struct, frozen=True):
    """An account to collect, and the credentials for it."""

    account: str
    credentials: Credentials


def members(
    first: Reader, chain: Credentials, identity: AliyunIdentity, options: AliyunOptions
) -> Iterator[Member]:
    """The accounts to collect. Raises UserError where the members of the directory cannot be
    listed."""
    if not options.is_many:
        if options.role_arn:
            yield _assumed(first, options.role_arn, options)
        else:
            yield Member(identity.account, chain)
        return
    for account in _wanted(first, options):
        if account == identity.account:
            yield Member(account, chain)
        else:
            yield _assumed(first, f"acs:ram::{account}:role/{options.role_name}", options)


def _wanted(first: Reader, options: AliyunOptions) -> list[str]:
    if options.accounts:
        return list(options.accounts)
    found = first.read(LIST_ACCOUNTS, CENTRAL)
    if isinstance(found, Unknown) or found is None:
        reason = found.reason if isinstance(found, Unknown) else "there is no resource directory"
        raise UserError(
            f"The members of the resource directory cannot be listed: {reason}.",
            "Use the credentials of the management account or of a delegated administrator, or"
            " name the accounts with --account.",
        )
    return sorted(item["AccountId"] for item in found if _exists(item["Status"]))


def _exists(status: str) -> bool:
    """Whether there is an account: one whose creation was not confirmed has none yet. Others, such
    as one that is being made a cloud account of its own (Promote...), are there all the time."""
    return status == "CreateSuccess" or not status.startswith("Create")


def _assumed(first: Reader, role: str, options: AliyunOptions) -> Member:
    named = _ROLE.fullmatch(role)
    if named is None:
        raise UserError(
            f"{role!r} is not the name of a role.",
            "Write it as acs:ram::1234567890123456:role/name.",
        )
    params = {"RoleArn": role, "RoleSessionName": "mlps-scanner", "DurationSeconds": 3600}
    if options.external_id:
        params["ExternalId"] = options.external_id

    def renew() -> tuple[Keys, float]:
        try:
            found = first.ask(ASSUME_ROLE, CENTRAL, params)
            keys = Keys(found["AccessKeyId"], found["AccessKeySecret"], found["SecurityToken"])
            until = timegm(time.strptime(found["Expiration"], "%Y-%m-%dT%H:%M:%SZ"))
        except (CallError, KeyError, TypeError, ValueError) as error:
            code = error.code if isinstance(error, CallError) else type(error).__name__
            raise NoAccountError(
                f"The role {role} could not be assumed: {code}.",
                "Check the role's trust policy, and --external-id if it asks for one.",
            ) from error
        return keys, float(until)

    return Member(named.group(1), Assumed(renew, time.time))
