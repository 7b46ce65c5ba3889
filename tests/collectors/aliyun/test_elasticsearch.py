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
    assert facts["allow_list"] == ["10.0.1.0/24"]
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


def test_security_can_be_turned_off_in_the_yml_file() -> None:
    assert elasticsearch_facts.authentication({"esConfig": {}}) is True
    off = {"esConfig": {"xpack.security.enabled": "false"}}
    assert elasticsearch_facts.authentication(off) is False
    assert isinstance(elasticsearch_facts.audits({}), Unknown)


def test_without_data_nodes_nothing_is_said_of_encryption() -> None:
    assert isinstance(elasticsearch_facts.encryption({"nodeSpec": {}}).enabled, Unknown)
    answer = elasticsearch_facts.encryption({"nodeSpec": {"disk": 20}})
    assert isinstance(answer.enabled, Unknown)
