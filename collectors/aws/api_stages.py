"""What the APIs of both generations have in common: their weakest authorization, the access logs of
their stages."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.log_delivery import to_arn
from collectors.aws.logic import Known
from collectors.document import Unknown, also
from collectors.facts.shared import Logging

_WEAKEST_FIRST = ("none", "key", "custom", "token", "iam")


def weakest(found: list[str | Unknown], asks_certificates: Known) -> str | Unknown:
    """The weakest of some kinds of authorization. Where every way to the API asks clients for
    certificates, that stands in for none."""
    kinds = {one for one in found if isinstance(one, str)}
    if "none" in kinds:
        if isinstance(asks_certificates, Unknown):
            return asks_certificates
        return "certificate" if asks_certificates else "none"
    unknown = also(None, *found)
    if unknown:
        return unknown
    for kind in _WEAKEST_FIRST:
        if kind in kinds:
            return kind
    return Unknown("the API has no method")


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
