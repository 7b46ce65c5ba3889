"""Keys and secrets over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.account import Service
from collectors.aliyun.kms_facts import current_since, origin_of, rotation_days
from collectors.aliyun.services import kms_keys, kms_secrets
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import REGION, AliyunServer, Fault

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("kms")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """A service's documents by name; calls of an operation that is named are denied."""

    def collect(service: Service, *denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="Forbidden.NoPermission") if asked.operation in denied else None
        )
        assert service.region
        return by_name(service.region(open_account(server, made=made), REGION))

    return collect


def test_keys(collected: Collected) -> None:
    found = collected(kms_keys.SERVICE)
    assert all(one.unknown == {} for one in found.values())
    core = found["core-oss"]
    assert (core.id, core.tags) == (
        "acs:kms:cn-hangzhou:1234567890123456:key/key-oss",
        {"system": "core-bank"},
    )
    assert core.facts == {
        "manager": "customer",
        "origin": "provider",
        "algorithm": "Aliyun_AES_256",
        "rotation_days": 365,
        "policy": [],
        "state": "enabled",
        "used_by": None,
        "network_ranges": None,
        "private_endpoint": True,
        "audit_log": None,
        "deletion_protection": True,
    }
    old = found["key-old"].facts
    assert (old["origin"], old["rotation_days"], old["deletion_protection"]) == (
        "external",
        None,
        False,
    )
    assert found["key-gone"].facts["state"] == "pending-deletion"
    assert found["key-service"].facts["manager"] == "provider"
    hsm = found["core-hsm"].facts
    assert (hsm["origin"], hsm["rotation_days"]) == ("hsm", None)
    assert [(one["account"], one["narrows"]) for one in hsm["policy"]] == [
        ("1234567890123456", False),
        ("6543210987654321", False),
    ]


def test_secrets(collected: Collected) -> None:
    found = collected(kms_secrets.SERVICE)
    db = found["core/db"]
    assert (db.unknown.keys(), db.tags) == ({"encryption/algorithm"}, {"system": "core-bank"})
    assert (db.facts["rotation_days"], db.facts["last_rotated"]) == (7, "2026-11-20T08:22:03Z")
    assert db.facts["encryption"]["key_manager"] == "customer"
    assert "ExtendedConfig" not in db.native
    api = found["core/api"]
    assert api.unknown == {}
    assert (api.facts["rotation_days"], api.facts["last_rotated"]) == (
        None,
        "2022-02-21T15:39:26Z",
    )
    assert api.facts["encryption"]["key_manager"] == "provider"
    assert [one["account"] for one in found["shared"].facts["policy"]] == ["6543210987654321"]


@pytest.mark.parametrize(
    ("operation", "name", "unknown"),
    [
        (
            "DescribeKey",
            "core-oss",
            {"manager", "origin", "algorithm", "rotation_days", "policy", "state",
             "deletion_protection"},
        ),
        ("ListResourceTags", "core-oss", {"tags"}),
        ("GetKeyPolicy", "core-hsm", {"policy"}),
    ],
)  # fmt: skip
def test_a_denial_leaves_facts_of_keys_unknown(
    collected: Collected, operation: str, name: str, unknown: set[str]
) -> None:
    assert set(collected(kms_keys.SERVICE, operation)[name].unknown) == unknown


def test_without_aliases_keys_have_their_ids(collected: Collected) -> None:
    found = collected(kms_keys.SERVICE, "ListAliases")
    assert found["key-oss"].unknown == {"name": "Forbidden.NoPermission: kms:ListAliases"}


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        ("DescribeSecret", {"rotation_days", "last_rotated", "encryption", "policy"}),
        ("DescribeKey", {"encryption/key_manager", "encryption/algorithm"}),
        ("ListSecretVersionIds", {"last_rotated", "encryption/algorithm"}),
        ("GetSecretPolicy", {"policy", "encryption/algorithm"}),
    ],
)
def test_a_denial_leaves_facts_of_secrets_unknown(
    collected: Collected, operation: str, unknown: set[str]
) -> None:
    assert set(collected(kms_secrets.SERVICE, operation)["shared"].unknown) == unknown


@pytest.mark.parametrize(
    ("service", "operation"),
    [(kms_keys.SERVICE, "ListKeys"), (kms_secrets.SERVICE, "ListSecrets")],
)
def test_what_cannot_be_listed_has_a_stand_in(
    collected: Collected, service: Service, operation: str
) -> None:
    (found,) = collected(service, operation).values()
    assert found.unlisted
    assert set(found.unknown.values()) == {f"Forbidden.NoPermission: kms:{operation}"}


@pytest.mark.parametrize("service", [kms_keys.SERVICE, kms_secrets.SERVICE])
def test_the_services_declare_what_they_ask(collected: Collected, service: Service) -> None:
    made: set[Call] = set()
    collected(service, made=made)
    assert made == set(service.calls)


def test_a_region_without_keys(serve: Serve, open_account: OpenAccount) -> None:
    pages = {"PageNumber": 1, "PageSize": 50, "TotalCount": 0}
    world = {
        "kms": {
            "ListKeys": [{"body": {"Keys": {"Key": []}, **pages}}],
            "ListSecrets": [{"body": {"SecretList": {"Secret": []}, **pages}}],
        }
    }
    account = open_account(serve(world=world))
    assert list(kms_keys.keys(account, REGION)) == []
    assert list(kms_secrets.secrets(account, REGION)) == []


def test_what_kms_does_not_say_is_unknown() -> None:
    assert isinstance(rotation_days({"AutomaticRotation": "Enabled"}), Unknown)
    assert rotation_days({}) is None
    assert isinstance(origin_of({"Origin": "New"}), Unknown)
    assert isinstance(origin_of({"Origin": "Aliyun_KMS"}), Unknown)
    assert current_since([{"VersionStages": {"VersionStage": ["ACSPrevious"]}}]) is None
