"""Which operations a filter pattern surely watches."""

from __future__ import annotations

import pytest

from collectors.aws.operation_alarms import kinds_of

POLICIES = ("AttachRolePolicy", "AttachUserPolicy", "CreatePolicyVersion", "PutRolePolicy")

ROOT = '$.userIdentity.type = "Root"'
BY_PEOPLE = '$.eventType != "AwsServiceEvent"'


def any_of(*events: str) -> str:
    return "{ " + " || ".join(f"($.eventName = {event})" for event in events) + " }"


@pytest.mark.parametrize(
    ("pattern", "kinds"),
    [
        (any_of("TerminateInstances", "RebootInstances"), ["vm-delete", "vm-reboot"]),
        ('{ $.eventName = "RunInstances" }', ["vm-create"]),
        ("{$.eventName=StopLogging||$.eventName=DeleteTrail}", ["trail-change"]),
        (any_of("StopLogging"), []),
        (any_of(*POLICIES, "DetachRolePolicy"), ["policy-change"]),
        (any_of(*POLICIES[1:]), []),
        (any_of("AuthorizeSecurityGroupIngress"), ["firewall-change"]),
        (
            "{ ($.eventSource = kms.amazonaws.com) && ($.eventName = ScheduleKeyDeletion) }",
            ["key-deletion"],
        ),
        ('{ $.eventName = "RunInstances" && $.errorCode = "AccessDenied" }', []),
        ('{ $.eventName = "RunInstances" && $.userIdentity.userName != "li.na" }', []),
        ('{ $.eventName != "RunInstances" }', []),
        (
            f"{{ {ROOT} && $.userIdentity.invokedBy NOT EXISTS && {BY_PEOPLE} }}",
            ["root-use"],
        ),
        ("{ $.userIdentity.type = Root }", ["root-use"]),
        ('{ $.userIdentity.type = "Root" && $.eventName = "ConsoleLogin" }', []),
        ('{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy EXISTS }', []),
        (
            '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
            ["sign-in-failure"],
        ),
        ("{ $.eventName = ConsoleLogin }", []),
        (
            '{ $.userIdentity.type = "Root" || $.eventName = "RunInstances" }',
            ["root-use", "vm-create"],
        ),
        ('{ ($.eventName = "RunInstances") && ($.errorCode NOT EXISTS) }', ["vm-create"]),
        ('{ $.eventName = "*Instances" }', ["vm-create", "vm-delete", "vm-reboot"]),
        (
            "{ $.eventSource = ec2.amazonaws.com && ($.eventName=x || $.eventName=RunInstances) }",
            ["vm-create"],
        ),
        # No call has two names, and EC2's are not those of S3.
        ("{ $.eventName = RunInstances && $.eventName = TerminateInstances }", []),
        ("{ $.eventSource = s3.amazonaws.com && $.eventName = RunInstances }", []),
        # Alarms that ring at everything.
        ("{ $.eventSource = ec2.amazonaws.com }", []),
        ("{ $.eventName = * }", []),
        ('{ $.userIdentity.type = "*" }', []),
        ("{ $.eventName = %Terminate.*% }", []),
        ("{ ($.eventName = RunInstances }", []),
        ("{ $.eventName = RunInstances || }", []),
        ("{ $.eventName = RunInstances) }", []),
        ("{}", []),
        ("{ $.eventName = RunInstances && something else }", []),
        ("?RunInstances ?TerminateInstances", []),
        ("RunInstances", []),
        ("", []),
    ],
)
def test_kinds_of_a_pattern(pattern: str, kinds: list[str]) -> None:
    assert kinds_of(pattern) == kinds
