"""The reader over HTTP: whatever a service, a network or something in between answers, a list is
whole, a "none" was said, and all else is unknown with its reason and listed once."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest

from collectors.aws.collect import declared_calls
from collectors.aws.reader import Reader
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.calls import Call
from collectors.document import Unknown
from collectors.snapshot import FailedCall
from tests.collectors.aws.scripted import (
    RESET,
    XML,
    Reply,
    Scripted,
    error,
    reader_at,
    scripted,
)

CALLS = {call.name: call for call in declared_calls()}
POLICY = CALLS["s3:GetBucketPolicy"]
REGION = "cn-north-1"
HTML = "text/html"
Open = Callable[..., Reader]


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def open_reader(session: boto3.Session, server: Scripted) -> Open:
    return functools.partial(reader_at, session, server.url)


def groups(*names: str, token: str = "") -> Reply:
    page: dict[str, Any] = {"logGroups": [{"logGroupName": name} for name in names]}
    return Reply(body=json.dumps(page | ({"nextToken": token} if token else {})))


def names(answer: Any) -> list[str]:
    return [group["logGroupName"] for group in answer]


def failed(**changes: str) -> FailedCall:
    values = {
        "provider": "aws",
        "account": "123456789012",
        "region": REGION,
        "service": "logs",
        "operation": "DescribeLogGroups",
        "permission": "logs:DescribeLogGroups",
        "code": "AccessDeniedException",
        "message": "told by the test",
    }
    return FailedCall(**(values | changes))


def test_every_page_is_read(server: Scripted, open_reader: Open) -> None:
    pages = [groups("a", "b", token="2"), groups(token="3"), groups("c")]
    server.says("DescribeLogGroups", *pages)
    reader = open_reader()
    assert names(reader.read(DESCRIBE_LOG_GROUPS, REGION)) == ["a", "b", "c"]
    tokens = [json.loads(asked.body).get("nextToken") for asked in server.asked]
    assert tokens == [None, "2", "3"]
    assert reader.answers.failed_calls == []


def test_an_empty_list_is_an_answer(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", groups())
    reader = open_reader()
    assert reader.read(DESCRIBE_LOG_GROUPS, REGION) == []
    assert reader.answers.failed_calls == []


def test_a_question_is_asked_once(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", groups("a"), groups("other"))
    made: list[str] = []
    reader = open_reader(on_call=lambda call: made.append(call.name))
    first = reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert reader.read(DESCRIBE_LOG_GROUPS, REGION) == first
    assert len(server.asked) == 1
    assert made == ["logs:DescribeLogGroups"]


def test_regions_and_parameters_are_questions_of_their_own(
    server: Scripted, open_reader: Open
) -> None:
    server.says("DescribeLogGroups", *(groups(name) for name in "abc"))
    reader = open_reader()
    answers = [
        reader.read(DESCRIBE_LOG_GROUPS, REGION),
        reader.read(DESCRIBE_LOG_GROUPS, "cn-northwest-1"),
        reader.read(DESCRIBE_LOG_GROUPS, REGION, logGroupNamePrefix="x"),
    ]
    assert [names(answer) for answer in answers] == [["a"], ["b"], ["c"]]
    signed = [asked.authorization.split("/")[2] for asked in server.asked]
    assert signed == [REGION, "cn-northwest-1", REGION]


def test_two_parts_of_one_answer_are_not_mixed_up(server: Scripted, open_reader: Open) -> None:
    """Two declarations of one operation that want different parts of its answer."""
    server.says("GetCallerIdentity", *[_identity()] * 2)
    call = Call(
        provider="aws",
        service="sts",
        operation="GetCallerIdentity",
        permission="sts:GetCallerIdentity",
        scope="account",
        result="Arn",
    )
    other = Call(**{**{f: getattr(call, f) for f in call.__struct_fields__}, "result": "UserId"})
    reader = open_reader()
    assert reader.read(call, REGION) == "arn:aws-cn:iam::1:user/x"
    assert reader.read(other, REGION) == "AIDA"


def _identity() -> Reply:
    inner = "<Arn>arn:aws-cn:iam::1:user/x</Arn><UserId>AIDA</UserId><Account>1</Account>"
    result = f"<GetCallerIdentityResult>{inner}</GetCallerIdentityResult>"
    return Reply(body=f"<GetCallerIdentityResponse>{result}</GetCallerIdentityResponse>", kind=XML)


def test_threads_share_one_question(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", error("AccessDeniedException"))
    reader = open_reader()
    together = threading.Barrier(8)

    def ask(_: int) -> Any:
        together.wait()
        return reader.read(DESCRIBE_LOG_GROUPS, REGION)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert answers == [Unknown("AccessDeniedException: logs:DescribeLogGroups")] * 8
    assert len(server.asked) == 1
    assert reader.answers.failed_calls == [failed()]


def test_no_more_requests_at_once_than_allowed(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", groups())
    server.hold, server.most_at_once = 0.02, 0
    reader = open_reader(concurrency=3)
    with ThreadPoolExecutor(12) as pool:
        list(
            pool.map(
                lambda i: reader.read(DESCRIBE_LOG_GROUPS, REGION, logGroupNamePrefix=str(i)),
                range(24),
            )
        )
    server.hold = 0.0
    assert len(server.asked) == 24
    assert server.most_at_once == 3


def test_a_denial_is_unknown_and_listed_whole(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", error("AccessDeniedException"))
    reader = open_reader()
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION, resource="the log groups")
    assert answer == Unknown("AccessDeniedException: logs:DescribeLogGroups")
    assert reader.answers.failed_calls == [failed(resource="the log groups")]
    assert reader.read(DESCRIBE_LOG_GROUPS, REGION) is answer
    assert len(reader.answers.failed_calls) == 1


def test_a_page_that_is_denied_takes_the_others_with_it(
    server: Scripted, open_reader: Open
) -> None:
    server.says("DescribeLogGroups", groups("a", token="2"), error("AccessDeniedException"))
    reader = open_reader()
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert answer == Unknown("AccessDeniedException: logs:DescribeLogGroups")
    assert reader.answers.failed_calls == [failed()]


def test_pages_that_go_in_circles_are_no_list(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", groups("a", token="2"))
    reader = open_reader()
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert answer == Unknown("PaginationError: logs:DescribeLogGroups")


def test_a_throttle_is_asked_again_and_then_unknown(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", error("ThrottlingException"))
    reader = open_reader(attempts=2)
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert answer == Unknown("ThrottlingException: logs:DescribeLogGroups")
    assert len(server.asked) == 2
    assert reader.answers.failed_calls == [failed(code="ThrottlingException")]


@pytest.mark.parametrize(
    "first",
    [error("ThrottlingException"), error("X", 500), RESET],
    ids=["throttle", "500", "reset"],
)
def test_a_passing_trouble_leaves_no_trace(
    first: Reply, server: Scripted, open_reader: Open
) -> None:
    server.says("DescribeLogGroups", first, groups("a"))
    reader = open_reader(attempts=2)
    assert names(reader.read(DESCRIBE_LOG_GROUPS, REGION)) == ["a"]
    assert reader.answers.failed_calls == []


NETWORK = {
    "reset": RESET,
    "cut short": Reply(body='{"logGroups": [{"logGroupName": "a"}', cut=True),
    "cut before all of it": Reply(cut=True),
}


@pytest.mark.parametrize("reply", NETWORK.values(), ids=NETWORK)
def test_a_connection_that_breaks_is_unknown(
    reply: Reply, server: Scripted, open_reader: Open
) -> None:
    server.says("DescribeLogGroups", reply)
    reader = open_reader()
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert isinstance(answer, Unknown)
    assert answer.reason.endswith(": logs:DescribeLogGroups")
    assert len(reader.answers.failed_calls) == 1


def test_a_region_without_the_service_is_unknown(open_reader: Open) -> None:
    """Its name does not resolve, as a service's does not in a region that lacks it."""
    reader = open_reader(endpoint_url="http://guardduty.nowhere.invalid")
    call = CALLS["guardduty:ListDetectors"]
    assert reader.read(call, REGION) == Unknown("EndpointConnectionError: guardduty:ListDetectors")
    assert [one.region for one in reader.answers.failed_calls] == [REGION]


