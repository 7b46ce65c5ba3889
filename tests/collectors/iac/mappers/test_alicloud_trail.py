"""Trails of ActionTrail with the stores that they deliver to."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, unknown

APPLY = Unknown("var.x is decided at apply")
PLACE = {"region": "cn-hangzhou"}


def _audit(*blocks: Block) -> Document:
    (found,) = (one for one in documents(*blocks) if one.type == "account.audit")
    return found


def _trail(document: Document) -> dict[str, Any]:
    (found,) = document.facts["trails"]
    assert isinstance(found, dict)
    return found


def test_a_trail_into_a_guarded_bucket() -> None:
    """Of regions and state nothing is written: all of them, from the start."""
    document = _audit(
        block(
            "alicloud_actiontrail_trail.t",
            {
                "event_rw": "All",
                "trail_name": "everything",
                "oss_bucket_name": Reference("alicloud_oss_bucket.b", "bucket"),
                "oss_key_prefix": "trail/",
                "is_organization_trail": True,
            },
            PLACE,
        ),
        block(
            "alicloud_oss_bucket.b",
            {
                "bucket": "logs",
                "lifecycle_rule": [
                    {"enabled": True, "prefix": "trail/", "expiration": [{"days": 400}]},
                    {"enabled": True, "prefix": "tmp/", "expiration": [{"days": 1}]},
                ],
                "server_side_encryption_rule": [{"sse_algorithm": "AES256"}],
                "versioning": [{"status": "Enabled"}],
            },
            PLACE,
        ),
        block(
            "alicloud_oss_bucket_public_access_block.p",
            {"bucket": Reference("alicloud_oss_bucket.b", "bucket"), "block_public_access": True},
        ),
        block(
            "alicloud_oss_bucket_worm.w",
            {"bucket": "logs", "retention_period_in_days": 180, "status": "Locked"},
        ),
    )
    assert (document.region, document.name) == ("global", "t")
    assert document.facts == {
        "trails": [
            {
                "id": "main.tf#alicloud_actiontrail_trail.t",
                "all_regions": True,
                "management_writes": True,
                "management_reads": True,
                "data_events": [],
                "logging": True,
                "integrity_validation": None,
                "encryption": {
                    "enabled": True,
                    "key_manager": "provider",
                    "key_id": None,
                    "algorithm": "AES256",
                },
                "destination": {
                    "store": "main.tf#alicloud_oss_bucket.b",
                    "account": "template",
                    "region": "cn-hangzhou",
                },
                "retention_days": 400,
                "store_exposure": {"public": False, "via": []},
                "store_versioning": True,
                "store_lock_days": 180,
                "delivery_error": None,
            }
        ],
        "central": True,
    }
    assert set(unknown(document)) == {"alarms", "provider_operations_visible"}


def test_a_trail_that_misses_much_and_leaks() -> None:
    document = _audit(
        block(
            "alicloud_actiontrail_trail.t",
            {
                "name": "writes",
                "event_rw": "Read",
                "trail_region": "cn-beijing",
                "status": "Disable",
                "oss_bucket_name": "logs",
                "event_selectors": '[{"ServiceName": "Oss"}, {"ServiceName": "Kms", "EventName":'
                ' ["Decrypt"]}]',
            },
        ),
        block("alicloud_oss_bucket.b", {"bucket": "logs", "acl": "public-read"}),
    )
    trail = _trail(document)
    assert (trail["all_regions"], trail["management_writes"], trail["logging"]) == (False,) * 3
    assert trail["data_events"] == ["Oss"]
    assert trail["store_exposure"] == {"public": True, "via": ["acl"]}
    assert (trail["store_versioning"], trail["store_lock_days"]) == (False, 0)
    assert trail["encryption"]["enabled"] is False
    assert trail["retention_days"] is None
    assert "central" in document.unknown


def test_a_trail_into_a_project_of_log_service() -> None:
    arn = "acs:log:cn-hangzhou:1234567890123456:project/audit"
    trail = block("alicloud_actiontrail_trail.t", {"trail_name": "all", "sls_project_arn": arn})
    alone = _audit(trail)
    assert _trail(alone)["destination"] == {
        "store": "audit/actiontrail_all",
        "region": "cn-hangzhou",
    }
    assert _trail(alone)["store_versioning"] is None
    assert {"trails/0/retention_days", "trails/0/store_exposure/public"} <= set(alone.unknown)
    found = _audit(
        trail,
        block("alicloud_log_project.p", {"project_name": "audit"}),
        block(
            "alicloud_log_store.s",
            {"project_name": "audit", "logstore_name": "actiontrail_all", "retention_period": 200},
        ),
    )
    assert _trail(found)["retention_days"] == 200
    assert _trail(found)["store_exposure"] == {"public": False, "via": []}


def test_of_two_stores_the_one_that_keeps_longer_counts() -> None:
    rule = {"enabled": True, "expiration": [{"days": 30}]}
    bucket = block("alicloud_oss_bucket.b", {"bucket": "logs", "lifecycle_rule": [rule]})
    values = {"trail_name": "all", "oss_bucket_name": "logs", "sls_project_arn": "acs:log:a:1:b"}
    trail = block("alicloud_actiontrail_trail.t", values)
    assert "trails/0/retention_days" in _audit(trail, bucket).unknown
    store = {"logstore_name": "actiontrail_all", "retention_period": 365}
    kept = block("alicloud_log_store.s", store)
    assert _trail(_audit(trail, bucket, kept))["retention_days"] == 365


def test_two_trails_are_one_document() -> None:
    one = block("alicloud_actiontrail_trail.a", {"trail_name": "one", "oss_bucket_name": "x"})
    other = block("alicloud_actiontrail_trail.b", {"trail_name": "other", "event_rw": "Write"})
    document = _audit(one, other)
    found = document.facts["trails"]
    assert [each.get("management_reads") for each in found] == [None, False]
    assert "trails/0/encryption/enabled" in document.unknown


def test_trails_of_both_types_are_one_document() -> None:
    """Each of its own would fail for what the other records."""
    new = block("alicloud_actiontrail_trail.a", {"trail_name": "new", "oss_bucket_name": "x"})
    older = block("alicloud_actiontrail.old", {"name": "old", "oss_bucket_name": "x"})
    found = _audit(older, new).facts["trails"]
    assert [each.get("management_reads") for each in found] == [None, False]


@pytest.mark.parametrize(
    ("version", "reads"),
    [(">= 1.256.0", True), ("~> 1.200", None), ("1.190.0", False), (None, None)],
)
def test_which_events_are_the_default_goes_by_the_provider(
    version: str | None, reads: bool | None
) -> None:
    provider = {"version": version} if version else {}
    trail = block("alicloud_actiontrail_trail.t", {"oss_bucket_name": "x"}, provider)
    found = _trail(_audit(trail))
    assert found["management_writes"] is True
    assert found.get("management_reads") is reads


def test_the_older_type_records_writes_alone() -> None:
    older = block("alicloud_actiontrail.old", {"name": "old", "oss_bucket_name": "elsewhere"})
    assert _trail(_audit(older))["management_reads"] is False


def test_a_trail_whose_arguments_are_decided_at_apply() -> None:
    arguments = ("event_rw", "trail_region", "status", "event_selectors", "oss_bucket_name")
    document = _audit(block("alicloud_actiontrail_trail.t", dict.fromkeys(arguments, APPLY)))
    assert _trail(document) == {
        "id": "main.tf#alicloud_actiontrail_trail.t",
        "integrity_validation": None,
        "delivery_error": None,
        "encryption": {},
        "destination": {},
        "store_exposure": {},
    }
    assert document.unknown["trails/0/logging"] == APPLY.reason
