"""The declarations of Azure's calls agree with each other and with what they say of themselves."""

from __future__ import annotations

import re

import pytest

from collectors.azure.apis import version_of, versions
from collectors.azure.calls import AzureCall, child, type_of_path
from collectors.azure.collect import OPENING, declared_calls, load_services

DECLARED = [call for call in declared_calls() if isinstance(call, AzureCall)]
_VERSION = re.compile(r"20\d\d-\d\d-\d\d(-preview)?")
_ACTION = re.compile(r"Microsoft\.\w+(/\w+)+/(read|action)")
_KEYS = re.compile(r".*/list\w*/action", re.IGNORECASE)
_GRAPH = re.compile(r"\w+(\.\w+)*\.Read\.\w+")


def test_a_name_stands_for_one_call() -> None:
    every = [*OPENING, *(call for service in load_services() for call in service.calls)]
    by_name = {call.name: call for call in every}
    assert [call.name for call in every if by_name[call.name] != call] == []
    assert len(DECLARED) == len(by_name), "calls of Azure are made by collectors/azure/calls.py"


@pytest.mark.parametrize("call", DECLARED, ids=lambda call: call.name)
def test_a_call_says_what_it_needs(call: AzureCall) -> None:
    if call.of_directory:
        assert _GRAPH.fullmatch(call.permission), call.permission
        return
    assert _VERSION.fullmatch(call.api_version), call.api_version
    assert _ACTION.fullmatch(call.permission), call.permission
    assert not _KEYS.fullmatch(call.permission), "an action that hands out keys"
    whole = "/subscriptions/{subscription}/providers/"
    if call.path.startswith(whole) and call.path != f"{whole}{{namespace}}":
        assert type_of_path(call.path) == call.native_type


def test_types_have_their_own_versions_where_a_file_says_so() -> None:
    assert (
        version_of("Microsoft.Network/privateDnsZones/virtualNetworkLinks")
        == (versions()["microsoft.network/privatednszones"])
    )
    assert (
        version_of("microsoft.network/VIRTUALNETWORKS/subnets") == (versions()["microsoft.network"])
    )
    with pytest.raises(KeyError, match=r"Microsoft\.Nowhere/things"):
        child("Microsoft.Nowhere/things", "Things_List", "{id}/things").api_version  # noqa: B018


def test_the_type_of_an_id() -> None:
    base = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"
    assert type_of_path(f"{base}/subnets/a") == "Microsoft.Network/virtualNetworks/subnets"
    lock = f"{base}/providers/Microsoft.Authorization/locks/l"
    assert type_of_path(lock) == "Microsoft.Authorization/locks"
    assert type_of_path("/subscriptions/s") == ""
