"""The account's configuration control over real HTTP, region by region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.s3_facts import BLOCK_FLAGS
from collectors.aws.services.account_configuration import configuration, recorder
from collectors.document import Document
from collectors.facts.account import Recorder
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.operations import Request
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

HOME, OTHER = "cn-north-1", "cn-northwest-1"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def _filled(client: Client) -> None:
    """A recorder, encryption by default and a log group in the home region; nothing elsewhere."""
    config = client("config", HOME)
    config.put_configuration_recorder(
        ConfigurationRecorder={
            "name": "default",
            "roleARN": f"arn:aws-cn:iam::{ACCOUNT_ID}:role/config",
            "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": True},
        }
    )
    client("s3", HOME).create_bucket(
        Bucket="config-records", CreateBucketConfiguration={"LocationConstraint": HOME}
    )
    config.put_delivery_channel(
        DeliveryChannel={"name": "default", "s3BucketName": "config-records"}
    )
    config.start_configuration_recorder(ConfigurationRecorderName="default")
    client("ec2", HOME).enable_ebs_encryption_by_default()
    client("logs", HOME).create_log_group(logGroupName="app")


@pytest.fixture
def collected(_filled: None, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The document, after the denials that the test wants, as pairs of region and operation."""

    def collect(*denied: tuple[str, str]) -> Document:
        proxy.decide = lambda request: (
            DENIED if (request.region, _name(request)) in denied else None
        )
        account = open_account(proxy.url, HOME)
        account.regions = (HOME, OTHER)
        (document,) = configuration(account)
        return document

    return collect


def _name(request: Request) -> str:
    return "account block" if request.service == "s3control" else request.operation


FACTS: dict[str, Any] = {
    "recorders": [
        {"region": HOME, "enabled": True, "all_types": True},
        {"region": OTHER, "enabled": False, "all_types": False},
    ],
    "guardrails": [],
    "regions_in_use": [HOME],
    "default_disk_encryption": [
        {"region": HOME, "enabled": True},
        {"region": OTHER, "enabled": False},
    ],
    "public_access_block": False,
}


def test_the_account(collected: Any) -> None:
    found = collected()
    assert (found.id, found.type) == (
        f"aws/{ACCOUNT_ID}/account.configuration",
        "account.configuration",
    )
    assert (found.facts, found.unknown) == (FACTS, {})


@pytest.mark.parametrize(("flags", "expected"), [(BLOCK_FLAGS, True), (BLOCK_FLAGS[:3], False)])
def test_the_block_of_the_account_is_on_as_a_whole_or_not(
    collected: Any, client: Client, flags: tuple[str, ...], expected: bool
) -> None:
    control = client("s3control", HOME)
    control.put_public_access_block(
        AccountId=ACCOUNT_ID,
        PublicAccessBlockConfiguration={flag: flag in flags for flag in BLOCK_FLAGS},
    )
    try:
        assert collected().facts["public_access_block"] is expected
    finally:
        control.delete_public_access_block(AccountId=ACCOUNT_ID)


@pytest.mark.parametrize(
    ("denied", "unknown"),
    [
        (
            (OTHER, "DescribeConfigurationRecorders"),
            dict.fromkeys(
                ("recorders/1/enabled", "recorders/1/all_types"),
                "config:DescribeConfigurationRecorders",
            ),
        ),
        (
            (HOME, "DescribeConfigurationRecorderStatus"),
            dict.fromkeys(
                ("recorders/0/enabled", "recorders/0/all_types"),
                "config:DescribeConfigurationRecorderStatus",
            ),
        ),
        (
            (OTHER, "GetEbsEncryptionByDefault"),
            {"default_disk_encryption/1/enabled": "ec2:GetEbsEncryptionByDefault"},
        ),
        (
            (HOME, "DescribeOrganization"),
            {"guardrails": "organizations:DescribeOrganization"},
        ),
        ((HOME, "account block"), {"public_access_block": "s3:GetAccountPublicAccessBlock"}),
        ((OTHER, "DescribeVolumes"), {"regions_in_use/1": "ec2:DescribeVolumes"}),
        ((HOME, "ListBuckets"), {"regions_in_use/1": "s3:ListAllMyBuckets"}),
        # The region is in use all the same, as its log group shows.
        ((HOME, "DescribeVolumes"), {}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collected: Any, denied: tuple[str, str], unknown: dict[str, str]
) -> None:
    reasons = {fact: f"AccessDenied: {permission}" for fact, permission in unknown.items()}
    assert collected(denied).unknown == reasons


@pytest.fixture
def in_use(proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """Whether a region counts as in use, after denials: its name, or the reason of the doubt."""

    def asked(region: str, *denied: str) -> str | None:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        account = open_account(proxy.url, HOME)
        account.regions = (region,)
        (found,) = configuration(account)
        (answer,) = found.facts["regions_in_use"] or (None,)
        return answer or found.unknown.get("regions_in_use/0")

    return asked


def test_a_region_with_nothing_but_a_key_is_in_use(in_use: Any, client: Client) -> None:
    region = "eu-west-1"
    assert in_use(region) is None
    client("kms", region).create_key()
    assert in_use(region) == region
    assert in_use(region, "DescribeKey") == "AccessDenied: kms:DescribeKey"
    assert in_use(region, "ListKeys") == "AccessDenied: kms:ListKeys"


def test_a_region_with_nothing_but_a_network_is_in_use(in_use: Any, client: Client) -> None:
    """AWS makes the default network itself, in every region."""
    region = "eu-west-2"
    assert len(client("ec2", region).describe_vpcs()["Vpcs"]) == 1
    assert in_use(region) is None
    client("ec2", region).create_vpc(CidrBlock="10.0.0.0/16")
    assert in_use(region) == region
    assert in_use(region, "DescribeVpcs") == "AccessDenied: ec2:DescribeVpcs"


@pytest.mark.parametrize(
    ("status", "enabled"),
    [
        ({"recording": True}, True),
        ({"recording": True, "lastStatus": "Pending"}, True),
        ({"recording": True, "lastStatus": "SUCCESS"}, True),
        ({"recording": True, "lastStatus": "Failure"}, False),
        ({"recording": True, "lastStatus": "FAILURE"}, False),
        ({"recording": False, "lastStatus": "SUCCESS"}, False),
    ],
)
def test_a_recorder_that_fails_does_not_record(status: dict[str, Any], enabled: bool) -> None:
    own = {"name": "own", "recordingGroup": {"allSupported": True}}
    assert recorder(HOME, [own], [{"name": "own", **status}]) == Recorder(
        region=HOME, enabled=enabled, all_types=True
    )


def test_recorders_of_services_do_not_count() -> None:
    group = {"allSupported": True}
    own = {"name": "own", "recordingGroup": {"recordingStrategy": {"useOnly": "EXCLUSION"}}}
    theirs = {"name": "theirs", "servicePrincipal": "x.amazonaws.com", "recordingGroup": group}
    recording = [{"name": "own", "recording": False}, {"name": "theirs", "recording": True}]
    assert recorder(HOME, [own, theirs], recording) == Recorder(
        region=HOME, enabled=False, all_types=False
    )
