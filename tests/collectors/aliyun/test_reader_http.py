"""Reading over HTTP: paging, throttling, what fails, what is not offered, through the real SDK."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.api import Product, product
from collectors.aliyun.collect import DESCRIBE_REGIONS
from collectors.aliyun.endpoints import Endpoints, exists
from collectors.aliyun.errors import NotOfferedError
from collectors.aliyun.members import LIST_ACCOUNTS
from collectors.aliyun.services.ack import DESCRIBE_CLUSTERS
from collectors.aliyun.services.security_groups import (
    DESCRIBE_SECURITY_GROUP_ATTRIBUTE,
    DESCRIBE_SECURITY_GROUPS,
)
from collectors.aliyun.services.slb import DESCRIBE_ACL
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import REGION, AliyunServer, Fault

ACCOUNTS = [{"AccountId": str(number), "Status": "CreateSuccess"} for number in range(7)]
GROUPS = [{"SecurityGroupId": f"sg-{number}"} for number in range(7)]
WORLD: dict[str, Any] = {
    "resourcemanager": {
        "ListAccounts": [{"body": {"TotalCount": 7, "Accounts": {"Account": ACCOUNTS}}}]
    },
    "ecs": {
        "DescribeSecurityGroups": [{"body": {"SecurityGroups": {"SecurityGroup": GROUPS}}}],
        "DescribeSecurityGroupAttribute": [
            {
                "when": {"SecurityGroupId": "sg-gone"},
                "status": 404,
                "body": {"Code": "InvalidSecurityGroupId.NotFound", "Message": "gone"},
            }
        ],
    },
}
BY_NUMBER, BY_TOKEN = LIST_ACCOUNTS, DESCRIBE_SECURITY_GROUPS
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=WORLD)


@pytest.fixture
def ask(server: AliyunServer, open_account: OpenAccount) -> Ask:
    """Asks a call of a fresh account, with three attempts and pages of three."""
    server.decide = lambda asked: None
    server.seen.clear()
    server.page = 3

    def asked(call: Call, attempts: int = 3, **params: Any) -> Any:
        account = open_account(server, attempts=attempts)
        return account.read(call, REGION, **params)

    return asked


@pytest.mark.parametrize(("call", "items"), [(BY_NUMBER, ACCOUNTS), (BY_TOKEN, GROUPS)])
def test_every_page_is_read(ask: Ask, server: AliyunServer, call: Call, items: Any) -> None:
    assert ask(call) == items
    assert len(server.seen) == 3


def test_what_is_asked_twice_is_read_once(
    server: AliyunServer, open_account: OpenAccount, ask: Ask
) -> None:
    account = open_account(server)
    assert account.read(BY_NUMBER, REGION) == account.read(BY_NUMBER, REGION)
    assert len(server.seen) == 3


def fails(server: AliyunServer, fault: Fault, *places: int) -> None:
    """The requests at these places (from 0) fail."""
    seen = iter(range(1000))
    server.decide = lambda asked: fault if next(seen) in places else None


THROTTLED = Fault(status=400, code="Throttling.User")
PASSING = [
    THROTTLED,
    Fault(status=503, code="ServiceUnavailable"),
    Fault(status=500, code="InternalError"),
    Fault(kind="reset"),
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.code or fault.kind)
def test_what_passes_is_asked_again(ask: Ask, server: AliyunServer, fault: Fault) -> None:
    fails(server, fault, 0, 1, 4)
    assert ask(BY_NUMBER) == ACCOUNTS


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.code or fault.kind)
def test_what_does_not_pass_is_unknown(ask: Ask, server: AliyunServer, fault: Fault) -> None:
    server.decide = lambda asked: fault
    found = ask(BY_NUMBER)
    assert isinstance(found, Unknown)
    assert found.reason.endswith(": resourcemanager:ListAccounts")
    assert len(server.seen) == 3


def test_a_denial_is_not_asked_again(ask: Ask, server: AliyunServer) -> None:
    server.decide = lambda asked: Fault(status=403, code="NoPermission")
    assert ask(BY_NUMBER) == Unknown("NoPermission: resourcemanager:ListAccounts")
    assert len(server.seen) == 1


@pytest.mark.parametrize("call", [BY_NUMBER, BY_TOKEN], ids=lambda call: call.name)
@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_page_that_fails_makes_the_whole_list_unknown(
    ask: Ask, server: AliyunServer, call: Call, page: int
) -> None:
    fails(server, Fault(status=403, code="Forbidden.RAM"), page)
    assert ask(call) == Unknown(f"Forbidden.RAM: {call.permission}")


@pytest.mark.parametrize("kind", ["garbage", "html"])
def test_an_answer_that_is_not_the_apis_is_unknown(
    ask: Ask, server: AliyunServer, kind: Any
) -> None:
    server.decide = lambda asked: Fault(kind=kind)
    assert ask(BY_NUMBER) == Unknown("MalformedResponse: resourcemanager:ListAccounts")


def test_a_list_that_ends_before_its_total_is_unknown(ask: Ask, server: AliyunServer) -> None:
    fails(server, Fault(kind="truncated"), 2)
    assert ask(BY_NUMBER) == Unknown("MalformedResponse: resourcemanager:ListAccounts")


@pytest.mark.parametrize(
    "totals",
    [
        {},
        # Less than there is: it counts something else.
        {"TotalCount": 2},
        {"total_count": 7},
        {"page": {"total_count": 7}},
        {"Content": {"TotalCount": 7}},
    ],
)
def test_a_short_page_ends_no_list(
    serve: Serve, open_account: OpenAccount, totals: dict[str, Any]
) -> None:
    """The server gives three items at a time, though fifty are asked for."""
    body = {**totals, "Accounts": {"Account": ACCOUNTS}}
    server = serve(world={"resourcemanager": {"ListAccounts": [{"body": body}]}})
    server.page = 3
    assert open_account(server).read(BY_NUMBER, REGION) == ACCOUNTS


@pytest.mark.parametrize(
    ("service", "call", "answer", "asked"),
    [
        (
            "slb",
            DESCRIBE_ACL,
            {"TotalAclEntry": 7, "AclEntrys": {"AclEntry": GROUPS}},
            {"AclId": "acl-1"},
        ),
        ("cs", DESCRIBE_CLUSTERS, {"page_info": {"total_count": 7}, "clusters": GROUPS}, {}),
    ],
)
def test_lists_that_count_themselves_in_other_words_do_not_end_early(
    serve: Serve, open_account: OpenAccount, service: str, call: Call, answer: Any, asked: Any
) -> None:
    server = serve(world={service: {call.operation: [{"body": answer}]}})
    server.page = 3
    assert open_account(server).read(call, REGION, **asked) == GROUPS
    fails(server, Fault(kind="truncated"), 2)
    found = open_account(server).read(call, REGION, **asked)
    assert found == Unknown(f"MalformedResponse: {call.permission}")


def test_codes_of_absence_give_none(ask: Ask) -> None:
    call = Call(
        provider="aliyun",
        service="ecs",
        operation="DescribeSecurityGroupAttribute",
        permission="ecs:DescribeSecurityGroupAttribute",
        scope="resource",
        result="Permissions.Permission",
        paged=True,
        absent=("InvalidSecurityGroupId.NotFound",),
    )
    assert ask(call, SecurityGroupId="sg-gone") is None
    assert ask(DESCRIBE_SECURITY_GROUP_ATTRIBUTE, SecurityGroupId="sg-gone") == Unknown(
        "InvalidSecurityGroupId.NotFound: ecs:DescribeSecurityGroupAttribute"
    )


def test_a_wrong_key_is_told_by_the_server(
    serve: Serve, open_account: OpenAccount, server: AliyunServer
) -> None:
    server.decide = lambda asked: Fault(status=404, code="InvalidAccessKeyId.NotFound")
    found = open_account(server).read(DESCRIBE_REGIONS, REGION)
    assert found == Unknown("InvalidAccessKeyId.NotFound: ecs:DescribeRegions")


VPC = Product(code="Vpc", version="2016-04-28", location="vpc")


def test_the_location_service_knows_where_a_product_is() -> None:
    asked: list[tuple[str, str]] = []

    def locate(code: str, region: str) -> list[dict[str, str]]:
        asked.append((code, region))
        return [{"Endpoint": "vpc.cn-nanjing.aliyuncs.com"}] if region == "cn-nanjing" else []

    endpoints = Endpoints(None, locate)
    assert endpoints.of(VPC, "cn-nanjing").host == "vpc.cn-nanjing.aliyuncs.com"
    for _ in range(2):
        with pytest.raises(NotOfferedError):
            endpoints.of(VPC, "cn-somewhere")
    assert asked == [("vpc", "cn-nanjing"), ("vpc", "cn-somewhere")]


def test_a_product_that_nobody_locates_is_where_its_host_is() -> None:
    def locate(code: str, region: str) -> list[dict[str, str]]:
        raise AssertionError(code)

    regional = {"cn-beijing": "mns-open.cn-beijing.aliyuncs.com"}
    about = Product(code="Mns-open", version="2022-01-19", regional=regional)
    hosts = {"mns-open.cn-nanjing.aliyuncs.com"}
    endpoints = Endpoints(None, locate, hosts.__contains__)
    assert endpoints.of(about, "cn-beijing").host == "mns-open.cn-beijing.aliyuncs.com"
    assert endpoints.of(about, "cn-nanjing").host == "mns-open.cn-nanjing.aliyuncs.com"
    with pytest.raises(NotOfferedError):
        endpoints.of(about, "cn-somewhere")
    # Where hosts have other names, that one of the usual name is missing tells nothing.
    other = Product(code="FC", version="2023-03-30", regional={"cn-beijing": "fcv3.example"})
    assert endpoints.of(other, "cn-somewhere").host == "fc.cn-somewhere.aliyuncs.com"


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (None, True),
        (socket.gaierror(socket.EAI_NONAME, "no such name"), False),
        # The name service does not answer: nothing is known.
        (socket.gaierror(socket.EAI_AGAIN, "try again"), True),
        (socket.gaierror(socket.EAI_FAIL, "broken"), True),
        (TimeoutError(), True),
    ],
)
def test_a_host_is_missing_by_the_word_of_the_name_service_alone(
    monkeypatch: pytest.MonkeyPatch, error: Exception | None, found: bool
) -> None:
    def look_up(host: str, port: int) -> None:
        if error:
            raise error

    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert exists("mns-open.cn-somewhere.aliyuncs.com", look_up) is found
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert exists("mns-open.cn-somewhere.aliyuncs.com", look_up) is True


def test_the_metadata_come_before_the_location_service() -> None:
    def locate(code: str, region: str) -> list[dict[str, str]]:
        raise AssertionError(code)

    endpoints = Endpoints(None, locate)
    assert endpoints.of(product("sts"), "cn-beijing").host == "sts.aliyuncs.com"
    found = endpoints.of(product("ecs"), "cn-beijing")
    assert (found.host, found.secure) == ("ecs.cn-beijing.aliyuncs.com", True)
