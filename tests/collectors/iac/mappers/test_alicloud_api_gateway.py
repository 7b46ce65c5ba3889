"""APIs of API Gateway."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
OPEN = {"auth_type": "ANONYMOUS", "stage_names": ["RELEASE", "TEST"]}


def _api(*others: Block, protocol: Any = "HTTPS", **values: Any) -> Document:
    written = {
        "name": "orders",
        "group_id": Reference("alicloud_api_gateway_group.g"),
        "auth_type": "APP",
        "request_config": [{"protocol": protocol}],
    }
    return the(block("alicloud_api_gateway_api.a", written | values), *others)


def _group(policy: Any, **values: Any) -> list[Block]:
    on = {"instance_id": Reference("alicloud_api_gateway_instance.i")}
    return [
        block("alicloud_api_gateway_group.g", on | values),
        block("alicloud_api_gateway_instance.i", {"https_policy": policy}),
    ]


def _plugin(kind: Any, stage: Any) -> list[Block]:
    attached = {
        "api_id": Reference("alicloud_api_gateway_api.a", "api_id"),
        "plugin_id": Reference("alicloud_api_gateway_plugin.p"),
        "stage_name": stage,
    }
    name = stage.lower() if isinstance(stage, str) else "open"
    return [
        block("alicloud_api_gateway_plugin.p", {"plugin_type": kind}),
        block(f"alicloud_api_gateway_plugin_attachment.{name}", attached),
    ]


def test_an_instance_without_apis_tells_its_tls() -> None:
    group, instance = _group("HTTPS2_TLS1_0")
    document = the(instance, group)
    assert document.facts["tls"] == {"minimum": "1.0", "policy": "HTTPS2_TLS1_0"}
    reason = "no API on the instance is part of this template"
    assert (document.unknown["tls/required"], document.unknown["public"]) == (reason, reason)
    api = block("alicloud_api_gateway_api.a", {"group_id": Reference(group.address)})
    assert the(instance, group, api).native_type == "alicloud_api_gateway_api"


@pytest.mark.parametrize(
    ("protocol", "policy", "minimum", "required"),
    [
        ("HTTP", "HTTPS2_TLS1_2", "none", False),
        ("HTTPS", "HTTPS2_TLS1_2", "1.2", True),
        ("HTTPS", "HTTPS2_TLS1_0", "1.0", True),
        ("HTTP,HTTPS", "HTTPS2_TLS1_2", "1.2", False),
    ],
)
def test_tls(protocol: str, policy: str, minimum: str, required: bool) -> None:
    tls = _api(*_group(policy), protocol=protocol).facts["tls"]
    assert (tls["minimum"], tls["required"]) == (minimum, required)


@pytest.mark.parametrize(
    ("blocks", "values", "paths"),
    [
        (_group("HTTPS2_TLS1_2"), {"protocol": APPLY}, {"tls/minimum", "tls/required"}),
        (_group("HTTPS2_TLS1_2"), {"request_config": APPLY}, {"tls/minimum", "tls/required"}),
        (_group("HTTPS2_TLS1_2"), {"request_config": []}, {"tls/minimum", "tls/required"}),
        (_group(APPLY), {}, {"tls/minimum"}),
        (_group("OTHER"), {}, {"tls/minimum"}),
        (_group("x", instance_id="elsewhere"), {}, {"tls/minimum"}),
        ([], {"protocol": "HTTP,HTTPS"}, {"tls/minimum", "tls/required"}),
        ([], {}, {"tls/minimum"}),
        (
            _group("HTTPS2_TLS1_2", custom_domains=["a.example"]),
            {"protocol": "HTTP,HTTPS"},
            {"tls/required"},
        ),
    ],
)
def test_tls_that_is_open(blocks: list[Block], values: dict[str, Any], paths: set[str]) -> None:
    unknown = _api(*blocks, **values).unknown
    assert {"tls/minimum", "tls/required"} & set(unknown) == paths


@pytest.mark.parametrize(
    ("values", "blocks", "authorization"),
    [
        ({"auth_type": "APP"}, [], "key"),
        ({"auth_type": "APPOPENID"}, [], "token"),
        (OPEN, [], "none"),
        (OPEN, _plugin("cors", "RELEASE"), "none"),
        (OPEN, _plugin("jwtAuth", "RELEASE"), "none"),
        (OPEN, [*_plugin("jwtAuth", "RELEASE"), *_plugin("jwtAuth", "TEST")[1:]], "token"),
        (OPEN | {"stage_names": ["RELEASE"]}, _plugin("basicAuth", "RELEASE"), "custom"),
    ],
)
def test_who_may_call(values: dict[str, Any], blocks: list[Block], authorization: str) -> None:
    facts = _api(*blocks, **values).facts
    assert (facts["authorization"], facts["public"]) == (authorization, True)


@pytest.mark.parametrize(
    ("values", "blocks"),
    [
        ({"auth_type": APPLY}, []),
        ({"auth_type": None}, []),
        ({"auth_type": "OTHER"}, []),
        (OPEN | {"stage_names": APPLY}, _plugin("jwtAuth", "RELEASE")),
        (OPEN | {"stage_names": []}, _plugin("jwtAuth", "RELEASE")),
        (OPEN | {"stage_names": ["RELEASE", APPLY]}, _plugin("jwtAuth", "RELEASE")),
        (OPEN | {"stage_names": ["RELEASE"]}, _plugin(APPLY, "RELEASE")),
        (OPEN | {"stage_names": ["RELEASE"]}, _plugin("jwtAuth", APPLY)),
        (OPEN | {"stage_names": ["RELEASE"]}, _plugin("jwtAuth", "RELEASE")[1:]),
        (OPEN, [block("alicloud_api_gateway_plugin_attachment.x", {"api_id": APPLY})]),
        (
            OPEN,
            [
                *_group("x"),
                *_plugin("jwtAuth", "PRE")[:1],
                block(
                    "alicloud_api_gateway_group_plugin_attachment.x",
                    {
                        "group_id": Reference("alicloud_api_gateway_group.g"),
                        "plugin_id": Reference("alicloud_api_gateway_plugin.p"),
                    },
                ),
            ],
        ),
    ],
)
def test_who_may_call_is_open(values: dict[str, Any], blocks: list[Block]) -> None:
    assert "authorization" in _api(*blocks, **values).unknown


def test_log_of_the_region() -> None:
    store = {"logstore_name": "api", "project_name": "logs", "retention_period": 200}
    to = {"sls_project": "logs", "sls_log_store": Reference("alicloud_log_store.s")}
    log = block("alicloud_api_gateway_log_config.l", to)
    logging = _api(block("alicloud_log_store.s", store), log).facts["logging"]
    assert (logging["enabled"], logging["retention_days"]) == (True, 200)


def test_log_that_the_template_does_not_set_up() -> None:
    elsewhere = block(
        "alicloud_api_gateway_log_config.l",
        {"sls_project": "logs", "sls_log_store": "api"},
        {"region": "cn-beijing"},
    )
    assert "logging/enabled" in _api(elsewhere).unknown


WRITTEN = """
resource "alicloud_api_gateway_instance" "i" {
  https_policy = "HTTPS2_TLS1_0"
}
resource "alicloud_api_gateway_group" "g" {
  instance_id = alicloud_api_gateway_instance.i.id
}
resource "alicloud_api_gateway_api" "a" {
  group_id  = alicloud_api_gateway_group.g.id
  auth_type = "ANONYMOUS"
  request_config {
    protocol = "HTTP,HTTPS"
  }
}
"""


def test_findings_point_to_the_argument(project: Write) -> None:
    document = documents(project(WRITTEN))[1]["alicloud_api_gateway_api.a"]
    assert document.source is not None
    lines = {path: (at.line, at.argument) for path, at in document.source.lines.items()}
    assert lines["authorization"] == (10, "auth_type")
    assert lines["tls/required"] == (12, "request_config.protocol")
    assert lines["tls/minimum"] == (3, "https_policy")
