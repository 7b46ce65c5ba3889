"""Topics, domains and namespaces of Event Grid over HTTP."""

from __future__ import annotations

import pytest

from collectors.azure.services.event_grid import LIST_NAMESPACES, NAMESPACES, SERVICE, topics
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("event_grid")


def test_topics(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(topics(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    assert {name: one.facts["tls"].get("minimum") for name, one in found.items()} == {
        "egt-core": "1.2", "egt-open": "1.0", "egd-old": None, "egn-core": "1.2",
    }  # fmt: skip
    assert "tls/minimum" in found["egd-old"].unknown
    core = found["egt-core"]
    assert (core.facts["encryption"]["enabled"], core.facts["encryption"]["key_manager"]) == (
        True,
        "provider",
    )
    assert core.facts["exposure"] == {"public": False, "via": []}
    assert (core.region, core.tags) == ("chinanorth3", {"system": "core-bank"})
    assert found["egn-core"].native_type == NAMESPACES


def test_lists_that_are_denied(server: AzureServer, open_account: OpenAccount) -> None:
    denied = {
        "Topics_ListBySubscription", "Domains_ListBySubscription", "Namespaces_ListBySubscription",
    }  # fmt: skip
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation in denied else None
    )
    every = list(topics(open_account(server)))
    server.decide = lambda asked: None
    assert [one.unlisted for one in every] == [True, True, True]


def test_a_cloud_without_namespaces(server: AzureServer, open_account: OpenAccount) -> None:
    kinds = [{"resourceType": "topics"}, {"resourceType": "domains"}]
    provider = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.EventGrid"
    server.put(provider, {"id": provider, "resourceTypes": kinds})
    made: set[Call] = set()
    found = by_name(topics(open_account(server, made=made)))
    assert set(found) == {"egt-core", "egt-open", "egd-old"}
    assert LIST_NAMESPACES not in made
