"""What DAX tells of a cluster. Pure: templates ask it too."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known
from collectors.document import Unknown, then
from collectors.facts.shared import Tls

NO_VERSION = Unknown("DAX tells no version of its engine")
NO_UPGRADE = Unknown("DAX has no setting for updates of its engine")
_MINIMUM = Unknown("the lowest TLS version of DAX is not told")
_CHANGING = Unknown("the encryption of the cluster is being changed")

_STATES: dict[str, Known] = {"ENABLED": True, "DISABLED": False}


def tls(kind: str | Unknown) -> Tls:
    """TLS by the type of encryption of the endpoint. A cluster with TLS takes nothing else
    (DynamoDB developer guide, "DAX encryption in transit")."""
    required = then(kind, lambda word: word == "TLS")
    if required is False:
        return Tls(minimum="none", required=False, policy=None)
    minimum: Any = then(required, lambda _: _MINIMUM)
    return Tls(minimum=minimum, required=required, policy=None)


def is_encrypted(status: str | Unknown) -> Known:
    """Whether a cluster is encrypted at rest, by the status of its encryption."""
    return then(status, lambda word: _STATES.get(word, _CHANGING))
