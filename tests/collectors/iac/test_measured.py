"""The page about templates is what is measured, and measuring finds what decides."""

from __future__ import annotations

import pytest

from collectors.document import Unknown
from collectors.iac.mappers import load_mappings
from tests.collectors.iac.measured import PAGE, measure, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make coverage"


@pytest.mark.parametrize(
    ("kind", "fact", "arguments"),
    [
        ("aws_kms_key", "rotation_days", {"enable_key_rotation", "rotation_period_in_days"}),
        (
            "aws_s3_bucket",
            "public_access_block",
            {"aws_s3_bucket_public_access_block.block_public_policy"},
        ),
        ("aws_db_instance", "encryption.key_manager", {"storage_encrypted", "kms_key_id"}),
        ("azurerm_storage_account", "tls.minimum", {"min_tls_version"}),
        ("alicloud_oss_bucket", "versioning", {"alicloud_oss_bucket_versioning.status"}),
    ],
)
def test_what_decides_a_fact(kind: str, fact: str, arguments: set[str]) -> None:
    told = measure(kind, load_mappings()[kind])
    assert told is not None
    assert arguments <= told.by[fact]


def test_what_holds_where_nothing_is_written() -> None:
    told = measure("azurerm_storage_account", load_mappings()["azurerm_storage_account"])
    assert told is not None
    assert told.unwritten["tls.minimum"] == "1.2"
    assert isinstance(told.unwritten["public_access_block"], Unknown)
