"""Elasticsearch over HTTP, in the ROA style: facts of instances that comply and of ones that do
not, and of denials."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun import elasticsearch_facts
from collectors.aliyun.services.elasticsearch import SERVICE
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import (
    AUDIT_LOG,
    Collect,
    collector,
    empty,
    newly_unknown,
)
from tests.collectors.aliyun.world import Answers


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("elasticsearch", "vpc", "cms"), open_account, SERVICE)


def test_an_instance_that_complies(collect: Collect) -> None:
    found = collect()["es-core"]
    facts = found.facts
    assert found.id == "acs:elasticsearch:cn-hangzhou:1234567890123456:instances/es-cn-core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["engine"], facts["network_kind"]) == ("elasticsearch", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    # Whom Kibana's public endpoint would let in says nothing while it is off.
    assert facts["allow_list"] == ["10.0.1.0/24", "10.0.3.0/24", "10.0.2.0/24"]
    assert facts["tls"]["required"] is True
    assert facts["encryption"]["enabled"] is True
    assert found.unknown["encryption/key_manager"] == "the API does not name the key"
    assert facts["audit_log"]["enabled"] is True
    assert facts["backup"]["enabled"] is True
    assert facts["multi_zone"] is True
    assert (facts["deletion_protection"], facts["guard_instance"]) == (None, None)


def test_an_instance_that_does_not_comply(collect: Collect) -> None:
    """Its warm nodes are not encrypted, though its other data nodes are."""
    facts = collect()["es-open"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["allow_list"] == ["0.0.0.0/0", "::/0", "127.0.0.1/32"]
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert (facts["backup"]["enabled"], facts["backup"]["retention_days"]) == (False, 0)
    assert facts["multi_zone"] is False


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        (
            "DescribeInstance",
            {
                *AUDIT_LOG,
                "exposure",
                "allow_list",
                "authentication",
                "tls",
                "encryption",
                "multi_zone",
                "subnet_routes_to_internet",
            },
        ),
        ("DescribeSnapshotSetting", {"backup/enabled", "backup/retention_days"}),
        ("DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(collect, "es-core", operation) == unknown


def test_instances_that_cannot_be_listed_have_a_stand_in(collect: Collect) -> None:
    (found,) = collect("ListInstance").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: elasticsearch:ListInstance"}


def test_a_region_without_instances_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"ListInstance": [{"body": {"Result": []}}]}
    assert empty(SERVICE, open_account(serve(world={"elasticsearch": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


def test_kibana_is_a_way_in_too() -> None:
    instance: dict[str, Any] = {
        "enablePublic": False,
        "publicIpWhitelist": [],
        "enableKibanaPublicNetwork": True,
        "kibanaIPWhitelist": ["0.0.0.0/0"],
    }
    assert elasticsearch_facts.exposure(instance).public is True
    del instance["enablePublic"]
    assert elasticsearch_facts.exposure(instance).public is True
    instance["enableKibanaPublicNetwork"] = False
    assert isinstance(
        elasticsearch_facts.exposure({**instance, "publicIpWhitelist": ["::/0"]}).public, Unknown
    )


def test_groups_of_an_allow_list_let_in_like_the_list_itself() -> None:
    group: dict[str, Any] = {"groupName": "all", "ips": ["0.0.0.0/0"], "whiteIpType": "PUBLIC_ES"}
    instance: dict[str, Any] = {
        "enablePublic": True,
        "publicIpWhitelist": ["192.0.2.1"],
        "enableKibanaPublicNetwork": False,
        "kibanaIPWhitelist": [],
        "enableKibanaPrivateNetwork": False,
        "privateNetworkIpWhiteList": ["10.0.0.0/8"],
        "networkConfig": {"whiteIpGroupList": [group]},
    }
    assert elasticsearch_facts.exposure(instance).public is True
    allowed = ["10.0.0.0/8", "192.0.2.1/32", "0.0.0.0/0"]
    assert elasticsearch_facts.ranges(instance) == allowed
    group["whiteIpType"] = "PUBLIC_SOMETHING"
    assert isinstance(elasticsearch_facts.exposure(instance).public, Unknown)
    assert isinstance(elasticsearch_facts.ranges(instance), Unknown)


def test_without_its_switch_it_is_not_known_whether_kibana_has_a_private_endpoint() -> None:
    instance = {"enablePublic": False, "enableKibanaPublicNetwork": False}
    assert isinstance(
        elasticsearch_facts.ranges({**instance, "privateNetworkIpWhiteList": []}), Unknown
    )


@pytest.mark.parametrize(
    ("settings", "answer"),
    [
        ({}, True),
        ({"xpack.security.enabled": "false"}, False),
        ({"xpack.security.authc.anonymous.roles": "viewer"}, False),
    ],
)
def test_security_can_be_turned_off_in_the_yml_file(settings: dict[str, str], answer: bool) -> None:
    assert elasticsearch_facts.authentication({"esConfig": settings}) is answer


def test_without_the_yml_file_nothing_is_said_of_authentication_or_audits() -> None:
    assert isinstance(elasticsearch_facts.authentication({}), Unknown)
    assert isinstance(elasticsearch_facts.audits({}), Unknown)
    basic = {"esConfig": {}, "instanceCategory": "community"}
    assert isinstance(elasticsearch_facts.authentication(basic), Unknown)


def test_without_data_nodes_nothing_is_said_of_encryption() -> None:
    assert isinstance(elasticsearch_facts.encryption({"nodeSpec": {}}).enabled, Unknown)
    answer = elasticsearch_facts.encryption({"nodeSpec": {"disk": 20}})
    assert isinstance(answer.enabled, Unknown)
