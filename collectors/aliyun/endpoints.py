"""Where a product is reached in a region.

In this order: what the metadata say; what the Location service says, which also knows where a
product does not exist; for a product that it does not know, the host that every product has by its
name, if there is such a host. With an endpoint of one's own every request goes there, and names in
its Host header the host that it would have gone to.
"""

from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from collectors.aliyun.api import Product
from collectors.aliyun.errors import NotOfferedError
from collectors.calls import Call

LOCATE = Call(
    provider="aliyun",
    service="location",
    operation="DescribeEndpoints",
    permission="",
    scope="region",
    result="Endpoints.Endpoint",
)
"""Needs no right of its own: everybody may ask. Alibaba Cloud: Location service, 2015-06-12."""


class Endpoint(Struct, frozen=True):
    """The host to connect to, and the one to name; `secure` for https."""

    address: str
    host: str
    secure: bool = True


Locate = Callable[[str, str], list[dict[str, str]]]
"""The endpoints of a product (by its name in the Location service) in a region."""


def exists(host: str, look_up: Callable[..., Any] = socket.getaddrinfo) -> bool:
    """Whether there is a host of a name. Only the word of the name service that there is none
    counts; where it does not answer, or a proxy asks in its place, there may be one."""
    if urllib.request.getproxies().keys() & {"http", "https", "all"}:
        return True
    try:
        look_up(host, 443)
    except socket.gaierror as error:
        return error.errno != socket.EAI_NONAME
    except OSError:
        return True
    return True


def usual(product: Product, region: str) -> str:
    """The host that most products have in a region."""
    return f"{product.code.lower()}.{region}.aliyuncs.com"


class Endpoints:
    """Endpoints of products, each found once. Thread-safe."""

    def __init__(
        self, endpoint_url: str | None, locate: Locate, is_there: Callable[[str], bool] = exists
    ) -> None:
        scheme, _, rest = (endpoint_url or "").partition("://")
        self._own = rest.rstrip("/")
        self._secure = scheme != "http"
        self._locate = locate
        self._is_there = is_there
        self._lock = threading.Lock()
        self._found: dict[tuple[str, str], str | None] = {}

    def of(self, product: Product, region: str) -> Endpoint:
        """The endpoint of a product in a region. Raises NotOfferedError, and what asking the
        Location service raises."""
        key = (product.code, region)
        with self._lock:
            known = key in self._found
        if not known:
            host = self._host(product, region)
            with self._lock:
                self._found[key] = host
        name = self._found[key]
        if name is None:
            raise NotOfferedError(f"{product.code} is not offered in {region}")
        return self.at(name)

    def at(self, host: str) -> Endpoint:
        """The endpoint at a host that is known already."""
        return Endpoint(self._own, host, self._secure) if self._own else Endpoint(host, host)

    def _host(self, product: Product, region: str) -> str | None:
        host = product.regional.get(region) or product.central
        if host:
            return host
        if not product.location:
            return self._named(product, region)
        if self._own:
            return f"{product.location.lower()}.{region}.aliyuncs.com"
        found = self._locate(product.location, region)
        return found[0]["Endpoint"] if found else None

    def _named(self, product: Product, region: str) -> str | None:
        """The host by the product's name. That there is none tells that the product is not offered
        only where all of its known hosts have such names."""
        host = usual(product, region)
        regular = all(known == usual(product, one) for one, known in product.regional.items())
        return host if self._own or not regular or self._is_there(host) else None
