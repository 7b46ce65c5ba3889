"""What an SSL-VPN server holds its clients to. Pure."""

from __future__ import annotations

from typing import Any

from collectors.addresses import networks
from collectors.document import Unknown, then
from collectors.facts.network import Peer, Tunnel

# CreateSslVpnServer: Cipher. Newer clients may agree on a better one; older ones use this.
_CIPHERS = {
    "AES-128-CBC": "aes128", "AES-192-CBC": "aes192", "AES-256-CBC": "aes256", "NONE": "none",
}  # fmt: skip


def clients(pool: str | Unknown) -> Peer:
    """Machines outside of the cloud, with the addresses that the server gives them."""
    return Peer(account=None, region=None, vpc_id=None, cidrs=then(pool, networks))


def tunnel(cipher: str | Unknown, *, up: Unknown, integrity: Unknown) -> Tunnel:
    """What a client is held to. SSL knows no IKE."""
    algorithm: Any = then(cipher, _algorithm)
    return Tunnel(up=up, encryption=[algorithm], integrity=integrity, ike=[])


def _algorithm(name: str) -> str | Unknown:
    return _CIPHERS.get(name.upper()) or Unknown(f"the algorithm {name} is not known")
