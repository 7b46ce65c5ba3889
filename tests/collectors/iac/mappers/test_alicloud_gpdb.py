"""Instances of AnalyticDB for PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
OWN = Reference("alicloud_gpdb_instance.g", "id")
PUBLIC = block("alicloud_gpdb_connection.p", {"instance_id": OWN})


def _instance(*others: Any, **values: Any) -> Document:
    return the(block("alicloud_gpdb_instance.g", {"vswitch_id": "vsw-1", **values}), *others)


def _list(*ranges: Any, **values: Any) -> Any:
    return block(
        "alicloud_gpdb_db_instance_ip_array.l",
        {"db_instance_id": OWN, "security_ip_list": list(ranges), **values},
    )


def test_a_guarded_instance() -> None:
    policy = {
        "db_instance_id": OWN,
        "preferred_backup_period": "Monday",
        "backup_retention_period": 7,
        "enable_recovery_point": True,
    }
    document = _instance(
        PUBLIC,
        block("alicloud_gpdb_backup_policy.b", policy),
        description="reports",
        ip_whitelist=[{"security_ip_list": "10.0.0.1"}],
        ssl_enabled=1,
        encryption_type="CloudDisk",
        encryption_key="key-1",
    )
    facts = document.facts
    assert (document.name, facts["network_kind"]) == ("reports", "vpc")
    assert (facts["allow_list"], facts["exposure"]["public"]) == (["10.0.0.1/32"], False)
    assert facts["encryption"]["key_id"] == "key-1"
    backup = facts["backup"]
    assert (backup["enabled"], backup["retention_days"], backup["point_in_time"]) == (True, 7, True)
    assert {"tls/minimum", "tls/required"} <= document.unknown.keys()


@pytest.mark.parametrize(
    ("others", "values"),
    [
        ((), {"ip_whitelist": [{"security_ip_list": "10.0.0.1,0.0.0.0/0"}]}),
        ((), {"security_ip_list": ["0.0.0.0"]}),
        ((_list("0.0.0.0/0"),), {}),
    ],
)
def test_an_open_instance(others: Any, values: dict[str, Any]) -> None:
    facts = _instance(PUBLIC, *others, ssl_enabled="0", encryption_type="NULL", **values).facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert (facts["tls"]["minimum"], facts["tls"]["required"]) == ("none", False)
    assert facts["encryption"]["enabled"] is False


def test_what_is_not_written() -> None:
    """The list lets nobody in, and disks are not encrypted."""
    document = _instance(PUBLIC)
    assert document.facts["allow_list"] == ["127.0.0.1/32"]
    assert document.facts["exposure"]["public"] is False
    assert document.facts["encryption"]["enabled"] is False
    assert {"backup/enabled", "tls/minimum", "tls/required"} <= document.unknown.keys()


@pytest.mark.parametrize(
    ("others", "values", "path"),
    [
        ((PUBLIC,), {"ip_whitelist": APPLY}, "exposure/public"),
        ((PUBLIC,), {"ip_whitelist": [{"security_ip_list": APPLY}]}, "exposure/public"),
        ((PUBLIC, _list(APPLY)), {}, "exposure/public"),
        ((PUBLIC, _list("10.0.0.1", db_instance_id=APPLY)), {}, "exposure/public"),
        ((PUBLIC, _list("0.0.0.0/0", modify_mode="Delete")), {}, "exposure/public"),
        (
            (block("alicloud_gpdb_connection.p", {"instance_id": APPLY}),),
            {"security_ip_list": ["0.0.0.0/0"]},
            "exposure/public",
        ),
        ((), {"ssl_enabled": APPLY}, "tls/required"),
        ((), {"encryption_type": APPLY}, "encryption/enabled"),
        ((), {"encryption_type": "Other"}, "encryption/enabled"),
        ((), {"encryption_type": "CloudDisk"}, "encryption/key_manager"),
        (
            (block("alicloud_gpdb_backup_policy.b", {"db_instance_id": APPLY}),),
            {},
            "backup/enabled",
        ),
    ],
)
def test_what_is_open(others: Any, values: dict[str, Any], path: str) -> None:
    assert path in _instance(*others, **values).unknown


def test_an_instance_of_the_older_type() -> None:
    old = "alicloud_gpdb_elastic_instance.o"
    public = block("alicloud_gpdb_connection.p", {"instance_id": Reference(old)})
    wide = {"db_instance_description": "old", "security_ip_list": ["0.0.0.0/0"]}
    found = the(block(old, wide | {"vswitch_id": "vsw-1"}), public)
    assert (found.name, found.facts["exposure"]["public"]) == ("old", True)
    assert found.facts["encryption"]["enabled"] is False
    assert {"tls/minimum", "backup/enabled"} <= found.unknown.keys()
