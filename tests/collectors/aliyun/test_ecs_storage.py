"""Disks, snapshots and images of ECS over HTTP: encryption, backup, sharing, and denials."""

from __future__ import annotations

import pytest

from collectors.aliyun.account import Service
from collectors.aliyun.services import ecs_disks, ecs_images, ecs_snapshots
from collectors.aliyun.snapshot_policies import FOR_EVER, Plans, backup_of_all, backup_of_disk
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import Collect, collector, empty
from tests.collectors.aliyun.server import AliyunServer
from tests.collectors.aliyun.world import Answers

SERVICES = {
    "disks": ecs_disks.SERVICE,
    "snapshots": ecs_snapshots.SERVICE,
    "images": ecs_images.SERVICE,
}
KEY = {"encryption/key_manager"}
KEPT = {"backup/retention_days", "backup/copies"}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("ecs", "hbr", "kms", "resourcesharing")


@pytest.fixture(scope="module")
def collect(server: AliyunServer, open_account: OpenAccount) -> dict[str, Collect]:
    return {name: collector(server, open_account, service) for name, service in SERVICES.items()}


def test_disks(collect: dict[str, Collect]) -> None:
    found = collect["disks"]()
    core = found["d-core"].facts
    assert found["d-core"].id == "acs:ecs:cn-hangzhou:1234567890123456:disk/d-core"
    assert found["d-core"].unknown == {}
    assert core["encryption"] == {
        "enabled": True, "key_manager": "customer", "key_id": "key-db", "algorithm": "aes-256",
    }  # fmt: skip
    assert (core["attached"], core["size_bytes"], core["zone"]) == (True, 40 << 30, "cn-hangzhou-i")
    assert (core["backup"]["retention_days"], core["delete_with_instance"]) == (30, True)
    web = found["d-web"].facts
    assert (web["encryption"]["enabled"], web["backup"]["enabled"]) == (False, False)
    app = found["d-app"].facts
    assert app["encryption"]["key_manager"] == "provider"
    assert app["backup"]["copies"][0]["region"] == "ap-southeast-1"
    spare = found["d-spare"]
    assert (spare.facts["attached"], set(spare.unknown)) == (False, {"zone"})


def test_snapshots(collect: dict[str, Collect]) -> None:
    found = collect["snapshots"]()
    core, gone = found["s-core"].facts, found["s-gone"].facts
    assert (core["shared_with"], core["source_exists"]) == ([], True)
    assert core["encryption"]["key_manager"] == "customer"
    assert (gone["shared_with"], gone["source_exists"]) == (["9988776655443322"], False)
    assert (gone["encryption"]["enabled"], gone["created"]) == (False, "2021-08-20T14:52:28Z")
    # The disk of a copy is in another region.
    assert found["s-copy"].facts["source_exists"] is None


def test_images(collect: dict[str, Collect]) -> None:
    found = collect["images"]()
    assert found["core"].id == "acs:ecs:cn-hangzhou:1234567890123456:image/m-core"
    assert found["core"].facts["encryption"]["key_id"] == "key-db"
    assert found["core"].facts["shared_with"] == []
    assert found["open"].facts["encryption"]["enabled"] is False
    # By the image's own list, and by Resource Sharing with a folder of a directory.
    assert found["open"].facts["shared_with"] == ["9988776655443322", "fd-team"]
    assert found["public"].facts["shared_with"] == ["all"]


