"""Instances of Tablestore over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.backup_plans import Protection
from collectors.aliyun.services import tablestore
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import (
    ENCRYPTION,
    EXPOSURE,
    Collect,
    collector,
    newly_unknown,
)

BACKUP = {f"backup/{part}" for part in ("enabled", "retention_days", "copies")}


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("tablestore", "hbr", "cms"), open_account, tablestore.SERVICE)


def test_an_instance_that_answers_in_its_vpc_alone(collect: Collect) -> None:
    found = collect()["ots-core"]
    facts = found.facts
    assert found.id == "acs:ots:cn-hangzhou:1234567890123456:instance/ots-core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["engine"], facts["network_kind"]) == ("tablestore", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    assert (facts["private_endpoint"], facts["multi_zone"]) == (True, True)
    assert (facts["allow_list"], facts["deletion_protection"]) == ([], None)
    assert (facts["backup"]["enabled"], facts["backup"]["retention_days"]) == (True, 14)
    # Whether tables can be restored to any moment is not told, nor how each is encrypted.
    assert "backup/point_in_time" in found.unknown
    assert {*ENCRYPTION, "replicas"} <= found.unknown.keys()


def test_an_instance_that_answers_over_every_network(collect: Collect) -> None:
    found = collect()["ots-open"]
    facts = found.facts
    assert facts["network_kind"] == "public"
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["multi_zone"] is False
    assert facts["backup"] == {
        "enabled": False, "retention_days": 0, "point_in_time": False, "copies": []
    }  # fmt: skip
    # It has an address in every VPC, though none is bound.
    assert "private_endpoint" in found.unknown


def test_what_a_policy_and_a_part_of_the_tables_leave_open(collect: Collect) -> None:
    unknown = collect()["ots-some"].unknown
    assert "policy of the instance" in unknown["exposure/public"]
    assert "some tables" in unknown["backup/enabled"]


@pytest.mark.parametrize(
    ("instance", "kind"),
    [
        ({"Network": "VPC"}, "vpc"),
        ({"Network": "VPC_CONSOLE", "NetworkTypeACL": []}, "vpc"),
        ({"Network": "NORMAL"}, None),
        ({"Network": "NORMAL", "NetworkTypeACL": ["VPC", "CLASSIC"]}, "classic"),
        ({"NetworkTypeACL": ["VPC", "MOON"]}, None),
    ],
)
def test_networks(instance: dict[str, Any], kind: str | None) -> None:
    networks = tablestore.networks_of(instance)
    found = networks if isinstance(networks, Unknown) else tablestore.network_kind(networks)
    assert isinstance(found, Unknown) if kind is None else found == kind


def test_without_vpcs_there_is_no_private_way() -> None:
    assert tablestore.has_private_way([], ["INTERNET"]) is False
    assert tablestore.has_private_way([{"VpcId": "vpc-1"}], ["INTERNET"]) is False
    denied = Unknown("Forbidden.RAM: ots:ListVpcInfoByInstance")
    assert tablestore.has_private_way(denied, ["VPC"]) is denied


def test_a_plan_backs_up_the_tables_that_it_names() -> None:
    plan = {"InstanceName": "ots-core", "Retention": 30, "VaultId": "v-core"}
    found = Protection(bindings=[], policies={}, plans=[plan], vaults={})
    assert isinstance(tablestore.backup("ots-core", found, "1").enabled, Unknown)
    assert tablestore.backup("other", found, "1").enabled is False
    off = Protection(bindings=[], policies={}, plans=[{**plan, "Disabled": True}], vaults={})
    assert tablestore.backup("ots-core", off, "1").enabled is False


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("ots-core", "GetInstance", {"network_kind", "private_endpoint", "tags"} | EXPOSURE),
        ("ots-core", "ListVpcInfoByInstance", {"private_endpoint"}),
        ("ots-open", "DescribePolicyBindings", BACKUP),
        ("ots-open", "DescribeBackupPlans", BACKUP),
        ("ots-core", "DescribePoliciesV2", {"backup/retention_days", "backup/copies"}),
        ("ots-core", "DescribeMetricRuleList", {"alarms"}),
    ],
)
def test_a_denial_leaves_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(collect, name, operation) == unknown


def test_a_list_that_is_denied_stands_in(collect: Collect) -> None:
    found = [*collect("ListInstances").values()]
    assert [(one.type, one.unlisted) for one in found] == [("database.instance", True)]


def test_calls_are_among_the_declared_ones(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(tablestore.SERVICE.calls)
