"""What an answer leaves out is unknown, and never what would pass. Pure functions, no server."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun import (
    databases,
    mongodb_facts,
    network_acl_rules,
    registry_facts,
    resource_alarms,
)
from collectors.aliyun.services import (
    account_configuration,
    actiontrail,
    cen,
    function_compute,
    lindorm,
    mongodb,
    polardb,
)
from collectors.document import Unknown

HTTP = {"triggerType": "http", "triggerConfig": '{"authType": "somehow"}'}


@pytest.mark.parametrize(
    "found",
    [
        databases.has_address([{"IPType": "Private"}, {}], "IPType", "public"),
        mongodb._ranges({}),
        polardb._ranges({}),
        lindorm._ranges({}),
        lindorm._networks([{}]),
        mongodb_facts.sharding_networks({}),
        actiontrail._delivery_error({"IsLogging": True}),
        registry_facts.exposure("SHARED", ["0.0.0.0/0"]).public,
        account_configuration.holds_all({"ACS::ECS::Instance"}, []),
        network_acl_rules.rules_of({})[0],
        cen.is_walled([{"FirewallId": "fw-1", "FirewallSwitchStatus": "opened"}]),
        function_compute._is_open(None, "cn-hangzhou", "pay", HTTP),  # type: ignore[arg-type]
    ],
)
def test_what_is_left_out_is_unknown(found: Any) -> None:
    assert isinstance(found, Unknown)


@pytest.mark.parametrize(
    ("channels", "states", "told"),
    [
        ({"Mail": "a@example.com"}, {"Mail": "OK"}, ["g"]),
        ({"Mail": "a@example.com"}, {"Mail": "PENDING"}, []),
        ({"Mail": "a@example.com"}, {}, None),
        # What goes to a chat needs nobody's consent.
        ({"Mail": "a@example.com", "DingWebHook": "https://d.example"}, {}, ["g"]),
        ({"Mail": ""}, {}, []),
    ],
)
def test_a_contact_counts_whose_address_is_confirmed(
    channels: dict[str, str], states: dict[str, str], told: list[str] | None
) -> None:
    contact = {"Name": "a", "Channels": channels, "ChannelsState": states}
    found = resource_alarms.reached([{"Name": "g", "Contacts": {"Contact": ["a"]}}], [contact])
    assert found == told or (told is None and isinstance(found, Unknown))


def test_what_is_told_is_known() -> None:
    found = [{"IPType": "Public"}, {"IPType": "Inner"}]
    assert databases.has_address(found, "IPType", "public") is True
    assert databases.has_address(found, "IPType", "private") is False
    assert mongodb._ranges({"SecurityIps": "10.0.0.0/8"}) == ["10.0.0.0/8"]
    assert polardb._ranges({"Items": {"DBClusterIPArray": []}}) == []
    assert lindorm._ranges({"GroupList": [{"SecurityIpList": "10.0.0.1"}]}) == ["10.0.0.1/32"]
    assert lindorm._networks([{"NetInfoList": [{"NetType": 0}]}]) == ["0"]
    assert mongodb_facts.sharding_networks({"NetworkAddresses": {"NetworkAddress": []}}) == []
    assert account_configuration.holds_all({"a", "b"}, ["a"]) is True
    assert cen.is_walled([{"VpcFirewallId": "cen-1", "FirewallSwitchStatus": "opened"}]) is True
    assert actiontrail._delivery_error({"SlsLogStoreStatus": True}) is None
