"""Requests to Azure through azure-core's pipeline: tokens, tries, time limits, decoding.

The pipeline is put together here and not by a management client: ARM's own would register a
resource provider that the subscription lacks, which is a write. Redirects are not followed, because
a token must not travel to another host.
"""

from __future__ import annotations

import json
import threading
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from azure.core import PipelineClient
from azure.core.credentials import TokenCredential
from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    ServiceRequestError,
    ServiceResponseError,
)
from azure.core.pipeline.policies import (
    BearerTokenCredentialPolicy,
    RetryMode,
    RetryPolicy,
    UserAgentPolicy,
)
from azure.core.pipeline.transport import RequestsTransport
from azure.core.rest import HttpRequest, HttpResponse
from msgspec import Struct
from requests.adapters import HTTPAdapter

from collectors.azure.cloud import checked
from collectors.azure.errors import MALFORMED, CallError, error_of
from collectors.azure.session import AzureOptions, Patience

_DROPPED = 401
"""Of a token that ran out, or was taken back: the policy has dropped it, and gets another."""


class _Patient(RetryPolicy[HttpRequest, HttpResponse]):
    """Azure's own policy, with a bound on how long a server may make it wait."""

    def __init__(self, patience: Patience) -> None:
        again = patience.attempts - 1
        super().__init__(
            retry_total=again,
            retry_connect=again,
            retry_read=again,
            retry_status=again,
            retry_backoff_factor=patience.first,
            retry_backoff_max=patience.longest,
            retry_mode=RetryMode.Exponential,
            # Every call is read-only, those by POST too.
            retry_on_methods=frozenset({"GET", "POST"}),
        )
        self._longest = patience.longest

    def get_retry_after(self, response: Any) -> float | None:
        """The seconds that the server asked for, within the bound."""
        asked: float | None = super().get_retry_after(response)
        return asked if asked is None else min(asked, self._longest)


class Http:
    """One API: `root` is its address, `scope` what its tokens are for. Thread-safe. At most
    `concurrency` requests are under way at once."""

    def __init__(
        self, root: str, scope: str, credential: TokenCredential, options: AzureOptions
    ) -> None:
        self._root = checked(options.endpoint_url) if options.endpoint_url else root
        self._plain = self._root.startswith("http://")
        self._slots = threading.BoundedSemaphore(options.concurrency)
        self._timeouts = {
            "connection_timeout": options.connect_seconds,
            "read_timeout": options.read_seconds,
        }
        self._client: PipelineClient[HttpRequest, HttpResponse] = PipelineClient(
            self._root,
            policies=[
                UserAgentPolicy(user_agent="mlps-scanner", user_agent_overwrite=True),
                _Patient(options.patience),
                BearerTokenCredentialPolicy(credential, scope),
            ],
            transport=RequestsTransport(session=_session(options.concurrency), session_owner=False),
        )

    def ask(self, method: str, url: str, body: Any = None) -> dict[str, Any]:
        """The JSON object at a path with its query, or at a link that an answer gave.

        Raises CallError; ClientAuthenticationError where no token is to be had.
        """
        if not url.startswith("/"):
            self._refuse_other_host(url)
        else:
            url = self._root + url
        response = self._sent(method, url, body)
        if response.status_code == _DROPPED:
            response = self._sent(method, url, body)
        return _decoded(response)

    def _sent(self, method: str, url: str, body: Any) -> HttpResponse:
        request = HttpRequest(method, url, json=body, headers={"Accept": "application/json"})
        options: dict[str, Any] = dict(self._timeouts)
        if self._plain:
            options["enforce_https"] = False
        try:
            with self._slots:
                return self._client.send_request(request, **options)
        except ClientAuthenticationError:
            raise
        except (ServiceRequestError, ServiceResponseError) as error:
            raise CallError(type(error).__name__, str(error)) from error
        except AzureError as error:
            raise CallError(type(error).__name__, str(error)) from error

    def _refuse_other_host(self, link: str) -> None:
        asked, own = urlsplit(link), urlsplit(self._root)
        if (asked.scheme, asked.netloc.lower()) != (own.scheme, own.netloc.lower()):
            raise CallError(MALFORMED, f"the next page is on another host: {asked.netloc}")


class Apis(Struct, frozen=True):
    """Resource Manager and Microsoft Graph, whose connections and tokens all readers share."""

    manager: Http
    graph: Http


def connect(credential: TokenCredential, options: AzureOptions) -> Apis:
    """The APIs of the cloud that the options name. Raises UserError."""
    cloud = options.endpoints
    return Apis(
        manager=Http(cloud.manager, cloud.manager_scope, credential, options),
        graph=Http(cloud.graph, cloud.graph_scope, credential, options),
    )


def _session(concurrency: int) -> requests.Session:
    session = requests.Session()
    adapter = HTTPAdapter(pool_connections=4, pool_maxsize=concurrency)
    for scheme in ("https://", "http://"):
        session.mount(scheme, adapter)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _decoded(response: HttpResponse) -> dict[str, Any]:
    try:
        text = response.text()
        body = json.loads(text) if text else None
    except (ValueError, UnicodeDecodeError) as error:
        if response.status_code // 100 != 2:
            raise error_of(response.status_code, None) from error
        raise CallError(MALFORMED, "the answer is not JSON", response.status_code) from error
    if response.status_code // 100 != 2:
        raise error_of(response.status_code, body)
    if not isinstance(body, dict):
        raise CallError(MALFORMED, "the answer is no object", response.status_code)
    if "error" in body:
        raise error_of(response.status_code, body)
    return body
