"""Write `collectors/aliyun/apis/<service>.json` from the vendor's metadata.

    python -m tools.aliyun_apis METADATA [SERVICE ...]

METADATA is a clone of aliyun/aliyun-openapi-meta (Apache-2.0), bare or not. Of each product only
the calls are kept that the collector declares. Without services, all are written.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from collectors.aliyun import api, services
from collectors.aliyun.api import Action, Paging, Product
from collectors.aliyun.collect import OPENING
from collectors.aliyun.members import FOR_MEMBERS
from collectors.calls import Call

FOLDER = Path(api.__file__).parent / "apis"
BY_HAND = {"location", "mns-open", "oss", "sls", "tablestore"}
"""Products that the metadata leave out: written by hand, or asked in a way of their own."""

# Hosts that the metadata leave to the Location service and the vendor's SDKs name.
_CENTRAL = {"resourcemanager": "resourcemanager.aliyuncs.com"}
_REGIONAL = {
    "config": {
        "ap-southeast-1": "config.ap-southeast-1.aliyuncs.com",
        "cn-shanghai": "config.cn-shanghai.aliyuncs.com",
    }
}

# The parameters by which APIs page, the one that asks for the place first.
_NUMBERED = ("PageNumber", "PageNo", "CurrentPage", "Page", "pageNumber", "page_number", "page")
_SIZES = ("PageSize", "PageCount", "Limit", "MaxResults", "MaxItems", "pageSize", "page_size",
          "maxResults", "max_results", "size", "limit", "ShowSize")  # fmt: skip
_TOKENS = ("NextToken", "nextToken", "next_token", "Token")
# Where an API pages both ways, PageSize asks for numbered pages, whose answers may have no token.
_SIZES_WITH_TOKEN = ("MaxResults", "MaxResult", "maxResults", "max_results", "MaxItems", *_SIZES)

# Regions that belong to no public account: the vendor's own tests, edge nodes, single customers.
_CLOSED = ("-nebula", "-test-", "-prod-", "-inner", "-edge", "-pop", "-b01", "-c01", "-d01", "-a01",
           "cloudstone", "-acdr", "-jst", "-oxs", "yushanfang", "-daily")  # fmt: skip


# Products whose central host serves some regions only; the Location service knows which host
# serves which (mongodb.aliyuncs.com knows nothing of cn-shenzhen); apig: hosts of regions.
_PARTLY_CENTRAL = {"apig", "dds", "gpdb", "clickhouse"}


class Metadata:
    """The vendor's metadata at the newest commit of a clone."""

    def __init__(self, clone: Path) -> None:
        self._clone = clone
        products = json.loads(self._text("metadatas/products.json"))["products"]
        self.products: dict[str, dict[str, Any]] = {one["code"].lower(): one for one in products}

    def action(self, code: str, name: str) -> dict[str, Any]:
        """What the metadata say of a call. Raises KeyError for one that they have not."""
        try:
            found: dict[str, Any] = json.loads(self._text(f"metadatas/{code}/{name}.json"))
        except subprocess.CalledProcessError:
            raise KeyError(f"the metadata have no {code}:{name}") from None
        return found

    def _text(self, path: str) -> str:
        command = ["git", "-C", str(self._clone), "show", f"HEAD:{path}"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def declared() -> dict[str, set[str]]:
    """The operations that the collector declares, by service. A module that cannot be imported is
    named, and left out."""
    calls: set[Call] = {*OPENING, *FOR_MEMBERS}
    for found in pkgutil.iter_modules(services.__path__):
        try:
            calls.update(importlib.import_module(f"{services.__name__}.{found.name}").SERVICE.calls)
        except (ImportError, AttributeError, SyntaxError) as error:
            print(f"left out {found.name}: {error}", file=sys.stderr)
    named: dict[str, set[str]] = {}
    for call in calls:
        named.setdefault(call.service, set()).add(call.operation)
    return named


def product(metadata: Metadata, service: str, operations: Iterable[str]) -> Product:
    """The table of a service. Raises KeyError for a product or call that the metadata have not."""
    found = metadata.products[service]
    regional = found["regional_endpoints"] or _REGIONAL.get(service, {})
    return Product(
        code=found["code"],
        version=found["version"],
        regional={
            region: host.strip()
            for region, host in sorted(regional.items())
            if not any(mark in region for mark in _CLOSED)
        },
        central="" if service in _PARTLY_CENTRAL else _central(service, found),
        location=found["location_service_code"] or "",
        actions={name: _action(metadata.action(service, name)) for name in sorted(operations)},
    )


def _central(service: str, found: dict[str, Any]) -> str:
    return found["global_endpoint"] or _CENTRAL.get(service, "")


def _action(found: dict[str, Any]) -> Action:
    parameters = {one["name"]: one["position"] for one in found["parameters"] or []}
    return Action(
        method="POST" if "POST" in found["method"].split("|") else found["method"].split("|")[0],
        path=found["pathPattern"] or "",
        parameters=parameters,
        required=tuple(one["name"] for one in found["parameters"] or [] if one["required"]),
        paging=_paging(parameters),
    )


def _paging(parameters: Iterable[str]) -> Paging:
    names = list(parameters)
    # Security Center hands out tokens where UseNextToken asks for them, and numbered pages else.
    for name in _TOKENS if "UseNextToken" not in names else ():
        if name in names:
            size = next((one for one in _SIZES_WITH_TOKEN if one in names), "")
            return Paging(style="token", position=name, size=size, following=name)
    size = next((name for name in _SIZES if name in names), "")
    if "Marker" in names:
        return Paging(style="marker", position="Marker", size=size, following="Marker")
    for name in _NUMBERED:
        if name in names and size:
            return Paging(style="number", position=name, size=size)
    return Paging()


def main(arguments: list[str]) -> int:
    """Write the tables of the services that are named, or of all. 1 where the metadata lack one."""
    metadata = Metadata(Path(arguments[0]))
    problems = 0
    for service, operations in sorted(declared().items()):
        if service in BY_HAND or (arguments[1:] and service not in arguments[1:]):
            continue
        try:
            table = product(metadata, service, operations)
        except KeyError as error:
            print(f"{service}: {error}", file=sys.stderr)
            problems += 1
            continue
        text = msgspec.json.format(msgspec.json.encode(table), indent=1)
        (FOLDER / f"{service}.json").write_bytes(text + b"\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
