"""The policies of a scan: every action that it needs, on no more than it reads."""

from __future__ import annotations

import json
from typing import Any

from collectors.aws.permissions import needed, policy_json, policy_terraform
from collectors.policy_clauses import matches


def statements(partition: str, **options: Any) -> list[dict[str, Any]]:
    written = json.loads(policy_json(partition, **options)).values()
    return [statement for one in written for statement in one["Statement"]]


def test_every_action_is_allowed_once() -> None:
    written = statements("aws", organization=True)
    assert sorted(action for one in written for action in one["Action"]) == needed(
        "aws", organization=True
    )


def test_only_the_role_of_the_members_may_be_assumed() -> None:
    (allowed,) = [
        one
        for one in statements("aws-cn", organization=True, role_name="audit")
        if "sts:AssumeRole" in one["Action"]
    ]
    assert allowed["Action"] == ["sts:AssumeRole"]
    assert allowed["Resource"] == ["arn:aws-cn:iam::*:role/audit"]
    text = policy_terraform("aws", organization=True)
    assert 'resources = ["arn:aws:iam::*:role/OrganizationAccountAccessRole"]' in text


def test_keys_of_apis_are_not_to_be_read() -> None:
    (allowed,) = [one for one in statements("aws") if "apigateway:GET" in one["Action"]]
    assert allowed["Action"] == ["apigateway:GET"]

    def may_read(path: str) -> bool:
        arn = f"arn:aws:apigateway:eu-west-1::{path}"
        return any(matches(pattern, arn) for pattern in allowed["Resource"])

    read = ["/restapis", "/restapis/a/stages", "/restapis/a/resources", "/apis", "/domainnames"]
    read += ["/apis/a/routes", "/apis/a/stages", "/domainnames/x.example.cn/apimappings"]
    assert all(map(may_read, read))
    assert not any(map(may_read, ("/apikeys", "/apikeys/k", "/usageplans/u/keys/k", "/account")))
