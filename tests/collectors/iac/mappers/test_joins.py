"""How mappers follow references, find regions and read allow-lists."""

from __future__ import annotations

from typing import Any

import pytest

from collectors import addresses
from collectors.azure.paired_regions import PAIRED
from collectors.document import Unknown
from collectors.facts.shared import Exposure, Rule
from collectors.iac.blocks import Project, Reference
from collectors.iac.mappers import joins, reach
from collectors.iac.mappers.alicloud.shared import region_of, region_of_zone
from collectors.iac.mappers.azurerm.shared import location_of
from tests.collectors.iac.mappers.hand import ACCOUNT, block

APPLY = Unknown("var.x is decided at apply")
BUCKET = block("alicloud_oss_bucket.b", {"bucket": "b"})
ACL = block("alicloud_oss_bucket_acl.a", {"bucket": Reference("alicloud_oss_bucket.b", "bucket")})


@pytest.mark.parametrize(
    ("value", "belongs"),
    [
        (Reference("alicloud_oss_bucket.b"), True),
        (Reference("alicloud_oss_bucket_acl.a", "bucket"), True),
        ("b", True),
        ("other", False),
        (Reference("data.alicloud_oss_buckets.all", "id"), False),
        ([Reference("x.y"), Reference("alicloud_oss_bucket.b")], True),
    ],
)
def test_what_belongs_to_a_block(value: Any, belongs: bool) -> None:
    part = block("alicloud_oss_bucket_versioning.v", {"bucket": value})
    project = Project([BUCKET, ACL, part], ACCOUNT)
    found = joins.joined(project, BUCKET, "bucket", part.type)
    assert found == joins.Joined([part] if belongs else [], None)


def test_what_is_in_doubt_does_not_hide_what_is_known() -> None:
    one = block("alicloud_oss_bucket_policy.one", {"bucket": "b"})
    two = block("alicloud_oss_bucket_policy.two", {"bucket": APPLY})
    project = Project([BUCKET, one, two], ACCOUNT)
    doubt = Unknown("alicloud_oss_bucket_policy.two.bucket: var.x is decided at apply")
    assert joins.joined(project, BUCKET, "bucket", one.type) == joins.Joined([one], doubt)


def test_references_in_a_circle_end() -> None:
    one = block(
        "alicloud_oss_bucket_acl.one",
        {"bucket": Reference("alicloud_oss_bucket_acl.two", "bucket")},
    )
    two = block(
        "alicloud_oss_bucket_acl.two",
        {"bucket": Reference("alicloud_oss_bucket_acl.one", "bucket")},
    )
    project = Project([BUCKET, one, two], ACCOUNT)
    assert joins.joined(project, BUCKET, "bucket", one.type) == joins.Joined([], None)
    assert joins.target_of(project, one.get("bucket"), BUCKET.type) is None


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("cn-hangzhou-h", "cn-hangzhou"),
        ("cn-hangzhou-finance-h", "cn-hangzhou-finance"),
        ("cn-shanghai-finance-1a", "cn-shanghai-finance-1"),
        ("ap-southeast-1a", "ap-southeast-1"),
        ("cn-beijing-MAZ2(a,b)", "cn-beijing"),
        ("moon-north-1a", None),
        ("", None),
    ],
)
def test_the_region_of_an_alibaba_cloud_zone(zone: str, region: str | None) -> None:
    assert region_of_zone(zone) == region


def test_the_provider_block_decides_the_region_before_the_zone() -> None:
    disk = block(
        "alicloud_disk.d", {"availability_zone": "cn-hangzhou-h"}, {"region": "cn-beijing"}
    )
    later = block("alicloud_disk.d", {"availability_zone": "cn-hangzhou-h"}, {"region": APPLY})
    assert region_of(disk, Project([disk], ACCOUNT)) == "cn-beijing"
    assert region_of(later, Project([later], ACCOUNT)) == "cn-hangzhou"


