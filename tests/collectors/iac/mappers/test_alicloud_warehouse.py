"""AnalyticDB, ClickHouse and Kafka."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
PUBLIC = block(
    "alicloud_adb_connection.p", {"db_cluster_id": Reference("alicloud_adb_db_cluster.a", "id")}
)


def _adb(**values: Any) -> Any:
    return block("alicloud_adb_db_cluster.a", {"vswitch_id": "vsw-1", **values})


def test_a_guarded_warehouse() -> None:
    facts = the(
        _adb(security_ips=["10.0.0.1"], disk_encryption=True, kms_id="alias/own", enable_ssl=True)
    ).facts
    assert (facts["allow_list"], facts["exposure"]["public"]) == (["10.0.0.1/32"], False)
    assert facts["encryption"]["key_manager"] == "customer"
    assert (facts["tls"]["required"], facts["network_kind"]) == (False, "vpc")


def test_an_open_warehouse() -> None:
    facts = the(_adb(security_ips=["0.0.0.0"]), PUBLIC).facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["encryption"]["enabled"] is False
    assert facts["tls"]["minimum"] == "none"


def test_a_warehouse_that_is_decided_at_apply() -> None:
    document = the(_adb(security_ips=APPLY, disk_encryption=APPLY, enable_ssl=APPLY), PUBLIC)
    assert {"allow_list", "exposure/public", "encryption/enabled"} <= set(document.unknown)
    assert "allow_list" in the(_adb()).unknown


def _clickhouse(**values: Any) -> Any:
    return the(block("alicloud_click_house_db_cluster.c", values))


def test_clickhouse() -> None:
    lists = [{"security_ip_list": "10.0.0.1,0.0.0.0/0"}]
    open_ = _clickhouse(db_cluster_access_white_list=lists, allocate_public_connection=True)
    assert open_.facts["exposure"]["public"] is True
    assert open_.facts["encryption"]["enabled"] is False
    own = _clickhouse(encryption_type="CloudDisk", encryption_key="alias/own").facts
    assert own["encryption"]["key_manager"] == "customer"
    unknown = {"allow_list", "tls/required", "exposure/public", "encryption/enabled"}
    assert unknown <= set(_clickhouse(encryption_type=APPLY).unknown)


@pytest.mark.parametrize(("kind", "public"), [(5, False), (4, None), (APPLY, None), (None, None)])
def test_kafka(kind: Any, public: bool | None) -> None:
    values = {"deploy_type": kind} if kind else {}
    facts = the(block("alicloud_alikafka_instance.k", values)).facts
    assert facts["exposure"].get("public") is public
    assert facts["encryption"]["enabled"] is False
    for key, enabled in (("alias/own", True), (APPLY, None)):
        found = the(block("alicloud_alikafka_instance.k", {"kms_key_id": key})).facts
        assert found["encryption"].get("enabled") is enabled
