"""Collecting subscriptions, with tokens of the real azure-identity: which are collected, and what
becomes of those that refuse."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors.azure.collect import collect, load_services
from collectors.azure.session import AzureOptions, Patience
from collectors.azure.subscriptions import GET_SUBSCRIPTION
from collectors.document import UserError
from collectors.snapshot import Manifest
from tests.collectors.azure.entra import Entra, entra
from tests.collectors.azure.server import Asked, AzureServer, Fault, azure_server
from tests.collectors.azure.world import SUBSCRIPTION, filled, load

OTHER = "a1b2c3d4-0000-4000-8000-0000000000a2"
ASSIGNMENTS = "/subscriptions/{}/providers/Microsoft.Authorization/roleAssignments"
GROUP = "/providers/Microsoft.Management/managementGroups/mg-bank/descendants"
MORE = filled(
    {
        "/subscriptions": {
            "value": [
                {"subscriptionId": "$SUB", "state": "Enabled"},
                {"subscriptionId": OTHER, "state": "Warned"},
                {"subscriptionId": "a1b2c3d4-0000-4000-8000-0000000000a3", "state": "Deleted"},
            ]
        },
        f"/subscriptions/{OTHER}": {
            "$status": 403,
            "error": {"code": "AuthorizationFailed", "message": "no access"},
        },
        GROUP: {
            "value": [
                {"type": "Microsoft.Management/managementGroups", "name": "mg-sub"},
                {"type": "/subscriptions", "name": "$SUB"},
            ]
        },
    }
)
Collect = Callable[..., Manifest]


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entra]:
    with entra(tmp_path_factory.mktemp("entra")) as running:
        yield running


@pytest.fixture(scope="module")
def server() -> Iterator[AzureServer]:
    with azure_server({**load(), **MORE}) as running:
        yield running
        assert running.problems == []


@pytest.fixture
def collected(
    server: AzureServer, tokens: Entra, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Collect:
    """Collects into `tmp_path/out` with a service principal of the environment."""
    for name, value in tokens.environment().items():
        monkeypatch.setenv(name, value)
    server.decide = lambda asked: None

    def run(**options: Any) -> Manifest:
        settings = AzureOptions(
            endpoint_url=options.pop("endpoint_url", server.url),
            patience=Patience(attempts=1),
            **options,
        )
        return collect(tmp_path / "out", settings, tool_version="test")

    return run


def test_a_subscription_that_refuses_does_not_stop_the_others(
    collected: Collect, tmp_path: Path
) -> None:
    told = collected()
    assert told.accounts == [SUBSCRIPTION, OTHER]
    refused = [(one.account, one.code) for one in told.failed_calls]
    assert refused == [(OTHER, "AccountRefused")]
    lines = (tmp_path / "out" / OTHER / "resources.ndjson").read_text().splitlines()
    stand_ins = {(one["type"], one["native_type"]) for one in map(json.loads, lines)}
    assert all(json.loads(line)["unlisted"] for line in lines)
    types = {pair for service in load_services() for pair in service.types}
    assert stand_ins == {(facts.TYPE, native) for facts, native in types}


def test_the_subscriptions_of_a_management_group(collected: Collect) -> None:
    assert collected(management_group="mg-bank").accounts == [SUBSCRIPTION]


def test_one_subscription_that_refuses_is_an_error(collected: Collect) -> None:
    with pytest.raises(UserError, match="AuthorizationFailed"):
        collected(subscriptions=(OTHER,))


def test_a_subscription_that_loses_its_token_midway(
    collected: Collect, server: AzureServer
) -> None:
    expired = Fault(status=401, code="ExpiredAuthenticationToken")
    server.decide = lambda asked: None if asked.call == GET_SUBSCRIPTION else expired
    told = collected(subscriptions=(SUBSCRIPTION,))
    # The account itself is always there, with what could not be read of it.
    assert {name.partition(".")[0] for name in told.counts} <= {"account"}
    assert {one.code for one in told.failed_calls} == {"ExpiredAuthenticationToken"}


@pytest.mark.parametrize("kind", ["html", "foreign", "garbage", "reset"])
def test_something_else_that_answers_in_its_place(
    collected: Collect, server: AzureServer, kind: Any, tmp_path: Path
) -> None:
    def decide(asked: Asked) -> Fault:
        return Fault(kind=kind)

    server.decide = decide
    with pytest.raises(UserError, match="something else answers in its place"):
        collected()
    assert not (tmp_path / "out").exists()


def test_a_tenant_is_read_once(tokens: Entra, tmp_path: Path) -> None:
    """Two subscriptions of one tenant: its users are told once, with what they may do in both."""
    first, second = load(), json.loads(json.dumps(load()).replace(SUBSCRIPTION, OTHER))
    both = {"value": [*first["/subscriptions"]["value"], *second["/subscriptions"]["value"]]}
    owner = first[ASSIGNMENTS.format(SUBSCRIPTION)]["value"][0]["properties"]
    owners = [{"properties": {**owner, "principalId": "p-zhou", "principalType": "User"}}]
    world = {**second, **first, "/subscriptions": both}
    world[ASSIGNMENTS.format(OTHER)] = {"value": owners}
    with azure_server(world) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in tokens.environment().items():
            patch.setenv(name, value)
        options = AzureOptions(endpoint_url=server.url, resource_graph=False)
        told = collect(tmp_path / "out", options, tool_version="test")
        assert server.problems == []
    assert (told.accounts, told.failed_calls) == ([SUBSCRIPTION, OTHER], [])
    asked = Counter(
        (one.name, one.path, str(one.query)) for one in server.seen if one.call.of_directory
    )
    assert set(asked.values()) == {1}
    users = {account: documents(tmp_path / "out", account) for account in told.accounts}
    assert users[OTHER] == {}
    assert users[SUBSCRIPTION]["zhou@contoso.example"]["facts"]["privileged"] is True
    assert users[SUBSCRIPTION]["zhou@contoso.example"]["unknown"] == {}


def documents(snapshot: Path, account: str) -> dict[str, Any]:
    """The users of an account's file, by name."""
    lines = (snapshot / account / "resources.ndjson").read_text().splitlines()
    return {one["name"]: one for one in map(json.loads, lines) if one["type"] == "identity.user"}


def test_tokens_do_not_travel_without_tls(collected: Collect) -> None:
    with pytest.raises(UserError, match="would get tokens without TLS"):
        collected(endpoint_url="http://192.0.2.1")
