"""Trails of ROS."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

STORES = """
  Logs: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: logs, BlockPublicAccess: true}}
  Trail:
    Type: ALIYUN::ACTIONTRAIL::Trail
    Properties: {Name: everything, OssBucketName: !Ref Logs}
"""


def test_a_trail_records_writes_unless_told_otherwise(stack: Read) -> None:
    document = stack(STORES)["Trail"]
    (trail,) = document.facts["trails"]
    assert (trail["management_writes"], trail["management_reads"]) == (True, False)
    assert trail["store_exposure"] == {"public": False, "via": []}
    # A trail does not say whether it is on.
    assert "logging" not in trail
    # Nor which regions it covers.
    assert "all_regions" not in trail


@pytest.mark.parametrize(("word", "on"), [("true", True), ("false", False), ("!Ref On", None)])
def test_whether_a_trail_is_on_is_said_elsewhere(stack: Read, word: str, on: bool | None) -> None:
    log = "Type: ALIYUN::ACTIONTRAIL::TrailLogging"
    text = f"{STORES}  Log: {{{log}, Properties: {{Name: !GetAtt Trail.Name, Enable: {word}}}}}\n"
    found = stack(text, "Parameters: {On: {Type: Boolean}}\n")
    assert set(found) == {"Logs", "Trail"}
    assert found["Trail"].facts["trails"][0].get("logging") is on


@pytest.mark.parametrize(("name", "on"), [("everything", True), ("another", None)])
def test_the_trail_that_is_on_by_its_name(stack: Read, name: str, on: bool | None) -> None:
    log = "Type: ALIYUN::ACTIONTRAIL::TrailLogging"
    text = f"{STORES}  Log: {{{log}, Properties: {{Name: {name}, Enable: true}}}}\n"
    assert stack(text)["Trail"].facts["trails"][0].get("logging") is on


def test_a_trail_of_everything(stack: Read) -> None:
    text = STORES.replace("Name: everything", "Name: everything, EventRW: All")
    (trail,) = stack(text)["Trail"].facts["trails"]
    assert (trail["management_writes"], trail["management_reads"]) == (True, True)
