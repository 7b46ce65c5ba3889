"""What an SSL-VPN server holds its clients to. Pure."""

from __future__ import annotations

from typing import Any

from collectors.addresses import networks
from collectors.document import Unknown, then
from collectors.facts.network import Peer, Tunnel
from collectors.logic import told

# CreateSslVpnServer: Cipher. Newer clients may agree on a better one; older ones use this.
_CIPHERS = {
    "AES-128-CBC": "aes128", "AES-192-CBC": "aes192", "AES-256-CBC": "aes256", "NONE": "none",
}  # fmt: skip

_NO_STATE = Unknown("the API does not tell whether the SSL-VPN server is up")
_NO_DIGEST = Unknown("the API does not tell how the SSL-VPN server checks integrity")


def clients(pool: str | Unknown) -> Peer:
    """Machines outside of the cloud, with the addresses that the server gives them."""
    return Peer(account=None, region=None, vpc_id=None, cidrs=then(pool, networks))


def tunnel(item: dict[str, Any]) -> Tunnel:
    """What a client is held to. SSL knows no IKE."""
    cipher = told(item, "Cipher")
    if not isinstance(cipher, Unknown):
        name = str(cipher)
        cipher = _CIPHERS.get(name.upper()) or Unknown(f"the algorithm {name} is not known")
    return Tunnel(up=_NO_STATE, encryption=[cipher], integrity=_NO_DIGEST, ike=[])
