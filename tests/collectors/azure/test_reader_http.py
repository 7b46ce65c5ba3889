"""Reading over HTTP: pages, throttling, what fails, what is absent, through the real azure-core."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.calls import AzureCall, child, directory, listing
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

ADDRESSES = [
    {
        "id": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/RG/providers/Microsoft.Network"
        f"/publicIPAddresses/pip-{number}",
        "name": f"pip-{number}",
        "type": "Microsoft.Network/routeFilters",
        "location": "chinaeast2",
        "properties": {},
    }
    for number in range(7)
]
USERS = [{"id": f"user-{number}"} for number in range(7)]
VAULT = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/RG (1)/providers/Microsoft.KeyVault/vaults/v"

LIST = listing("Microsoft.Network/routeFilters", "Test_List")
USER_LIST = directory("Test_Users", "/users", permission="User.Read.All")
GET = child("Microsoft.KeyVault/vaults", "Test_Get", "{id}", absent=("ResourceNotFound",))
UNREGISTERED = listing("Microsoft.Synapse/workspaces", "Test_Unregistered")
OLD_VERSION = listing("Microsoft.DataFactory/factories", "Test_Version")
CALLS = (LIST, USER_LIST, GET, UNREGISTERED, OLD_VERSION)


def error(status: int, code: str) -> dict[str, Any]:
    return {"$status": status, "error": {"code": code, "message": "said by the test"}}


WORLD: dict[str, Any] = {
    "/subscriptions/$SUB/providers/Microsoft.Network/routeFilters": {"value": ADDRESSES},
    "/v1.0/users": {"value": USERS},
    VAULT: {"id": VAULT, "name": "v"},
    f"{VAULT}-gone": error(404, "ResourceNotFound"),
    f"{VAULT}-denied": error(403, "AuthorizationFailed"),
    f"{VAULT}-flat": {"$status": 409, "Code": "Conflict", "Message": "flat"},
    f"{VAULT}-nothing": {},
    "/subscriptions/$SUB/providers/Microsoft.Synapse/workspaces": error(
        409, "MissingSubscriptionRegistration"
    ),
    "/subscriptions/$SUB/providers/Microsoft.DataFactory/factories": error(
        400, "NoRegisteredProviderFound"
    ),
}

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    started = serve(world=WORLD)
    started.declare(*CALLS)
    return started


@pytest.fixture
def ask(server: AzureServer, open_account: OpenAccount) -> Ask:
    """Asks a call of a fresh account, with three attempts and pages of three."""
    server.decide = lambda asked: None
    server.page = 3

    def asked(call: AzureCall, attempts: int = 3, **params: Any) -> Any:
        account = open_account(server, attempts=attempts)
        server.seen.clear()
        return account.read(call, **params)

    return asked


def fails(server: AzureServer, call: AzureCall, fault: Fault, *places: int) -> None:
    """The requests of a call at these places (from 0) fail; without places all of them."""
    seen = iter(range(1000))

    def decide(asked: Any) -> Fault | None:
        if asked.call != call:
            return None
        return fault if not places or next(seen) in places else None

    server.decide = decide


@pytest.mark.parametrize(("call", "items"), [(LIST, ADDRESSES), (USER_LIST, USERS)])
def test_every_page_is_read(ask: Ask, server: AzureServer, call: AzureCall, items: Any) -> None:
    assert ask(call) == items
    assert sum(one.call == call for one in server.seen) == 3


def test_what_is_asked_twice_is_read_once(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide, server.page = (lambda asked: None), 3
    account = open_account(server)
    server.seen.clear()
    assert account.read(LIST) == account.read(LIST) == account.resources(LIST)
    assert len(server.seen) == 3


PASSING = [
    Fault(status=429, code="TooManyRequests", retry_after=0),
    Fault(status=429, code="SubscriptionRequestsThrottled"),
    Fault(status=503, code="ServiceUnavailable"),
    Fault(status=500, code="InternalServerError"),
    Fault(kind="reset"),
]
IDS = [f"{fault.status} {fault.code or fault.kind}" for fault in PASSING]


@pytest.mark.parametrize("fault", PASSING, ids=IDS)
def test_what_passes_is_asked_again(ask: Ask, server: AzureServer, fault: Fault) -> None:
    fails(server, LIST, fault, 0, 1, 4)
    assert ask(LIST) == ADDRESSES


@pytest.mark.parametrize("fault", PASSING, ids=IDS)
def test_what_does_not_pass_is_unknown(ask: Ask, server: AzureServer, fault: Fault) -> None:
    fails(server, LIST, fault)
    found = ask(LIST)
    assert isinstance(found, Unknown)
    code = fault.code or "ServiceResponseError"
    assert found.reason == f"{code}: {LIST.permission}"
    assert len(server.seen) == 3


def test_a_server_cannot_make_us_wait_for_ever(ask: Ask, server: AzureServer) -> None:
    fails(server, LIST, Fault(status=429, code="TooManyRequests", retry_after=3600), 0)
    assert ask(LIST) == ADDRESSES


def test_a_denial_is_not_asked_again(ask: Ask, server: AzureServer) -> None:
    fails(server, LIST, Fault(status=403, code="AuthorizationFailed"))
    assert ask(LIST) == Unknown("AuthorizationFailed: Microsoft.Network/routeFilters/read")
    assert len(server.seen) == 1


def test_a_token_that_ran_out_is_replaced_once(ask: Ask, server: AzureServer) -> None:
    expired = Fault(status=401, code="ExpiredAuthenticationToken")
    fails(server, LIST, expired, 1)
    assert ask(LIST) == ADDRESSES
    fails(server, LIST, expired)
    assert ask(LIST) == Unknown(f"ExpiredAuthenticationToken: {LIST.permission}")
    assert len(server.seen) == 2


@pytest.mark.parametrize("call", [LIST, USER_LIST], ids=["ARM", "Graph"])
@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_page_that_fails_makes_the_whole_list_unknown(
    ask: Ask, server: AzureServer, call: AzureCall, page: int
) -> None:
    fails(server, call, Fault(status=403, code="AuthorizationFailed"), page)
    assert ask(call) == Unknown(f"AuthorizationFailed: {call.permission}")


@pytest.mark.parametrize(
    "kind", ["garbage", "html", "foreign", "truncated", "repeating", "elsewhere"]
)
@pytest.mark.parametrize("call", [LIST, USER_LIST], ids=["ARM", "Graph"])
def test_an_answer_that_is_not_the_apis_is_unknown(
    ask: Ask, server: AzureServer, call: AzureCall, kind: Any
) -> None:
    fails(server, call, Fault(kind=kind))
    assert ask(call) == Unknown(f"MalformedResponse: {call.permission}")


def test_codes_of_absence_give_none(ask: Ask) -> None:
    assert ask(GET, id=VAULT) == {"id": VAULT, "name": "v"}
    assert ask(GET, id=f"{VAULT}-gone") is None
    assert ask(UNREGISTERED) is None
    denied = ask(GET, id=f"{VAULT}-denied")
    assert denied == Unknown("AuthorizationFailed: Microsoft.KeyVault/vaults/read")
    assert ask(GET, id=f"{VAULT}-flat") == Unknown("Conflict: Microsoft.KeyVault/vaults/read")


def test_a_version_that_the_cloud_does_not_know_is_no_absence(ask: Ask) -> None:
    found = ask(OLD_VERSION)
    assert found == Unknown("NoRegisteredProviderFound: Microsoft.DataFactory/factories/read")


def test_an_answer_without_its_proof_is_none_of_the_apis(ask: Ask) -> None:
    found = ask(GET, id=f"{VAULT}-nothing")
    assert found == Unknown("MalformedResponse: Microsoft.KeyVault/vaults/read")


@pytest.mark.parametrize("id_", ["https://example.org/x", "/subscriptions/../x"])
def test_what_is_no_id_is_not_asked(ask: Ask, server: AzureServer, id_: str) -> None:
    with pytest.raises(ValueError, match="no id of a resource"):
        ask(GET, id=id_)
    assert server.seen == []
