"""What the policy of a Lambda function opens to anyone. Pure.

A policy is asked in two ways: for calls of the API (lambda:InvokeFunction), and for requests to the
function's URL (lambda:InvokeFunctionUrl), which asks it even where the URL authenticates nobody
(Lambda developer guide, "Control access to Lambda function URLs").
"""

from __future__ import annotations

from collections.abc import Callable

from collectors.aws.logic import Known
from collectors.aws.policy_denials import lets_anyone
from collectors.aws.policy_document import Clause, PolicyText, clauses
from collectors.document import then

_URL_KEYS = {"lambda:functionurlauthtype", "lambda:invokedviafunctionurl"}
_POSITIVE = {"stringequals", "stringequalsignorecase", "stringlike", "bool"}


def opens_calls(policy: PolicyText) -> Known:
    """Whether anyone with an AWS account may call the function."""
    return _opens(policy, "lambda:InvokeFunction", lambda _, values: "false" in values)


def opens_url(policy: PolicyText, auth_type: str) -> Known:
    """Whether anyone may send requests to a URL of that authentication: NONE or AWS_IAM."""
    return _opens(
        policy,
        "lambda:InvokeFunctionUrl",
        lambda key, values: key != "lambda:functionurlauthtype" or auth_type.lower() in values,
    )


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
