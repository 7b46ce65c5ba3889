"""The HTTP side of the server engine: opa-python-client with what a scan needs besides."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import requests
from msgspec import Struct
from opa_client.errors import RegoParseError
from opa_client.opa import OpaClient
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.util.retry import Retry

from collectors.document import UserError

_CONNECT_SECONDS = 5
_READ_SECONDS = 60
_BUSY = (429, 502, 503, 504)
_ANSWERED_ERROR = 400
_NOT_FOUND = 404


class RefusedError(Exception):
    """The server does not take a policy. `line` is 0 where it names none."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class NotAnsweredError(Exception):
    """The server is there and cannot answer this question; another one it may."""


class _Place(Struct):
    row: int = 0


class _Detail(Struct):
    code: str = ""
    message: str = ""
    location: _Place | None = None


class _Problem(Struct):
    """OPA's error object."""

    message: str = ""
    errors: list[_Detail] = []


class PolicyServer(OpaClient):  # type: ignore[misc]  # the library is not typed
    """An OPA server. Every method raises UserError when the server cannot be used at all."""

    def __init__(self, url: str, *, token: str | None, ca: Path | None) -> None:
        parts = urlsplit(url)
        port = _port(url)
        self.url = url.rstrip("/")
        host = parts.hostname or ""
        super().__init__(
            host=f"[{host}]" if ":" in host else host,
            port=port,
            # A server behind a gateway may stand below a path.
            version=f"{parts.path.strip('/')}/v1".lstrip("/"),
            # `ssl` becomes what requests verifies with, and takes the path of a CA file too.
            ssl=(str(ca) if ca else True) if parts.scheme == "https" else False,
            token=token,
            timeout=(_CONNECT_SECONDS, _READ_SECONDS),
        )

    def _init_session(self) -> requests.Session:
        """The library's session retries neither a POST nor 429 and 503, follows redirects (which
        turn a POST into a GET), and lets the machine's .netrc replace the token."""
        session: requests.Session = super()._init_session()
        retry = Retry(
            total=4,
            read=1,
            other=0,
            allowed_methods=None,  # every request here may be repeated
            status_forcelist=_BUSY,
            backoff_factor=0.25,
            respect_retry_after_header=False,  # it may say hours
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        session.trust_env = False
        session.proxies.update(get_environ_proxies(self.url))
        session.max_redirects = 0
        session.hooks["response"] = [self._refuse_answer]
        return session

    def put(self, name: str, source: str) -> None:
        """Create a policy. Raises RefusedError when the server does not take it."""
        try:
            # rego_compat would rewrite a refused policy until the server takes it.
            self.update_policy_from_string(source, name, rego_compat=False)
        except RegoParseError as error:
            details = msgspec.convert(error.errors, list[_Detail])
            first = details[0] if details else _Detail(message=str(error.message))
            raise RefusedError(
                first.message, first.location.row if first.location else 0
            ) from error
        except requests.RequestException as error:
            raise self._unusable(error) from error

    def remove(self, name: str) -> None:
        """Delete a policy, if it is there. Raises NotAnsweredError when it stays."""
        try:
            answer = self._session.delete(f"{self.root_url}/policies/{name}", timeout=self.timeout)
        except requests.RequestException as error:
            raise self._unusable(error) from error
        if answer.status_code >= _ANSWERED_ERROR and answer.status_code != _NOT_FOUND:
            raise NotAnsweredError(_problem(answer))

    def has(self, name: str) -> bool:
        """Whether the policy is on the server."""
        try:
            answer = self._session.get(f"{self.root_url}/policies/{name}", timeout=self.timeout)
        except requests.RequestException as error:
            raise self._unusable(error) from error
        return bool(answer.status_code < _ANSWERED_ERROR)

    def ask(self, path: str, body: bytes, *, strict: bool) -> bytes:
        """The answer of `POST /v1/data/<path>`, as JSON. Raises NotAnsweredError.

        `query_rule` of the library would decode the documents, which are JSON already, and encode
        them again; and it keeps of an error the status only. `strict` makes an error in a built-in
        function an error of the answer.
        """
        url = f"{self.root_url}/data/{path}" + ("?strict-builtin-errors=true" if strict else "")
        headers = {"Content-Type": "application/json"}
        try:
            answer = self._session.post(url, data=body, headers=headers, timeout=self.timeout)
        except requests.ReadTimeout as error:
            raise self._late(error) from error
        except requests.ConnectionError as error:
            # Retries hide a read that timed out in here.
            if "Read timed out" in str(error):
                raise self._late(error) from error
            raise self._unusable(error) from error
        except requests.RequestException as error:
            raise self._unusable(error) from error
        if answer.status_code >= _ANSWERED_ERROR:
            raise NotAnsweredError(_problem(answer))
        return bytes(answer.content)

    def opa_version(self) -> str | None:
        """The version of OPA; None where the server does not tell."""
        try:
            rows = self.ad_hoc_query("x := opa.runtime().version").get("result")
            return str(rows[0]["x"])
        except (UserError, requests.RequestException, AttributeError, LookupError, TypeError):
            return None

    def _late(self, error: requests.RequestException) -> Exception:
        """A question that took too long, if the server still answers; else the server is gone."""
        if self.check_health():
            return NotAnsweredError(f"no answer within {_READ_SECONDS} seconds")
        return self._unusable(error)

    def _refuse_answer(self, answer: requests.Response, **_: object) -> None:
        """Raise UserError for an answer after which no other question makes sense."""
        status = answer.status_code
        if status in {401, 403}:
            raise UserError(
                f"The OPA server {self.url} refuses access (HTTP {status}).",
                "Give its bearer token with --opa-token-file or MLPS_OPA_TOKEN; the token has to"
                " allow policies to be created and deleted, and data to be queried.",
            )
        if status in _BUSY:
            raise UserError(
                f"The OPA server {self.url} answers HTTP {status}, also when asked again.",
                "Run the scan when it is less busy, or use --engine embedded.",
            )

    def _unusable(self, error: requests.RequestException) -> UserError:
        if isinstance(error, requests.exceptions.SSLError):
            return UserError(
                f"The OPA server {self.url} has no certificate that can be trusted:"
                f" {_last_cause(error)}.",
                "Name the file with its CA certificate: --opa-ca FILE",
            )
        if isinstance(error, requests.exceptions.ProxyError):
            return UserError(
                f"The proxy on the way to the OPA server {self.url} does not answer.",
                "Set NO_PROXY for the server, or correct HTTP_PROXY and HTTPS_PROXY.",
            )
        if isinstance(error, requests.TooManyRedirects):
            return UserError(
                f"The OPA server {self.url} redirects to another address.",
                "Give that address with --opa-url.",
            )
        if isinstance(error, requests.exceptions.JSONDecodeError):
            return UserError(
                f"What answers at {self.url} is not an OPA server.",
                "Give the address of one with --opa-url, such as http://127.0.0.1:8181",
            )
        return UserError(
            f"The OPA server {self.url} cannot be reached: {_last_cause(error)}.",
            "Start it (opa run --server), correct --opa-url, or use --engine embedded.",
        )


def _port(url: str) -> int:
    parts = urlsplit(url)
    try:
        if parts.scheme in {"http", "https"} and parts.hostname:
            return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        pass  # the port is no number, or too large a one
    raise UserError(
        f"--opa-url {url} is not the address of a server.",
        "For example http://127.0.0.1:8181 or https://opa.example.com",
    )


def _problem(answer: requests.Response) -> str:
    """OPA's own words for an error; the HTTP status where there are none."""
    try:
        problem = msgspec.json.decode(answer.content, type=_Problem)
    except msgspec.MsgspecError:
        return f"HTTP {answer.status_code}"
    for detail in problem.errors:
        return f"{detail.code}: {detail.message}"
    return problem.message or f"HTTP {answer.status_code}"


def _last_cause(error: BaseException) -> str:
    """The words of the innermost error, without urllib3's objects around them."""
    cause: BaseException = error
    seen = {id(cause)}
    while True:
        inner = getattr(cause, "reason", None) or cause.__cause__ or cause.__context__
        if not isinstance(inner, BaseException) and cause.args:
            inner = cause.args[0]
        if not isinstance(inner, BaseException) or id(inner) in seen:
            break
        cause = inner
        seen.add(id(cause))
    text = getattr(cause, "strerror", None) or str(cause)
    return text.strip().rstrip(".") or type(cause).__name__
