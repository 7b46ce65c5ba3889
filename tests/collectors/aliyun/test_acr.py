"""Image repositories over HTTP: who reaches them, scans, tags, and denials."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.registry_facts import scan_on_push
from collectors.aliyun.services.acr import SERVICE
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import EXPOSURE, Collect, collector, empty
from tests.collectors.aliyun.world import Answers, load


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("cr"), open_account, SERVICE)


def test_a_repository_that_complies(collect: Collect) -> None:
    found = collect()["core/web"]
    facts = found.facts
    assert found.id == "acs:cr:cn-hangzhou:1234567890123456:repository/cri-core/core/web"
    assert facts["allow_list"] == ["198.51.100.0/24"]
    assert facts["exposure"] == {"public": False, "via": []}
    assert (facts["scan_on_push"], facts["immutable_tags"]) == (True, True)
    assert set(found.unknown) == {"encryption"}


def test_a_repository_that_does_not_comply(collect: Collect) -> None:
    facts = collect()["demo/app"].facts
    assert facts["allow_list"] == ["0.0.0.0/0", "::/0"]
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert (facts["scan_on_push"], facts["immutable_tags"]) == (False, False)


def test_a_private_repository_scanned_in_part(collect: Collect) -> None:
    found = collect()["lab/app"]
    assert found.facts["exposure"]["public"] is False
    assert "scan_on_push" in found.unknown


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ({"Enable": False}, []),
        ({"Enable": True, "AclEnable": True, "AclEntries": []}, ["0.0.0.0/0", "::/0"]),
        ({}, None),
    ],
)
def test_an_endpoint_that_is_off_an_empty_list_and_one_that_is_not_told(
    serve: Serve, open_account: OpenAccount, endpoint: dict[str, Any], allowed: list[str] | None
) -> None:
    world = load("cr")
    world["cr"]["GetInstanceEndpoint"] = [{"body": endpoint}]
    found = collector(serve(world=world), open_account, SERVICE)()["demo/app"]
    assert found.facts.get("allow_list") == allowed
    assert found.facts["exposure"].get("public") == (bool(allowed) if allowed is not None else None)


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("core/web", "GetInstanceEndpoint", {"allow_list"}),
        ("demo/app", "GetInstanceEndpoint", {"allow_list", *EXPOSURE}),
        ("core/web", "ListScanRule", {"scan_on_push"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert set(collect(operation)[name].unknown) == {"encryption", *unknown}


@pytest.mark.parametrize("operation", ["ListInstance", "ListRepository"])
def test_repositories_that_cannot_be_listed_have_a_stand_in(
    collect: Collect, operation: str
) -> None:
    (found,) = collect(operation).values()
    assert found.unlisted
    assert set(found.unknown.values()) == {f"Forbidden.RAM: cr:{operation}"}


def test_a_region_without_instances_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"ListInstance": [{"body": {"TotalCount": 0, "Instances": []}}]}
    assert empty(SERVICE, open_account(serve(world={"cr": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"ScanScope": "INSTANCE"}, True),
        ({"ScanScope": "NAMESPACE", "Namespaces": ["a"]}, True),
        ({"ScanScope": "NAMESPACE", "Namespaces": ["b"]}, False),
        ({"ScanScope": "REPO", "Namespaces": ["a"], "RepoNames": ["x"]}, True),
        ({"ScanScope": "REPO", "Namespaces": ["a"], "RepoNames": ["y"]}, False),
        ({"ScanScope": "INSTANCE", "TriggerType": "MANUAL"}, False),
        ({"ScanScope": "INSTANCE", "RepoTagFilterPattern": "v.*"}, None),
    ],
)
def test_rules_cover_instances_namespaces_and_repositories(
    rule: dict[str, Any], expected: bool | None
) -> None:
    found = scan_on_push(
        {"RepoNamespaceName": "a", "RepoName": "x"},
        [{"TriggerType": "AUTO", "RepoTagFilterPattern": ".*", **rule}],
    )
    assert isinstance(found, Unknown) if expected is None else found is expected
