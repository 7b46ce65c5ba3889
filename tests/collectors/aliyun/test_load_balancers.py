"""Load balancers over HTTP: listeners, who may reach them, what stands in front and behind."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.account import Service
from collectors.aliyun.alb_rules import redirects
from collectors.aliyun.balancers import lowest, waf_of
from collectors.aliyun.resource_directory import GET_RESOURCE_DIRECTORY, OTHERS
from collectors.aliyun.services import alb, nlb, slb
from collectors.aliyun.waf_calls import Behind, behind_of
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, alone, collector, member
from tests.collectors.aliyun.server import REGION, AliyunServer

PRODUCTS = ("slb", "alb", "nlb", "vpc", "ecs", "waf-openapi", "cms", "sls")
SERVICES = {"slb": slb.SERVICE, "alb": alb.SERVICE, "nlb": nlb.SERVICE}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=alone(*PRODUCTS))


@pytest.fixture(params=list(SERVICES))
def service(request: pytest.FixtureRequest) -> Service:
    return SERVICES[request.param]


def collect(server: AliyunServer, open_account: OpenAccount, service: Service) -> Collected:
    """Collects the service's region."""

    def step(account: Any) -> Any:
        assert service.region
        return service.region(account, REGION)

    return collector(server, open_account, step)


def listeners(document: Any) -> dict[int, Any]:
    """Listeners by their ports."""
    return {one["port"]: one for one in document.facts["listeners"] if "port" in one}


def test_a_classic_load_balancer_behind_waf(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["slb"])()["slb-web"]
    assert found.unknown == {}
    assert found.facts["access_log"]["retention_days"] == 180
    facts, ports = found.facts, listeners(found)
    assert (facts["scheme"], facts["waf"], facts["deletion_protection"]) == (
        "public",
        "waf-cn-core",
        True,
    )
    assert facts["zones"] == ["cn-hangzhou-h", "cn-hangzhou-i"]
    assert (facts["backend_zones"], facts["bandwidth_mbps"]) == (["cn-hangzhou-h"], 100)
    assert (facts["access_log"]["enabled"], facts["access_log"]["destination_region"]) == (
        True,
        REGION,
    )
    assert ports[80]["redirect_to_https"] is True
    assert ports[80]["tls"] is None
    assert ports[443]["tls"] == {
        "minimum": "1.2", "required": True, "policy": "tls_cipher_policy_1_2_strict",
    }  # fmt: skip
    assert ports[443]["certificate_id"] == "1234_cert"
    assert ports[8443]["tls"]["minimum"] == "1.1"
    assert ports[8443]["source_ranges"] == ["198.51.100.0/24", "198.51.101.0/24"]


def test_an_inner_load_balancer_with_an_elastic_address_is_public(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["slb"])()["slb-inner"]
    facts, ports = found.facts, listeners(found)
    assert (facts["scheme"], facts["waf"], facts["zones"]) == ("public", None, ["cn-hangzhou-h"])
    assert (facts["access_log"]["enabled"], facts["bandwidth_mbps"]) == (False, None)
    # A list of refusals lets everyone else in; a stopped listener is not there.
    assert ports[22]["source_ranges"] == ["0.0.0.0/0", "::/0"]
    assert set(ports) == {80, 22, 443}
    assert ports[443]["tls"]["minimum"] == "1.0"
    assert set(found.unknown) == {"backend_zones"}


def test_application_load_balancers(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, SERVICES["alb"])()
    web, bare = found["alb-web"], found["alb-bare"]
    assert web.unknown == {}
    assert bare.unknown == {}
    assert (web.facts["waf"], bare.facts["waf"]) == ("StandardWithWaf", None)
    assert (web.facts["zones"], bare.facts["zones"]) == (
        ["cn-hangzhou-h", "cn-hangzhou-i"],
        ["cn-hangzhou-h"],
    )
    assert (web.facts["bandwidth_mbps"], bare.facts["bandwidth_mbps"]) == (200, None)
    assert (web.facts["backend_zones"], bare.facts["backend_zones"]) == (["cn-hangzhou-h"], [])
    good, bad = listeners(web), listeners(bare)
    assert (good[80]["redirect_to_https"], bad[80]["redirect_to_https"]) == (True, False)
    assert (good[443]["tls"]["minimum"], bad[443]["tls"]["minimum"]) == ("1.2", "1.0")
    assert good[8443]["source_ranges"] == ["198.51.100.0/24"]
    # The security group lets everyone to 443, nobody to 8443.
    assert (bad[443]["source_ranges"], bad[8443]["source_ranges"]) == (["0.0.0.0/0"], [])
    assert 9000 not in bad


def test_network_load_balancers(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, SERVICES["nlb"])()
    pay, inner = found["nlb-pay"], found["nlb-inner"]
    assert (pay.facts["scheme"], inner.facts["scheme"]) == ("public", "private")
    assert listeners(pay)[443]["protocol"] == "tls"
    assert listeners(pay)[443]["tls"]["minimum"] == "1.1"
    assert listeners(pay)[3306]["source_ranges"] == ["0.0.0.0/0", "::/0"]
    assert listeners(inner)[22]["source_ranges"] == ["203.0.113.0/24"]
    assert pay.facts["backend_zones"] == ["cn-hangzhou-h", "cn-hangzhou-i"]
    assert set(inner.unknown) == {"listeners/1/port"}
    # A range of ports, of which the group lets everyone to 443.
    assert inner.facts["listeners"][1]["source_ranges"] == ["0.0.0.0/0"]


