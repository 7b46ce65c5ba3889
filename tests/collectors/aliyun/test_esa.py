"""Sites of ESA over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.esa_facts import delivers, running, store_of, waf_of
from collectors.aliyun.esa_settings import forces_https, origin_https, viewer_tls
from collectors.aliyun.services import esa
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, collector

VIEWER_TLS = {"viewer_tls/minimum", "viewer_tls/required", "viewer_tls/policy"}
WHERE = {
    f"logging/{part}"
    for part in ("destination", "destination_account", "destination_region", "retention_days")
}
RULE = {"ConfigType": "rule", "RuleEnable": "on", "Rule": '(http.host eq "old.example")'}
TASK = {
    "BusinessType": "dcdn_log_access_l1",
    "DataCenter": "cn",
    "Status": "online",
    "DiscardRate": 0.0,
    "FilterRules": "[]",
}
FORCED = {"ConfigType": "global", "HttpsForce": "on"}


@pytest.fixture(scope="module")
def collected(serve: Serve, open_account: OpenAccount) -> Collected:
    def step(account: Any) -> Any:
        assert esa.SERVICE.account
        return esa.SERVICE.account(account)

    return collector(serve("esa", "sls"), open_account, step)


def test_a_site_that_complies(collected: Collected) -> None:
    found = collected()["bank.example"]
    assert found.id == "acs:esa:*:1234567890123456:site/101"
    assert found.tags == {"system": "core-bank"}
    assert found.facts == {
        "scope": "mainland",
        "viewer_tls": {"minimum": "1.2", "required": True, "policy": "strict"},
        "origin_https": True,
        "waf": "ESA WAF",
        "logging": {
            "enabled": True,
            "destination": "acs:log:cn-hangzhou:1234567890123456:"
            "project/audit/logstore/actiontrail_core",
            "destination_account": "1234567890123456",
            "destination_region": "cn-hangzhou",
            "retention_days": 365,
        },
    }
    assert not found.unknown


def test_a_site_whose_rules_weaken_it(collected: Collected) -> None:
    found = collected()["open.example"]
    assert found.facts["viewer_tls"] == {"minimum": "1.0", "required": False, "policy": "all"}
    assert found.facts["origin_https"] is False
    assert found.facts["waf"] is None
    # It serves from everywhere, and delivers what it served within China.
    assert "one of the site's data centres" in found.unknown["logging/enabled"]


def test_settings_in_versions_are_unknown(collected: Collected) -> None:
    found = collected()
    assert set(found) == {"bank.example", "open.example", "versions.example"}
    one = found["versions.example"]
    assert set(one.unknown) == VIEWER_TLS | {"origin_https", "waf"}
    assert one.facts["logging"]["enabled"] is False


@pytest.mark.parametrize(
    ("basic", "minimum"),
    [
        ([{"Https": "off", "Tls10": "off", "Tls11": "off", "Tls12": "on"}], "none"),
        ([{"Tls10": "off", "Tls11": "off", "Tls12": "off", "Tls13": "on"}], "1.3"),
        ([{"Tls10": "on"}], "1.0"),
        # Whether TLS 1.1 is on of itself is documented in two ways.
        ([], None),
        ([{"Tls10": "off", "Tls12": "on"}], None),
        ([{"Tls10": "off", "Tls11": "off", "Tls12": "off", "Tls13": "off"}], None),
        ([{"Tls11": "off", "Tls12": "on"}, {**RULE, "Tls11": "on"}], "1.1"),
        ([{"Tls11": "off", "Tls12": "on"}, {**RULE, "RuleEnable": "off", "Tls11": "on"}], "1.2"),
    ],
)
def test_versions_of_tls(basic: list[dict[str, str]], minimum: str | None) -> None:
    found = viewer_tls(basic, [FORCED]).minimum
    assert isinstance(found, Unknown) if minimum is None else found == minimum


def test_https_that_a_rule_switches_off_is_not_required() -> None:
    whole = {"Https": "on", "Tls11": "off", "Tls12": "on"}
    assert viewer_tls([whole], [FORCED]).required is True
    assert viewer_tls([whole, {**RULE, "Https": "off"}], [FORCED]).required is False


@pytest.mark.parametrize(
    ("application", "forced"),
    [
        ([], False),
        ([FORCED], True),
        ([{**RULE, "HttpsForce": "on"}], False),
        ([{**RULE, "Rule": "true", "HttpsForce": "on"}], True),
        ([FORCED, {**RULE, "HttpsForce": "off"}], False),
        ([FORCED, {**RULE, "Hsts": "on"}], True),
        ([{"HttpsForce": "off"}, {**RULE, "Rule": "true", "HttpsForce": "on"}], True),
    ],
)
def test_plain_requests(application: list[dict[str, str]], forced: bool) -> None:
    assert forces_https(application) is forced


def test_the_protocol_towards_the_origin() -> None:
    assert origin_https([{"OriginScheme": "https"}], []) is True
    assert origin_https([{"OriginScheme": "follow"}], []) is False
    assert origin_https([{"OriginScheme": "https"}, {**RULE, "OriginScheme": "http"}], []) is False
    assert isinstance(origin_https([], [FORCED]), Unknown)


def test_rule_sets() -> None:
    assert waf_of([{"Status": "off"}]) is None
    assert isinstance(waf_of([{"Status": "off"}, {}]), Unknown)


def test_logs_of_both_data_centres() -> None:
    tasks = [TASK | {"DataCenter": name} for name in ("cn", "oversea")]
    assert delivers("global", tasks) is True
    assert isinstance(delivers("global", tasks[:1]), Unknown)
    assert running([tasks[0] | {"Status": "offline"}]) == []
    untold = {"DataCenter": "cn", "Status": "online"}
    assert running([untold]) == [untold]
    assert isinstance(delivers("domestic", [untold]), Unknown)


@pytest.mark.parametrize(
    "part", [{"DiscardRate": 0.25}, {"DiscardRate": None}, {"FilterRules": '[{"Cookie": {}}]'}]
)
def test_a_log_that_is_dropped_in_part(part: dict[str, Any]) -> None:
    """Another task may deliver all of it."""
    told = {key: value for key, value in (TASK | part).items() if value is not None}
    assert isinstance(delivers("domestic", [told]), Unknown)
    assert delivers("domestic", [told, TASK | {"DiscardRate": "0.0"}]) is True


@pytest.mark.parametrize(
    "task",
    [
        {"DeliveryType": "oss", "SinkConfig": {"Region": "cn-hangzhou", "Bucket": "logs"}},
        {"DeliveryType": "sls", "SinkConfig": {"Region": "cn-hangzhou", "Project": "audit"}},
        {"DeliveryType": "sls"},
    ],
)
def test_a_store_that_is_not_told(task: dict[str, Any]) -> None:
    assert isinstance(store_of(task), Unknown)


@pytest.mark.parametrize(
    ("status", "serves"), [("active", True), ("offline", False), ("later", True), (None, True)]
)
def test_a_site_in_a_state_that_is_not_known_may_serve(status: str | None, serves: bool) -> None:
    assert esa.may_serve({"Status": status}) is serves


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        ("GetSite", VIEWER_TLS | {"origin_https", "waf"}),
        ("ListHttpsBasicConfigurations", VIEWER_TLS),
        ("ListHttpsApplicationConfigurations", {"viewer_tls/required", "origin_https"}),
        ("ListOriginRules", {"origin_https"}),
        ("ListWafRulesets", {"waf"}),
        ("ListSiteDeliveryTasks", WHERE | {"logging/enabled"}),
        ("GetSiteDeliveryTask", WHERE | {"logging/enabled"}),
    ],
)
def test_a_denial_leaves_facts_unknown(
    collected: Collected, operation: str, unknown: set[str]
) -> None:
    found = collected(f"esa:{operation}")["bank.example"].unknown
    denied = {path for path, why in found.items() if why == f"Forbidden.RAM: esa:{operation}"}
    assert denied == unknown


def test_a_list_that_is_denied_stands_in(collected: Collected) -> None:
    (found,) = collected("esa:ListSites").values()
    assert (found.type, found.unlisted) == ("network.cdn", True)


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(esa.SERVICE.calls)
