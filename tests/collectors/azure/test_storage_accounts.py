"""Storage accounts over HTTP: blob services, and shares of Azure Files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure import storage_accounts as facts
from collectors.azure.account import Service
from collectors.azure.services import file_shares, storage_accounts
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault

Collected = Callable[..., dict[str, Any]]
EVERYWHERE = ["0.0.0.0/0", "::/0"]
OLD = "cctstoragey6akyqpagdt3o"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("storage_accounts", "private_endpoints", "workspaces", "backup_items")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(service: Service, *denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        assert service.account
        return by_name(service.account(open_account(server, made=made)))

    return collect


@pytest.fixture
def blobs(collected: Collected) -> dict[str, Any]:
    made: set[Call] = set()
    found = collected(storage_accounts.SERVICE, made=made)
    assert made == set(storage_accounts.SERVICE.calls)
    assert set(found) == {"stcore", "stopen", OLD}, "stfiles has no blobs"
    return found


def test_a_closed_account(blobs: dict[str, Any]) -> None:
    core = blobs["stcore"].facts
    assert core["exposure"] == {"public": False, "via": []}
    assert (core["public_access_block"], core["acl"], core["policy"]) == (True, [], [])
    assert core["encryption"]["key_manager"] == "customer"
    assert core["encryption"]["key_id"].startswith("https://kv-core.vault.azure.cn/keys/storage/")
    assert core["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (core["versioning"], core["object_lock_days"]) == (True, 30)
    assert core["lifecycle"]["noncurrent_expiry_days"] == 400, "the rule that is off does nothing"
    assert (core["logging"]["enabled"], core["logging"]["retention_days"]) == (True, 200)
    assert (core["redundancy"], core["private_endpoint"]) == ("multi-region", True)
    assert core["source_ranges"] == ["203.0.113.0/24"]


def test_copies_are_those_of_the_pair_and_of_object_replication(blobs: dict[str, Any]) -> None:
    """A policy of which the account is the target copies nothing away."""
    replication = blobs["stcore"].facts["replication"]
    assert [one.get("region") for one in replication] == ["chinaeast3", "chinaeast2", None]
    # Object replication copies the containers that its rules name.
    assert [one["whole"] for one in replication] == [True, False, False]
    assert "replication/2/region" in blobs["stcore"].unknown
    assert blobs["stopen"].facts["replication"] == []


def test_an_open_account(blobs: dict[str, Any]) -> None:
    opened = blobs["stopen"].facts
    assert opened["exposure"] == {"public": True, "via": ["acl"]}
    actions = [grant["actions"] for grant in opened["acl"]]
    assert (opened["public_access_block"], actions) == (False, [["read"], ["read", "list"]])
    assert (opened["tls"]["minimum"], opened["tls"]["required"]) == ("1.0", False)
    assert (opened["versioning"], opened["lifecycle"]) == (False, None)
    assert opened["logging"]["enabled"] is False, "deletions and reads are not logged"
    assert opened["source_ranges"] == EVERYWHERE
    assert opened["private_endpoint"] is False, "the endpoint is one of files"


def test_a_recorded_account_of_2019_tells_less(blobs: dict[str, Any]) -> None:
    old = blobs[OLD]
    assert old.facts["exposure"]["public"] is False, "no container is public"
    assert old.facts["tls"]["minimum"] == "1.0"
    assert "public_access_block" in old.unknown


def test_containers_that_cannot_be_listed_leave_it_open_who_reads(collected: Collected) -> None:
    found = collected(storage_accounts.SERVICE, "BlobContainers_List")
    assert found["stopen"].unknown["exposure/public"].startswith("AuthorizationFailed: ")
    assert found["stcore"].facts["exposure"]["public"] is False, "its network decides"


@pytest.mark.parametrize(
    ("properties", "containers"),
    [
        ({"networkAcls": {"defaultAction": "Allow"}}, [{"publicAccess": "Blob"}]),
        ({"allowBlobPublicAccess": True}, [{"publicAccess": "Blob"}]),
        ({"publicNetworkAccess": "SecuredByPerimeter", "allowBlobPublicAccess": True}, [
            {"publicAccess": "Container"}
        ]),
        ({"networkAcls": {"defaultAction": "Allow"}}, [{"name": "$web"}]),
        ({"networkAcls": {"defaultAction": "Allow"}, "allowBlobPublicAccess": True}, [
            {"publicAccess": "None"}, {"publicAccess": "ofSomeNewKind"}
        ]),
    ],
)  # fmt: skip
def test_what_is_not_told_is_never_closed(properties: Any, containers: Any) -> None:
    named = [{"name": one.pop("name", "c"), "properties": one} for one in map(dict, containers)]
    assert isinstance(facts.exposure_of(properties, named).public, Unknown)


def test_shares(collected: Collected) -> None:
    made: set[Call] = set()
    found = collected(file_shares.SERVICE, made=made)
    assert made == set(file_shares.SERVICE.calls)
    archive, scratch, office, sap = (
        found[name].facts for name in ("archive", "scratch", "office", "sap")
    )
    assert archive["backup"]["retention_days"] == 30
    assert (scratch["backup"]["enabled"], office["backup"]["enabled"]) == (False, False)
    assert (office["mount_ranges"], office["exposure"]["public"]) == (EVERYWHERE, True)
    assert (sap["mount_ranges"], sap["redundancy"]) == ([], "multi-zone")
    assert (archive["encryption"]["key_manager"], office["tls"]["required"]) == ("customer", False)
    assert found["archive"].region == "chinanorth3"


@pytest.mark.parametrize("service", [storage_accounts.SERVICE, file_shares.SERVICE])
def test_a_list_that_is_denied_has_a_stand_in(collected: Collected, service: Service) -> None:
    (found,) = collected(service, "StorageAccounts_List").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {
        "AuthorizationFailed: Microsoft.Storage/storageAccounts/read"
    }
