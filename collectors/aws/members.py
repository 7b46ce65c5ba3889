"""Which accounts are collected: that of the credentials, that of a role, or those of an
organisation, in each of which a role is assumed."""

from __future__ import annotations

from collections.abc import Callable

import boto3
import botocore.exceptions as errors
import botocore.session
from botocore.client import BaseClient
from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials
from botocore.loaders import Loader
from msgspec import Struct

from collectors.aws.reader import Reader
from collectors.aws.session import (
    FAILURES,
    AwsIdentity,
    AwsOptions,
    client_config,
    code_of,
    open_session,
)
from collectors.calls import Call
from collectors.document import Unknown, UserError

ASSUME_ROLE = Call(
    provider="aws",
    service="sts",
    operation="AssumeRole",
    permission="sts:AssumeRole",
    scope="account",
    result="Credentials",
)
LIST_ACCOUNTS = Call(
    provider="aws",
    service="organizations",
    operation="ListAccounts",
    permission="organizations:ListAccounts",
    scope="account",
    result="Accounts",
    paged=True,
)
FOR_MEMBERS = (ASSUME_ROLE, LIST_ACCOUNTS)
"""Made in the account of the credentials where accounts of an organisation are collected."""

LOADER = Loader()
"""botocore reads the models of its services once, however many accounts there are."""


class Member(Struct, frozen=True, kw_only=True):
    """An account to collect. `open` gives a session for it, and raises UserError where it refuses.
    `inactive` says why an account of the organisation is not asked at all."""

    identity: AwsIdentity
    open: Callable[[], boto3.Session]
    inactive: str = ""


def members(options: AwsOptions) -> tuple[AwsIdentity, list[Member]]:
    """The identity of the credentials, and the accounts to collect. Raises UserError where there
    are no credentials, or where the accounts of the organisation cannot be listed."""
    session, identity = open_session(options)
    if not options.is_many:
        return identity, [Member(identity=identity, open=lambda: session)]
    found = [
        _member(session, identity, options, *each) for each in _wanted(session, identity, options)
    ]
    return identity, found


def _wanted(
    session: boto3.Session, identity: AwsIdentity, options: AwsOptions
) -> list[tuple[str, str]]:
    """The ids of the accounts, each with why it is not asked ("" for one that is)."""
    if options.accounts:
        return [(account, "") for account in dict.fromkeys(options.accounts)]
    reader = Reader(
        session,
        account=identity.account,
        config=client_config(options.concurrency),
        endpoint_url=options.endpoint_url,
        concurrency=options.concurrency,
    )
    found = reader.read(LIST_ACCOUNTS, identity.home_region)
    if isinstance(found, Unknown):
        raise UserError(
            f"The accounts of the organization cannot be listed: {found.reason}.",
            "Use credentials of the management account or of a delegated administrator, or name the"
            " accounts with --account or --accounts.",
        )
    states = {str(each["Id"]): str(each.get("State") or each.get("Status")) for each in found}
    return [
        (account, "" if state == "ACTIVE" else state) for account, state in sorted(states.items())
    ]


def _member(
    session: boto3.Session,
    identity: AwsIdentity,
    options: AwsOptions,
    account: str,
    inactive: str,
) -> Member:
    arn = f"arn:{identity.partition}:iam::{account}:role/{options.role_name}"
    return Member(
        identity=AwsIdentity(
            account=account,
            partition=identity.partition,
            arn=identity.arn if account == identity.account else arn,
            home_region=identity.home_region,
        ),
        # The account of the credentials is read with them: it has no role for itself.
        open=(lambda: session)
        if account == identity.account
        else (lambda: assumed(session, identity, options, arn)),
        inactive=inactive,
    )


def assumed(
    session: boto3.Session, identity: AwsIdentity, options: AwsOptions, arn: str
) -> boto3.Session:
    """A session of a role, whose credentials are renewed before they expire. Raises UserError where
    the role cannot be assumed."""

    def client(_service: str, **_more: object) -> BaseClient:
        made: BaseClient = session.client(
            "sts",
            region_name=identity.home_region,
            endpoint_url=options.endpoint_url,
            config=client_config(options.concurrency),
        )
        return made

    extra = {"RoleSessionName": "mlps-scanner"}
    if options.external_id:
        extra["ExternalId"] = options.external_id
    fetcher = AssumeRoleCredentialFetcher(client, session.get_credentials(), arn, extra_args=extra)
    made = botocore.session.get_session()
    made.register_component("data_loader", LOADER)
    credentials = DeferredRefreshableCredentials(
        refresh_using=fetcher.fetch_credentials, method="sts-assume-role"
    )
    made._credentials = credentials  # type: ignore[attr-defined]
    try:
        credentials.get_frozen_credentials()
    except (*FAILURES, RuntimeError) as error:
        # RuntimeError: credentials that have expired when they come (botocore).
        raise UserError(
            f"The role {arn} could not be assumed: {_code(error)}.",
            "Check the role's trust policy, --role-name, and --external-id if it asks for one.",
        ) from error
    paths = list(LOADER.search_paths)
    opened = boto3.Session(botocore_session=made, region_name=identity.home_region)
    # boto3 adds its own folder to the paths of the loader, each time.
    LOADER.search_paths[:] = list(dict.fromkeys([*paths, *LOADER.search_paths]))
    return opened


def _code(error: Exception) -> str:
    if isinstance(error, errors.ClientError):
        return code_of(error)
    return type(error).__name__
