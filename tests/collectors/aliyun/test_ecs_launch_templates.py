"""Launch templates of ECS and scaling configurations over HTTP: what machines get that are made
from them, and denials."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.launch_data import disks_encrypted, metadata_token_required
from collectors.aliyun.services import ess_configurations
from collectors.aliyun.services.ecs_launch_templates import SERVICE
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import Collect, collector, empty
from tests.collectors.aliyun.server import AliyunServer

FACTS = {"metadata_token_required", "disks_encrypted", "public_address", "user_data_secrets"}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("ecs", "ess")


@pytest.fixture(scope="module")
def collect(server: AliyunServer, open_account: OpenAccount) -> Collect:
    return collector(server, open_account, SERVICE)


def test_templates(collect: Collect) -> None:
    found = collect()
    core, web, bare = (found[name] for name in ("core", "web", "bare"))
    assert core.id == "acs:ecs:cn-hangzhou:1234567890123456:launchtemplate/lt-core"
    assert core.tags == {"system": "core-bank", "level": "3"}
    assert core.unknown == {}
    assert {name: core.facts[name] for name in FACTS} == {
        "metadata_token_required": True,
        "disks_encrypted": True,
        "public_address": False,
        "user_data_secrets": False,
    }
    assert core.facts["image"]["deprecated"] is False
    assert {name: web.facts[name] for name in FACTS} == {
        "metadata_token_required": False,
        "disks_encrypted": False,
        "public_address": True,
        "user_data_secrets": True,
    }
    assert "UserData" not in web.native
    assert web.facts["image"]["deprecated"] is True
    # The region encrypts by default.
    assert (bare.facts["disks_encrypted"], set(bare.unknown)) == (True, {"image"})


def test_scaling_configurations_that_are_active(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    collect = collector(server, open_account, ess_configurations.SERVICE)
    made: set[Call] = set()
    found = collect(made=made)
    assert made == set(ess_configurations.SERVICE.calls)
    assert set(found) == {"core-scaled", "web-scaled"}
    core, web = found["core-scaled"], found["web-scaled"]
    assert (core.tags, core.unknown) == ({"system": "core-bank"}, {})
    assert [core.facts[name] for name in sorted(FACTS)] == [True, True, False, False]
    assert [web.facts[name] for name in sorted(FACTS)] == [False, False, True, True]
    assert "UserData" not in web.native
    (denied,) = collect("DescribeScalingConfigurations").values()
    assert denied.unlisted
    assert collect("DescribeImages")["core-scaled"].unknown.keys() == {"image"}


@pytest.mark.parametrize(
    ("operation", "name", "unknown"),
    [
        ("DescribeLaunchTemplateVersions", "core", {*FACTS, "image"}),
        ("DescribeImages", "core", {"image"}),
        ("DescribeDiskEncryptionByDefaultStatus", "bare", {"disks_encrypted", "image"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, operation: str, name: str, unknown: set[str]
) -> None:
    assert set(collect(operation)[name].unknown) == unknown


def test_what_cannot_be_listed_has_a_stand_in(collect: Collect) -> None:
    (found,) = collect("DescribeLaunchTemplates").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: ecs:DescribeLaunchTemplates"}


def test_an_empty_region_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: dict[str, Any] = {"body": {"LaunchTemplateSets": {"LaunchTemplateSet": []}}}
    world = {"ecs": {"DescribeLaunchTemplates": [nothing]}}
    assert empty(SERVICE, open_account(serve(world=world))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


ON, OFF = {"SystemDisk.Encrypted": "true"}, {"SystemDisk.Encrypted": False}
DENIED = Unknown("Forbidden.RAM")


def data(own: dict[str, Any], *disks: dict[str, Any]) -> dict[str, Any]:
    return {**own, "DataDisks": {"DataDisk": list(disks)}}


@pytest.mark.parametrize(
    ("template", "by_default", "expected"),
    [
        (data(ON, {"Encrypted": True}), False, True),
        (data(ON, {"Encrypted": "false"}), True, False),
        (data(ON, {}), False, False),
        (data(ON, {}), True, True),
        (data(ON, {}), DENIED, None),
        (data(ON, {"SnapshotId": "s-1"}), False, None),
        (OFF, True, False),
        ({}, True, True),
        ({}, False, None),
    ],
)
def test_disks(template: dict[str, Any], by_default: Any, expected: bool | None) -> None:
    found = disks_encrypted(template, by_default)
    assert (None if isinstance(found, Unknown) else found) is expected


def test_a_metadata_service_that_is_off_gives_nothing_away() -> None:
    assert metadata_token_required({"HttpEndpoint": "disabled"})
    assert not metadata_token_required({"HttpEndpoint": "enabled", "HttpTokens": "optional"})
