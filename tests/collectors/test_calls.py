"""The declaration of a call: permissions, documentation and fault tests derive from it. What each
declaration says is held against the services' models beside the AWS collectors' tests."""

from __future__ import annotations

import msgspec
import pytest

from collectors.aws.collect import declared_calls, load_services
from collectors.calls import Call

EVERY = sorted(
    {*declared_calls(), *(call for service in load_services() for call in service.calls)},
    key=lambda call: (call.name, call.result),
)
NEVER_ABSENT = (
    *("Denied", "Unauthori", "Forbidden", "Throttl", "LimitExceeded", "SlowDown", "Expired"),
    *("Internal", "Unavailable", "Timeout", "403", "429", "500", "503"),
)
CALL = Call(
    provider="aws",
    service="ec2",
    operation="DescribeVpcs",
    permission="ec2:DescribeVpcs",
    scope="region",
)

each_call = pytest.mark.parametrize(
    "call", EVERY, ids=[f"{call.name} {call.result}".strip() for call in EVERY]
)


def test_a_call_is_named_as_people_write_it() -> None:
    assert CALL.name == "ec2:DescribeVpcs"


def test_a_call_that_says_nothing_more_expects_an_answer_at_once() -> None:
    assert (CALL.result, CALL.paged, CALL.may_omit, CALL.absent, CALL.pending) == (
        *("", False, False, (), ()),
    )


def test_a_call_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        CALL.absent = ("AccessDenied",)  # type: ignore[misc]


def test_calls_are_told_apart_by_all_that_they_say() -> None:
    same = msgspec.structs.replace(CALL)
    other = msgspec.structs.replace(CALL, result="Vpcs")
    assert len({CALL, same, other}) == 2


@each_call
def test_a_declaration_is_data(call: Call) -> None:
    assert msgspec.json.decode(msgspec.json.encode(call), type=Call) == call


@each_call
def test_a_denial_or_a_failure_never_means_that_there_is_none(call: Call) -> None:
    for code in call.absent:
        assert not [word for word in NEVER_ABSENT if word in code], code
    # IAM says LimitExceeded while it makes the last report: asked again, and then unknown.
    for code in call.pending:
        assert "Denied" not in code


@each_call
def test_a_list_of_pages_never_ends_as_absent(call: Call) -> None:
    """An "absent" on a later page would throw away what the first ones said."""
    assert not (call.paged and call.absent)
