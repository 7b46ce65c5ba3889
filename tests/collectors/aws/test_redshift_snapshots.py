"""Snapshots of Redshift, over the example company, a scripted server and a recorded answer."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.services import redshift_snapshots
from collectors.aws.services.redshift_snapshots import encryption, shared_with, snapshots
from examples.company.account import MAIN_REGION
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import XML, Reply, query_error, scripted
from tests.collectors.aws.test_recorded import recorded

NOBODY = "http://127.0.0.1:9"


def test_a_snapshot_of_the_company(company_endpoint: str, open_account: OpenAccount) -> None:
    (found,) = snapshots(open_account(company_endpoint, MAIN_REGION), MAIN_REGION)
    arn = f"arn:aws-cn:redshift:{MAIN_REGION}:123456789012:snapshot:core-warehouse"
    assert found.id == f"{arn}/core-warehouse-before-release"
    assert found.tags["system"] == "core-bank"
    assert found.facts["shared_with"] == []
    assert found.facts["encryption"] == {"enabled": True, "algorithm": "AES-256"}
    assert found.unknown["encryption/key_manager"] == "the API does not name the key"


SNAPSHOT = """<Snapshot><SnapshotIdentifier>{name}</SnapshotIdentifier>
<ClusterIdentifier>one</ClusterIdentifier><OwnerAccount>{owner}</OwnerAccount>
<SnapshotArn>arn:aws:redshift:us-east-1:{owner}:snapshot:one/{name}</SnapshotArn>
<Encrypted>false</Encrypted><SnapshotCreateTime>2026-11-01T00:00:00Z</SnapshotCreateTime>
<AccountsWithRestoreAccess><AccountWithRestoreAccess><AccountId>999988887777</AccountId>
</AccountWithRestoreAccess></AccountsWithRestoreAccess></Snapshot>"""


def test_snapshots_of_others_are_theirs(open_account: OpenAccount) -> None:
    listed = SNAPSHOT.format(name="ours", owner="123456789012") + SNAPSHOT.format(
        name="theirs", owner="111122223333"
    )
    body = (
        "<DescribeClusterSnapshotsResponse><DescribeClusterSnapshotsResult><Snapshots>"
        f"{listed}</Snapshots></DescribeClusterSnapshotsResult></DescribeClusterSnapshotsResponse>"
    )
    with scripted() as server:
        server.says("DescribeClusterSnapshots", Reply(200, body, XML))
        (found,) = snapshots(open_account(server.url), "us-east-1")
        assert "SnapshotType=manual" in server.asked[0].body
        server.says("DescribeClusterSnapshots", query_error("AccessDenied", 403))
        (denied,) = snapshots(open_account(server.url), "us-east-1")
    assert found.facts == {
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "shared_with": ["999988887777"],
        "created": "2026-11-01T00:00:00Z",
    }
    assert (denied.unlisted, denied.native_type) == (True, redshift_snapshots.SNAPSHOT)


def test_a_recorded_snapshot_that_is_shared_and_one_that_is_not() -> None:
    (item,) = recorded("redshift_snapshot_shared.json")["Snapshots"]
    assert shared_with(item) == ["185106417252"]
    assert shared_with({**item, "AccountsWithRestoreAccess": None}) == []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"Encrypted": True, "EncryptedWithHSM": True}, (True, "external")),
        ({"Encrypted": False, "EncryptedWithHSM": False}, (False, None)),
        ({"Encrypted": True, "KmsKeyId": "arn:aws:kms:us-east-1:1:key/a"}, (True, "customer")),
    ],
)
def test_whose_key_it_is(item: dict[str, Any], expected: Any, open_account: OpenAccount) -> None:
    found = encryption(open_account(NOBODY), "us-east-1", item)
    assert (found.enabled, found.key_manager) == expected
