"""What the statements of permission policies amount to: full administration, ways to raise rights.

A Deny counts only where it has no condition and hits all resources. Conditions on an Allow do not
acquit it of a way to raise rights, except those that fix which policy or boundary may be used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from collectors.policy_always import always_holds
from collectors.policy_clauses import Clause, hits, is_denied, matches

__all__ = ["CHANGES_OF_RIGHTS", "allowed_on_all", "escalation_paths", "full_admin", "matches"]

# Changes of rights by themselves: on whatever resource they are allowed, that resource's rights
# can be raised.
CHANGES_OF_RIGHTS = (
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreatePolicyVersion",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
)

# Becoming somebody else; on one's own user this is what people do with their own password and keys.
_CREDENTIALS_OF_OTHERS = (
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
)

# Using the rights of a role that something else holds; only where not limited to named resources.
_RIGHTS_OF_ROLES = (
    ("ec2:RunInstances", "iam:PassRole"),
    ("cloudformation:CreateStack", "iam:PassRole"),
    ("codebuild:CreateProject", "codebuild:StartBuild", "iam:PassRole"),
    ("datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "iam:PassRole"),
    ("ecs:RegisterTaskDefinition", "ecs:RunTask", "iam:PassRole"),
    ("glue:CreateDevEndpoint", "iam:PassRole"),
    ("glue:CreateJob", "glue:StartJobRun", "iam:PassRole"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"),
    ("iam:PassRole", "lambda:CreateEventSourceMapping", "lambda:CreateFunction"),
    ("iam:PassRole", "sagemaker:CreateNotebookInstance"),
    ("iam:PassRole", "states:CreateStateMachine", "states:StartExecution"),
    ("glue:UpdateDevEndpoint",),
    ("lambda:UpdateFunctionCode",),
    ("sagemaker:CreatePresignedNotebookInstanceUrl",),
    ("ssm:SendCommand",),
    ("ssm:StartSession",),
    ("sts:AssumeRole",),
)

_FIXES_THE_RIGHTS = {"iam:policyarn", "iam:permissionsboundary"}
_OWN_USER = ("${aws:username}", "${aws:userid}")
# An action and resources that there are not: only patterns that cover everything match them.
_NO_ACTION = "~:~"
_NO_RESOURCES = tuple(f"arn:{partition}:~:~:~:~" for partition in ("aws", "aws-cn", "aws-us-gov"))
_ANY_IAM_ACTION = "iam:x"
"""Stands for every action of IAM: only `iam:*` and `*` cover it."""


def full_admin(found: Iterable[Clause]) -> bool:
    """Whether an Allow without a condition that keeps anybody out gives every action on every
    resource (or on all but a few, by NotResource).

    NotAction gives every action too, as long as what it leaves out is not all of IAM: whoever may
    change rights has them all. A Deny of all of IAM takes full administration away.
    """
    found = list(found)
    return any(map(_gives_everything, found)) and not is_denied(found, _ANY_IAM_ACTION)


def escalation_paths(found: Iterable[Clause]) -> list[str]:
    """The well-known ways to raise one's own rights that statements allow, sorted: the actions of
    each joined with "+"."""
    found = list(found)
    changes = [(name,) for name in CHANGES_OF_RIGHTS if _is_allowed(found, name, _on_any)]
    others = [(name,) for name in _CREDENTIALS_OF_OTHERS if _is_allowed(found, name, _on_others)]
    roles = [
        names
        for names in _RIGHTS_OF_ROLES
        if all(_is_allowed(found, name, _on_all) for name in names)
    ]
    return sorted("+".join(names) for names in (*changes, *others, *roles))


def allowed_on_all(found: list[Clause], action: str) -> bool:
    """Whether statements allow an action on all resources, or all of a kind."""
    return _is_allowed(found, action, _on_all)


def _gives_everything(clause: Clause) -> bool:
    on_everything = bool(clause.not_resources) or any(
        matches(pattern, resource) for pattern in clause.resources for resource in _NO_RESOURCES
    )
    if not clause.allows or not on_everything or not always_holds(clause.conditions):
        return False
    if clause.not_actions:
        return hits(clause, _ANY_IAM_ACTION)
    return any(matches(pattern, _NO_ACTION) for pattern in clause.actions)


def _is_allowed(found: list[Clause], action: str, counts: Callable[[Clause], bool]) -> bool:
    """Whether an Allow whose resources count is about an action, and nothing takes it away."""
    return not is_denied(found, action) and any(
        clause.allows and hits(clause, action) and not _is_fixed(clause) and counts(clause)
        for clause in found
    )


def _is_fixed(clause: Clause) -> bool:
    keys = {key.lower() for written in clause.conditions.values() for key in written}
    return not keys.isdisjoint(_FIXES_THE_RIGHTS)


def _on_any(_clause: Clause) -> bool:
    return True


def _on_others(clause: Clause) -> bool:
    """On more than the caller's own user."""
    return bool(clause.not_resources) or any(
        not resource.lower().endswith(_OWN_USER) for resource in clause.resources
    )


def _on_all(clause: Clause) -> bool:
    """On all resources, or all of a kind: `*`, `arn:aws:iam::123456789012:role/*`. NotResource, all
    but a few, counts as all."""
    return bool(clause.not_resources) or any(map(_is_unlimited, clause.resources))


def _is_unlimited(resource: str) -> bool:
    name = resource.split(":", 5)[-1]
    return re.fullmatch(r"[^/:]*[/:]?\*+", name) is not None