@pytest.mark.parametrize(
    ("kind", "name", "operation", "unknown"),
    [
        ("disks", "d-core", "DescribeKey", KEY),
        ("disks", "d-core", "DescribeAutoSnapshotPolicyEx", {"backup/enabled", *KEPT}),
        ("disks", "d-core", "DescribePolicyBindings", KEPT),
        ("disks", "d-web", "DescribePolicyBindings", {"backup/enabled", *KEPT}),
        ("disks", "d-app", "DescribePoliciesV2", KEPT),
        ("snapshots", "s-core", "DescribeKey", KEY),
        ("snapshots", "s-core", "DescribeDisks", {"source_exists"}),
        ("snapshots", "s-core", "ListSharedResources", {"shared_with"}),
        ("snapshots", "s-gone", "ListSharedTargets", {"shared_with"}),
        ("images", "core", "DescribeSnapshots", {"encryption"}),
        ("images", "core", "DescribeKey", KEY),
        ("images", "core", "DescribeImageSharePermission", {"shared_with"}),
        ("images", "core", "ListSharedResources", {"shared_with"}),
        ("images", "open", "ListSharedTargets", {"shared_with/1"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: dict[str, Collect], kind: str, name: str, operation: str, unknown: set[str]
) -> None:
    before, found = collect[kind]()[name], collect[kind](operation)[name]
    reasons = {path: reason for path, reason in found.unknown.items() if path not in before.unknown}
    assert set(reasons) == unknown
    for reason in reasons.values():
        assert reason.startswith("Forbidden.RAM")


@pytest.mark.parametrize(
    ("kind", "operation"),
    [("disks", "DescribeDisks"), ("snapshots", "DescribeSnapshots"), ("images", "DescribeImages")],
)
def test_what_cannot_be_listed_has_a_stand_in(
    collect: dict[str, Collect], kind: str, operation: str
) -> None:
    (found,) = collect[kind](operation).values()
    assert found.unlisted
    assert set(found.unknown.values()) == {f"Forbidden.RAM: ecs:{operation}"}


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_an_empty_region_gives_nothing(
    serve: Serve, open_account: OpenAccount, service: Service
) -> None:
    nothing: Answers = {
        "DescribeDisks": [{"body": {"Disks": {"Disk": []}}}],
        "DescribeSnapshots": [{"body": {"Snapshots": {"Snapshot": []}}}],
        "DescribeImages": [{"body": {"TotalCount": 0, "Images": {"Image": []}}}],
    }
    assert empty(service, open_account(serve(world={"ecs": nothing}))) == []


@pytest.mark.parametrize("kind", SERVICES)
def test_the_services_declare_what_they_ask(collect: dict[str, Collect], kind: str) -> None:
    made: set[Call] = set()
    collect[kind](made=made)
    assert made == set(SERVICES[kind].calls)


DISK = {"DiskId": "d-1", "InstanceId": "i-1", "AutoSnapshotPolicyId": "sp-1"}
POLICY = {"RetentionDays": -1, "EnableCrossRegionCopy": True, "TargetCopyRegions": "[cn-beijing]"}
BINDING = {"DataSourceId": "i-1", "PolicyId": "po-1"}
KEEPING = {"Rules": [{"RuleType": "TRANSITION", "Retention": 14}]}


def plans(**changes: object) -> Plans:
    """A snapshot policy for ever, and Cloud Backup for a fortnight."""
    given = {"snapshots": {"sp-1": POLICY}, "bindings": [BINDING], "policies": {"po-1": KEEPING}}
    return Plans(**{**given, **changes})  # type: ignore[arg-type]


def test_of_two_backups_the_longer_one_counts() -> None:
    found = backup_of_disk(DISK, plans(), "1")
    assert (found.retention_days, found.enabled) == (FOR_EVER, True)
    assert [copy.region for copy in found.copies] == ["cn-beijing"]  # type: ignore[union-attr]
    short = plans(snapshots={"sp-1": {"RetentionDays": 1}})
    assert backup_of_disk(DISK, short, "1").retention_days == 14


def test_what_does_not_protect_a_disk() -> None:
    nothing = plans(bindings=[], snapshots={"sp-1": {**POLICY, "Status": "Expire"}})
    assert backup_of_disk(DISK, nothing, "1").enabled is False
    elsewhere = {"AdvancedOptions": {"UdmDetail": {"DiskIdList": ["d-2"]}}}
    left_out = {"AdvancedOptions": {"UdmDetail": {"ExcludeDiskIdList": ["d-1"]}}}
    bare = {**DISK, "AutoSnapshotPolicyId": ""}
    for change in ({"Disabled": True}, elsewhere, left_out):
        assert backup_of_disk(bare, plans(bindings=[{**BINDING, **change}]), "1").enabled is False


def test_policies_that_are_not_visible_leave_open_how_long() -> None:
    found = backup_of_disk(DISK, plans(snapshots={}, bindings=[]), "1")
    assert (found.enabled, isinstance(found.retention_days, Unknown)) == (True, True)
    unnamed = {**DISK, "AutoSnapshotPolicyId": "", "EnableAutomatedSnapshotPolicy": True}
    assert isinstance(backup_of_disk(unnamed, plans(bindings=[]), "1").copies, Unknown)


def test_an_instance_is_backed_up_as_its_worst_disk() -> None:
    good = backup_of_disk(DISK, plans(), "1")
    short = backup_of_disk({**DISK, "AutoSnapshotPolicyId": ""}, plans(), "1")
    none = backup_of_disk({"DiskId": "d-3"}, plans(), "1")
    assert backup_of_all([good, short]).retention_days == 14
    assert backup_of_all([good, none]).enabled is False
    assert backup_of_all([]).enabled is False