def test_nobody_at_the_endpoint_is_unknown(open_reader: Open) -> None:
    reader = open_reader(endpoint_url="http://127.0.0.1:1")
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert answer == Unknown("EndpointConnectionError: logs:DescribeLogGroups")


def test_parameters_that_the_api_does_not_take_are_unknown(open_reader: Open) -> None:
    reader = open_reader()
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION, noSuchParameter=1)
    assert answer == Unknown("ParamValidationError: logs:DescribeLogGroups")


def test_a_long_message_is_cut(server: Scripted, open_reader: Open) -> None:
    server.says("DescribeLogGroups", error("AccessDeniedException", message="x" * 9999))
    reader = open_reader()
    reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert [len(one.message) for one in reader.answers.failed_calls] == [500]


def test_a_failed_step_names_the_place(open_reader: Open) -> None:
    reader = open_reader()
    group: dict[str, str] = {}
    try:
        group["arn"]
    except KeyError as caught:
        answer = reader.answers.failed_step("CloudWatch Logs", REGION, caught)
    assert answer == Unknown("UnexpectedAnswer: CloudWatch Logs")
    (one,) = reader.answers.failed_calls
    assert (one.service, one.operation, one.code) == ("CloudWatch Logs", "*", "UnexpectedAnswer")
    assert one.message.startswith("KeyError: 'arn' (test_reader_http.py:")
