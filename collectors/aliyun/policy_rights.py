"""What the statements of RAM policies amount to: full administration, ways to raise rights. Pure.

A Deny counts only where it has no condition and hits all resources (RAM user guide, "How RAM
evaluates policies": a Deny wins). Conditions on an Allow do not acquit it of a way to raise rights.
RAM compares actions without regard to case ("Policy elements").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from collectors.policy_always import always_holds
from collectors.policy_clauses import Clause, hits, is_denied, matches

# Changes of rights by themselves: on whatever resource they are allowed, that resource's rights
# can be raised. UpdateRole changes the trust policy too (RAM API reference, UpdateRole).
CHANGES_OF_RIGHTS = (
    "ram:AddUserToGroup",
    "ram:AttachPolicyToGroup",
    "ram:AttachPolicyToRole",
    "ram:AttachPolicyToUser",
    "ram:CreatePolicyVersion",
    "ram:SetDefaultPolicyVersion",
    "ram:UpdateRole",
)

# Becoming somebody else. What people may do with their own password and keys is a setting of the
# account and needs no policy (IMS GetSecurityPreference).
_CREDENTIALS_OF_OTHERS = (
    "ram:CreateAccessKey",
    "ram:CreateLoginProfile",
    "ram:UpdateLoginProfile",
)

# Using the rights of a role that something else holds; only where not limited to named resources.
_RIGHTS_OF_ROLES = (
    ("ecs:AttachInstanceRamRole", "ram:PassRole"),
    ("ecs:RunInstances", "ram:PassRole"),
    ("fc:CreateFunction", "fc:InvokeFunction", "ram:PassRole"),
    ("fc:CreateFunction", "fc:CreateTrigger", "ram:PassRole"),
    ("oos:StartExecution", "ram:PassRole"),
    ("ram:PassRole", "ros:CreateStack"),
    ("ecs:InvokeCommand",),
    ("ecs:RunCommand",),
    ("ecs:StartTerminalSession",),
    ("fc:UpdateFunction",),
    ("sts:AssumeRole",),
)

# An action and a resource that there are not: only patterns that cover everything match them.
_NO_ACTION = "~:~"
_NO_RESOURCE = "acs:~:~:~:~"
_ANY_RAM_ACTION = "ram:x"
"""Stands for every action of RAM: only `ram:*` and `*` cover it."""


def full_admin(found: Iterable[Clause]) -> bool:
    """Whether an Allow gives every action on every resource, without a condition that does more
    than hold of every request.

    NotAction gives every action too, as long as what it leaves out is not all of RAM: whoever may
    change rights has them all. A Deny of all of RAM takes full administration away.
    """
    found = list(found)
    return any(map(_gives_everything, found)) and not is_denied(found, _ANY_RAM_ACTION)


def escalation_paths(found: Iterable[Clause]) -> list[str]:
    """The well-known ways to raise one's own rights that statements allow, sorted: the actions of
    each joined with "+"."""
    found = list(found)
    alone = [
        (name,)
        for name in (*CHANGES_OF_RIGHTS, *_CREDENTIALS_OF_OTHERS)
        if _is_allowed(found, name, _on_any)
    ]
    roles = [
        names
        for names in _RIGHTS_OF_ROLES
        if all(_is_allowed(found, name, _on_all) for name in names)
    ]
    return sorted("+".join(names) for names in (*alone, *roles))


def allowed_on_all(found: list[Clause], action: str) -> bool:
    """Whether statements allow an action on all resources, or all of a kind."""
    return _is_allowed(found, action, _on_all)


def _gives_everything(clause: Clause) -> bool:
    on_everything = bool(clause.not_resources) or any(
        matches(pattern, _NO_RESOURCE) for pattern in clause.resources
    )
    if not clause.allows or not on_everything or not always_holds(clause.conditions):
        return False
    if clause.not_actions:
        return hits(clause, _ANY_RAM_ACTION)
    return any(matches(pattern, _NO_ACTION) for pattern in clause.actions)


def _is_allowed(found: list[Clause], action: str, counts: Callable[[Clause], bool]) -> bool:
    """Whether an Allow whose resources count is about an action, and nothing takes it away."""
    return not is_denied(found, action) and any(
        clause.allows and hits(clause, action) and counts(clause) for clause in found
    )


def _on_any(_clause: Clause) -> bool:
    return True


def _on_all(clause: Clause) -> bool:
    """On all resources, or all of a kind: `*`, `acs:ram:*:1234567890123456:role/*`."""
    return bool(clause.not_resources) or any(map(_is_unlimited, clause.resources))


def _is_unlimited(resource: str) -> bool:
    name = resource.split(":", 4)[-1]
    return re.fullmatch(r"[^/:]*/?\*+", name) is not None
