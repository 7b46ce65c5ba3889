"""What SignalR Service and Web PubSub do whatever they are set to, and whom their network rules let
in. Pure; templates and live services alike."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.network import Api
from collectors.facts.shared import Logging, Tls
from collectors.logic import Known, every, negated, some

SIGNALR_LOG, PUBSUB_LOG = ("AllLogs",), ("ConnectivityLogs", "HttpRequestLogs")
"""The categories of the logs of who connected and asked."""

_REQUESTS = {"serverconnection", "clientconnection", "restapi", "trace"}
_TLS = Unknown("which versions of TLS the service takes is not told")


def signalr_facts(public: Known, anonymous: Known, log: Logging) -> Api:
    """Facts of a service by whether the internet reaches it, and whether a hub of it lets clients
    in without a token. All other requests bring a key or a token, whatever the network rules
    ("Configure network access control")."""
    authorization: Any = anonymous
    if isinstance(anonymous, bool):
        authorization = "none" if anonymous else "token"
    return Api(authorization=authorization, public=public, tls=Tls.unread(_TLS), logging=log)


def written_log(sent: Logging, written: Known) -> Logging:
    """The log that diagnostic settings send on, which holds no more than what the service is set to
    write ("Monitor and troubleshoot with resource logs")."""
    if sent.enabled is not True or written is True:
        return sent
    return Logging.unread(written) if isinstance(written, Unknown) else Logging.off()


def takes_public(allows: Known, allowed: Any, denied: Any) -> Known:
    """Whether network rules let in any kind of request from the internet: where the default action
    allows, what is not denied; where it does not, what is allowed."""
    return some(
        (
            every((allows, negated(_has_all(denied)))),
            every((negated(allows), allowed if isinstance(allowed, Unknown) else bool(allowed))),
        )
    )


def _has_all(kinds: Any) -> Known:
    """Whether a list has every kind of request."""
    if isinstance(kinds, Unknown):
        return kinds
    listed = kinds or []
    known = {str(each).lower() for each in listed if not isinstance(each, Unknown)}
    doubt = next((each for each in listed if isinstance(each, Unknown)), None)
    return known >= _REQUESTS or doubt or False
