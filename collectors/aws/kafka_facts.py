"""What MSK says of a cluster: TLS, and who reaches it. Pure."""

from __future__ import annotations

from typing import Any, Literal

from collectors.aws.logic import Known, some
from collectors.aws.reachability import OPEN_BY
from collectors.document import Unknown
from collectors.facts.shared import Exposure, Tls

# At their public addresses brokers answer at these ports alone: mutual TLS, SCRAM and IAM (MSK
# developer guide, "Port information").
PUBLIC_PORTS = (9194, 9196, 9198)
_TO_CLIENTS = "EncryptionInTransit"
_TLS_NOT_TOLD = Unknown("MSK does not tell how clients and brokers talk")

Item = dict[str, Any]
Minimum = Literal["none", "1.2"]


def tls(item: Item) -> Tls:
    """TLS between clients and brokers, from 1.2 on (MSK developer guide, "Amazon MSK encryption in
    transit"). Serverless clusters speak nothing else."""
    if item["ClusterType"] == "SERVERLESS":
        return Tls(minimum="1.2", required=True, policy=None)
    spoken = item["Provisioned"].get("EncryptionInfo", {}).get(_TO_CLIENTS, {}).get("ClientBroker")
    required: dict[str | None, bool] = {"TLS": True, "TLS_PLAINTEXT": False, "PLAINTEXT": False}
    # Brokers that take plaintext beside TLS take it from whoever asks for no more.
    minimum: Minimum = "1.2" if spoken == "TLS" else "none"
    known = spoken in required
    return Tls(
        minimum=minimum if known else _TLS_NOT_TOLD,
        required=required.get(spoken, _TLS_NOT_TOLD),
        policy=None,
    )


def joined(by_address: Known, by_policy: Exposure) -> Exposure:
    """The exposure by address and by policy. A policy lets other accounts connect their networks;
    what it says to anyone opens the cluster to everybody with an account."""
    public = some([by_address, by_policy.public])
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    via = [OPEN_BY] if by_address is True else []
    return Exposure(public=public, via=[*via, *(["policy"] if by_policy.public is True else [])])
