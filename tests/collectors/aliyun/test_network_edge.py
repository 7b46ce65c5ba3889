"""WAF, CDN and API Gateway over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aliyun.account import Service
from collectors.aliyun.cdn_settings import origin_https, viewer_tls
from collectors.aliyun.services import api_gateway, cdn, dcdn, waf
from collectors.aliyun.waf_calls import place_of
from collectors.aliyun.waf_modes import mode_of, sets_on
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, collector
from tests.collectors.aliyun.server import REGION, AliyunServer
from tests.collectors.aliyun.world import load

SERVICES = {
    "waf": waf.SERVICE,
    "cdn": cdn.SERVICE,
    "dcdn": dcdn.SERVICE,
    "api": api_gateway.SERVICE,
}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("waf-openapi", "cdn", "dcdn", "cloudapi", "sls")


@pytest.fixture(params=list(SERVICES))
def service(request: pytest.FixtureRequest) -> Service:
    return SERVICES[request.param]


def collect(server: AliyunServer, open_account: OpenAccount, service: Service) -> Collected:
    """Collects the service's step."""

    def step(account: Any) -> Any:
        if service.account:
            return service.account(account)
        assert service.region
        return service.region(account, REGION)

    return collector(server, open_account, step)


def test_a_waf_that_blocks_and_records(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, SERVICES["waf"])()["waf-cn-core"]
    assert found.unknown == {}
    assert (found.facts["mode"], found.facts["rule_sets"]) == ("block", ["waf_group"])
    assert found.facts["protects"] == ["lb-web-443-clb7", "bank.example.com-waf"]
    log = found.facts["logging"]
    assert (log["enabled"], log["retention_days"], log["destination_region"]) == (
        True,
        180,
        REGION,
    )


def test_a_waf_that_watches_and_records_a_part(serve: Serve, open_account: OpenAccount) -> None:
    world = load("waf-openapi")
    answers = world["waf-openapi"]
    rules = answers["DescribeDefenseRules"][0]["body"]["Rules"]
    rules[0]["Config"] = json.dumps({"status": 1, "action": "monitor"})
    answers["DescribeResourceLogStatus"][0]["body"]["Result"][1]["Status"] = False
    found = collect(serve(world=world), open_account, SERVICES["waf"])()["waf-cn-core"]
    assert (found.facts["mode"], found.facts["logging"]["enabled"]) == ("count", False)


def test_an_account_without_waf_or_cdn_has_nothing(serve: Serve, open_account: OpenAccount) -> None:
    world = load("cloudapi")
    world["waf-openapi"] = {"DescribeInstance": [{"body": {"RequestId": "1"}}]}
    world["cdn"] = {
        "DescribeUserDomains": [
            {"status": 404, "body": {"Code": "CdnServiceNotFound", "Message": "not open"}}
        ]
    }
    server = serve(world=world)
    assert collect(server, open_account, SERVICES["waf"])() == {}
    assert collect(server, open_account, SERVICES["cdn"])() == {}


@pytest.mark.parametrize(("status", "found"), [(2, []), (3, []), (None, [True]), (9, [True])])
def test_an_instance_that_is_not_valid_is_none_and_of_an_unknown_state_nothing_is_said(
    serve: Serve, open_account: OpenAccount, status: int | None, found: list[bool]
) -> None:
    world = load("waf-openapi")
    world["waf-openapi"]["DescribeInstance"][0]["body"]["Status"] = status
    documents = collect(serve(world=world), open_account, SERVICES["waf"])()
    assert [one.unlisted for one in documents.values()] == found


def test_an_object_that_is_not_answered_for_leaves_the_log_unknown(
    serve: Serve, open_account: OpenAccount
) -> None:
    world = load("waf-openapi")
    world["waf-openapi"]["DescribeResourceLogStatus"][0]["body"]["Result"].pop()
    found = collect(serve(world=world), open_account, SERVICES["waf"])()["waf-cn-core"]
    assert "logging/enabled" in found.unknown


