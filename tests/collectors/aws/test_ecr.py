"""Image repositories over real HTTP: scanning in effect, locked tags, who may pull."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.registry_policy import opens
from collectors.aws.services.ecr import (
    exposure,
    immutable_tags,
    is_scanned,
    public_repositories,
    repositories,
)
from collectors.document import Unknown
from collectors.facts.shared import Exposure
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import Reply, error, scripted
from tests.faults.proxy import DENIED, fault_proxy

REGION = "cn-north-1"
ARN = f"arn:aws-cn:ecr:{REGION}:{ACCOUNT_ID}:repository/web"


def policy(**change: Any) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage", **change}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture(scope="module")
def many(client: Client) -> int:
    """More repositories than one question about scanning may name; the last is scanned."""
    ecr = client("ecr", REGION)
    for number in range(30):
        ecr.create_repository(
            repositoryName=f"web-{number:02}",
            imageTagMutability="IMMUTABLE",
            tags=[{"Key": "system", "Value": "mall"}],
        )
    ecr.put_registry_scanning_configuration(
        scanType="BASIC",
        rules=[
            {
                "scanFrequency": "SCAN_ON_PUSH",
                "repositoryFilters": [{"filter": "web-29", "filterType": "WILDCARD"}],
            }
        ],
    )
    return 30


def test_scanning_by_a_rule_of_the_registry(
    fresh_moto: str, many: int, open_account: OpenAccount
) -> None:
    with fault_proxy(fresh_moto) as proxy:
        found = list(repositories(open_account(proxy.url, REGION), REGION))
        assert [one.name for one in found if one.facts["scan_on_push"]] == ["web-29"]
        assert len(found) == many
        assert {one.tags["system"] for one in found} == {"mall"}
        assert found[-1].facts == {
            "scan_on_push": True,
            "immutable_tags": True,
            "encryption": {
                "enabled": True,
                "key_manager": "provider",
                "key_id": None,
                "algorithm": "AES-256",
            },
            "exposure": {"public": False, "via": []},
            "allow_list": [],
            "shared_admin": None,
        }
        proxy.decide = lambda request: DENIED if request.operation.startswith("Batch") else None
        found = list(repositories(open_account(proxy.url, REGION), REGION))
        denied = "AccessDenied: ecr:BatchGetRepositoryScanningConfiguration"
        assert {one.unknown["scan_on_push"] for one in found} == {denied}


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ({"scanOnPush": True, "scanFrequency": "SCAN_ON_PUSH"}, True),
        ({"scanOnPush": False, "scanFrequency": "CONTINUOUS_SCAN"}, True),
        # The setting of the repository is of no effect where the registry's rules leave it out.
        ({"scanOnPush": True, "scanFrequency": "MANUAL"}, False),
        ({"scanOnPush": True}, True),
        ({}, False),
    ],
)
def test_what_counts_as_scanned(configuration: dict[str, Any], expected: bool) -> None:
    assert is_scanned(configuration) is expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"imageTagMutability": "IMMUTABLE"}, True),
        ({"imageTagMutability": "MUTABLE"}, False),
        ({"imageTagMutability": "MUTABLE_WITH_EXCLUSION"}, False),
        (
            {
                "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
                "imageTagMutabilityExclusionFilters": [{"filter": "dev-*"}],
            },
            Unknown("the repository locks all tags but some that match a pattern"),
        ),
        (
            {
                "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
                "imageTagMutabilityExclusionFilters": [{"filter": "dev-*"}, {"filter": "*"}],
            },
            False,
        ),
        ({}, Unknown("ECR does not tell whether the repository locks tags")),
    ],
)
def test_locked_tags(item: dict[str, Any], expected: object) -> None:
    assert immutable_tags(item) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, False),
        (policy(), True),
        (policy(Principal={"AWS": "*"}, Action=["ecr:*"]), True),
        (policy(Action="ecr:PutImage"), True),
        # Who writes the policy opens the rest.
        (policy(Action="ecr:SetRepositoryPolicy"), True),
        (policy(Action="ecr:DescribeImages"), False),
        (policy(Effect="Deny"), False),
        (policy(Principal={"AWS": ACCOUNT_ID}), False),
        (policy(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), False),
        (policy(Condition={"StringLike": {"aws:PrincipalOrgID": "*"}}), True),
        # Policies of registries name repositories.
        (policy(Resource=f"arn:aws-cn:ecr:{REGION}:{ACCOUNT_ID}:repository/*"), True),
        (policy(Resource=f"arn:aws-cn:ecr:{REGION}:{ACCOUNT_ID}:repository/app"), False),
        ("{", Unknown("the policy document cannot be read: it is not JSON")),
    ],
)
def test_who_may_pull(text: str | None, expected: object) -> None:
    assert opens(text, ARN) == expected


def test_either_policy_opens_a_repository() -> None:
    denied = Unknown("AccessDenied: ecr:GetRegistryPolicy")
    assert exposure(None, policy(), ARN) == Exposure(public=True, via=["policy"])
    assert exposure(policy(), denied, ARN) == Exposure(public=True, via=["policy"])
    assert exposure(None, denied, ARN) == Exposure(public=denied, via=denied)


def test_public_repositories_are_public(open_account: OpenAccount) -> None:
    arn = f"arn:aws:ecr-public::{ACCOUNT_ID}:repository/tool"
    repository = {"repositoryArn": arn, "repositoryName": "tool"}
    with scripted() as server:
        server.replies = {
            "DescribeRepositories": [Reply(body=json.dumps({"repositories": [repository]}))],
            "*": [error("AccessDeniedException")],
        }
        (found,) = public_repositories(open_account(server.url))
        assert (found.id, found.region) == (arn, "global")
        assert found.facts == {
            "scan_on_push": False,
            "immutable_tags": False,
            "exposure": {"public": True, "via": ["endpoint"]},
            "allow_list": [],
            "shared_admin": None,
        }
        assert found.unknown == {
            "encryption": "ECR Public does not tell how it encrypts images",
            "tags": "AccessDeniedException: ecr-public:ListTagsForResource",
        }
        server.replies = {"*": [error("AccessDeniedException")]}
        (found,) = public_repositories(open_account(server.url))
        assert (found.unlisted, found.facts) == (True, {})
        server.asked = []
        assert list(public_repositories(open_account(server.url, REGION))) == []
        assert server.asked == [], "the China regions have no ECR Public"
