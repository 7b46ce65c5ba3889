"""The access logs of APIs of both generations, by their stages."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.log_delivery import to_arn
from collectors.document import Unknown
from collectors.facts.shared import Logging


def logging(
    account: Account, stages: list[dict[str, Any]] | Unknown, settings: str, key: str
) -> Logging:
    """The access log of an API: on where every stage has one, and of the first stage."""
    if isinstance(stages, Unknown):
        return Logging.unread(stages)
    targets = [(stage.get(settings) or {}).get(key) for stage in stages]
    if not targets or not all(targets):
        return Logging.off()
    return to_arn(account, str(targets[0]))