def test_rules_count_where_they_and_their_templates_are_on() -> None:
    template = {
        "TemplateId": 1, "DefenseScene": "waf_group", "TemplateStatus": 1,
        "TemplateType": "user_default",
    }  # fmt: skip
    rule = {"TemplateId": 1, "Status": 1, "Config": '{"action": "block"}'}
    assert mode_of([template], [rule]) == "block"
    assert mode_of([{**template, "TemplateStatus": 0}], [rule]) == "count"
    assert mode_of([template], [{**rule, "Status": 0}]) == "count"
    assert isinstance(mode_of([template], [{**rule, "Config": "{}"}]), Unknown)
    watching = {**rule, "Config": '[{"action": "block"}, {"action": "monitor"}]'}
    assert mode_of([template], [watching]) == "count"
    # A template of one's own holds for the objects that somebody gave it.
    own = {**template, "TemplateType": "user_custom"}
    assert isinstance(mode_of([own], [rule]), Unknown)
    assert isinstance(mode_of([template], [{**rule, "Config": "{half"}]), Unknown)
    assert sets_on([template], []) == []
    assert (place_of("cn-beijing"), place_of("cn-hongkong")) == (REGION, "ap-southeast-1")


def test_domains_with_good_and_bad_tls(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, SERVICES["cdn"])()
    static, www, plain = (
        found[name] for name in ("static.example.com", "www.example.com", "plain.example.com")
    )
    assert static.unknown == {}
    assert static.tags == {"system": "core-bank"}
    assert static.facts["viewer_tls"] == {"minimum": "1.2", "required": True, "policy": "strict"}
    assert (static.facts["origin_https"], static.facts["scope"]) == (True, "mainland")
    assert static.facts["logging"]["enabled"] is True
    # A redirect under a condition does not hold for all, and the origin follows the viewers.
    assert www.facts["viewer_tls"] == {"minimum": "1.0", "required": False, "policy": None}
    assert (www.facts["origin_https"], www.facts["scope"]) == (False, "global")
    assert www.facts["logging"]["enabled"] is False
    assert plain.facts["viewer_tls"]["minimum"] == "none"
    assert (plain.facts["origin_https"], plain.facts["scope"]) == (True, "overseas")


def test_domains_that_are_accelerated_as_a_whole(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["dcdn"])()
    app, far = found["app.example.com"], found["far.example.com"]
    # What is not cached reaches the origin in a way of its own.
    assert set(app.unknown) == {"origin_https"}
    assert (app.facts["scope"], app.facts["waf"]) == ("mainland", "DCDN WAF")
    assert app.facts["viewer_tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (app.facts["logging"]["enabled"], app.tags) == (True, {"system": "core-bank"})
    assert (far.facts["scope"], far.facts["waf"]) == ("overseas", None)
    assert (far.facts["viewer_tls"]["minimum"], far.facts["origin_https"]) == ("none", True)


def test_settings_of_a_domain() -> None:
    domain = {"SslProtocol": "on", "Sources": {"Source": [{"Port": 443}, {"Port": 80}]}}
    none_on = dict.fromkeys(("tls10", "tls11", "tls12", "tls13"), "off")
    assert isinstance(viewer_tls(domain, {"https_tls_version": none_on}).minimum, Unknown)
    assert not origin_https(domain, {})
    assert origin_https(domain, {"forward_scheme": {"enable": "on", "scheme_origin": "https"}})
    assert isinstance(viewer_tls({}, {}).required, Unknown)


def test_apis_with_and_without_authentication(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    found = collect(server, open_account, SERVICES["api"])()
    assert set(found) == {"pay", "open", "jwt"}
    pay, public, jwt = (found[name].facts for name in ("pay", "open", "jwt"))
    assert (pay["authorization"], public["authorization"], jwt["authorization"]) == (
        "key",
        "none",
        "token",
    )
    assert (pay["public"], jwt["public"]) == (True, False)
    assert pay["tls"] == {"minimum": "1.2", "required": True, "policy": "HTTPS2_TLS1_2"}
    assert public["tls"] == {"minimum": "1.0", "required": False, "policy": "HTTPS2_TLS1_0"}
    assert jwt["tls"]["required"] is True
    assert pay["logging"]["enabled"] is True
    assert found["pay"].unknown == {}
    assert pay["logging"]["retention_days"] == 180


def test_lists_that_are_denied_have_stand_ins(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    (found,) = collect(server, open_account, service)(service.calls[0].name).values()
    assert found.unlisted


def test_each_call_that_is_denied_leaves_something_unknown(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    collected = collect(server, open_account, service)
    for call in service.calls:
        found = collected(call.name)
        reasons = {reason for one in found.values() for reason in one.unknown.values()}
        assert f"Forbidden.RAM: {call.permission}" in reasons, call.name


def test_each_service_declares_what_it_asks(
    server: AliyunServer, open_account: OpenAccount, service: Service
) -> None:
    made: set[Call] = set()
    collect(server, open_account, service)(made=made)
    assert made == set(service.calls)
