"""Whether the resource policy of a REST API lets requests in from anywhere, where parts of it may
be known only after apply. The rules are those of collectors.aws.api_policy."""

from __future__ import annotations

from typing import Any

from collectors.aws.api_policy import lets_in
from collectors.aws.logic import Known
from collectors.aws.policy_document import ANYONE, clauses
from collectors.document import Unknown, then
from collectors.iac.blocks import Project, Reference
from collectors.iac.mappers.aws.policy import Written, doubt_of, has_doubt
from collectors.iac.mappers.aws.policy_source import listed

_OWN = {"aws_iam_role", "aws_iam_user", "data.aws_iam_role", "data.aws_iam_user"}
_SOME_ACCOUNT = "0" * 12


def lets_anyone_in(project: Project, written: Written | Unknown | None) -> Known:
    """Whether requests from anywhere pass; an API without a policy is open. Worked out for the most
    and for the least that the unknown parts of a policy may let in."""
    if written is None or isinstance(written, Unknown):
        return True if written is None else written
    named = [_with_names(project, each) for each in written]
    most, least = (_answer(named, widest=widest) for widest in (True, False))
    return most if most == least else doubt_of(written)


def _with_names(project: Project, statement: dict[str, Any]) -> dict[str, Any]:
    """A statement in which users and roles of the project stand for some account."""
    named = statement.get("Principal")
    if not isinstance(named, dict):
        return statement
    principals = {
        kind: [_SOME_ACCOUNT if _is_own(project, each) else each for each in listed(values)]
        for kind, values in named.items()
    }
    return {**statement, "Principal": principals}


def _is_own(project: Project, value: Any) -> bool:
    source = project.target(value)
    return source is not None and source.type in _OWN


def _answer(written: Written, *, widest: bool) -> Known:
    found = [kept for each in written if (kept := _settled(each, widest)) is not None]
    return then(clauses({"Statement": found}), lets_in)


def _settled(statement: dict[str, Any], widest: bool) -> dict[str, Any] | None:
    """A statement without what is not known of it: as it lets in most, or least; None where that
    takes it away. What an Allow is about never matters."""
    allows = statement.get("Effect") == "Allow"
    weighed = {name: value for name, value in statement.items() if name != "Resource" or not allows}
    if allows != widest and has_doubt(weighed):
        return None
    return {name: _filled(name, value) for name, value in statement.items()}


def _filled(name: str, value: Any) -> Any:
    """A part whose unknown values are everybody and everything; conditions on them are gone."""
    if not has_doubt({name: value}):
        return value
    if name == "Condition" and isinstance(value, dict):
        return {
            operator: {key: each for key, each in keys.items() if not has_doubt({key: each})}
            for operator, keys in value.items()
        }
    if name in {"Resource", "NotResource"}:
        return [ANYONE if isinstance(each, Unknown | Reference) else each for each in listed(value)]
    return ANYONE
