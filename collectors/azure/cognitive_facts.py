"""What Azure AI services do whatever their accounts are set to. Pure; templates and live accounts
alike."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, then
from collectors.facts.network import Api
from collectors.facts.shared import Logging, Tls
from collectors.logic import Known

LOG = ("RequestResponse",)
"""The category of the log of requests."""


def account_facts(ranges: list[Any] | Unknown, keys: Known, log: Logging) -> Api:
    """Facts of an account by the addresses that reach it, and by whether it takes keys besides
    tokens of Microsoft Entra ID. Every request brings one of the two, over TLS 1.2 or later
    ("Security for Azure AI services")."""
    return Api(
        authorization=then(keys, lambda on: "key" if on else "token"),
        public=then(ranges, bool),
        tls=Tls(minimum="1.2", required=True, policy=None),
        logging=log,
    )
