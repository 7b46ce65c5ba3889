"""What the tests of database services share: collecting with calls denied, and what that leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from collectors.aliyun.account import Account, Service
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.aliyun.conftest import OpenAccount, by_name
from tests.collectors.aliyun.server import REGION, AliyunServer, Asked, Fault

EXPOSURE = {"exposure/public", "exposure/via"}
ENCRYPTION = {f"encryption/{part}" for part in ("enabled", "key_manager", "key_id", "algorithm")}
_WHERE = ("destination", "destination_account", "destination_region")
AUDIT_LOG = {f"audit_log/{part}" for part in ("enabled", *_WHERE, "retention_days")}
TLS = {"tls/minimum", "tls/required"}
BACKUP = {f"backup/{part}" for part in ("enabled", "retention_days", "point_in_time")}

Collect = Callable[..., dict[str, Any]]


def collector(server: AliyunServer, open_account: OpenAccount, service: Service) -> Collect:
    """Collects a service's documents by name; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Document]:
        def decide(asked: Asked) -> Fault | None:
            refused = asked.operation in denied
            return Fault(status=403, code="Forbidden.RAM") if refused else None

        server.decide = decide
        account = open_account(server, made=made)
        assert service.region
        return by_name(service.region(account, REGION))

    return collect


def newly_unknown(collect: Collect, name: str, operation: str) -> set[str]:
    """The facts of a database that are unknown because an operation is denied."""
    found = collect(operation)[name]
    reasons = (reason for reason in found.unknown.values())
    assert any(operation in reason for reason in reasons), f"{operation} leaves nothing unknown"
    return {
        path
        for path, reason in found.unknown.items()
        if reason.startswith("Forbidden.RAM") and reason.endswith(f":{operation}")
    }


def unknown_of(found: Document) -> set[str]:
    """The paths of the facts that are unknown."""
    return set(found.unknown)


def empty(service: Service, account: Account) -> Iterable[Document]:
    """What a region without databases gives."""
    assert service.region
    return list(service.region(account, REGION))
