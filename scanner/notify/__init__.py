"""Telling people of a run: a short summary to the webhooks of mlps.yaml.

A kind of webhook is a module of `kinds` with a `KIND`; nothing else knows it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from msgspec import Struct

from scanner.notify import kinds
from scanner.notify.summary import Summary
from scanner.report import Language


class Request(Struct, frozen=True, kw_only=True):
    """What is posted: a JSON body, what is added to the address, and headers."""

    body: bytes
    query: dict[str, str] = {}
    headers: dict[str, str] = {}


class Kind(Struct, frozen=True, kw_only=True):
    """How a chat, or a program, is told. `request` takes the summary, the language, the secret to
    sign with (empty: none was given) and the time as seconds since 1970. `refusal` gives what an
    answer with status 200 complains of, nothing where it took the message. `signs` says whether it
    does anything with a secret."""

    request: Callable[[Summary, Language, str, float], Request]
    refusal: Callable[[bytes], str]
    signs: bool


def load_kind(name: str) -> Kind:
    """The kind of a name of `config.WebhookKind`."""
    found: Kind = importlib.import_module(f"{kinds.__name__}.{name}").KIND
    return found
