"""Guardrails: what a service control policy says of regions, and which hold for an account."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.guardrails import guardrail, guardrails
from collectors.document import Unknown
from collectors.facts.account import Guardrail
from tests.collectors.aws.conftest import ACCOUNT_ID, OpenAccount
from tests.collectors.aws.scripted import Reply, Scripted, error, scripted

MANAGEMENT = "999988887777"
ARN = f"arn:aws:organizations::{MANAGEMENT}:policy/o-1/service_control_policy/p-regions"
FULL = {
    "Id": "p-FullAWSAccess",
    "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
    "AwsManaged": True,
}
GLOBAL_SERVICES = ["iam:*", "organizations:*", "s3:ListAllMyBuckets", "sts:*"]
PATTERN = Unknown("the policy names regions by a pattern")


def deny(condition: dict[str, Any], **more: Any) -> str:
    statement = {"Effect": "Deny", "Resource": "*", "Condition": condition}
    if not {"Action", "NotAction"} & more.keys():
        more["NotAction"] = GLOBAL_SERVICES
    return json.dumps({"Version": "2012-10-17", "Statement": [{**statement, **more}]})


def both(*documents: str) -> str:
    found = [one for document in documents for one in json.loads(document)["Statement"]]
    return json.dumps({"Statement": found})


def all_but(*regions: str) -> dict[str, Any]:
    return {"StringNotEquals": {"aws:RequestedRegion": list(regions)}}


def named(*regions: str) -> dict[str, Any]:
    return {"StringEquals": {"aws:RequestedRegion": list(regions)}}


def exempt(principal: str) -> dict[str, Any]:
    return {"ArnNotLike": {"aws:PrincipalARN": principal}}


CENTRAL_ROLE = "arn:aws:iam::*:role/AWSControlTowerExecution"


@pytest.mark.parametrize(
    ("content", "denies", "only"),
    [
        (deny(all_but("eu-west-1", "EU-central-1")), None, ["eu-central-1", "eu-west-1"]),
        (deny(named("us-east-1"), Action="*"), ["us-east-1"], None),
        (deny({**all_but("eu-west-1"), **exempt(CENTRAL_ROLE)}), None, ["eu-west-1"]),
        (
            deny({"StringNotEqualsIfExists": {"aws:requestedregion": "eu-west-1"}}),
            None,
            ["eu-west-1"],
        ),
        (
            both(deny(all_but("eu-west-1", "eu-west-2")), deny(all_but("eu-west-2", "eu-west-3"))),
            None,
            ["eu-west-2"],
        ),
        (
            both(deny(named("us-east-1")), deny(named("us-east-2"))),
            ["us-east-1", "us-east-2"],
            None,
        ),
        # Nobody, everybody, or everybody of a kind is exempt.
        (deny({**all_but("eu-west-1"), **exempt("*")}), None, None),
        (deny({**all_but("eu-west-1"), **exempt("arn:aws:iam::*:role/*")}), None, None),
        # Less than what puts machines and data into a region, or under a condition besides.
        (deny(all_but("eu-west-1"), Action="ec2:*"), None, None),
        (deny(all_but("eu-west-1"), NotAction=["iam:*", "s3:*"]), None, None),
        (deny(all_but("eu-west-1"), Resource="arn:aws:s3:::one"), None, None),
        (deny({**all_but("eu-west-1"), "Bool": {"aws:ViaAWSService": "false"}}), None, None),
        (deny({"ForAnyValue:StringNotEquals": {"aws:RequestedRegion": "x"}}), None, None),
        (deny(all_but("eu-west-1"), Effect="Allow", Action="*"), None, None),
        # Which regions a pattern means is not known.
        (deny({"StringNotLike": {"aws:RequestedRegion": "eu-*"}}), None, PATTERN),
        (deny({"StringLike": {"aws:RequestedRegion": "us-*"}}), PATTERN, None),
    ],
)
def test_what_a_policy_says_of_regions(content: str, denies: Any, only: Any) -> None:
    assert guardrail(ARN, content) == Guardrail(
        kind="scp", id=ARN, denies_regions=denies, only_regions=only
    )


def test_a_policy_that_cannot_be_read_says_nothing_of_regions() -> None:
    reason = Unknown("the policy document cannot be read: it is not JSON")
    assert guardrail(ARN, "{") == Guardrail(
        kind="scp", id=ARN, denies_regions=reason, only_regions=reason
    )


def says(**answers: Any) -> dict[str, list[Reply]]:
    return {
        name: [one if isinstance(one, Reply) else Reply(body=json.dumps(one)) for one in replies]
        for name, replies in answers.items()
    }


def organisation(**changes: Any) -> list[Any]:
    return [
        {
            "Organization": {"Id": "o-1", "MasterAccountId": MANAGEMENT, "FeatureSet": "ALL"}
            | changes
        }
    ]


MEMBER = {
    "DescribeOrganization": organisation(),
    # The account, the unit that it lies in, the root.
    "ListPoliciesForTarget": [
        {"Policies": [FULL]},
        {"Policies": [FULL, {"Id": "p-regions", "Arn": ARN}]},
        {"Policies": [FULL, {"Id": "p-regions", "Arn": ARN}]},
    ],
    "ListParents": [
        {"Parents": [{"Id": "ou-1", "Type": "ORGANIZATIONAL_UNIT"}]},
        {"Parents": [{"Id": "r-1", "Type": "ROOT"}]},
    ],
    "DescribePolicy": [{"Policy": {"Content": deny(all_but("eu-west-1"))}}],
}
ONLY = Guardrail(kind="scp", id=ARN, denies_regions=None, only_regions=["eu-west-1"])
DENIED = [error("AccessDeniedException")]


def denied(operation: str) -> Unknown:
    return Unknown(f"AccessDeniedException: organizations:{operation}")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, [ONLY]),
        ({"DescribeOrganization": DENIED}, denied("DescribeOrganization")),
        ({"DescribeOrganization": [error("AWSOrganizationsNotInUseException")]}, []),
        ({"DescribeOrganization": organisation(MasterAccountId=ACCOUNT_ID)}, []),
        ({"DescribeOrganization": organisation(FeatureSet="CONSOLIDATED_BILLING")}, []),
        (
            {"ListPoliciesForTarget": DENIED, "ListParents": DENIED},
            denied("ListPoliciesForTarget"),
        ),
        # None is known where the account itself has none and nothing above may be read.
        ({"ListParents": DENIED}, denied("ListParents")),
        (
            {"ListPoliciesForTarget": [*DENIED, {"Policies": [{"Id": "p-regions", "Arn": ARN}]}]},
            [ONLY, denied("ListPoliciesForTarget")],
        ),
        (
            {"DescribePolicy": DENIED},
            [
                Guardrail(
                    kind="scp",
                    id=ARN,
                    denies_regions=denied("DescribePolicy"),
                    only_regions=denied("DescribePolicy"),
                )
            ],
        ),
    ],
)
def test_the_policies_that_hold_for_an_account(
    open_account: OpenAccount, answers: dict[str, Any], expected: Any
) -> None:
    with scripted() as server:
        server.replies = says(**(MEMBER | answers))
        assert guardrails(open_account(server.url)) == expected


def test_every_place_up_to_the_root_is_asked_once(open_account: OpenAccount) -> None:
    with scripted() as server:
        server.replies = says(**MEMBER)
        guardrails(open_account(server.url))
        assert asked(server, "ListPoliciesForTarget", "TargetId") == [ACCOUNT_ID, "ou-1", "r-1"]
        assert asked(server, "ListParents", "ChildId") == [ACCOUNT_ID, "ou-1"]
        assert asked(server, "DescribePolicy", "PolicyId") == ["p-regions"]


def asked(server: Scripted, operation: str, key: str) -> list[str]:
    return [json.loads(one.body)[key] for one in server.asked if one.operation == operation]
