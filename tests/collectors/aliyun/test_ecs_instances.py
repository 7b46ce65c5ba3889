"""ECS instances over HTTP: joined with addresses, groups, disks, protection, and denials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.host_protection import agent_of, is_scanned
from collectors.aliyun.services.ecs_instances import SERVICE
from collectors.calls import Call
from collectors.document import Unknown
from collectors.secrets import holds_secrets
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import BACKUP, EXPOSURE, Collect, collector, empty
from tests.collectors.aliyun.world import Answers, load

PRODUCTS = ("ecs", "vpc", "sas", "oos", "cms", "hbr")
VULNERABILITIES = {f"vulnerabilities/{part}" for part in ("critical", "oldest_critical_days")}
ALL_OF_BACKUP = {*BACKUP - {"backup/point_in_time"}, "backup/copies"}


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve(*PRODUCTS), open_account, SERVICE)


@pytest.fixture
def altered(serve: Serve, open_account: OpenAccount) -> Callable[..., dict[str, Any]]:
    """The instances, where answers of the world are others."""

    def collected(**answers: Answers) -> dict[str, Any]:
        world = load(*PRODUCTS)
        for service, others in answers.items():
            world[service] = {**world[service], **others}
        return collector(serve(world=world), open_account, SERVICE)()

    return collected


def test_an_instance_that_complies(collect: Collect) -> None:
    found = collect()["core1"]
    facts = found.facts
    assert found.id == "acs:ecs:cn-hangzhou:1234567890123456:instance/i-core1"
    assert (found.region, found.tags["system"]) == ("cn-hangzhou", "core-bank")
    assert (facts["network_kind"], facts["vpc_id"]) == ("vpc", "vpc-core")
    assert (facts["public_ips"], facts["firewalls"]) == ([], ["sg-db"])
    assert facts["exposure"] == {"public": False, "via": []}
    assert (facts["key_pair"], facts["password_login"]) == (True, False)
    assert facts["role"] == "acs:ram::1234567890123456:role/core-role"
    assert facts["agent"] == {"installed": True, "online": True}
    assert facts["patch"] == {"managed": True, "critical_missing": 0}
    assert facts["vulnerabilities"] == {
        "assessed": True, "critical": 0, "oldest_critical_days": None,
    }  # fmt: skip
    assert facts["backup"] == {
        "enabled": True, "retention_days": 30, "point_in_time": False,
        "copies": [{"region": "cn-shanghai", "account": "1234567890123456", "kind": "snapshot"}],
    }  # fmt: skip
    assert (facts["tenancy"], facts["user_data_secrets"]) == ("dedicated-host", False)
    for name in (
        "metadata_token_required", "disks_encrypted", "monitoring", "deletion_protection", "vtpm",
        "secure_boot",
    ):  # fmt: skip
        assert facts[name] is True
    assert (facts["alarms"], found.unknown) == (0, {})


def test_an_instance_that_does_not_comply(collect: Collect) -> None:
    found = collect()["web1"]
    facts = found.facts
    # Of the primary and a secondary private address, and an IPv6 address with bandwidth.
    assert facts["public_ips"] == ["203.0.113.10", "203.0.113.11", "2408:4002:0:1::4"]
    assert facts["exposure"] == {"public": True, "via": ["public-ip+route+firewall"]}
    assert facts["image"]["deprecated"] is True
    assert facts["alarms"] == 2
    assert facts["agent"] == {"installed": False, "online": False}
    assert facts["patch"] == {"managed": False, "critical_missing": None}
    assert facts["vulnerabilities"]["assessed"] is False
    assert (facts["backup"]["enabled"], facts["backup"]["retention_days"]) == (False, 0)
    assert (facts["tenancy"], facts["role"], facts["user_data_secrets"]) == ("shared", None, True)
    for name in (
        "key_pair", "metadata_token_required", "disks_encrypted", "monitoring",
        "deletion_protection",
    ):  # fmt: skip
        assert facts[name] is False
    assert {"password_login", "vtpm", "secure_boot"} <= set(found.unknown)
    assert "correct-horse" not in str(found.native)


def test_a_stopped_windows_machine_behind_a_port_mapping(collect: Collect) -> None:
    found = collect()["app1"]
    facts = found.facts
    assert (facts["state"], facts["public_ips"]) == ("Stopped", [])
    assert facts["exposure"] == {"public": True, "via": ["port-mapping+firewall"]}
    assert (facts["key_pair"], facts["password_login"]) == (False, True)
    assert facts["agent"] == {"installed": True, "online": False}
    assert facts["patch"] == {"managed": True, "critical_missing": 1}
    assert facts["vulnerabilities"]["critical"] == 1
    assert facts["vulnerabilities"]["oldest_critical_days"] > 600
    # A subscription has no such protection; Cloud Backup saves the machine as a whole.
    assert facts["deletion_protection"] is None
    assert (facts["backup"]["enabled"], facts["backup"]["retention_days"]) == (True, 14)
    assert "monitoring" in found.unknown


def test_what_the_services_do_not_know_is_unknown(collect: Collect) -> None:
    found = collect()["old1"]
    assert {"image", "agent", "vulnerabilities", "monitoring"} <= set(found.unknown)
    assert found.facts["exposure"]["public"] is True
    assert found.facts["metadata_token_required"] is True  # the service is off
    assert found.facts["backup"]["retention_days"] == 3


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("core1", "DescribeImages", {"image"}),
        ("core1", "DescribeDisks", {"disks_encrypted", *ALL_OF_BACKUP}),
        ("core1", "DescribeInstanceRamRole", {"role"}),
        ("core1", "DescribeUserData", {"user_data_secrets"}),
        ("core1", "DescribeAutoSnapshotPolicyEx", ALL_OF_BACKUP),
        ("core1", "DescribePolicyBindings", ALL_OF_BACKUP - {"backup/enabled"}),
        ("app1", "DescribePoliciesV2", ALL_OF_BACKUP - {"backup/enabled"}),
        ("core1", "DescribeCloudCenterInstances", {"agent", "vulnerabilities"}),
        ("core1", "DescribeVulConfig", {"vulnerabilities/assessed"}),
        ("core1", "DescribeVulList", VULNERABILITIES),
        ("core1", "ListInstancePatchStates", {"patch"}),
        ("app1", "ListInstancePatches", {"patch/critical_missing"}),
        ("core1", "DescribeMonitoringAgentStatuses", {"monitoring"}),
        ("web1", "DescribeMetricRuleList", {"alarms"}),
        ("core1", "DescribeNetworkInterfaces", {"public_ips", *EXPOSURE}),
        ("web1", "DescribeNetworkInterfaces", {"public_ips/1"}),
        ("web1", "DescribeIpv6Addresses", {"public_ips/2"}),
        ("web1", "DescribeSecurityGroupAttribute", EXPOSURE),
        ("app1", "DescribeNatGateways", EXPOSURE),
        ("app1", "DescribeForwardTableEntries", EXPOSURE),
        ("old1", "ListIpv4Gateways", EXPOSURE),
        ("old1", "DescribeVSwitches", EXPOSURE),
        ("old1", "DescribeRouteEntryList", EXPOSURE),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    before, found = collect()[name], collect(operation)[name]
    reasons = {path: reason for path, reason in found.unknown.items() if path not in before.unknown}
    assert set(reasons) == unknown
    for reason in reasons.values():
        assert reason.startswith("Forbidden.RAM")
        assert reason.lower().endswith(f":{operation.lower()}")


def test_instances_that_cannot_be_listed_have_a_stand_in(collect: Collect) -> None:
    (found,) = collect("DescribeInstances").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: ecs:DescribeInstances"}


def test_a_region_without_instances_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"DescribeInstances": [{"body": {"Instances": {"Instance": []}}}]}
    assert empty(SERVICE, open_account(serve(world={"ecs": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


def group(*rules: dict[str, Any]) -> Answers:
    """What sg-web, the group of web1, has for rules."""
    base = {
        "Direction": "ingress", "Policy": "Accept", "Priority": 1, "IpProtocol": "TCP",
        "PortRange": "443/443", "SourceCidrIp": "0.0.0.0/0",
    }  # fmt: skip
    body = {"Permissions": {"Permission": [{**base, **rule} for rule in rules]}}
    return {"DescribeSecurityGroupAttribute": [{"body": body}]}


DROP = {"Policy": "Drop", "IpProtocol": "ALL", "PortRange": "-1/-1"}


@pytest.mark.parametrize(
    ("rules", "public"),
    [
        ([], False),
        ([{"SourceCidrIp": "203.0.113.0/24"}], False),
        ([{"Direction": "egress", "DestCidrIp": "0.0.0.0/0"}], False),
        ([{"SourceCidrIp": "", "SourceGroupId": "sg-db"}], False),
        ([{"SourceCidrIp": "", "Ipv6SourceCidrIp": "2000::/3"}], True),
        ([{"SourceCidrIp": "128.0.0.0/1", "IpProtocol": "ICMP", "PortRange": "-1/-1"}], True),
        # Of two rules of one priority the drop comes first; a lower number comes before both.
        ([{}, DROP], False),
        ([{}, {**DROP, "Priority": 2}], True),
        ([{}, {"Policy": "Drop", "PortRange": "22/22"}], True),
    ],
)
def test_groups_decide_together_whether_the_internet_comes_in(
    altered: Callable[..., dict[str, Any]], rules: list[dict[str, Any]], public: bool
) -> None:
    found = altered(ecs=group(*rules))["web1"]
    assert found.facts["exposure"]["public"] is public


def test_an_ipv4_gateway_without_a_route_keeps_the_internet_out(
    altered: Callable[..., dict[str, Any]],
) -> None:
    nothing: Answers = {"DescribeRouteEntryList": [{"body": {"RouteEntrys": {"RouteEntry": []}}}]}
    found = altered(vpc=nothing)["old1"]
    assert found.facts["public_ips"] == ["198.51.100.70"]
    assert found.facts["exposure"] == {"public": False, "via": []}


def test_a_switched_off_scan_and_an_agent_of_which_little_is_told(
    altered: Callable[..., dict[str, Any]],
) -> None:
    machines = [
        {"InstanceId": "i-core1", "ClientStatus": "pause", "AuthVersion": 6},
        {"InstanceId": "i-app1", "ClientStatus": "offline", "AuthVersion": 6},
        {"InstanceId": "i-web1", "ClientStatus": "online", "ClientSubStatus": "online"},
    ]
    body = {"Instances": machines, "PageInfo": {"TotalCount": 3}}
    scans = [{"Type": "cve", "Config": "on", "OverAllConfig": "off"}]
    found = altered(
        sas={
            "DescribeCloudCenterInstances": [{"body": body}],
            "DescribeVulConfig": [{"body": {"TargetConfigs": scans}}],
        }
    )
    assert found["core1"].facts["agent"] == {"installed": True, "online": False}
    assert found["core1"].facts["vulnerabilities"]["assessed"] is False
    assert {"agent/installed", "vulnerabilities/assessed"} <= set(found["app1"].unknown)


def test_a_vulnerability_counts_that_names_its_machine_by_security_centers_id_alone(
    altered: Callable[..., dict[str, Any]],
) -> None:
    record = {"Uuid": "uuid-i-core1", "Necessity": "asap", "FirstTs": 1735689600000}
    answers: Answers = {
        "DescribeVulList": [
            {"when": {"Type": "cve"}, "body": {"TotalCount": 1, "VulRecords": [record]}},
            {"body": {"TotalCount": 0, "VulRecords": []}},
        ]
    }
    assert altered(sas=answers)["core1"].facts["vulnerabilities"]["critical"] == 1


@pytest.mark.parametrize(
    ("sub", "edition", "installed"),
    [
        ("online", 3, True),
        ("online", 1, False),
        ("online", 10, False),
        ("uninstalled", 3, False),
        ("online", None, None),
        ("unheard", 3, None),
    ],
)
def test_an_agent_counts_that_looks_for_malware(
    sub: str, edition: int | None, installed: bool | None
) -> None:
    machine = {"ClientStatus": "online", "ClientSubStatus": sub, "AuthVersion": edition}
    found = agent_of(machine).installed
    assert found is installed or (installed is None and isinstance(found, Unknown))


@pytest.mark.parametrize(
    ("settings", "scanned"),
    [
        ({"Config": "on", "OverAllConfig": "on"}, True),
        ({"OverAllConfig": "off"}, False),
        ({}, None),
        ({"OverAllConfig": "90"}, None),
    ],
)
def test_a_scan_of_which_no_setting_is_told_is_not_taken_for_one(
    settings: dict[str, str], scanned: bool | None
) -> None:
    found = is_scanned({"Type": "cve", **settings})
    assert found is scanned or (scanned is None and isinstance(found, Unknown))


def test_environment_variables_that_are_secrets() -> None:
    assert holds_secrets({"ACCESS_KEY_SECRET": "hunter2hunter2"})
    assert holds_secrets({"DATABASE": "mysql://app:hunter2@db/core"})
    assert not holds_secrets({"DB_PASSWORD": "${kms:db}", "TZ": "Asia/Shanghai"})
