"""The two Azures: where each is asked, and for what its tokens are."""

from __future__ import annotations

import ipaddress
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from collectors.document import UserError

CloudName = Literal["global", "china"]


class Cloud(Struct, frozen=True, kw_only=True):
    """The endpoints of a cloud, without a slash at the end. `china` is operated by 21Vianet.

    Sources: Microsoft's lists of endpoints ("Azure in China developer guide"; "Microsoft Graph,
    national cloud deployments").
    """

    name: CloudName
    authority: str
    manager: str
    graph: str

    @property
    def manager_scope(self) -> str:
        """What tokens for Resource Manager are asked for."""
        return f"{self.manager}/.default"

    @property
    def graph_scope(self) -> str:
        """What tokens for Microsoft Graph are asked for."""
        return f"{self.graph}/.default"


CLOUDS: dict[CloudName, Cloud] = {
    "global": Cloud(
        name="global",
        authority="https://login.microsoftonline.com",
        manager="https://management.azure.com",
        graph="https://graph.microsoft.com",
    ),
    "china": Cloud(
        name="china",
        authority="https://login.chinacloudapi.cn",
        manager="https://management.chinacloudapi.cn",
        graph="https://microsoftgraph.chinacloudapi.cn",
    ),
}


def checked(endpoint_url: str) -> str:
    """An endpoint in place of Azure's own. Raises UserError: tokens travel over TLS, and without it
    on the loopback interface alone."""
    url = urlsplit(endpoint_url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise UserError(f"{endpoint_url!r} is no URL.", "Write it as http://127.0.0.1:8080.")
    if url.scheme == "http" and not _is_loopback(url.hostname):
        raise UserError(
            f"{endpoint_url} would get tokens without TLS.",
            "Use https; plain http is for the loopback interface alone.",
        )
    return endpoint_url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
