"""ROS templates of another project, each with what it calls compliant and a violation: the fact
that decides is the one that the project means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.iac.check import collect
from collectors.snapshot import open_snapshot

GOLDEN = Path(__file__).parents[3] / "golden" / "iac" / "infraguard"

Facts = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The facts of every resource, by "folder/file" and address."""
    snapshot = tmp_path_factory.mktemp("golden") / "snapshot"
    manifest = collect([GOLDEN], snapshot, tool_version="test")
    assert manifest.failed_calls == []
    assert manifest.providers == ["aliyun"]
    found: Facts = {}
    for each in open_snapshot(snapshot):
        source = each.document.source
        assert source
        file = Path(source.uri).resolve().relative_to(GOLDEN).with_suffix("").as_posix()
        # The first is the resource, others are disks that it is made with.
        found.setdefault((file, source.address), each.document.facts)
    return found


@pytest.mark.parametrize(
    ("file", "address", "path", "expected"),
    [
        ("oss-bucket-only-https-enabled/compliant", "CompliantBucket", "tls/required", True),
        ("oss-bucket-only-https-enabled/violation", "ViolationBucketNoPolicy", "tls/required",
         False),
        ("oss-bucket-only-https-enabled/violation", "ViolationBucketWrongPolicy",
         "exposure/public", True),
        ("oss-bucket-logging-enabled/compliant", "OSSBucket", "logging/enabled", True),
        ("oss-bucket-logging-enabled/violation", "OSSBucket", "logging/enabled", False),
        ("sg-risky-ports-check/compliant", "CompliantSG", "rules/0/sources/0", "10.0.0.0/8"),
        ("sg-risky-ports-check/violation", "ViolationSG", "rules/0/sources/0", "0.0.0.0/0"),
        ("sg-risky-ports-check/violation", "ViolationSG", "rules/1/from_port", 3389),
        ("rds-public-connection-and-any-ip-access-check/compliant", "RDSInstance",
         "exposure/public", False),
        ("rds-public-connection-and-any-ip-access-check/violation", "RDSInstance",
         "exposure/public", True),
        ("kms-key-rotation-enabled/compliant", "CompliantKey", "rotation_days", 30),
        ("kms-key-rotation-enabled/violation", "NonCompliantKey", "rotation_days", None),
        ("slb-all-listener-http-redirect-https/compliant", "SLBListener",
         "listeners/0/redirect_to_https", True),
        ("slb-all-listener-http-redirect-https/violation", "SLBListener",
         "listeners/0/redirect_to_https", False),
        ("ecs-instance-no-public-ip/compliant", "CompliantInstance", "public_ips", []),
        ("mlps-level-2-pre-check/violation", "OSSBucket1", "exposure/public", True),
        ("mlps-level-2-pre-check/violation", "RDSInstance", "exposure/public", True),
        ("mlps-level-2-pre-check/compliant", "DummyResource", "default_egress", "deny"),
        ("generative-ai/compliant", "OSSBucket", "encryption/key_id", "key-12345678"),
        ("generative-ai/compliant", "ECSDisk", "encryption/key_id", "key-12345678"),
        ("generative-ai/compliant", "KMSKey", "rotation_days", 90),
    ],
)  # fmt: skip
def test_the_fact_that_decides(
    read: Facts, file: str, address: str, path: str, expected: Any
) -> None:
    value: Any = read[file, address]
    for part in path.split("/"):
        value = value[int(part)] if isinstance(value, list) else value[part]
    assert value == expected


def test_an_address_through_an_association(read: Facts) -> None:
    (address,) = read["ecs-instance-no-public-ip/violation", "ViolationInstance"]["public_ips"]
    assert address.endswith("violation.yaml#EIPAssociation")