def test_the_location_of_an_azure_resource_by_way_of_others() -> None:
    group = block("azurerm_resource_group.g", {"name": "g", "location": "China North 3"})
    net = block(
        "azurerm_virtual_network.n", {"location": Reference("azurerm_resource_group.g", "location")}
    )
    vm = block(
        "azurerm_linux_virtual_machine.v",
        {"location": Reference("azurerm_virtual_network.n", "location")},
    )
    away = block(
        "azurerm_linux_virtual_machine.w",
        {"location": Reference("data.azurerm_resource_group.g", "location")},
    )
    project = Project([group, net, vm, away], ACCOUNT)
    assert location_of(vm, project) == "chinanorth3"
    assert location_of(away, project) == Unknown(
        "data.azurerm_resource_group.g.location is known after apply"
    )


def test_pairs_of_chinas_regions_stay_in_china() -> None:
    china = {region: pair for region, pair in PAIRED.items() if region.startswith("china")}
    assert china == {
        "chinanorth": "chinaeast", "chinaeast": "chinanorth",
        "chinanorth2": "chinaeast2", "chinaeast2": "chinanorth2",
        "chinanorth3": "chinaeast3", "chinaeast3": "chinanorth3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ranges", "opens"),
    [
        (["0.0.0.0/0"], True),
        (["::/0"], True),
        (["10.0.0.0/8", "128.0.0.0/1"], True),
        (["64.0.0.0/7"], True),
        (["2000::/3"], True),
        (["fd00::/8"], False),
        (["10.0.0.0/8", "prefix-list:x"], False),
        ([], False),
        ([APPLY, "0.0.0.0/0"], True),
        (["10.0.0.0/8", APPLY], APPLY),
        (APPLY, APPLY),
    ],
)
def test_whether_an_allow_list_opens_to_the_internet(ranges: Any, opens: Any) -> None:
    assert addresses.opens_to_internet(ranges) == opens


def rule(**changes: Any) -> Rule:
    values: dict[str, Any] = {
        "direction": "ingress",
        "action": "allow",
        "priority": 1,
        "protocol": "tcp",
        "from_port": 22,
        "to_port": 22,
        "sources": ["0.0.0.0/0"],
        "destinations": [],
    }
    return Rule(**{**values, **changes})


EVERYTHING = {"protocol": "any", "from_port": 0, "to_port": 65535}


@pytest.mark.parametrize(
    ("rules", "answer"),
    [
        ([rule()], True),
        ([rule(direction="egress", sources=[], destinations=["0.0.0.0/0"])], False),
        ([rule(sources=["10.0.0.0/8"])], False),
        ([rule(action="deny", **EVERYTHING), rule()], False),
        ([rule(action="deny"), rule()], True),
        # A deny of a part of the internet, or to some machines, closes nothing.
        ([rule(action="deny", **EVERYTHING, sources=["0.0.0.0/1"]), rule()], True),
        ([rule(action="deny", **EVERYTHING, destinations=["10.0.0.9/32"]), rule()], True),
        ([rule(action="deny", **EVERYTHING, destinations=["0.0.0.0/0", "::/0"]), rule()], False),
        ([rule(sources=APPLY)], APPLY),
        ([APPLY, rule()], True),
        ([APPLY], APPLY),
        ([rule(action=APPLY)], APPLY),
        ([rule(action="deny", **EVERYTHING), APPLY], False),
        ([], False),
    ],
)
def test_whether_rules_let_the_internet_in(rules: list[Any], answer: Any) -> None:
    assert reach.lets_internet_in(rules) == answer


YES = Exposure(public=True, via=["public-ip+firewall"])
NO = Exposure(public=False, via=[])


@pytest.mark.parametrize(
    ("ips", "answers", "exposure"),
    [
        ([], [True], NO),
        (["1.2.3.4"], [True, False], YES),
        (["1.2.3.4"], [False, False], NO),
        (["1.2.3.4"], [True, APPLY], YES),
        (["1.2.3.4"], [False, APPLY], Exposure(public=APPLY, via=APPLY)),
        (APPLY, [True], Exposure(public=APPLY, via=APPLY)),
    ],
)
def test_an_address_and_the_groups_before_it(ips: Any, answers: Any, exposure: Exposure) -> None:
    assert reach.instance_exposure(ips, answers) == exposure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d", 7),
        ("604800s", 7),
        ("36h", 2),
        ("weekly", Unknown("the duration 'weekly' is not understood")),
    ],
)
def test_days_of_a_duration(text: str, expected: Any) -> None:
    assert joins.days(text) == expected
