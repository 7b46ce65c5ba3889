"""Repositories of Container Registry."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
HOME = Reference("alicloud_cr_ee_instance.i", "id")
INSTANCE = block("alicloud_cr_ee_instance.i", {"instance_name": "i"})
NAMES = {"instance_id": HOME, "namespace": "core", "name": "app"}


def _repository(**more: Any) -> Block:
    return block("alicloud_cr_ee_repo.r", {**NAMES, "repo_type": "PRIVATE", **more})


def _scan(**more: Any) -> Block:
    rule = {"instance_id": HOME, "trigger_type": "AUTO", "scan_scope": "INSTANCE"}
    values = {**rule, "scan_type": "VUL", "repo_tag_filter_pattern": ".*", **more}
    return block("alicloud_cr_scan_rule.s", values)


def _endpoint(*entries: Any) -> Block:
    listed = [{"entry": each} for each in entries]
    return block("alicloud_cr_internet_endpoint.e", {"instance_id": HOME, "entries": listed})


def test_a_guarded_repository() -> None:
    document = the(
        _repository(tag_immutability=True), INSTANCE, _scan(), _endpoint("203.0.113.0/24")
    )
    assert document.name == "core/app"
    assert document.facts == {
        "scan_on_push": True,
        "immutable_tags": True,
        "exposure": {"public": False, "via": []},
        "allow_list": ["203.0.113.0/24"],
        "shared_admin": None,
    }


def test_a_repository_that_anybody_pulls_from() -> None:
    namespace = block("alicloud_cr_ee_namespace.n", {"name": "open"})
    reference = Reference("alicloud_cr_ee_namespace.n", "name")
    document = the(
        _repository(repo_type="PUBLIC", namespace=reference, tag_immutability=False),
        INSTANCE,
        namespace,
        block("alicloud_cr_endpoint_acl_policy.a", {"instance_id": HOME, "entry": "0.0.0.0/0"}),
    )
    assert document.name == "open/app"
    assert document.facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert (document.facts["scan_on_push"], document.facts["immutable_tags"]) == (False, False)


@pytest.mark.parametrize(
    ("others", "scanned"),
    [
        ([INSTANCE, _scan(trigger_type="MANUAL")], False),
        ([INSTANCE, _scan(scan_scope="NAMESPACE", namespaces=["core"])], True),
        ([INSTANCE, _scan(scan_scope="NAMESPACE", namespaces=["other"])], False),
        ([INSTANCE, _scan(scan_type="SBOM")], False),
        ([INSTANCE, _scan(repo_tag_filter_pattern="v.*")], None),
        ([INSTANCE, _scan(trigger_type=APPLY)], None),
        ([INSTANCE, _scan(instance_id=APPLY)], None),
        ([_scan(instance_id="cri-other")], None),
    ],
)
def test_what_is_scanned_when_it_is_pushed(others: list[Block], scanned: bool | None) -> None:
    assert the(_repository(), *others).facts.get("scan_on_push") is scanned


def test_a_repository_of_which_little_is_known() -> None:
    alone = the(_repository(repo_type="PUBLIC"))
    assert {"exposure/public", "allow_list", "immutable_tags", "scan_on_push"} <= set(alone.unknown)
    open_ = the(block("alicloud_cr_ee_repo.r", dict.fromkeys((*NAMES, "repo_type"), APPLY)))
    assert open_.facts == {"exposure": {}, "shared_admin": None}


def test_an_endpoint_of_repositories_that_are_elsewhere() -> None:
    entry = block("alicloud_cr_endpoint_acl_policy.p", {"instance_id": HOME, "entry": "0.0.0.0/0"})
    (alone,) = documents(INSTANCE, _endpoint("203.0.113.0/24"), entry)
    assert alone.facts == {
        "exposure": {},
        "allow_list": ["203.0.113.0/24", "0.0.0.0/0"],
        "shared_admin": None,
    }
    assert len(documents(INSTANCE, _repository(), _endpoint("203.0.113.0/24"), entry)) == 1
    later = {"instance_id": APPLY, "entry": "0.0.0.0/0"}
    (doubtful,) = documents(block("alicloud_cr_endpoint_acl_policy.p", later))
    assert doubtful.facts["allow_list"] == ["0.0.0.0/0"]
    (closed,) = documents(block("alicloud_cr_internet_endpoint.e", {"instance_id": HOME}))
    assert "allow_list" in closed.unknown
