"""Serverless warehouses of Redshift, which moto does not serve: by a scripted server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.reachability import OPEN_BY, Ground
from collectors.aws.redshift_workgroups import NAMESPACE, WORKGROUP, workgroups
from collectors.aws.services.redshift_snapshots import SERVERLESS_SNAPSHOT, serverless_snapshots
from collectors.aws.volume_backup import NO_BACKUP
from collectors.aws.workgroup_facts import backup, workgroup_exposure
from collectors.document import Document, Unknown
from collectors.facts.shared import Backup, BackupCopy, Exposure, Rule
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import JSON, XML, Reply, Scripted, error, scripted

REGION = "us-east-1"
ARN = f"arn:aws:redshift-serverless:{REGION}:123456789012"
DENIAL = Unknown("AccessDenied: x:Y")
WORKGROUP_ITEM: dict[str, Any] = {
    "workgroupName": "reports",
    "workgroupArn": f"{ARN}:workgroup/1",
    "workgroupVersion": "1.0.1",
    "namespaceName": "facts",
    "publiclyAccessible": False,
    "subnetIds": ["subnet-1"],
    "securityGroupIds": ["sg-1"],
    "port": 5439,
    "configParameters": [
        {"parameterKey": "require_ssl", "parameterValue": "true"},
        {"parameterKey": "enable_user_activity_logging", "parameterValue": "true"},
    ],
}
NAMESPACE_ITEM: dict[str, Any] = {
    "namespaceName": "facts",
    "namespaceArn": f"{ARN}:namespace/1",
    "kmsKeyId": "AWS_OWNED_KMS_KEY",
    "logExports": ["useractivitylog", "userlog"],
}


def reply(**body: Any) -> Reply:
    return Reply(200, json.dumps(body), JSON)


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def collected(server: Scripted, open_account: OpenAccount) -> Any:
    """The documents by native type and name, of an account with one workgroup, after changes to
    the answers of operations."""

    def collect(collector: Any = workgroups, **changes: Reply) -> dict[tuple[str, str], Document]:
        nothing = Reply(200, "<Response/>", XML)
        answers = {
            "ListWorkgroups": reply(workgroups=[WORKGROUP_ITEM]),
            "ListNamespaces": reply(namespaces=[NAMESPACE_ITEM]),
            "ListSnapshotCopyConfigurations": reply(snapshotCopyConfigurations=[]),
            "ListTagsForResource": reply(tags=[{"key": "system", "value": "bank"}]),
            "DescribeLogGroups": reply(logGroups=[]),
            "*": nothing,
        } | changes
        server.replies = {operation: [answer] for operation, answer in answers.items()}
        found = collector(open_account(server.url), REGION)
        return {(one.native_type, one.name): one for one in found}

    return collect


def test_a_workgroup_and_its_namespace(collected: Any) -> None:
    (found,) = collected().values()
    assert (found.id, found.tags) == (f"{ARN}:workgroup/1", {"system": "bank"})
    facts = found.facts
    assert facts["tls"] == {"required": True, "policy": None}
    assert facts["encryption"]["key_manager"] == "provider"
    assert facts["audit_log"]["enabled"] is True
    group = "log-group:/aws/redshift/facts/useractivitylog"
    assert facts["audit_log"]["destination"] == f"arn:aws:logs:{REGION}:123456789012:{group}"
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["backup"]["point_in_time"] is False
    assert (facts["engine"], facts["engine_version"]) == ("redshift", "1.0.1")


def test_what_is_denied_is_unknown(collected: Any) -> None:
    denied = error("AccessDeniedException", 403)
    found = collected(
        ListNamespaces=denied, ListSnapshotCopyConfigurations=denied, ListTagsForResource=denied
    )
    unlisted = [one for one in found.values() if one.unlisted]
    assert [one.native_type for one in unlisted] == [NAMESPACE]
    workgroup = found[WORKGROUP, "reports"]
    reason = "AccessDeniedException: redshift-serverless:ListNamespaces"
    assert workgroup.unknown["encryption"] == workgroup.unknown["backup"] == reason
    assert workgroup.unknown["audit_log/enabled"] == reason
    tags = "AccessDeniedException: redshift-serverless:ListTagsForResource"
    assert workgroup.unknown["tags"] == tags
    copies = collected(ListSnapshotCopyConfigurations=denied)[WORKGROUP, "reports"]
    assert copies.unknown["backup/copies"] == (
        "AccessDeniedException: redshift-serverless:ListSnapshotCopyConfigurations"
    )
    untagged = collected(ListTagsForResource=denied)[WORKGROUP, "reports"]
    assert untagged.unknown["backup/retention_days"] == tags
    assert "enabled" in untagged.facts["backup"]
    nothing = collected(ListWorkgroups=denied)
    assert [(one.native_type, one.unlisted) for one in nothing.values()] == [(WORKGROUP, True)]


def test_a_namespace_without_a_workgroup_is_not_forgotten(collected: Any) -> None:
    (found,) = collected(ListWorkgroups=reply(workgroups=[])).values()
    assert (found.native_type, found.id) == (NAMESPACE, f"{ARN}:namespace/1")
    assert found.facts["encryption"]["enabled"] is True
    assert found.facts["subnet_routes_to_internet"] is None
    assert found.unknown["tls/required"] == "a namespace without a workgroup answers nobody"
    assert collected(ListWorkgroups=reply(workgroups=[]), ListNamespaces=reply(namespaces=[])) == {}


def test_what_a_workgroup_is_set_to(collected: Any) -> None:
    plain = {**WORKGROUP_ITEM, "configParameters": []}
    changed = {**NAMESPACE_ITEM, "logExports": ["userlog"]}
    (found,) = collected(
        ListWorkgroups=reply(workgroups=[plain]), ListNamespaces=reply(namespaces=[changed])
    ).values()
    default = "the parameter require_ssl has no value of its own: the engine's default holds"
    assert found.unknown["tls/required"] == default
    assert found.facts["audit_log"]["enabled"] is False
    (found,) = collected(ListWorkgroups=reply(workgroups=[plain])).values()
    assert "enable_user_activity_logging" in found.unknown["audit_log/enabled"]
    (found,) = collected(ListNamespaces=reply(namespaces=[])).values()
    assert found.unknown["encryption"] == "the namespace of the workgroup is not listed"


OPEN = [Rule(direction="ingress", from_port=5439, to_port=5439, sources=["0.0.0.0/0", "::/0"])]
TABLE = {
    "VpcId": "vpc-1",
    "Associations": [{"Main": True}],
    "Routes": [
        {"GatewayId": "igw-1", "DestinationCidrBlock": "0.0.0.0/0"},
        {"GatewayId": "igw-1", "DestinationIpv6CidrBlock": "::/0"},
    ],
}
GROUND = Ground(subnets={}, tables=[TABLE], rules={"sg-1": OPEN, "sg-2": []})
PUBLIC = Exposure(public=True, via=[OPEN_BY])
PRIVATE = Exposure(public=False, via=[])


@pytest.mark.parametrize(
    ("change", "vpc", "expected"),
    [
        ({"publiclyAccessible": True}, "vpc-1", PUBLIC),
        ({}, "vpc-1", PRIVATE),
        ({"ipAddressType": "dualstack"}, "vpc-1", PUBLIC),
        ({"publiclyAccessible": True, "securityGroupIds": ["sg-2"]}, "vpc-1", PRIVATE),
        ({"publiclyAccessible": True, "port": 8191}, "vpc-1", PRIVATE),
        ({"publiclyAccessible": True}, DENIAL, Exposure(public=DENIAL, via=DENIAL)),
        ({}, DENIAL, PRIVATE),
    ],
)
def test_who_reaches_a_workgroup(change: Any, vpc: str | Unknown, expected: Exposure) -> None:
    assert workgroup_exposure({**WORKGROUP_ITEM, **change}, vpc, GROUND) == expected


def test_backups_of_a_namespace() -> None:
    copies = [
        {"namespaceName": "facts", "destinationRegion": "us-west-2"},
        {"namespaceName": "other", "destinationRegion": "eu-west-1"},
    ]
    copy = BackupCopy(region="us-west-2", account="1", kind="snapshot-copy")
    assert backup("facts", copies, NO_BACKUP, "1") == Backup(
        enabled=True, retention_days=1, point_in_time=False, copies=[copy]
    )
    planned = Backup(enabled=True, retention_days=35, point_in_time=False, copies=DENIAL)
    found = backup("facts", copies, planned, "1")
    assert (found.retention_days, found.copies) == (35, DENIAL)


def test_serverless_snapshots(collected: Any) -> None:
    item = {
        "snapshotName": "before",
        "snapshotArn": f"{ARN}:snapshot/1",
        "ownerAccount": "123456789012",
        "kmsKeyId": "AWS_OWNED_KMS_KEY",
        "accountsWithRestoreAccess": ["999988887777"],
        "accountsWithProvisionedRestoreAccess": ["111122223333", "999988887777"],
    }
    theirs = item | {"snapshotName": "theirs", "ownerAccount": "111122223333"}
    listed = reply(snapshots=[item, theirs])
    (found,) = collected(serverless_snapshots, ListSnapshots=listed).values()
    assert found.facts["shared_with"] == ["111122223333", "999988887777"]
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.unknown == {"created": "the snapshot is still being made"}
    (denied,) = collected(serverless_snapshots, ListSnapshots=error("AccessDenied", 403)).values()
    assert (denied.native_type, denied.unlisted) == (SERVERLESS_SNAPSHOT, True)
