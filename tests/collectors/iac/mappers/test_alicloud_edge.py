"""Network load balancers and accelerated domains."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
NLB = Reference("alicloud_nlb_load_balancer.n", "id")


def _nlb(*others: Block, **more: Any) -> Any:
    zones = [{"zone_id": "cn-hangzhou-h"}, {"zone_id": "cn-hangzhou-i"}]
    values = {"load_balancer_name": "n", "address_type": "Internet", "zone_mappings": zones, **more}
    return the(block("alicloud_nlb_load_balancer.n", values), *others)


def _listener(**values: Any) -> Block:
    return block("alicloud_nlb_listener.l", {"load_balancer_id": NLB, **values})


def test_a_guarded_network_balancer() -> None:
    policy = Reference("alicloud_nlb_security_policy.p", "id")
    facts = _nlb(
        _listener(
            listener_port=443,
            listener_protocol="TCPSSL",
            security_policy_id=policy,
            certificate_ids=["cert-1"],
        ),
        block("alicloud_nlb_security_policy.p", {"tls_versions": ["TLSv1.2", "TLSv1.3"]}),
        block("alicloud_nlb_load_balancer_security_group_attachment.g", {"load_balancer_id": NLB}),
        deletion_protection_config=[{"enabled": True}],
    ).facts
    assert (facts["scheme"], facts["deletion_protection"]) == ("public", True)
    assert facts["zones"] == ["cn-hangzhou-h", "cn-hangzhou-i"]
    (listener,) = facts["listeners"]
    assert (listener["port"], listener["protocol"]) == (443, "tls")
    assert (listener["tls"]["minimum"], listener["certificate_id"]) == ("1.2", "cert-1")
    assert "source_ranges" not in listener


def test_an_open_network_balancer() -> None:
    document = _nlb(_listener(listener_port=22, listener_protocol="TCP"))
    (listener,) = document.facts["listeners"]
    assert (listener["protocol"], listener["tls"]) == ("tcp", None)
    assert listener["source_ranges"] == ["0.0.0.0/0", "::/0"]
    assert document.facts["deletion_protection"] is False


def test_a_network_balancer_that_is_decided_at_apply() -> None:
    written = {"listener_port": APPLY, "listener_protocol": APPLY}
    document = _nlb(_listener(**written), address_type=APPLY, deletion_protection_enabled=APPLY)
    unknown = {"scheme", "deletion_protection", "listeners/0/port", "listeners/0/tls"}
    assert unknown <= set(document.unknown)


def _setting(name: str, kind: str = "cdn", **args: Any) -> Block:
    listed = [{"arg_name": key, "arg_value": value} for key, value in args.items()]
    values = {"domain_name": "a.example.cn", "function_name": name, "function_args": listed}
    return block(f"alicloud_{kind}_domain_config.{name}", values)


def _cdn(*others: Block, **more: Any) -> Any:
    values = {"domain_name": "a.example.cn", "sources": [{"port": 443}], **more}
    return the(block("alicloud_cdn_domain_new.d", values), *others)


def test_a_guarded_domain() -> None:
    document = _cdn(
        _setting("https_force", enable="on"),
        _setting("https_tls_version", tls10="off", tls11="off"),
        block(
            "alicloud_cdn_real_time_log_delivery.l",
            {
                "domain": "a.example.cn",
                "project": "p",
                "logstore": "s",
                "sls_region": "cn-hangzhou",
            },
        ),
        block("alicloud_log_store.s", {"logstore_name": "s", "retention_period": 180}),
        scope="domestic",
        certificate_config=[{"cert_id": "1"}],
    )
    assert (document.name, document.region) == ("a.example.cn", "global")
    assert document.facts == {
        "scope": "mainland",
        "viewer_tls": {"minimum": "1.2", "required": True, "policy": None},
        "origin_https": True,
        "waf": None,
        "logging": {
            "enabled": True,
            "destination": "s",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": 180,
        },
    }


def test_an_open_domain() -> None:
    facts = _cdn(scope="global", sources=[{"content": "1.2.3.4"}]).facts
    assert facts["viewer_tls"] == {"minimum": "none", "required": False, "policy": None}
    assert (facts["scope"], facts["origin_https"]) == ("global", False)
    assert facts["logging"]["enabled"] is False


@pytest.mark.parametrize(
    "other",
    [
        _setting("https_force", enable=APPLY),
        block("alicloud_cdn_domain_config.s", {"domain_name": APPLY}),
    ],
)
def test_a_setting_that_is_decided_at_apply(other: Block) -> None:
    document = _cdn(other, certificate_config=[{}])
    assert {"viewer_tls/minimum", "viewer_tls/required", "origin_https"} <= set(document.unknown)
    assert "viewer_tls/required" in _cdn(certificate_config=APPLY).unknown


def test_a_dcdn_domain() -> None:
    values = {"domain_name": "a.example.cn", "ssl_protocol": "on", "sources": [{"port": "443"}]}
    forced = _setting("https_force", "dcdn", enable="on")
    found = the(block("alicloud_dcdn_domain.d", {**values, "scope": "overseas"}), forced)
    assert found.facts["viewer_tls"] == {"minimum": "1.0", "required": True, "policy": None}
    assert (found.facts["scope"], found.facts["origin_https"]) == ("overseas", True)
    dynamic = _setting("dynamic", "dcdn", enable="on")
    open_ = the(block("alicloud_dcdn_domain.d", values), dynamic)
    assert {"scope", "origin_https", "waf", "logging/enabled"} <= set(open_.unknown)


@pytest.mark.parametrize(
    ("domains", "on"),
    [
        ("b.example.cn, a.example.cn", True),
        ("b.example.cn,aa.example.cn", False),
        ("b.a.example.cn", False),
    ],
)
def test_a_log_that_several_domains_share(domains: str, *, on: bool) -> None:
    values = {"domain": domains, "project": "p", "logstore": "s", "sls_region": "cn-hangzhou"}
    log = _cdn(block("alicloud_cdn_real_time_log_delivery.l", values)).facts["logging"]
    assert log["enabled"] is on
