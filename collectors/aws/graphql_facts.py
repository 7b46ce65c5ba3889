"""What AppSync says of a GraphQL API. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aws.api_facts import route_tls, weakest
from collectors.document import Unknown, then
from collectors.facts.shared import Tls

_KINDS = {
    "API_KEY": "key",
    "AWS_IAM": "iam",
    "AMAZON_COGNITO_USER_POOLS": "token",
    "OPENID_CONNECT": "token",
    "AWS_LAMBDA": "custom",
}


def authorization(modes: Iterable[str | Unknown]) -> str | Unknown:
    """The weakest of the ways in which an API authenticates requests, one of which each takes
    (AppSync developer guide, "Configuring authorization and authentication")."""
    return weakest([then(mode, _kind) for mode in modes], False)


def _kind(mode: str) -> str | Unknown:
    return _KINDS.get(mode, Unknown(f"the authorization {mode} of the API is not known"))


def is_open(visibility: str) -> bool:
    """Whether requests from the internet reach the API; a private one has endpoints in VPCs alone
    (the same guide, "Using AWS AppSync private APIs")."""
    return visibility != "PRIVATE"


def graphql_tls() -> Tls:
    """TLS as of HTTP APIs: from 1.2 on (the same guide, "Infrastructure security")."""
    return route_tls()


def log_group(api: str) -> str:
    """The log group that AppSync writes to (the same guide, "Using CloudWatch to monitor and log
    GraphQL API data")."""
    return f"/aws/appsync/apis/{api}"
