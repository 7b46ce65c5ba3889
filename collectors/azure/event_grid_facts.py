"""What Event Grid does whatever its topics, domains and namespaces are set to. Pure; templates and
live services alike."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls

_VERSIONS = ("1.0", "1.1", "1.2", "1.3")
_UNTOLD = Unknown("the lowest version of TLS of Event Grid is not written")
_ALGORITHM = Unknown("the API does not name the algorithm")


def event_grid_facts(minimum: Any) -> Topic:
    """Facts by the lowest version of TLS, which depends on the resource's age where it is not
    written ("Enforce a minimum required version of TLS").

    Publishing and receiving take a key, a token or a certificate: there is no policy, and nobody
    gets in without one. What is written to disks is encrypted with a key of Microsoft's, in place
    of which no other can be set ("Authenticate with Event Grid").
    """
    return Topic(
        encryption=Encryption(
            enabled=True, key_manager="provider", key_id=None, algorithm=_ALGORITHM
        ),
        policy=[],
        tls=Tls(minimum=_minimum(minimum), required=True, policy=None),
        exposure=Exposure(public=False, via=[]),
    )


def _minimum(text: Any) -> Any:
    if isinstance(text, Unknown) or text in _VERSIONS:
        return text
    return Unknown(f"TLS {text} is not known") if text else _UNTOLD
