"""Whose key an argument names in templates of Alibaba Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")


@pytest.mark.parametrize(
    ("key", "manager"),
    [
        (Reference("alicloud_kms_key.k", "id"), "customer"),
        (Reference("alicloud_kms_alias.a", "id"), "customer"),
        (Reference("module.keys.alicloud_kms_key.k", "id"), "customer"),
        ("alias/own", "customer"),
        ("acs:kms:cn-hangzhou:111122223333:alias/own", "customer"),
        ("alias/acs/ecs", "provider"),
        (None, "provider"),
        ("", "provider"),
        # The id of a service's own key is one like any other.
        ("08ec3bb9-034f-485b-b1cd-3459baa80000", None),
        (Reference("data.alicloud_kms_keys.k", "ids"), None),
        (Reference("data.alicloud_kms_aliases.a", "names"), None),
        (Reference("module.keys.data.alicloud_kms_keys.k", "ids"), None),
        (Reference("alicloud_ecs_disk.other", "kms_key_id"), "provider"),
        (APPLY, None),
    ],
)
def test_whose_key_it_is(key: Any, manager: str | None) -> None:
    around = (
        block("alicloud_kms_key.k", {}),
        block("alicloud_kms_alias.a", {"alias_name": "alias/own"}),
        block("data.alicloud_kms_keys.k", {"description_regex": "ecs"}),
        block("alicloud_ecs_disk.other", {"kms_key_id": "alias/acs/ecs"}),
    )
    disk = the(block("alicloud_ecs_disk.d", {"encrypted": True, "kms_key_id": key}), *around)
    rule = {"sse_algorithm": "KMS", "kms_master_key_id": key}
    bucket = the(block("alicloud_oss_bucket.b", {"server_side_encryption_rule": [rule]}), *around)
    for found in (disk, bucket):
        assert found.facts["encryption"].get("key_manager") == manager
        assert ("encryption/key_manager" in found.unknown) == (manager is None)
