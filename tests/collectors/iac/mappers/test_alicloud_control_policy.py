"""Control policies of a resource directory, in Terraform."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aliyun.control_policies import guardrail
from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from collectors.regions import country_of, regions_of
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
ATTACHMENT = "alicloud_resource_manager_control_policy_attachment"
POLICY = "alicloud_resource_manager_control_policy.p"
DIRECTORY = "alicloud_resource_manager_resource_directory.d"
OTHERS = "control policies outside of this template may hold as well"
ABROAD = ["acs:*:cn-hongkong:*:*", "acs:*:us-east-1:*:*"]
DENY = {"Effect": "Deny", "Action": "*", "Resource": ABROAD}
TEXT = json.dumps({"Version": "1", "Statement": [DENY]})


def _attached(*others: Block, text: Any = TEXT, **values: Any) -> list[Document]:
    own = {"policy_id": Reference(POLICY), "target_id": "fd-1", **values}
    own = {name: value for name, value in own.items() if value is not None}
    policy = block(POLICY, {} if text is None else {"policy_document": text})
    return documents(block(f"{ATTACHMENT}.a", own), policy, *others)


def test_a_policy_that_denies_regions() -> None:
    (found,) = _attached()
    assert (found.type, found.provider) == ("account.configuration", "aliyun")
    (rail,) = found.facts["guardrails"]
    live = guardrail(f"main.tf#{POLICY}", TEXT)
    assert (rail["kind"], rail["id"]) == (live.kind, live.id)
    assert rail["denies_regions"][:2] == live.denies_regions == ["cn-hongkong", "us-east-1"]
    # What else is denied there, and the rest of the account, a template does not tell.
    assert found.unknown["guardrails/0/denies_regions/2"] == OTHERS
    assert {"recorders", "regions_in_use", "public_access_block"} <= set(found.unknown)


def test_one_document_for_a_target() -> None:
    again = {"policy_id": Reference(POLICY), "target_id": "fd-1"}
    (found,) = _attached(block(f"{ATTACHMENT}.b", again))
    assert [each["kind"] for each in found.facts["guardrails"]] == ["control-policy"] * 2
    assert len(_attached(block(f"{ATTACHMENT}.b", again | {"target_id": "fd-2"}))) == 2


def test_policies_that_leave_nothing_abroad_open() -> None:
    abroad = [one for one in regions_of("aliyun") if country_of("aliyun", one) != "CN"]
    deny = DENY | {"Resource": [f"acs:*:{one}:*:*" for one in abroad]}
    (found,) = _attached(text=json.dumps({"Version": "1", "Statement": [deny]}))
    assert found.facts["guardrails"][0]["denies_regions"] == sorted(abroad)


def test_a_policy_that_denies_no_region() -> None:
    deny = DENY | {"Action": "ram:DeleteRole", "Resource": "*"}
    (found,) = _attached(text=json.dumps({"Version": "1", "Statement": [deny]}))
    assert found.facts["guardrails"][0]["id"] == f"main.tf#{POLICY}"
    assert found.unknown["guardrails/0/denies_regions"] == OTHERS


@pytest.mark.parametrize("text", [APPLY, None, "?", Reference("data.x.y", "json")])
def test_a_document_that_is_not_known(text: Any) -> None:
    (found,) = _attached(text=text)
    assert found.facts["guardrails"][0]["id"].endswith(POLICY)
    assert "guardrails/0/denies_regions" in found.unknown


@pytest.mark.parametrize("policy", [None, APPLY, "cp-1", "FullAliyunAccess"])
def test_a_policy_that_is_not_in_the_template(policy: Any) -> None:
    (found,) = _attached(policy_id=policy)
    assert "guardrails/0" in found.unknown


@pytest.mark.parametrize("target", [None, APPLY])
def test_a_target_that_is_not_known(target: Any) -> None:
    (found,) = _attached(target_id=target)
    assert "guardrails" in found.unknown


@pytest.mark.parametrize(
    ("directory", "known"),
    [({}, True), ({"status": "Enabled"}, True), ({"status": "Disabled"}, False),
     ({"status": APPLY}, False)],
)  # fmt: skip
def test_a_directory_whose_policies_are_off(directory: dict[str, Any], *, known: bool) -> None:
    (found,) = _attached(block(DIRECTORY, directory))
    assert ("guardrails" not in found.unknown) is known


def test_a_policy_that_nothing_attaches() -> None:
    assert documents(block(POLICY, {"policy_document": TEXT})) == []
