"""Alarm rules of CloudMonitor, and Elasticsearch."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
GROUP = block(
    "alicloud_cms_alarm_contact_group.g",
    {"alarm_contact_group_name": "ops", "contacts": ["li.si"]},
)
EMPTY = block("alicloud_cms_alarm_contact_group.e", {"alarm_contact_group_name": "empty"})


def _alarm(**more: Any) -> Block:
    values = {"name": "cpu", "project": "acs_ecs_dashboard", "metric": "CPUUtilization", **more}
    return block("alicloud_cms_alarm.a", values)


def test_an_alarm_whose_people_have_still_to_confirm() -> None:
    group = Reference("alicloud_cms_alarm_contact_group.g", "alarm_contact_group_name")
    two = '[{"instanceId": "i-1"}, {"instanceId": "i-2"}]'
    document = the(_alarm(contact_groups=[group], metric_dimensions=two), GROUP)
    assert (document.name, document.region) == ("cpu", "global")
    assert document.facts == {
        "enabled": True,
        "actions": [None],
        "target_kind": "instance",
        "targets": 2,
    }


def test_an_alarm_that_reaches_nobody() -> None:
    facts = the(_alarm(contact_groups=["empty"], enabled=False), EMPTY).facts
    assert (facts["enabled"], facts["actions"], facts["targets"]) == (False, [], 1)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ({"contact_groups": ["elsewhere"]}, "actions/0"),
        ({"contact_groups": APPLY}, "actions"),
        ({"webhook": APPLY}, "actions/0"),
        ({"enabled": APPLY}, "enabled"),
        ({"project": APPLY}, "target_kind"),
        ({"metric_dimensions": APPLY}, "targets"),
        ({"metric_dimensions": "{"}, "targets"),
    ],
)
def test_an_alarm_of_which_something_is_open(written: dict[str, Any], path: str) -> None:
    assert path in the(_alarm(**written), GROUP).unknown


def test_a_webhook_is_told_without_its_address() -> None:
    assert the(_alarm(webhook="https://example.com/secret")).facts["actions"] == ["webhook"]


def _search(**values: Any) -> Any:
    return the(
        block("alicloud_elasticsearch_instance.e", {"version": "7.10_with_X-Pack", **values})
    )


def test_a_guarded_search() -> None:
    facts = _search(
        enable_public=False,
        enable_kibana_public_network=True,
        enable_kibana_private_network=False,
        private_whitelist=["10.0.0.0/8"],
        kibana_whitelist=["203.0.113.1"],
        protocol="HTTPS",
        zone_count=2,
        data_node_configuration=[{"disk_encryption": True}],
    ).facts
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["allow_list"] == ["10.0.0.0/8", "203.0.113.1/32"]
    assert (facts["tls"]["required"], facts["multi_zone"]) == (True, True)
    assert facts["encryption"]["enabled"] is True


def test_an_open_search() -> None:
    facts = _search(enable_public=True, public_whitelist=["0.0.0.0/0"], protocol="HTTP").facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert "0.0.0.0/0" in facts["allow_list"]
    assert (facts["tls"]["required"], facts["multi_zone"]) == (False, False)
    assert facts["encryption"]["enabled"] is False


def test_a_search_of_which_little_is_known() -> None:
    document = _search(data_node_configuration=[{"disk_encryption": APPLY}], zone_count=APPLY)
    unknown = {"exposure/public", "tls/required", "encryption/enabled", "multi_zone"}
    assert unknown <= set(document.unknown)
    warm = {"warm_node_configuration": [{}], "data_node_configuration": [{"disk_encryption": True}]}
    assert "encryption/enabled" in _search(**warm).unknown
