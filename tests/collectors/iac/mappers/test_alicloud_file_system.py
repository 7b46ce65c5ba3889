"""File systems of NAS, with who mounts them and what backs them up; Cloud Backup itself."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
PLACE = {"region": "cn-hangzhou"}
SYSTEM = Reference("alicloud_nas_file_system.f", "id")
PLAIN = block("alicloud_nas_file_system.f", {"protocol_type": "NFS"}, PLACE)
VAULT = block("alicloud_hbr_vault.v", {"vault_name": "v"}, PLACE)
MIRROR = block(
    "alicloud_hbr_replication_vault.m",
    {"vault_name": "m", "replication_source_vault_id": Reference("alicloud_hbr_vault.v", "id")},
    {"region": "cn-beijing"},
)


def _plan(**more: Any) -> Block:
    vault = Reference("alicloud_hbr_vault.v", "id")
    values = {"file_system_id": SYSTEM, "vault_id": vault, "retention": "30", "schedule": "I|1|P1D"}
    return block("alicloud_hbr_nas_backup_plan.p", {**values, **more})


def _bound(to: Any) -> Block:
    return block("alicloud_hbr_policy_binding.b", {"data_source_id": to, "policy_id": "p"})


def _target(group: Any) -> Block:
    values = {"file_system_id": SYSTEM} | ({"access_group_name": group} if group else {})
    return block("alicloud_nas_mount_target.t", values)


GROUP = block("alicloud_nas_access_group.g", {"access_group_name": "g"})


def _rule(source: Any) -> Block:
    return block("alicloud_nas_access_rule.r", {"access_group_name": "g", "source_cidr_ip": source})


def test_a_guarded_file_system() -> None:
    document = the(
        block(
            "alicloud_nas_file_system.f",
            {
                "description": "share",
                "protocol_type": "NFS",
                "encrypt_type": 2,
                "kms_key_id": "alias/own",
                "redundancy_type": "ZRS",
            },
            PLACE,
        ),
        _target(Reference("alicloud_nas_access_group.g", "access_group_name")),
        GROUP,
        _rule("10.0.0.0/8"),
        _plan(),
        VAULT,
        MIRROR,
    )
    assert document.name == "share"
    assert document.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "alias/own",
            "algorithm": "AES-256",
        },
        "tls": {"minimum": "none", "required": False, "policy": None},
        "mount_ranges": ["10.0.0.0/8"],
        "exposure": {"public": False, "via": []},
        "backup": {
            "enabled": True,
            "retention_days": 30,
            "point_in_time": False,
            "copies": [{"region": "cn-beijing", "account": "template", "kind": "backup"}],
        },
        "redundancy": "multi-zone",
    }


def test_a_file_system_of_which_little_is_written() -> None:
    document = the(PLAIN)
    facts = document.facts
    assert facts["encryption"]["enabled"] is False
    # Who mounts it stands elsewhere.
    assert "mount_ranges" in document.unknown
    assert facts["backup"]["enabled"] is False


@pytest.mark.parametrize(
    ("others", "ranges"),
    [
        ([_target("DEFAULT_VPC_GROUP_NAME")], ["0.0.0.0/0"]),
        ([_target("g"), GROUP, _rule("0.0.0.0/0")], ["0.0.0.0/0"]),
        ([_target("g"), GROUP], []),
        ([_target("elsewhere")], [None]),
        ([_target(None)], [None]),
        ([_target(APPLY)], [None]),
        ([_target("DEFAULT_VPC_GROUP_NAME"), _target(APPLY)], ["0.0.0.0/0", None]),
    ],
)
def test_who_may_mount_it(others: list[Block], ranges: list[str | None]) -> None:
    assert the(PLAIN, *others).facts.get("mount_ranges") == ranges


def test_a_rule_whose_source_is_decided_at_apply() -> None:
    document = the(PLAIN, _target("g"), GROUP, _rule(APPLY))
    assert document.unknown["mount_ranges/0"] == APPLY.reason


@pytest.mark.parametrize(
    ("others", "enabled"),
    [
        ([_plan(disabled=True), VAULT], False),
        ([_plan(disabled=APPLY), VAULT], None),
        ([_plan(file_system_id=APPLY), VAULT], None),
        ([_bound(SYSTEM)], True),
        ([_bound(APPLY)], None),
    ],
)  # fmt: skip
def test_what_backs_it_up(others: list[Block], enabled: bool | None) -> None:
    assert the(PLAIN, *others).facts["backup"].get("enabled") is enabled


def test_a_file_system_that_is_decided_at_apply() -> None:
    arguments = ("protocol_type", "encrypt_type", "redundancy_type")
    document = the(block("alicloud_nas_file_system.f", dict.fromkeys(arguments, APPLY)))
    assert document.unknown["encryption/enabled"] == APPLY.reason
    assert "tls/required" in document.unknown


RULES = [
    {
        "rule_type": "BACKUP",
        "schedule": "I|1|P1D",
        "vault_id": Reference("alicloud_hbr_vault.v", "id"),
    },
    {"rule_type": "TRANSITION", "retention": 60},
    {"rule_type": "REPLICATION", "replication_region_id": "cn-shanghai", "retention": 7},
]


def test_a_policy_with_what_is_bound_to_it() -> None:
    policy = block("alicloud_hbr_policy.p", {"policy_name": "daily", "rules": RULES}, PLACE)
    link = {"policy_id": Reference("alicloud_hbr_policy.p", "id"), "data_source_id": SYSTEM}
    found = documents(policy, VAULT, PLAIN, block("alicloud_hbr_policy_binding.b", link))
    plan = found[0].facts
    assert (plan["resources"], plan["schedule"], plan["retention_days"]) == (1, "I|1|P1D", 60)
    assert [copy["region"] for copy in plan["copies"]] == ["cn-shanghai"]
    assert found[2].facts["backup"]["retention_days"] == 60


def test_a_policy_that_is_decided_at_apply() -> None:
    document = the(block("alicloud_hbr_policy.p", {"rules": APPLY}))
    assert {"schedule", "retention_days", "copies"} <= set(document.unknown)


def test_a_vault_with_the_key_of_the_service_or_the_customers() -> None:
    facts = the(VAULT).facts
    assert facts["encryption"]["key_manager"] == "provider"
    assert facts["region"] == "cn-hangzhou"
    assert "lock_days" in the(VAULT).unknown
    own = {"encrypt_type": "KMS", "kms_key_id": "alias/own", "worm_enabled": False}
    facts = the(block("alicloud_hbr_vault.v", own)).facts
    assert (facts["encryption"]["key_manager"], facts["lock_days"]) == ("customer", None)
    assert (
        "encryption/key_manager"
        in the(block("alicloud_hbr_vault.v", {"encrypt_type": APPLY})).unknown
    )


def test_a_plan_that_is_paused() -> None:
    facts = the(_plan(disabled=True), VAULT).facts
    assert (facts["resources"], facts["retention_days"], facts["copies"]) == (0, 30, [])
