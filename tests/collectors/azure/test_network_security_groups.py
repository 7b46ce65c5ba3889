"""Network security groups over HTTP: rules in the order of their effect, service tags, users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.security_rules import NO_MACHINE, rules_of
from collectors.azure.services.network_security_groups import SERVICE, network_security_groups
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., dict[str, Any]]
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers/Microsoft.Network"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("network_security_groups")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    """The groups by name; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        return by_name(network_security_groups(open_account(server, made=made)))

    return collect


def test_rules_stand_in_the_order_of_their_effect(collected: Collected) -> None:
    found = collected()["nsg-web"]
    assert (found.id, found.region, found.country) == (
        f"{GROUP}/networkSecurityGroups/nsg-web",
        "chinanorth3",
        "CN",
    )
    assert found.tags == {"system": "core-bank"}
    rules = [(one["priority"], one["from_port"], one["to_port"]) for one in found.facts["rules"]]
    assert rules == [
        (200, 443, 443),
        (200, 8443, 8444),
        (300, 443, 443),
        (310, 22, 22),
        (320, 0, 65535),
        (330, None, None),
        (400, 443, 443),
        (4096, 0, 65535),
    ]
    assert (found.facts["default_ingress"], found.facts["default_egress"]) == ("deny", "allow")


def test_sides_are_ranges_tags_and_groups(collected: Collected) -> None:
    rules = collected()["nsg-web"].facts["rules"]
    assert rules[0]["sources"] == rules[1]["sources"] == ["203.0.113.0/24", "198.51.100.7/32"]
    assert rules[2]["sources"] == ["0.0.0.0/0", "::/0"]
    assert rules[2]["description"] == "Internet"
    assert rules[2]["destinations"] == [f"group:{GROUP}/applicationSecurityGroups/asg-web"]
    assert rules[4]["sources"] == ["prefix-list:VirtualNetwork"]
    assert rules[6]["destinations"] == ["prefix-list:Storage.ChinaNorth3"]
    last = rules[7]
    assert (last["direction"], last["action"], last["protocol"]) == ("egress", "deny", "any")
    assert last["destinations"] == ["0.0.0.0/0", "::/0"]


def test_a_rule_that_denies_some_source_ports_hides_nothing(collected: Collected) -> None:
    unknown = collected()["nsg-web"].unknown
    assert unknown == {"rules/3/action": "the rule denies some source ports only"}


def test_recorded_groups(collected: Collected) -> None:
    """Of a real account: rules of an AKS engine, and a group that only a scale set uses."""
    found = collected()
    kube = found["k8s-master-C02B7042-nsg"].facts
    assert {(one["from_port"], one["sources"][0]) for one in kube["rules"]} == {
        (22, "0.0.0.0/0"),
        (443, "0.0.0.0/0"),
    }
    attached = {name: one.facts["attached"] for name, one in found.items()}
    assert attached == {
        "nsg-web": 2,
        "nsg-idle": 0,
        "nsg-vmss": 2,
        "k8s-master-C02B7042-nsg": 1,
    }
    assert found["nsg-idle"].region == "chinaeast2"


def test_groups_that_cannot_be_listed_have_a_stand_in(collected: Collected) -> None:
    (found,) = collected("NetworkSecurityGroups_ListAll").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {
        "AuthorizationFailed: Microsoft.Network/networkSecurityGroups/read"
    }


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)


def test_an_address_that_is_no_machine_may_mean_everyone() -> None:
    rule = {"sourceAddressPrefix": "0.0.0.0", "protocol": "*"}
    found: Any = rules_of([{"properties": rule}])[0].sources
    assert found == [NO_MACHINE]
