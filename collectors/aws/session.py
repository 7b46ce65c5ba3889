"""Sessions: which credentials, which partition, which account, which regions."""

from __future__ import annotations

import os
from typing import Literal

import boto3
import botocore.exceptions as errors
from botocore.config import Config
from botocore.parsers import ResponseParserError
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
# What a first call raises, from files, from the network, and from answers that are not AWS's.
FAILURES = (
    errors.BotoCoreError,
    errors.ClientError,
    ResponseParserError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
)
_CHECK = "Check --profile, --region and --endpoint-url, and what the AWS configuration says."


class AwsOptions(Struct, frozen=True, kw_only=True):
    """What the user asked for. Empty `regions` means every region enabled for the account.

    `accounts` are accounts of the organisation, in each of which the role `role_name` is assumed;
    with `organization` all active ones are.
    """

    profile: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    accounts: tuple[str, ...] = ()
    organization: bool = False
    role_name: str = "OrganizationAccountAccessRole"
    endpoint_url: str | None = None
    regions: tuple[str, ...] = ()
    concurrency: int = 16

    @property
    def is_many(self) -> bool:
        """Whether accounts of an organisation are asked for."""
        return self.organization or bool(self.accounts)


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
            "total_max_attempts": _attempts(os.environ.get("AWS_MAX_ATTEMPTS") or "8"),
        },
        connect_timeout=10,
        read_timeout=60,
        max_pool_connections=concurrency,
        user_agent_extra="mlps-scanner",
    )


def _first_config(options: AwsOptions) -> Config:
    """Of the first call, which a person waits for: a server that never answers is told soon."""
    attempts = min(_attempts(os.environ.get("AWS_MAX_ATTEMPTS") or "3"), 3)
    patience = Config(
        retries={"mode": "standard", "total_max_attempts": attempts},
        connect_timeout=5,
        read_timeout=15,
    )
    return client_config(options.concurrency).merge(patience)


def _attempts(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UserError(
            f"AWS_MAX_ATTEMPTS is {text!r}, which is not a number from 1.",
            "Unset it, or set a number such as 8.",
        )
    return int(text)


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
        name = options.profile or os.environ.get("AWS_PROFILE")
        raise UserError(
            f"The AWS profile {name or os.environ.get('AWS_DEFAULT_PROFILE')!r} does not exist.",
            "List yours with: aws configure list-profiles",
        ) from error
    except errors.BotoCoreError as error:
        raise UserError(
            f"The AWS configuration cannot be used: {_sentence(error)}.",
            "Check ~/.aws/config and ~/.aws/credentials.",
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
    if configured and not options.regions:
        _refuse_unknown_region(session, configured)
    if configured:
        return configured, _caller(session, options, configured)
    try:
        return _FIRST_REGION["aws"], _caller(session, options, _FIRST_REGION["aws"])
    except WrongPartitionError:
        return _FIRST_REGION["aws-cn"], _caller(session, options, _FIRST_REGION["aws-cn"])


def _refuse_unknown_region(session: boto3.Session, region: str) -> None:
    """A misspelt one of the environment or the profile would end up in another partition."""
    try:
        session.get_partition_for_region(region)
    except errors.UnknownRegionError as error:
        raise UserError(
            f"The region {region!r} of the environment or the profile is not one of AWS.",
            "Check AWS_REGION, AWS_DEFAULT_REGION and the profile, or use --region.",
        ) from error


class WrongPartitionError(UserError):
    """The access key is not known there: wrong, deleted, or of the other partition."""


def _caller(session: boto3.Session, options: AwsOptions, region: str) -> str:
    try:
        client = session.client(
            "sts",
            region_name=region,
            endpoint_url=options.endpoint_url,
            config=_first_config(options),
        )
        arn = str(client.get_caller_identity()["Arn"])
    except FAILURES as error:
        raise explain(error, options, region) from error
    if arn.count(":") < 5:
        raise _foreign(options, region)
    return arn


def _assume_role(session: boto3.Session, options: AwsOptions, region: str) -> boto3.Session:
    assert options.role_arn
    extra = {"ExternalId": options.external_id} if options.external_id else {}
    try:
        client = session.client(
            "sts",
            region_name=region,
            endpoint_url=options.endpoint_url,
            config=_first_config(options),
        )
        credentials = client.assume_role(
            RoleArn=options.role_arn, RoleSessionName="mlps-scanner", **extra
        )["Credentials"]
    except errors.ClientError as error:
        code = code_of(error)
        raise UserError(
            f"The role {options.role_arn} could not be assumed: {code}.",
            "Check the role's trust policy, and --external-id if it asks for one.",
        ) from error
    except FAILURES as error:
        raise explain(error, options, region) from error
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
        region_name=region,
    )


_NO_SSO_SESSION = (
    errors.TokenRetrievalError,
    errors.UnauthorizedSSOTokenError,
    errors.SSOTokenLoadError,
)


def explain(error: Exception, options: AwsOptions, region: str) -> UserError:
    """The sentence and the next step for an error of the first call."""
    if isinstance(error, errors.ClientError):
        return _explain_answer(error, region)
    if isinstance(error, errors.HTTPClientError | errors.ConnectionError):
        return UserError(
            f"{_where(options, region)} did not answer: {type(error).__name__}.",
            "Check the network, the proxy settings and --endpoint-url or --region; where a proxy"
            " has a certificate of its own, name its CA in AWS_CA_BUNDLE.",
        )
    if isinstance(error, ResponseParserError | KeyError):
        return _foreign(options, region)
    return _explain_credentials(error)


def _explain_credentials(error: Exception) -> UserError:
    if isinstance(error, errors.NoCredentialsError | errors.PartialCredentialsError):
        return UserError(
            "No AWS credentials were found.",
            "Use --profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role"
            " is attached.",
        )
    if isinstance(error, _NO_SSO_SESSION):
        return UserError(
            "There is no AWS single sign-on session, or it has expired.", "Sign in: aws sso login"
        )
    if isinstance(error, errors.CredentialRetrievalError):
        return UserError(f"The AWS credentials could not be read: {_sentence(error)}.", _CHECK)
    if isinstance(error, EOFError):
        return UserError(
            "The AWS profile asks for an MFA code, and there is no terminal to enter it.",
            "Get a session with the code first, and use its credentials.",
        )
    if isinstance(error, OSError):
        return UserError(
            f"The AWS credentials could not be read: {error.filename}: {error.strerror}.", _CHECK
        )
    return UserError(f"AWS could not be asked who you are: {_sentence(error)}.", _CHECK)


def _sentence(error: Exception) -> str:
    """What an error says, in one line and without its own full stop."""
    return " ".join(str(error).split()).rstrip(" .:")


def _where(options: AwsOptions, region: str) -> str:
    return options.endpoint_url or f"AWS in {region}"


def _foreign(options: AwsOptions, region: str) -> UserError:
    return UserError(
        f"{_where(options, region)} does not answer as AWS does.",
        "Check --endpoint-url, and whether a proxy answers in its place.",
    )


def code_of(error: errors.ClientError) -> str:
    """The error's code, or the HTTP status of an answer that names none."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", "?")
    return str(error.response.get("Error", {}).get("Code") or f"HTTP {status}")


def _explain_answer(error: errors.ClientError, region: str) -> UserError:
    code = code_of(error)
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
    return UserError(
        f"AWS refused sts:GetCallerIdentity in {region}: {code}.",
        "Repeat it; if it stays so, check the credentials and the region.",
    )
