"""Functions of Function Compute with what lets callers in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
PLACE = {"region": "cn-hangzhou"}
PLAIN = block("alicloud_fcv3_function.f", {"function_name": "api", "runtime": "python3.10"}, PLACE)


def _http(auth: str | None, **more: Any) -> Block:
    config = json.dumps({"authType": auth, **more} if auth else more)
    values = {"function_name": "api", "trigger_type": "http", "trigger_config": config}
    return block("alicloud_fcv3_trigger.t", values)


def test_a_guarded_function() -> None:
    document = the(
        block(
            "alicloud_fcv3_function.f",
            {
                "function_name": "api",
                "runtime": "python3.10",
                "vpc_config": [{"vpc_id": "vpc-1", "vswitch_ids": ["vsw-1"]}],
                "role": "acs:ram::1234567890123456:role/api",
                "log_config": [
                    {"project": "p", "logstore": Reference("alicloud_log_store.l", "name")}
                ],
                "environment_variables": {"STAGE": "prod"},
                "tags": {"system": "oa"},
            },
            PLACE,
        ),
        _http("function"),
        block("alicloud_log_store.l", {"name": "calls", "retention_period": 180}),
    )
    assert (document.name, document.tags) == ("api", {"system": "oa"})
    assert document.facts == {
        "runtime": "python3.10",
        "runtime_supported": True,
        "vpc_id": "vpc-1",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "tls": {},
        "plain_ftp": None,
        "environment_secrets": False,
        "environment_encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "aes-256",
        },
        "role": "acs:ram::1234567890123456:role/api",
        "logging": {
            "enabled": True,
            "destination": "main.tf#alicloud_log_store.l",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": 180,
        },
    }


def test_an_open_function_with_a_secret() -> None:
    values = {"function_name": "api", "runtime": "nodejs8"}
    secret = {"DB_PASSWORD": "Tr0ub4dor&3", "OTHER": APPLY}
    document = the(
        block("alicloud_fcv3_function.f", {**values, "environment_variables": secret}),
        _http("anonymous"),
    )
    facts = document.facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert (facts["environment_secrets"], facts["runtime_supported"]) == (True, False)
    assert (facts["network_kind"], facts["vpc_id"], facts["role"]) == ("public", None, None)
    assert facts["logging"]["enabled"] is False


def test_a_container_brings_its_own_runtime() -> None:
    facts = the(block("alicloud_fcv3_function.f", {"runtime": "custom-container"})).facts
    assert (facts["runtime"], facts["runtime_supported"]) == (None, None)


@pytest.mark.parametrize(
    ("trigger", "public"),
    [
        (_http("anonymous"), True),
        (_http("jwt"), False),
        (_http(None), None),
        (_http("anonymous", disableURLInternet=True), False),
        (block("alicloud_fcv3_trigger.t", {"function_name": "api", "trigger_type": "oss"}), False),
        (block("alicloud_fcv3_trigger.t", {"function_name": "api", "trigger_type": APPLY}), None),
        (block("alicloud_fcv3_trigger.t", {"function_name": "api", "trigger_type": "http",
                                           "trigger_config": APPLY}), None),
        (block("alicloud_fcv3_trigger.t", {"function_name": APPLY}), None),
    ],
)  # fmt: skip
def test_who_is_let_in_by_a_trigger(trigger: Block, public: bool | None) -> None:
    assert the(PLAIN, trigger).facts["exposure"].get("public") is public


@pytest.mark.parametrize(
    ("auth", "name", "public"),
    [("anonymous", "api", True), ("jwt", "api", False), (None, "api", True), (None, "b", False)],
)
def test_a_custom_domain_opens_what_has_no_address(
    auth: str | None, name: str, public: bool
) -> None:
    values: dict[str, Any] = {"route_config": [{"routes": [{"function_name": name}]}]}
    values |= {"auth_config": [{"auth_type": auth}]} if auth else {}
    domain = block("alicloud_fcv3_custom_domain.d", values)
    found = the(PLAIN, _http("anonymous", disableURLInternet=True), domain)
    assert found.facts["exposure"]["public"] is public


def test_a_function_in_a_service() -> None:
    function = block("alicloud_fc_function.f", {"name": "api", "service": "s", "runtime": "go1"})
    service = block("alicloud_fc_service.s", {"name": "s", "vpc_config": [{"vpc_id": "vpc-1"}]})
    trigger = block(
        "alicloud_fc_trigger.t",
        {"function": "api", "type": "http", "config": '{"authType": "anonymous"}'},
    )
    facts = the(function, service, trigger).facts
    assert (facts["vpc_id"], facts["exposure"]["public"]) == ("vpc-1", True)
    alone = the(function)
    assert {"vpc_id", "network_kind", "role", "logging/enabled"} <= set(alone.unknown)


def test_a_function_that_is_decided_at_apply() -> None:
    arguments = ("runtime", "vpc_config", "role", "log_config", "environment_variables")
    document = the(block("alicloud_fcv3_function.f", dict.fromkeys(arguments, APPLY)))
    assert set(document.facts) == {
        "exposure", "tls", "plain_ftp", "environment_encryption", "logging",
    }  # fmt: skip
    # Nobody can call it over HTTP.
    assert document.facts["tls"] is None
    assert document.facts["logging"] == {}
