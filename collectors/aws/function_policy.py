"""What the policy of a Lambda function opens to anyone. Pure.

A policy is asked in two ways: for calls of the API (lambda:InvokeFunction), and for requests to the
function's URL (lambda:InvokeFunctionUrl), which asks it even where the URL authenticates nobody
(Lambda developer guide, "Control access to Lambda function URLs").
"""

from __future__ import annotations

from collections.abc import Callable

from collectors.aws.logic import Known, some
from collectors.aws.policy_denials import lets_anyone
from collectors.aws.policy_document import Clause, PolicyText, clauses
from collectors.document import Unknown, then

ONE_ALONE = Unknown("lambda:InvokeFunctionUrl is granted alone: it opens older function URLs only")
_BOTH_SINCE = "2025-10"
_URL_KEYS = {"lambda:functionurlauthtype", "lambda:invokedviafunctionurl"}
_POSITIVE = {"stringequals", "stringequalsignorecase", "stringlike", "bool"}


def opens_calls(policy: PolicyText) -> Known:
    """Whether anyone with an AWS account may call the function."""
    return _opens(policy, "lambda:InvokeFunction", lambda _, values: "false" in values)


def opens_url(policy: PolicyText, auth_type: str, made: str | None = None) -> Known:
    """Whether anyone may send requests to a URL of that authentication: NONE or AWS_IAM. `made` is
    when the URL was made, in ISO 8601. Since October 2025 it takes lambda:InvokeFunction besides
    (the same page of the guide); for a while AWS excepted accounts that had URLs before, so that
    what opens a newer one by the first permission alone is not known."""

    def may_hold(key: str, values: list[str]) -> bool:
        return (auth_type.lower() if key == "lambda:functionurlauthtype" else "true") in values

    url = _opens(policy, "lambda:InvokeFunctionUrl", may_hold)
    if url is not True or _is_older(made):
        return url
    return some([_opens(policy, "lambda:InvokeFunction", may_hold), ONE_ALONE])


def _is_older(made: str | None) -> bool:
    return made is not None and made[: len(_BOTH_SINCE)] < _BOTH_SINCE


def _opens(policy: PolicyText, action: str, may_hold: Callable[[str, list[str]], bool]) -> Known:
    """Whether a statement lets anyone do something. `may_hold` tells of a condition about URLs
    whether such a request can meet it."""
    return then(
        clauses(policy),
        lambda found: lets_anyone(
            [
                clause
                for clause in found
                if not clause.allows
                or all(may_hold(key, values) for key, values in _about_urls(clause))
            ],
            action,
        ),
    )


def _about_urls(clause: Clause) -> list[tuple[str, list[str]]]:
    """The conditions of a statement that only requests to a URL meet, in lower case."""
    return [
        (key.lower(), [value.lower() for value in values])
        for operator, keys in clause.conditions.items()
        for key, values in keys.items()
        if operator.lower() in _POSITIVE and key.lower() in _URL_KEYS
    ]
