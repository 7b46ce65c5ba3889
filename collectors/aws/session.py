"""Sessions: which credentials, which partition, which account, which regions."""

from __future__ import annotations

import os
from typing import Literal

import boto3
import botocore.exceptions as errors
from botocore.config import Config
from msgspec import Struct

from collectors.document import UserError

_FIRST_REGION = {"aws": "us-east-1", "aws-cn": "cn-north-1"}
_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
_WRONG_KEY = {
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "AuthFailure",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
}


class AwsOptions(Struct, frozen=True, kw_only=True):
    """What the user asked for. Empty `regions` means every region enabled for the account."""

    profile: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    endpoint_url: str | None = None
    regions: tuple[str, ...] = ()
    concurrency: int = 16


class AwsIdentity(Struct, frozen=True, kw_only=True):
    """The account that the credentials belong to."""

    account: str
    partition: str
    arn: str
    home_region: str


def client_config(concurrency: int) -> Config:
    """Adaptive retries with a bound; AWS_RETRY_MODE and AWS_MAX_ATTEMPTS overrule, as usual."""
    return Config(
        retries={
            "mode": _retry_mode(os.environ.get("AWS_RETRY_MODE")),
            "total_max_attempts": int(os.environ.get("AWS_MAX_ATTEMPTS") or 8),
        },
        connect_timeout=10,
        read_timeout=60,
        max_pool_connections=concurrency,
        user_agent_extra="mlps-scanner",
    )


def _retry_mode(name: str | None) -> Literal["legacy", "standard", "adaptive"]:
    match name:
        case "legacy" | "standard":
            return name
        case _:
            return "adaptive"


def open_session(options: AwsOptions) -> tuple[boto3.Session, AwsIdentity]:
    """A session with working credentials and the account that they belong to.

    Calls sts:GetCallerIdentity, and sts:AssumeRole when a role is given. Raises UserError with
    the next step when there are no credentials, they expired, or the endpoint does not answer.
    """
    try:
        session = boto3.Session(profile_name=options.profile)
    except errors.ProfileNotFound as error:
        raise UserError(
            f"The AWS profile {options.profile!r} does not exist.",
            "List yours with: aws configure list-profiles",
        ) from error
    region, arn = _first_answer(session, options)
    if options.role_arn:
        session = _assume_role(session, options, region)
        arn = _caller(session, options, region)
    partition, account = arn.split(":")[1], arn.split(":")[4]
    return session, AwsIdentity(account=account, partition=partition, arn=arn, home_region=region)


def _first_answer(session: boto3.Session, options: AwsOptions) -> tuple[str, str]:
    """The region to start from, and the caller's ARN as STS tells it there.

    Without a configured region both partitions are tried, because keys of one are unknown in the
    other.
    """
    configured = next(iter(options.regions), None) or session.region_name
    if configured:
        return configured, _caller(session, options, configured)
    try:
        return _FIRST_REGION["aws"], _caller(session, options, _FIRST_REGION["aws"])
    except WrongPartitionError:
        return _FIRST_REGION["aws-cn"], _caller(session, options, _FIRST_REGION["aws-cn"])


class WrongPartitionError(UserError):
    """The access key is not known there: wrong, deleted, or of the other partition."""


def _caller(session: boto3.Session, options: AwsOptions, region: str) -> str:
    try:
        client = session.client(
            "sts",
            region_name=region,
            endpoint_url=options.endpoint_url,
            config=client_config(options.concurrency),
        )
        return str(client.get_caller_identity()["Arn"])
    except (errors.BotoCoreError, errors.ClientError, ValueError) as error:
        raise explain(error, options, region) from error


def _assume_role(session: boto3.Session, options: AwsOptions, region: str) -> boto3.Session:
    assert options.role_arn
    extra = {"ExternalId": options.external_id} if options.external_id else {}
    try:
        client = session.client(
            "sts",
            region_name=region,
            endpoint_url=options.endpoint_url,
            config=client_config(options.concurrency),
        )
        answer = client.assume_role(
            RoleArn=options.role_arn, RoleSessionName="mlps-scanner", **extra
        )
    except errors.ClientError as error:
        code = error.response["Error"]["Code"]
        raise UserError(
            f"The role {options.role_arn} could not be assumed: {code}.",
            "Check the role's trust policy, and --external-id if it asks for one.",
        ) from error
    except (errors.BotoCoreError, ValueError) as error:
        raise explain(error, options, region) from error
    credentials = answer["Credentials"]
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
        region_name=region,
    )


def explain(error: Exception, options: AwsOptions, region: str) -> UserError:
    """The sentence and the next step for an error of the first call."""
    if isinstance(error, errors.NoCredentialsError | errors.PartialCredentialsError):
        return UserError(
            "No AWS credentials were found.",
            "Use --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role"
            " is attached.",
        )
    if isinstance(error, errors.TokenRetrievalError | errors.UnauthorizedSSOTokenError):
        return UserError("The AWS single sign-on session has expired.", "Sign in: aws sso login")
    if isinstance(error, errors.CredentialRetrievalError):
        return UserError(f"The AWS credentials could not be read: {error}.")
    if isinstance(error, errors.ClientError):
        return _explain_answer(error, region)
    if isinstance(error, errors.HTTPClientError | errors.EndpointConnectionError):
        where = options.endpoint_url or f"AWS in {region}"
        return UserError(
            f"{where} did not answer: {type(error).__name__}.",
            "Check the network, the proxy settings and --endpoint-url or --region.",
        )
    return UserError(f"AWS could not be asked who you are: {error}.")


def _explain_answer(error: errors.ClientError, region: str) -> UserError:
    code = error.response["Error"]["Code"]
    if code in _EXPIRED:
        return UserError(
            "The AWS session token has expired.",
            "Get new credentials (aws sso login, or assume the role again) and repeat.",
        )
    if code in _WRONG_KEY:
        return WrongPartitionError(
            f"AWS does not accept the access key in {region}: {code}.",
            "Check the key; keys of China regions work only there: use --region cn-north-1.",
        )
    return UserError(f"AWS refused sts:GetCallerIdentity in {region}: {code}.")
