"""What an answer leaves out is unknown, and never what would pass. Pure functions, no server."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun import mongodb_facts
from collectors.aliyun.services import acr, actiontrail, function_compute, lindorm, mongodb, polardb
from collectors.document import Unknown

HTTP = {"triggerType": "http", "triggerConfig": '{"authType": "somehow"}'}


@pytest.mark.parametrize(
    "found",
    [
        mongodb._ranges({}),
        polardb._ranges({}),
        lindorm._ranges({}),
        lindorm._networks([{}]),
        mongodb_facts.sharding_networks({}),
        actiontrail._delivery_error({"IsLogging": True}),
        acr._exposure({"RepoType": "SHARED"}, ["0.0.0.0/0"]).public,
        function_compute._is_open(None, "cn-hangzhou", "pay", HTTP),  # type: ignore[arg-type]
    ],
)
def test_what_is_left_out_is_unknown(found: Any) -> None:
    assert isinstance(found, Unknown)


def test_what_is_told_is_known() -> None:
    assert mongodb._ranges({"SecurityIps": "10.0.0.0/8"}) == ["10.0.0.0/8"]
    assert polardb._ranges({"Items": {"DBClusterIPArray": []}}) == []
    assert lindorm._ranges({"GroupList": [{"SecurityIpList": "10.0.0.1"}]}) == ["10.0.0.1/32"]
    assert lindorm._networks([{"NetInfoList": [{"NetType": 0}]}]) == ["0"]
    assert mongodb_facts.sharding_networks({"NetworkAddresses": {"NetworkAddress": []}}) == []
    assert actiontrail._delivery_error({"SlsLogStoreStatus": True}) is None
