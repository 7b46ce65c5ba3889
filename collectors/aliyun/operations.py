"""Critical operations, as ActionTrail records them, and the kinds of alarms that they belong to.

Names of services and operations are those of ActionTrail's own alert rules and API references. An
alarm on a kind has to be one on each of its operations; several alarms may share them out.
"""

from __future__ import annotations

from msgspec import Struct


class Operation(Struct, frozen=True, kw_only=True):
    """An operation. `service` is the product as ActionTrail writes it, "" for any; `resource` the
    type of what it is about. `who` is the type of the identity, "" for any; `key` whether it calls
    with an access key. `failed`: it is refused."""

    name: str
    service: str = ""
    resource: str = ""
    who: str = ""
    key: bool = False
    failed: bool = False


def _calls(service: str, resource: str, *names: str) -> tuple[Operation, ...]:
    return tuple(Operation(name=name, service=service, resource=resource) for name in names)


_MACHINE = "ACS::ECS::Instance"
_POLICY = "ACS::RAM::Policy"

KINDS: dict[str, tuple[Operation, ...]] = {
    "vm-create": _calls("Ecs", _MACHINE, "RunInstances", "CreateInstance"),
    "vm-delete": _calls("Ecs", _MACHINE, "DeleteInstance", "DeleteInstances"),
    "vm-reboot": _calls("Ecs", _MACHINE, "RebootInstance", "RebootInstances"),
    "policy-change": _calls(
        "Ram",
        _POLICY,
        "AttachPolicyToUser",
        "AttachPolicyToGroup",
        "AttachPolicyToRole",
        "CreatePolicyVersion",
    ),
    "trail-change": _calls("Actiontrail", "ACS::ActionTrail::Trail", "DeleteTrail", "StopLogging"),
    "key-deletion": _calls("Kms", "ACS::KMS::Key", "ScheduleKeyDeletion"),
    "firewall-change": _calls("Ecs", "ACS::ECS::SecurityGroup", "AuthorizeSecurityGroup"),
    "root-use": (
        Operation(name="ConsoleSignin", who="root-account"),
        Operation(name="", who="root-account", key=True),
    ),
    "sign-in-failure": (Operation(name="ConsoleSignin", failed=True),),
}

OF_A_REGION = ("vm-create", "vm-delete", "vm-reboot", "firewall-change", "key-deletion")
"""Kinds whose operations belong to a region."""
