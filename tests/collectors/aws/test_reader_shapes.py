"""The reader: "there is none" only where the service says so, and what has another shape, or comes
from somebody else, is unknown."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.model import StructureShape

from collectors.aws import reader as reader_module
from collectors.aws.collect import declared_calls, load_services
from collectors.aws.reader import Reader
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aws.scripted import (
    XML,
    Reply,
    Scripted,
    query_error,
    reader_at,
    s3_error,
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


def test_what_the_api_calls_absent_is_none(server: Scripted, open_reader: Open) -> None:
    server.says("policy", s3_error("NoSuchBucketPolicy", 404))
    reader = open_reader()
    assert reader.read(POLICY, REGION, "web", Bucket="web") is None
    assert reader.answers.failed_calls == []


@pytest.mark.parametrize(
    ("code", "status"),
    [("AccessDenied", 403), ("NoSuchBucket", 404), ("MethodNotAllowed", 405), ("SlowDown", 503)],
)
def test_all_else_is_not_absent(
    code: str, status: int, server: Scripted, open_reader: Open
) -> None:
    server.says("policy", s3_error(code, status))
    reader = open_reader()
    answer = reader.read(POLICY, REGION, "web", Bucket="web")
    assert answer == Unknown(f"{code}: s3:GetBucketPolicy")
    assert [(one.resource, one.code) for one in reader.answers.failed_calls] == [("web", code)]


def test_absent_is_known_by_its_code_and_not_by_its_status(
    server: Scripted, open_reader: Open
) -> None:
    """A proxy's own 404 is no word of S3's."""
    server.says("policy", Reply(404, "<html><body>Not Found</body></html>", "text/html"))
    answer = open_reader().read(POLICY, REGION, "web", Bucket="web")
    assert isinstance(answer, Unknown)


SHAPES = {
    "no result": "{}",
    "another result": '{"logGroupz": []}',
    "null for the result": '{"logGroups": null}',
    "a text for the result": '{"logGroups": "none"}',
    "a list for the answer": "[]",
    "a number for the answer": "5",
    "nothing": "",
    "half of it": '{"logGroups": [',
    "a page of HTML": "<html><body>Please sign in</body></html>",
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_an_answer_of_another_shape_is_unknown(
    body: str, server: Scripted, open_reader: Open
) -> None:
    server.says("DescribeLogGroups", Reply(body=body))
    reader = open_reader()
    answer = reader.read(DESCRIBE_LOG_GROUPS, REGION)
    assert answer == Unknown("MalformedResponse: logs:DescribeLogGroups")
    assert [one.code for one in reader.answers.failed_calls] == ["MalformedResponse"]


@pytest.mark.parametrize(
    "name", ["ec2:DescribeVpcs", "iam:ListMFADevices", "rds:DescribeDBInstances"]
)
@pytest.mark.parametrize("body", ["", "<html><body>Please sign in</body></html>", "{}", "<Other/>"])
def test_an_answer_of_another_shape_in_xml_is_unknown(
    name: str, body: str, server: Scripted, open_reader: Open
) -> None:
    call = CALLS[name]
    server.says("*", Reply(body=body, kind=XML))
    params = {"UserName": "x"} if call.service == "iam" else {}
    answer = open_reader().read(call, REGION, **params)
    assert answer == Unknown(f"MalformedResponse: {call.permission}")


EVERY = sorted(
    {*CALLS.values(), *(call for service in load_services() for call in service.calls)},
    key=lambda call: (call.name, call.result),
)
NOT_AWS = {
    "a page of HTML": Reply(body="<html><body>Please sign in</body></html>", id=False, kind=HTML),
    "HTML that is no XML": Reply(body="<html><p>Please<br>sign in", id=False, kind=HTML),
    "nothing": Reply(id=False, kind=XML),
    "another API's JSON": Reply(body='{"status": "ok"}', id=False),
}


@pytest.mark.parametrize("reply", NOT_AWS.values(), ids=NOT_AWS)
@pytest.mark.parametrize("call", EVERY, ids=[f"{call.name} {call.result}" for call in EVERY])
def test_what_is_not_of_aws_says_nothing_about_any_resource(
    call: Call, reply: Reply, server: Scripted, open_reader: Open
) -> None:
    """A proxy in between answers 200 with a page of its own: never a "none", never a list."""
    server.says("*", reply)
    reader = open_reader()
    model = reader._client(call.service, REGION).meta.service_model
    shape = model.operation_model(call.operation).input_shape
    answer = reader.read(call, REGION, **(_required(shape) if shape else {}))
    assert isinstance(answer, Unknown)
    assert answer.reason.endswith(f": {call.permission}")
    assert len(reader.answers.failed_calls) == 1


def _required(shape: StructureShape) -> dict[str, Any]:
    """The parameters that an operation cannot do without."""
    return {name: _value(shape.members[name]) for name in shape.required_members}


def _value(shape: Any) -> Any:
    match shape.type_name:
        case "structure":
            return _required(shape)
        case "list":
            return [_value(shape.member)]
        case "integer" | "long":
            return shape.metadata.get("min", 1)
        case "boolean":
            return True
        case _:
            known = shape.metadata.get("enum")
            return known[0] if known else "1" * max(12, shape.metadata.get("min", 1))


REPORT = CALLS["iam:GetCredentialReport"]


def _report() -> Reply:
    inner = "<Content>dXNlcixhcm4=</Content><ReportFormat>text/csv</ReportFormat>"
    result = f"<GetCredentialReportResult>{inner}</GetCredentialReportResult>"
    return Reply(
        body=f"<GetCredentialReportResponse>{result}</GetCredentialReportResponse>", kind=XML
    )


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "PENDING_PAUSES", (0, 0))


def test_what_is_not_ready_is_asked_again(server: Scripted, open_reader: Open) -> None:
    pending = query_error(REPORT.pending[0], 404)
    server.says("GetCredentialReport", pending, pending, _report())
    reader = open_reader()
    answer = reader.read(REPORT, REGION)
    assert "user,arn" in (answer if isinstance(answer, str) else answer["Content"])
    assert len(server.asked) == 3
    assert reader.answers.failed_calls == []


def test_what_is_never_ready_is_unknown(server: Scripted, open_reader: Open) -> None:
    code = REPORT.pending[0]
    server.says("GetCredentialReport", query_error(code, 404))
    reader = open_reader()
    assert reader.read(REPORT, REGION) == Unknown(f"{code}: iam:GetCredentialReport")
    assert len(server.asked) == 3
    assert [one.code for one in reader.answers.failed_calls] == [code]


def test_a_denial_is_not_waited_for(server: Scripted, open_reader: Open) -> None:
    server.says("GetCredentialReport", query_error("AccessDenied", 403))
    assert open_reader().read(REPORT, REGION) == Unknown("AccessDenied: iam:GetCredentialReport")
    assert len(server.asked) == 1
