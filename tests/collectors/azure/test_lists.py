"""Lists of a whole subscription: whose lists are whole, and Resource Graph beside the types' own
APIs."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.resource_graph import QUERY_RESOURCES
from collectors.azure.rights import rights_of
from collectors.azure.services.network_security_groups import (
    LIST_NETWORK_SECURITY_GROUPS,
    network_security_groups,
)
from collectors.azure.subscriptions import LIST_PERMISSIONS
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault

LIST = LIST_NETWORK_SECURITY_GROUPS
PERMISSIONS = "/subscriptions/$SUB/providers/Microsoft.Authorization/permissions"


def grants(*permissions: Any) -> dict[str, Any]:
    return {PERMISSIONS: {"value": list(permissions)}}


def permission(*actions: str, without: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {"actions": list(actions), "notActions": list(without), **more}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("network_security_groups")


def made(server: AzureServer) -> list[str]:
    return [asked.name for asked in server.seen if asked.call != LIST_PERMISSIONS]


@pytest.mark.parametrize(
    ("permissions", "covered"),
    [
        ([permission("*/read")], True),
        ([permission("*")], True),
        ([permission("Microsoft.Network/*/read")], True),
        ([permission("microsoft.network/NETWORKSECURITYGROUPS/read")], True),
        ([], False),
        ([permission("Microsoft.Compute/*/read")], False),
        ([permission("Microsoft.Network/networkSecurityGroups/write")], False),
        ([permission("*/read", without=("Microsoft.Network/*",))], False),
        ([permission("*", without=("Microsoft.Network/*",)), permission("*/read")], True),
        ([permission("*/read", condition="@Resource[x] == 'y'")], False),
    ],
)
def test_rights(permissions: list[Any], covered: bool) -> None:
    assert rights_of(permissions).cover(LIST.permission) is covered


def test_a_caller_with_rights_in_one_group_has_no_whole_list(
    serve: Serve, open_account: OpenAccount
) -> None:
    """ARM shortens the list without a word: an empty one would say that there is nothing."""
    server = serve(world=grants(permission("Microsoft.Compute/*/read")))
    account = open_account(server, graph=True)
    reason = Unknown("NotWholeSubscription: Microsoft.Network/networkSecurityGroups/read")
    assert account.resources(LIST) == account.read(LIST) == reason
    (stand_in,) = network_security_groups(account)
    assert stand_in.unlisted
    assert made(server) == []


def test_without_knowing_the_rights_no_list_is_whole(
    server: AzureServer, open_account: OpenAccount
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call == LIST_PERMISSIONS else None
    )
    found = open_account(server).resources(LIST)
    assert found == Unknown("AuthorizationFailed: Microsoft.Authorization/permissions/read")


def documents(server: AzureServer, open_account: OpenAccount, *, graph: bool) -> list[Any]:
    server.seen.clear()
    return list(network_security_groups(open_account(server, graph=graph)))


def test_resource_graph_tells_what_the_types_own_api_tells(
    server: AzureServer, open_account: OpenAccount
) -> None:
    server.decide, server.page = (lambda asked: None), 3
    by_type = documents(server, open_account, graph=False)
    by_graph = documents(server, open_account, graph=True)
    assert made(server) == [QUERY_RESOURCES.name] * 2
    assert [one.facts for one in by_graph] == [one.facts for one in by_type]
    assert [one.id for one in by_graph] == [one.id for one in by_type]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=403, code="AuthorizationFailed"),
        Fault(status=429, code="RateLimiting"),
        Fault(kind="garbage"),
        Fault(kind="html"),
        Fault(kind="foreign"),
        Fault(kind="reset"),
        Fault(kind="truncated"),
    ],
    ids=lambda fault: fault.code or fault.kind,
)
def test_where_resource_graph_fails_nothing_is_lost(
    server: AzureServer, open_account: OpenAccount, fault: Fault
) -> None:
    server.decide, server.page = (lambda asked: None), 3
    by_type = documents(server, open_account, graph=False)
    server.decide = lambda asked: fault if asked.call == QUERY_RESOURCES else None
    assert documents(server, open_account, graph=True) == by_type
    assert made(server)[-1] == LIST.name


def test_nothing_there_is_said_by_the_types_own_api_alone(
    serve: Serve, open_account: OpenAccount
) -> None:
    """Resource Graph does not know every type, and is late."""
    path = "/subscriptions/$SUB/providers/Microsoft.Network/networkSecurityGroups"
    server = serve(world={path: {"value": []}})
    assert open_account(server, graph=True).resources(LIST) == []
    assert made(server) == [QUERY_RESOURCES.name, LIST.name]
