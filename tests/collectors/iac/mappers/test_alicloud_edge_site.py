"""Sites of ESA with their settings."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
SITE = "alicloud_esa_site.s"
STRICT: dict[str, Any] = {"https": "on", "tls10": "off", "tls11": "off", "tls12": "on"}
SOME = {"rule": '(http.host eq "old.example")', "rule_enable": "on"}
TASK = {"business_type": "dcdn_log_access_l1", "data_center": "cn", "status": "online"}


def _part(kind: str, name: str = "p", **values: Any) -> Block:
    return block(f"alicloud_esa_{kind}.{name}", {"site_id": Reference(SITE)} | values)


def _site(*parts: Block, **values: Any) -> Document:
    written = {"site_name": "bank.example", "coverage": "domestic", "tags": {"system": "core"}}
    return the(block(SITE, written | values), *parts)


BASIC = _part("https_basic_configuration", **STRICT, ciphersuite_group="strict")
FORCED = _part("https_application_configuration", https_force="on")


def test_a_guarded_site() -> None:
    store = {"logstore_name": "edge", "project_name": "logs", "retention_period": 200}
    sls = {"sls_log_store": "edge", "sls_project": "logs", "sls_region": "cn-hangzhou"}
    found = _site(
        BASIC,
        FORCED,
        _part("origin_rule", origin_scheme="https"),
        _part("waf_ruleset", phase="http_managed", status="on"),
        _part("site_delivery_task", **TASK, sls_delivery=[sls]),
        block("alicloud_log_store.l", store),
    )
    assert (found.name, found.region, found.tags) == ("bank.example", "global", {"system": "core"})
    assert found.facts == {
        "scope": "mainland",
        "viewer_tls": {"minimum": "1.2", "required": True, "policy": "strict"},
        "origin_https": True,
        "waf": "ESA WAF",
        "logging": {
            "enabled": True,
            "destination": "edge",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": 200,
        },
    }


def test_a_site_of_which_nothing_is_set() -> None:
    """Plain requests are taken and no log is delivered unless a template says otherwise; which TLS
    versions are on, and which managed rules, is not documented alike."""
    found = _site(coverage=None)
    assert found.facts["viewer_tls"]["required"] is False
    assert found.facts["logging"]["enabled"] is False
    assert {"scope", "viewer_tls/minimum", "origin_https", "waf"} <= set(found.unknown)


@pytest.mark.parametrize(
    ("parts", "minimum", "required"),
    [
        ([_part("https_basic_configuration", **STRICT | {"https": "off"}), FORCED], "none", False),
        ([_part("https_basic_configuration", **STRICT | {"tls10": "on"}), FORCED], "1.0", True),
        ([BASIC, _part("https_basic_configuration", "q", **SOME, tls11="on"), FORCED], "1.1", True),
        ([BASIC], "1.2", False),
        ([BASIC, _part("https_application_configuration", https_force="on", **SOME)], "1.2", False),
        ([BASIC, _part("https_application_configuration", https_force=APPLY)], "1.2", None),
        ([_part("https_basic_configuration", **STRICT | {"tls11": APPLY}), FORCED], None, None),
        (
            [BASIC, FORCED, block("alicloud_esa_https_basic_configuration.x", {"site_id": APPLY})],
            None,
            None,
        ),
    ],
)
def test_tls(parts: list[Block], minimum: str | None, required: bool | None) -> None:
    tls = _site(*parts).facts["viewer_tls"]
    assert (tls.get("minimum"), tls.get("required")) == (minimum, required)


@pytest.mark.parametrize(
    ("sets", "waf"),
    [
        ([{"phase": "http_managed", "status": "off"}], None),
        ([{"phase": "http_custom", "status": "on"}], Unknown),
        ([{"phase": "http_managed"}], Unknown),
        ([{"phase": APPLY, "status": "on"}], Unknown),
    ],
)
def test_managed_rules(sets: list[dict[str, Any]], waf: Any) -> None:
    found = _site(*(_part("waf_ruleset", **each) for each in sets))
    assert ("waf" in found.unknown) is (waf is Unknown)
    assert found.facts.get("waf") is None


@pytest.mark.parametrize(
    ("coverage", "tasks", "enabled"),
    [
        ("domestic", [TASK | {"status": "offline"}], False),
        ("domestic", [TASK | {"business_type": "dcdn_log_waf", "status": None}], False),
        ("domestic", [TASK | {"status": None}], None),
        ("domestic", [TASK | {"discard_rate": 0.0}], True),
        ("domestic", [TASK | {"discard_rate": 0.3}], None),
        ("domestic", [TASK | {"discard_rate": APPLY}], None),
        ("domestic", [TASK | {"business_type": APPLY}], None),
        ("global", [TASK], None),
        ("global", [TASK, TASK | {"data_center": "sg"}], True),
        (APPLY, [TASK], None),
    ],
)
def test_deliveries_of_the_log(
    coverage: Any, tasks: list[dict[str, Any]], enabled: bool | None
) -> None:
    parts = [_part("site_delivery_task", f"t{i}", **each) for i, each in enumerate(tasks)]
    found = _site(*parts, coverage=coverage)
    assert found.facts["logging"].get("enabled") is enabled
    if enabled:
        assert "logging/retention_days" in found.unknown


def test_logs_of_two_data_centres_are_kept_as_long_as_the_shorter() -> None:
    tasks = [
        _part(
            "site_delivery_task",
            centre,
            **TASK | {"data_center": centre},
            sls_delivery=[{"sls_log_store": centre, "sls_project": "logs"}],
        )
        for centre in ("cn", "sg")
    ]
    stores = [
        block(
            f"alicloud_log_store.{name}",
            {"logstore_name": name, "project_name": "logs", "retention_period": days},
        )
        for name, days in (("cn", 200), ("sg", 30))
    ]
    assert _site(*tasks, *stores, coverage="global").facts["logging"]["retention_days"] == 30


def test_settings_in_versions() -> None:
    found = _site(BASIC, FORCED, version_management=True)
    assert {"viewer_tls/minimum", "viewer_tls/required", "origin_https"} <= set(found.unknown)