def test_redirects_hold_for_every_request_or_not_at_all() -> None:
    listener = {"ListenerId": "l", "DefaultActions": [{"Type": "ForwardGroup"}]}
    to_https = {"Type": "Redirect", "RedirectConfig": {"Protocol": "HTTPS"}}
    everything = [{"Type": "Path", "PathConfig": {"Values": ["/*"]}}]

    def rule(priority: int, action: dict[str, Any], conditions: list[Any]) -> dict[str, Any]:
        return {
            "ListenerId": "l",
            "Priority": priority,
            "RuleActions": [action],
            "RuleConditions": conditions,
        }

    forward = {"Type": "ForwardGroup"}
    plain = {"Type": "Redirect", "RedirectConfig": {"Protocol": "HTTP"}}
    assert redirects(listener, [rule(1, to_https, everything)])
    assert redirects(listener, [rule(2, forward, everything), rule(1, to_https, everything)])
    assert not redirects(listener, [rule(1, forward, []), rule(2, to_https, everything)])
    assert not redirects(listener, [rule(1, plain, everything)])
    assert not redirects(listener, [])
    assert isinstance(lowest(["TLSv9"]), Unknown)


def test_lists_that_are_denied_have_stand_ins(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    (found,) = collect(server, open_account, service)(service.calls[0].name).values()
    assert found.unlisted


def test_each_call_that_is_denied_leaves_something_unknown(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    collected = collect(server, open_account, service)
    made: set[Call] = set()
    collected(made=made)
    for call in made:
        # What others may have in front of a network load balancer does not matter: no HTTP.
        if call == GET_RESOURCE_DIRECTORY and service is SERVICES["nlb"]:
            continue
        found = collected(call.name)
        reasons = {reason for one in found.values() for reason in one.unknown.values()}
        assert f"Forbidden.RAM: {call.permission}" in reasons, call.name


def test_each_service_declares_what_it_asks(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    made: set[Call] = set()
    collect(server, open_account, service)(made=made)
    assert made <= set(service.calls)
    # A group with a prefix list stands before a network load balancer only.
    assert {call.operation for call in set(service.calls) - made} <= (
        {"DescribePrefixListAttributes"} if service is alb.SERVICE else set()
    )


def test_whether_others_protect_a_members_load_balancer_is_unknown(
    serve: Serve, open_account: OpenAccount
) -> None:
    found = collect(serve(world=member(*PRODUCTS)), open_account, SERVICES["alb"])()
    assert found["alb-bare"].unknown == {"waf": OTHERS.reason}
    assert found["alb-web"].facts["waf"] == "StandardWithWaf"
    # What takes no HTTP from the internet needs none.
    behind = Behind({}, {}, OTHERS)
    assert waf_of(behind, "private", "lb-1", [], 2) is None
    assert waf_of(behind, "public", "nlb-1", [], 0) is None
    assert waf_of(behind, "public", "lb-1", [], 2) == OTHERS


def cloud(product: str, **ports: int) -> dict[str, Any]:
    return {"ResourceInstanceId": "lb-1", "ResourceProduct": product, **ports}


@pytest.mark.parametrize(
    ("resources", "web_listeners", "guarded"),
    [
        ([cloud("clb7", HttpPortCount=1, HttpsPortCount=1)], 2, True),
        ([cloud("clb7", HttpPortCount=1, HttpsPortCount=1)], 3, False),
        # Of two kinds of listeners each has an entry.
        ([cloud("clb7", HttpPortCount=2), cloud("clb4", HttpPortCount=1)], 2, True),
        ([cloud("clb4", HttpPortCount=0, HttpsPortCount=0)], 0, False),
        ([cloud("alb")], 3, True),
        ([cloud("nlb")], 0, True),
    ],
)
def test_a_load_balancer_is_guarded_where_its_ports_are_led_through_waf(
    resources: list[dict[str, Any]], web_listeners: int, guarded: bool
) -> None:
    behind = behind_of("waf-1", resources, [])
    assert behind.guard("lb-1", [], web_listeners) == ("waf-1" if guarded else None)


def test_untold_ports_leave_the_waf_unknown() -> None:
    assert isinstance(behind_of("waf-1", [cloud("clb7")], []).guard("lb-1", [], 1), Unknown)


@pytest.mark.parametrize(("status", "guarded"), [(1, True), (3, True), (5, False), (None, False)])
def test_an_origin_is_guarded_while_waf_forwards_for_its_domain(
    status: int | None, guarded: bool
) -> None:
    domain = {"Status": status, "Backeds": {"Https": [{"Backend": "203.0.113.60"}]}}
    found = behind_of("waf-1", [], [domain]).guard("lb-1", ["203.0.113.60"], 1)
    assert found == ("waf-1" if guarded else None)
