"""Secrets Manager and Parameter Store over real HTTP: rotation, policies, replicas, denials."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from collectors.aws.secret_rotation import rotation_days
from collectors.aws.services.secrets_manager import current_since, secrets
from collectors.aws.services.ssm_parameters import expires, parameters
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, OpenAccount
from tests.collectors.aws.scripted import Reply, Scripted, error, query_error, scripted

REGION = "cn-north-1"
ARN = f"arn:aws-cn:secretsmanager:{REGION}:{ACCOUNT_ID}:secret:db-abcdef"
SECRET: dict[str, Any] = {"ARN": ARN, "Name": "db", "Tags": [{"Key": "system", "Value": "bank"}]}
VERSIONS = [
    {"VersionId": "1", "VersionStages": ["AWSPREVIOUS"], "CreatedDate": 1700000000},
    {"VersionId": "2", "VersionStages": ["AWSCURRENT"], "CreatedDate": 1710000000},
]
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws-cn:iam::999988887777:root"},
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "*",
        }
    ],
}
OUTSIDE = {
    "principal": "arn:aws-cn:iam::999988887777:root",
    "account": "999988887777",
    "kind": "account",
    "actions": ["secretsmanager:GetSecretValue"],
    "conditions": [],
    "narrows": False,
}


def says(**answer: Any) -> Reply:
    return Reply(body=json.dumps(answer))


NO_ENDPOINTS = Reply(
    body="<DescribeVpcEndpointsResponse><requestId>1</requestId><vpcEndpointSet/>"
    "</DescribeVpcEndpointsResponse>",
    kind="text/xml",
)


@pytest.fixture(scope="module")
def running() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture
def server(running: Scripted) -> Scripted:
    running.asked = []
    running.replies = {
        "ListSecretVersionIds": [says(Versions=VERSIONS)],
        "GetResourcePolicy": [says(ARN=ARN, Name="db")],
        "DescribeVpcEndpoints": [NO_ENDPOINTS],
        "*": [error("AccessDeniedException")],
    }
    return running


def one(found: Iterable[Document]) -> Document:
    (document,) = found
    return document


def test_a_secret_that_somebody_sets_by_hand(server: Scripted, open_account: OpenAccount) -> None:
    """Its date is that of the present value: the date of the last change moves with every tag."""
    changed = {**SECRET, "LastChangedDate": 1760000000}
    server.replies["ListSecrets"] = [says(SecretList=[changed])]
    found = one(secrets(open_account(server.url, REGION), REGION))
    assert (found.id, found.name, found.tags) == (ARN, "db", {"system": "bank"})
    assert found.unknown == {}
    assert found.facts == {
        "rotation_days": None,
        "last_rotated": "2024-03-09T16:00:00Z",
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "policy": [],
        "network_ranges": None,
        "private_endpoint": False,
        "expires": None,
        "audit_log": None,
    }


def test_a_secret_that_rotates_and_is_shared(server: Scripted, open_account: OpenAccount) -> None:
    rotating = {
        **SECRET,
        "KmsKeyId": f"arn:aws-cn:kms:{REGION}:999988887777:key/1",
        "RotationEnabled": True,
        "RotationRules": {"AutomaticallyAfterDays": 30},
        "LastRotatedDate": 1750000000,
    }
    server.replies["ListSecrets"] = [says(SecretList=[rotating])]
    server.replies["GetResourcePolicy"] = [says(ResourcePolicy=json.dumps(POLICY))]
    facts = one(secrets(open_account(server.url, REGION), REGION)).facts
    assert (facts["rotation_days"], facts["last_rotated"]) == (30, "2025-06-15T15:06:40Z")
    assert facts["encryption"]["key_manager"] == "customer"
    assert facts["policy"] == [OUTSIDE]
    assert "ListSecretVersionIds" not in {asked.operation for asked in server.asked}


def test_a_replica_rotates_with_its_primary(server: Scripted, open_account: OpenAccount) -> None:
    replica = {**SECRET, "PrimaryRegion": "cn-northwest-1"}
    home = {
        **SECRET,
        "ARN": ARN.replace(REGION, "cn-northwest-1"),
        "PrimaryRegion": "cn-northwest-1",
        "RotationEnabled": True,
        "RotationRules": {"AutomaticallyAfterDays": 7},
        "LastRotatedDate": 1750000000,
    }
    # Asked in its own region first, then in the primary one.
    server.replies["ListSecrets"] = [says(SecretList=[replica]), says(SecretList=[home])]
    facts = one(secrets(open_account(server.url, REGION), REGION)).facts
    assert (facts["rotation_days"], facts["last_rotated"]) == (7, "2025-06-15T15:06:40Z")


def test_a_replica_without_a_primary_in_sight(server: Scripted, open_account: OpenAccount) -> None:
    replica = {**SECRET, "PrimaryRegion": "cn-northwest-1"}
    server.replies["ListSecrets"] = [says(SecretList=[replica]), says(SecretList=[])]
    found = one(secrets(open_account(server.url, REGION), REGION))
    assert set(found.unknown) == {"rotation_days", "last_rotated"}


def test_denials_leave_facts_of_secrets_unknown(
    server: Scripted, open_account: OpenAccount
) -> None:
    server.replies = {
        "ListSecrets": [says(SecretList=[SECRET])],
        "DescribeVpcEndpoints": [query_error("UnauthorizedOperation", 403)],
        "*": [error("AccessDeniedException")],
    }
    assert one(secrets(open_account(server.url, REGION), REGION)).unknown == {
        "last_rotated": "AccessDeniedException: secretsmanager:ListSecretVersionIds",
        "policy": "AccessDeniedException: secretsmanager:GetResourcePolicy",
        "private_endpoint": "UnauthorizedOperation: ec2:DescribeVpcEndpoints",
    }
    server.replies = {"*": [error("AccessDeniedException")]}
    for listed in (secrets, parameters):
        found = one(listed(open_account(server.url, REGION), REGION))
        assert (found.type, found.unlisted, found.facts) == ("key.secret", True, {})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"RotationEnabled": False, "RotationRules": {"AutomaticallyAfterDays": 30}}, None),
        ({"RotationRules": {"ScheduleExpression": "rate(10 days)"}}, 10),
        ({"RotationRules": {"ScheduleExpression": "rate(4 hours)"}}, 1),
        ({"RotationRules": {"ScheduleExpression": "rate(36 hours)"}}, 2),
        (
            {"RotationRules": {"AutomaticallyAfterDays": 1, "ScheduleExpression": "rate(4 hours)"}},
            1,
        ),
        (
            {"RotationRules": {"ScheduleExpression": "cron(0 8 1 * ? *)"}},
            Unknown("the days between rotations are not told until the first one"),
        ),
        ({}, Unknown("the days between rotations are not told until the first one")),
    ],
)
def test_days_between_rotations(change: dict[str, Any], expected: object) -> None:
    assert rotation_days({"RotationEnabled": True, **change}) == expected


def test_a_secret_without_a_value_was_never_set() -> None:
    assert current_since([]) is None
    assert current_since([{"VersionStages": ["AWSPENDING"], "CreatedDate": "2024"}]) is None


PARAMETER: dict[str, Any] = {
    "Name": "/oa/password",
    "Type": "SecureString",
    "KeyId": "alias/aws/ssm",
    "LastModifiedDate": 1710000000,
    "Tier": "Standard",
}


def test_a_secure_parameter(server: Scripted, open_account: OpenAccount) -> None:
    server.replies["DescribeParameters"] = [says(Parameters=[PARAMETER])]
    server.replies["ListTagsForResource"] = [says(TagList=[{"Key": "level", "Value": "2"}])]
    found = one(parameters(open_account(server.url, REGION), REGION))
    assert (found.id, found.name, found.tags, found.unknown) == (
        f"arn:aws-cn:ssm:{REGION}:{ACCOUNT_ID}:parameter/oa/password",
        "/oa/password",
        {"level": "2"},
        {},
    )
    assert found.facts == {
        "rotation_days": None,
        "last_rotated": "2024-03-09T16:00:00Z",
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": "alias/aws/ssm",
            "algorithm": "AES-256",
        },
        "policy": [],
        "network_ranges": None,
        "private_endpoint": False,
        "expires": None,
        "audit_log": None,
    }
    asked = {asked.operation: asked.body for asked in server.asked}
    assert "SecureString" in asked["DescribeParameters"], "plain parameters are no secrets"
    assert "GetResourcePolicies" not in asked, "those of the standard tier cannot be shared"


@pytest.mark.parametrize(
    ("reply", "policy", "reason"),
    [
        (says(Policies=[{"Policy": json.dumps(POLICY)}]), [OUTSIDE], None),
        (says(Policies=[]), [], None),
        (
            says(Policies=[{"Policy": "{"}]),
            None,
            "the policy document cannot be read: it is not JSON",
        ),
        (error("AccessDeniedException"), None, "AccessDeniedException: ssm:GetResourcePolicies"),
    ],
)
def test_policies_of_an_advanced_parameter(
    server: Scripted,
    open_account: OpenAccount,
    reply: Reply,
    policy: list[Any] | None,
    reason: str | None,
) -> None:
    server.replies["DescribeParameters"] = [says(Parameters=[{**PARAMETER, "Tier": "Advanced"}])]
    server.replies["GetResourcePolicies"] = [reply]
    found = one(parameters(open_account(server.url, REGION), REGION))
    assert (found.facts.get("policy"), found.unknown.get("policy")) == (policy, reason)


def expiration(text: str) -> dict[str, Any]:
    return {"Policies": [{"PolicyType": "Expiration", "PolicyText": text}]}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"Policies": [{"PolicyType": "NoChangeNotification", "PolicyText": "{}"}]}, None),
        (
            expiration('{"Attributes": {"Timestamp": "2026-12-02T21:34:33.000+08:00"}}'),
            "2026-12-02T13:34:33Z",
        ),
        (
            expiration('{"Attributes": {"Timestamp": "2026-12-02T21:34:33.000"}}'),
            "2026-12-02T21:34:33Z",
        ),
        (expiration("{}"), Unknown("the expiration policy of the parameter cannot be read")),
        (expiration("soon"), Unknown("the expiration policy of the parameter cannot be read")),
    ],
)
def test_when_a_parameter_expires(item: dict[str, Any], expected: object) -> None:
    assert expires(item) == expected
