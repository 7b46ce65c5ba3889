"""Whether the policy of a resource lets anyone in: Deny statements weighed against Allows as for an
account (collectors.aws.policy_denials), where parts of it may be unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collectors.aws import policy_denials
from collectors.aws.logic import Known
from collectors.aws.policy_document import ANYONE, PolicyText
from collectors.document import Unknown
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers.aws.policy import OWN_PRINCIPALS, Written, doubt_of, has_doubt
from collectors.iac.mappers.aws.policy_source import listed
from collectors.iac.mappers.joins import points_to

_NAMED = "0" * 12
"""A principal of some account: nobody in particular, and not everybody."""
_NOTHING = "~"
_PLAIN = "false"
"""What refuses connections without TLS in a Deny."""

# An origin access identity of CloudFront is one, too, wherever it belongs to.
_IDENTITY = "aws_cloudfront_origin_access_identity"
_FIXED = OWN_PRINCIPALS | {_IDENTITY, f"data.{_IDENTITY}"}

_SOME_ARN = f"arn:aws:sns:cn-north-1:{_NAMED}:some"
_GIVEN = {
    "aws:sourcearn": ("arn", _SOME_ARN),
    "aws:principalarn": ("arn", _SOME_ARN),
    "aws:sourceaccount": ("account_id", _NAMED),
    "aws:sourceowner": ("account_id", _NAMED),
    "aws:principalaccount": ("account_id", _NAMED),
    "aws:principalorgid": ("id", "o-some"),
    "aws:sourcevpc": ("id", "vpc-some"),
    "aws:sourcevpce": ("id", "vpce-some"),
}
"""Keys of conditions: the attribute of a resource that is one of their values, and such a value."""

Ask = Callable[[PolicyText], Known]
Statement = dict[str, Any]


def is_open(
    project: Project,
    written: Written,
    ask: Ask = policy_denials.is_open,
    *,
    whole: Block | None = None,
) -> bool | Unknown:
    """What `ask` says of a policy: for the least that its unknown parts can open, and for the most;
    where both agree it is known. `whole` is a resource whose policy can speak of nothing else, so
    that a reference to it is about everything."""
    written = [_about_whole(project, each, whole) for each in written]
    if not any(map(has_doubt, written)):
        return ask({"Statement": written})
    covered = any(each["Effect"] == "Allow" and _resource_open(each) for each in written)
    least = [_least(project, each, everything=covered) for each in written]
    most = [_most(project, each) for each in written]
    answers = [ask({"Statement": [each for each in one if each]}) for one in (least, most)]
    return answers[0] if answers[0] == answers[1] else doubt_of(written)


def _about_whole(project: Project, statement: Statement, whole: Block | None) -> Statement:
    if whole is None or "Resource" not in statement:
        return statement
    values = [
        ANYONE if isinstance(each, Reference) and points_to(project, each, whole) else each
        for each in listed(statement["Resource"])
    ]
    return {**statement, "Resource": values}


def _resource_open(statement: Statement) -> bool:
    return has_doubt({"Resource": statement.get("Resource")})


def _least(project: Project, statement: Statement, *, everything: bool) -> Statement | None:
    """As if a Deny took back all that it may, and an Allow were narrowed by what is unknown."""
    allows = statement["Effect"] == "Allow"
    found = _principals(project, statement, _NAMED if allows else ANYONE)
    if allows:
        conditions = statement.get("Condition") or {}
        return None if has_doubt(conditions) else _resources(found, _NOTHING)
    if everything or _resource_open(found):
        found["Resource"] = ANYONE
    if "Condition" in found:
        found["Condition"] = {
            operator: {
                key: _known(value, _PLAIN)
                for key, value in keys.items()
                if not _may_exempt(operator, value)
            }
            for operator, keys in found["Condition"].items()
        }
    return _resources(found, ANYONE)


def _may_exempt(operator: str, value: Any) -> bool:
    """Whether a condition of a Deny may leave out few, by values that are not known."""
    return "not" in operator.lower() and has_doubt({"": value})


def _most(project: Project, statement: Statement) -> Statement | None:
    """As if a Deny took back no more than it must, and nothing unknown narrowed an Allow."""
    allows = statement["Effect"] == "Allow"
    found = _principals(project, statement, ANYONE if allows else _NAMED)
    if has_doubt(statement.get("Condition") or {}):
        if not allows:
            return None
        found["Condition"] = {
            operator: {key: _known(_fixed(key, value), ANYONE) for key, value in keys.items()}
            for operator, keys in found["Condition"].items()
        }
    return _resources(found, ANYONE if allows else _NOTHING)


def _fixed(key: str, value: Any) -> Any:
    """The values of a condition, with some fixed one where a resource gives it: the ARN of a topic
    is that of one topic, whichever it will be."""
    names = _GIVEN.get(key.lower())
    if names is None:
        return value
    attribute, fixed = names
    return [
        fixed if isinstance(each, Reference) and each.attribute == attribute else each
        for each in listed(value)
    ]


def _principals(project: Project, statement: Statement, unknown: str) -> Statement:
    """The statement with somebody in place of each principal that is not known. A role, say, that
    is named by reference is not everybody."""

    def name(value: Any) -> Any:
        source = project.target(value)
        if source is not None and source.type in _FIXED:
            return _NAMED
        return unknown if isinstance(value, Unknown | Reference) else value

    found = dict(statement)
    for part in ("Principal", "NotPrincipal"):
        value = found.get(part)
        if isinstance(value, dict):
            found[part] = {kind: [name(each) for each in listed(of)] for kind, of in value.items()}
        elif part in found:
            found[part] = {"AWS": name(value)} if isinstance(value, Unknown | Reference) else value
    return found


def _resources(statement: Statement, unknown: str) -> Statement:
    """The statement with a resource in place of each that is not known. A reference is not: a plan
    has the same one for a bucket, for all objects in it and for some."""
    found = dict(statement)
    for part in ("Resource", "NotResource"):
        if part in found:
            found[part] = _known(found[part], unknown)
    return found


def _known(value: Any, unknown: str) -> Any:
    return [unknown if isinstance(each, Unknown | Reference) else each for each in listed(value)]
