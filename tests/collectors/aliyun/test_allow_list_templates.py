"""Templates of allow-lists that are linked to databases: what they let in counts as well."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from collectors.aliyun.allow_list import with_templates
from collectors.aliyun.services import clickhouse, mongodb, polardb, rds, redis
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import Collect, collector
from tests.collectors.aliyun.world import load

RELATION = "DescribeGlobalSecurityIPGroupRelation"
WIDE = {"GlobalSecurityIPGroupRel": [{"GlobalIgName": "all", "GIpList": "10.9.0.0/16,0.0.0.0/0"}]}
CASES = {
    "r-kvstore": (redis.SERVICE, "redis-core", RELATION, WIDE),
    "polardb": (polardb.SERVICE, "core", RELATION, WIDE),
    "dds": (mongodb.SERVICE, "mongo-core", RELATION, WIDE),
    "rds": (rds.SERVICE, "core", "DescribeInstanceLinkedWhitelistTemplate",
            {"Data": {"Templates": [{"TemplateName": "all", "Ips": "0.0.0.0/0"}]}}),
    "clickhouse": (clickhouse.SERVICE, "ch-core", "ListInstanceLinkedWhitelistTemplates",
                   {"Data": {"Templates": [{"SecurityIPList": "0.0.0.0/0"}]}}),
}  # fmt: skip


@pytest.fixture(params=CASES, scope="module")
def case(request: Any, serve: Serve, open_account: OpenAccount) -> tuple[Collect, str, str]:
    service, _, operation, body = CASES[request.param]
    world = copy.deepcopy(load(request.param, "kms", "vpc", "cms"))
    world[request.param][operation] = [{"body": body}]
    collect = collector(serve(world=world), open_account, service)
    return collect, request.param, operation


def test_a_template_opens_a_database(case: tuple[Collect, str, str]) -> None:
    collect, _, _ = case
    found = collect()
    assert found
    assert all("0.0.0.0/0" in one.facts["allow_list"] for one in found.values())


def test_what_a_template_lets_in_is_unknown_where_it_is_denied(
    case: tuple[Collect, str, str],
) -> None:
    collect, _, operation = case
    for one in collect(operation).values():
        doubts = [path for path in one.unknown if path.startswith("allow_list")]
        assert doubts, "an allow-list without its templates is not the whole of it"


def test_known_parts_stand_beside_what_is_not_known() -> None:
    doubt = Unknown("denied")
    assert with_templates(["10.0.0.0/8"], doubt, "Ips") == ["10.0.0.0/8", doubt]
    assert with_templates(doubt, [], "Ips") == doubt
    assert with_templates(["10.0.0.0/8"], None, "Ips") == ["10.0.0.0/8"]
    template = {"Ips": "10.0.0.0/8,192.0.2.1"}
    assert with_templates(["10.0.0.0/8"], [template], "Ips") == ["10.0.0.0/8", "192.0.2.1/32"]


def test_a_template_that_does_not_tell_its_list_leaves_doubt() -> None:
    found = with_templates(["10.0.0.0/8"], [{"TemplateName": "office"}], "Ips")
    assert found[0] == "10.0.0.0/8"
    assert isinstance(found[1], Unknown)
