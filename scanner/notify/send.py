"""Sending a summary to webhooks. None of them changes what a run found: one that fails is said."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec
import requests
from msgspec import Struct
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.util.retry import Retry

from collectors.document import UserError
from scanner.config import Webhook
from scanner.notify import load_kind
from scanner.notify.summary import Summary

_SECONDS = (5, 15)
"""To connect, and between two bytes of the answer."""
_BUSY = (429, 502, 503, 504)
_LONGEST = 200


class Address(Struct, frozen=True):
    """A webhook with its address and secret, which stand in no file of the project."""

    webhook: Webhook
    url: str
    secret: str

    @property
    def name(self) -> str:
        """What it is called in messages: its address holds a key, and is never shown."""
        return f"{self.webhook.kind} ({urlsplit(self.url).hostname})"


def addresses(webhooks: Sequence[Webhook]) -> list[Address]:
    """The webhooks with their addresses, read from the environment or files. Raises UserError for
    what is not there: a scan that nobody hears of is refused before it begins."""
    return [_address(webhook, number) for number, webhook in enumerate(webhooks)]


def send(summary: Summary, targets: Sequence[Address]) -> list[str]:
    """Send to each that wants to know. What failed, a sentence each."""
    wanted = [target for target in targets if _wanted(summary, target.webhook.when)]
    return [said for target in wanted for said in _send(summary, target)]


def _wanted(summary: Summary, when: str) -> bool:
    if summary.status in {"not_finished", "test"} or when == "always":
        return True
    if when == "failure":
        return summary.exit_code != 0
    # Without numbers nobody can tell that nothing changed.
    return summary.changes is None or summary.changes.any


def _send(summary: Summary, target: Address) -> list[str]:
    kind = load_kind(target.webhook.kind)
    told = msgspec.structs.replace(summary, link=target.webhook.link)
    request = kind.request(told, target.webhook.language, target.secret, time.time())
    url = target.url
    if request.query:
        url += ("&" if "?" in url else "?") + urlencode(request.query)
    headers = {"Content-Type": "application/json; charset=utf-8", **request.headers}
    try:
        with _session(url) as session:
            answer = session.post(
                url, data=request.body, headers=headers, timeout=_SECONDS, allow_redirects=False
            )
        if answer.status_code // 100 != 2:
            return [f"{target.name} answered HTTP {answer.status_code}"]
        said = kind.refusal(answer.content)
    except requests.RequestException as error:
        # Its text may hold the address.
        return [f"{target.name} did not answer: {type(error).__name__}"]
    except msgspec.MsgspecError:
        return [f"{target.name} does not answer as one of its kind does"]
    return [f"{target.name} refused the message: {said[:_LONGEST]}"] if said else []


def _session(url: str) -> requests.Session:
    session = requests.Session()
    # A message that was taken must not come twice: only what was not is sent again.
    retry = Retry(
        total=3,
        connect=3,
        read=0,
        other=0,
        allowed_methods=None,
        status_forcelist=_BUSY,
        backoff_factor=0.5,
        respect_retry_after_header=False,
        raise_on_status=False,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    # The machine's .netrc would add a password.
    session.trust_env = False
    session.proxies.update(get_environ_proxies(url))
    if ca := os.environ.get("REQUESTS_CA_BUNDLE"):
        session.verify = ca
    return session


def _address(webhook: Webhook, number: int) -> Address:
    place = f"notify[{number}] ({webhook.kind})"
    url = _private(webhook.url_env, webhook.url_file, f"the address of {place}")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UserError(
            f"The address of {place} is not one of a webhook.",
            "It begins with https://, as the chat shows it.",
        )
    secret = ""
    if webhook.secret_env or webhook.secret_file:
        secret = _private(webhook.secret_env, webhook.secret_file, f"the secret of {place}")
    return Address(webhook, url, secret)


def _private(variable: str, file: str, what: str) -> str:
    if variable:
        text, where = os.environ.get(variable, ""), f"the environment variable {variable}"
    else:
        where = f"the file {file}"
        try:
            text = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(
                f"{where} with {what} cannot be read: {error}.", "Correct it in mlps.yaml."
            ) from error
    if not text.strip():
        raise UserError(
            f"{where} with {what} is empty or not there.",
            "Set it, or take the webhook out of mlps.yaml.",
        )
    return text.strip()
