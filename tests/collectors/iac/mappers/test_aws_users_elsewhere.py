"""Policies that go to users who are not in the template, and inline policies without a name."""

from __future__ import annotations

from tests.collectors.iac.conftest import Write, documents

TEXT = """
resource "aws_iam_policy" "read" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }] })
}

resource "aws_iam_user_policy_attachment" "one" {
  user       = "alice"
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_policy_attachment" "several" {
  name       = "several"
  users      = ["bob"]
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_policy_attachment" "groups" {
  name       = "groups"
  groups     = ["readers"]
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_user" "carol" {
  name = "carol"
}

resource "aws_iam_user_policy_attachment" "own" {
  user       = aws_iam_user.carol.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_user_policy" "nameless" {
  user   = aws_iam_user.carol.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }] })
}
"""


def test_users_elsewhere_hold_their_policies_too(project: Write) -> None:
    _, found = documents(project(TEXT))
    held = {
        address: document.facts["direct_policies"]
        for address, document in found.items()
        if document.type == "identity.user"
    }
    policy = "infra/main.tf#aws_iam_policy.read"
    assert held.pop("aws_iam_user.carol") == [policy, "nameless"]
    assert {address: known[0] for address, known in held.items()} == {
        "aws_iam_user_policy_attachment.one": policy,
        "aws_iam_policy_attachment.several": policy,
    }
    assert found["aws_iam_policy.read"].facts["attached"] == 4


PATHS = """
resource "aws_iam_user" "dan" {
  name = "dan"
}

resource "aws_iam_user_policy" "passes" {
  user   = aws_iam_user.dan.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }]
  })
}

resource "aws_iam_group_policy" "runs" {
  group  = aws_iam_group.ops.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "ec2:RunInstances", Resource = "*" }]
  })
}

resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_user_group_membership" "dan" {
  user   = aws_iam_user.dan.name
  groups = [%s]
}
"""


def test_several_policies_together_raise_the_rights_of_a_user(project: Write) -> None:
    def paths(group: str) -> object:
        dan = documents(project(PATHS % group))[1]["aws_iam_user.dan"]
        return dan.facts.get("escalation_paths", "unknown")

    assert paths("aws_iam_group.ops.id") == paths("aws_iam_group.ops.name")
    assert paths("aws_iam_group.ops.name") == ["ec2:RunInstances+iam:PassRole"]
    assert paths('"elsewhere"') == "unknown"


MORE = """
resource "aws_iam_group_policy" "passes" {
  group  = aws_iam_group.ops.name
  policy = %s
}
"""


def test_several_policies_together_raise_the_rights_of_a_group(project: Write) -> None:
    """Though the template puts nobody into it."""
    passing = """jsonencode({
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }]
  })"""
    text = PATHS % '"elsewhere"'
    for more, found in (
        ("", []),
        (MORE % passing, ["ec2:RunInstances+iam:PassRole"]),
        (MORE % "var.later", "unknown"),
    ):
        ops = documents(project(text + more))[1]["aws_iam_group.ops"]
        assert ops.facts.get("escalation_paths", "unknown") == found
        assert ops.facts.get("privileged", "unknown") == (
            "unknown" if found == "unknown" else False
        )
