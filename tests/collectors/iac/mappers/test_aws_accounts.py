"""A setting of an account holds for what goes to that account, and not to another one."""

from __future__ import annotations

import pytest

from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, documents, the

PLACE = {"region": "cn-north-1"}
OTHER = PLACE | {"profile": "other"}
DISK = block("aws_ebs_volume.v", {"size": 10, "tags": {"keep": "yes"}}, PLACE)


@pytest.mark.parametrize(("place", "enabled"), [(PLACE, True), (OTHER, None)])
def test_encryption_of_disks_by_default(place: dict[str, str], enabled: bool | None) -> None:
    setting = block("aws_ebs_encryption_by_default.e", {"enabled": True}, place)
    assert the(DISK, setting).facts["encryption"].get("enabled") is enabled


@pytest.mark.parametrize(("place", "public"), [(PLACE, False), (OTHER, True)])
def test_the_public_access_block_of_an_account(place: dict[str, str], public: bool) -> None:
    flags = dict.fromkeys(
        (
            "block_public_acls",
            "ignore_public_acls",
            "block_public_policy",
            "restrict_public_buckets",
        ),
        True,
    )
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
    own = {"bucket": Reference("aws_s3_bucket.b")}
    found = the(
        block("aws_s3_bucket.b", {"bucket": "b"}, PLACE),
        block("aws_s3_bucket_policy.p", own | {"policy": {"Statement": [everybody]}}, PLACE),
        block("aws_s3_bucket_public_access_block.o", own | dict.fromkeys(flags, False), PLACE),
        block("aws_s3_account_public_access_block.a", flags, place),
    )
    assert found.facts["exposure"]["public"] is public


@pytest.mark.parametrize(("place", "enabled"), [(PLACE, True), (OTHER, None)])
def test_plans_and_policies_that_take_by_tag(place: dict[str, str], enabled: bool | None) -> None:
    rule = {"target_vault_name": "v", "schedule": "rate(1 day)", "lifecycle": [{"delete_after": 9}]}
    tag = {"type": "STRINGEQUALS", "key": "keep", "value": "yes"}
    chosen = {"plan_id": Reference("aws_backup_plan.p"), "selection_tag": [tag]}
    kinds = {"resource_type_opt_in_preference": {"EBS": True}}
    plan = (
        block("aws_backup_plan.p", {"rule": [rule]}, place),
        block("aws_backup_selection.s", chosen, place),
        block("aws_backup_region_settings.r", kinds, place),
    )
    assert the(DISK, *plan).facts["backup"].get("enabled") is enabled
    daily = {"create_rule": [{"interval": 24}], "retain_rule": [{"count": 14}]}
    details = {"resource_types": ["VOLUME"], "target_tags": {"keep": "yes"}, "schedule": [daily]}
    policy = block("aws_dlm_lifecycle_policy.p", {"policy_details": [details]}, place)
    assert the(DISK, policy).facts["backup"].get("enabled") is enabled


@pytest.mark.parametrize("kind", ["aws_cloudtrail", "alicloud_actiontrail_trail"])
def test_trails_are_those_of_an_account(kind: str) -> None:
    one, again, other = (
        block(f"{kind}.{name}", {}, place)
        for name, place in (("one", PLACE), ("again", {"region": "cn-x"}), ("other", OTHER))
    )
    found = [each.facts["trails"] for each in documents(one, other, again)]
    assert [[trail["id"].rpartition(".")[2] for trail in each] for each in found] == [
        ["one", "again"],
        ["other"],
    ]
