"""NAS file systems and Cloud Backup over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.account import Service
from collectors.aliyun.backup_plans import NO_BACKUP, Protection, backup_of
from collectors.aliyun.services import cloud_backup, nas
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import REGION, AliyunServer, Fault

Collected = Callable[..., dict[str, Any]]
ACCOUNT = "1234567890123456"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("nas", "hbr", "kms")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """A service's documents by name; calls of an operation that is named are denied."""

    def collect(service: Service, *denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="Forbidden.RAM") if asked.operation in denied else None
        )
        assert service.region
        return by_name(service.region(open_account(server, made=made), REGION))

    return collect


def test_file_systems(collected: Collected) -> None:
    found = collected(nas.SERVICE)
    core = found["core-files"]
    assert (core.unknown, core.tags) == ({}, {"system": "core-bank"})
    assert core.facts["encryption"]["key_manager"] == "customer"
    assert (core.facts["mount_ranges"], core.facts["redundancy"]) == (
        ["10.0.1.0/24"],
        "multi-zone",
    )
    # The policy keeps longer than the plan, whose vault has no mirror.
    assert core.facts["backup"] == {
        "enabled": True,
        "retention_days": 30,
        "point_in_time": False,
        "copies": [{"region": "cn-beijing", "account": ACCOUNT, "kind": "backup"}],
    }
    scratch = found["scratch"]
    assert scratch.unknown == {}
    assert scratch.facts["encryption"]["enabled"] is False
    # The default access group lists no rule and admits everybody.
    assert scratch.facts["mount_ranges"] == ["0.0.0.0/0"]
    assert scratch.facts["exposure"] == {"public": False, "via": []}
    assert scratch.facts["backup"]["enabled"] is False
    assert "MountTargets" not in scratch.native


def test_vaults(collected: Collected) -> None:
    found = collected(cloud_backup.SERVICE)
    core, old = found["core"], found["old"]
    assert set(core.unknown) == {"encryption/algorithm"}
    assert core.facts["encryption"]["key_manager"] == "customer"
    # Of the policies that write to it, the one for instances keeps backups shortest.
    assert (core.facts["lock_days"], core.facts["redundancy"]) == (14, "multi-zone")
    assert (old.facts["lock_days"], old.facts["redundancy"]) == (None, "zone")
    assert [one["account"] for one in old.facts["policy"]] == ["6543210987654321"]


def test_policies_and_plans(collected: Collected) -> None:
    found = collected(cloud_backup.SERVICE)
    assert found["nas"].facts == {
        "resources": 1,
        "schedule": "I|1648647166|P1D",
        "retention_days": 30,
        "copies": [{"region": "cn-beijing", "account": ACCOUNT, "vault": "v-core-beijing"}],
    }
    assert [one["region"] for one in found["ecs"].facts["copies"]] == [
        "cn-beijing",
        "ap-southeast-1",
    ]
    weekly = found["nas-weekly"].facts
    assert (weekly["resources"], weekly["retention_days"], weekly["copies"]) == (1, 5, [])
    assert found["nas-paused"].facts["resources"] == 0


def test_a_lock_holds_as_long_as_the_shortest_plan(collected: Collected) -> None:
    for operation in ("DescribePoliciesV2", "DescribeBackupPlans"):
        found = collected(cloud_backup.SERVICE, operation)
        assert "lock_days" in found["core"].unknown
        assert found["old"].facts["lock_days"] is None


BACKUP = {"backup/enabled", "backup/retention_days", "backup/copies"}


@pytest.mark.parametrize(
    ("operation", "name", "unknown"),
    [
        ("DescribeAccessRules", "scratch", {"mount_ranges"}),
        ("DescribeKey", "core-files", {"encryption/key_manager"}),
        ("DescribePolicyBindings", "scratch", BACKUP),
        ("DescribePolicyBindings", "core-files", BACKUP - {"backup/enabled"}),
        ("DescribeBackupPlans", "scratch", BACKUP),
        ("DescribeBackupPlans", "core-files", BACKUP - {"backup/enabled"}),
        ("DescribePoliciesV2", "core-files", BACKUP - {"backup/enabled"}),
        ("DescribeVaults", "core-files", {"backup/copies"}),
    ],
)
def test_a_denial_leaves_facts_of_file_systems_unknown(
    collected: Collected, operation: str, name: str, unknown: set[str]
) -> None:
    assert set(collected(nas.SERVICE, operation)[name].unknown) == unknown


def test_without_vaults_the_copies_of_policies_are_unknown(collected: Collected) -> None:
    found = collected(cloud_backup.SERVICE, "DescribeVaults")
    assert set(found["nas"].unknown) == {"copies"}
    assert found["ACS::HBR::Vault (could not be listed)"].unlisted


@pytest.mark.parametrize(
    ("service", "operation", "native"),
    [
        (nas.SERVICE, "DescribeFileSystems", nas.NATIVE),
        (cloud_backup.SERVICE, "DescribePoliciesV2", cloud_backup.POLICY),
        (cloud_backup.SERVICE, "DescribeBackupPlans", cloud_backup.PLAN),
    ],
)
def test_what_cannot_be_listed_has_a_stand_in(
    collected: Collected, service: Service, operation: str, native: str
) -> None:
    found = collected(service, operation)[f"{native} (could not be listed)"]
    assert set(found.unknown.values()) == {
        f"Forbidden.RAM: {'nas' if service is nas.SERVICE else 'hbr'}:{operation}"
    }


@pytest.mark.parametrize("service", [nas.SERVICE, cloud_backup.SERVICE])
def test_the_services_declare_what_they_ask(collected: Collected, service: Service) -> None:
    made: set[Call] = set()
    collected(service, made=made)
    assert made == set(service.calls)


def test_what_is_not_backed_up_is_only_sure_when_all_was_read() -> None:
    nothing = Protection(bindings=[], policies={}, plans=[], vaults={})
    assert backup_of("nas-1", "FileSystemId", nothing, ACCOUNT) == NO_BACKUP
    doubt = Unknown("denied")
    partly = Protection(bindings=[], policies={}, plans=doubt, vaults={})
    assert backup_of("nas-1", "FileSystemId", partly, ACCOUNT).enabled == doubt
    paused = Protection(
        bindings=[{"DataSourceId": "nas-1", "PolicyId": "po-1", "Disabled": True}],
        policies={},
        plans=[],
        vaults={},
    )
    assert backup_of("nas-1", "FileSystemId", paused, ACCOUNT) == NO_BACKUP
