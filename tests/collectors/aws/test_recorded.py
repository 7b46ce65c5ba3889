"""Shapes of real answers that moto does not give. The files are in tests/golden/aws."""

from __future__ import annotations

import json
from typing import Any

from collectors.aws.flow_logs import flow_log
from collectors.aws.reachability import Ground, routes_to_internet
from collectors.aws.services.ec2_snapshots import shared_with
from collectors.document import Unknown
from collectors.facts.network import FlowLog
from tests.collectors.aws.conftest import OpenAccount
from tests.conftest import ROOT


def recorded(name: str) -> Any:
    """The body of a recorded answer."""
    return json.loads((ROOT / "tests/golden/aws" / name).read_text())["data"]


def test_an_image_can_be_shared_with_organisations_and_their_units() -> None:
    permissions = recorded("image_shared_with_organisations.json")["LaunchPermissions"]
    assert shared_with(permissions) == [
        "112233445566",
        "665544332211",
        "all",
        "arn:aws:organizations:112233445566:organization/o-xyz123abc",
        "arn:aws:organizations:112233445566:ou/o-xyz123abc/ou-a123-xyzab123",
    ]


def test_route_tables_of_two_vpcs_with_and_without_explicit_associations() -> None:
    ground = Ground(subnets={}, tables=recorded("route_tables.json")["RouteTables"], rules={})
    ours = "vpc-06a22444b7946ea01"
    assert {
        subnet: routes_to_internet(ground, subnet, vpc, 4)
        for subnet, vpc in (
            ("subnet-00a7ff0f29a2f7dd7", ours),
            ("subnet-02e1a5b426e2b16a9", ours),
            ("by-main-table", ours),
            ("of-default-vpc", "vpc-330ae54e"),
        )
    } == {
        "subnet-00a7ff0f29a2f7dd7": False,
        "subnet-02e1a5b426e2b16a9": True,
        "by-main-table": False,
        "of-default-vpc": True,
    }


def test_a_flow_log_to_a_bucket_that_the_account_does_not_own(
    fresh_moto: str, open_account: OpenAccount
) -> None:
    (item,) = recorded("flow_logs_to_s3.json")["FlowLogs"]
    elsewhere = Unknown("the bucket c7n-vpc-flow-logs does not belong to account 123456789012")
    assert flow_log(open_account(fresh_moto), "us-east-1", item) == FlowLog(
        traffic="all",
        active=True,
        destination="arn:aws:s3:::c7n-vpc-flow-logs",
        destination_region=elsewhere,
        retention_days=elsewhere,
    )


def test_a_flow_log_that_does_not_arrive_is_not_active(
    fresh_moto: str, open_account: OpenAccount
) -> None:
    (item,) = recorded("flow_logs_to_s3.json")["FlowLogs"]
    account = open_account(fresh_moto)
    assert [
        flow_log(account, "us-east-1", {**item, **change}).active
        for change in (
            {"DeliverLogsStatus": "FAILED"},
            {"FlowLogStatus": "SOMETHING"},
            {"DeliverLogsStatus": "SUCCESS"},
        )
    ] == [False, False, True]
