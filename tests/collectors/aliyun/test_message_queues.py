"""Queues, topics and brokers of the message products over HTTP."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from collectors.aliyun.account import Service
from collectors.aliyun.services import kafka, message_service, rabbitmq, rocketmq, rocketmq4
from collectors.calls import Call
from collectors.document import Document, Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import (
    ENCRYPTION,
    EXPOSURE,
    TLS,
    Collect,
    collector,
    newly_unknown,
)
from tests.collectors.aliyun.server import AliyunServer

MODULES = (message_service, rocketmq, rocketmq4, kafka, rabbitmq)
PRODUCTS = ("mns-open", "rocketmq", "ons", "alikafka", "amqp-open")
UNENCRYPTED = {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(*PRODUCTS, "kms", "location")


@pytest.fixture
def collect_of(server: AliyunServer, open_account: OpenAccount) -> Any:
    def of(module: ModuleType) -> Collect:
        service: Service = module.SERVICE
        return collector(server, open_account, service)

    return of


def facts(found: Document, *names: str) -> tuple[Any, ...]:
    return tuple(found.facts.get(name) for name in names)


def test_queues_of_the_message_service(collect_of: Any) -> None:
    found = collect_of(message_service)()
    assert set(found) == {"orders", "mails", "old", "news"}
    assert found["orders"].id == "acs:mns:cn-hangzhou:1234567890123456:/queues/orders"
    assert found["orders"].tags == {"system": "core-bank"}
    assert found["orders"].facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "key-db",
            "algorithm": "AES-256-GCM",
        },
        "policy": [],
        "tls": {"policy": None},
        "exposure": {"public": False, "via": []},
    }
    assert found["mails"].facts["encryption"] == {
        "enabled": True,
        "key_manager": "provider",
        "key_id": None,
        "algorithm": "AES-256-GCM",
    }
    assert found["old"].facts["encryption"] == UNENCRYPTED
    # A region of the cloud that does not know the setting yet says nothing about it.
    assert set(found["news"].unknown) == ENCRYPTION | TLS
    assert found["news"].id.endswith(":/topics/news")


def test_switches_of_encryption_that_differ_are_unknown(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    item = {"EncryptionEnabled": False, "EnableSSE": True, "SseType": "SMQ"}
    account = open_account(server)
    assert isinstance(message_service.encryption(account, "cn-hangzhou", item).enabled, Unknown)
    one = {**item, "EncryptionEnabled": None}
    assert message_service.encryption(account, "cn-hangzhou", one).enabled is True


@pytest.mark.parametrize(
    ("endpoint", "public"),
    [
        ({"EndpointEnabled": True, "CidrList": [{"Cidr": "0.0.0.0/0"}]}, True),
        ({"EndpointEnabled": False, "CidrList": [{"Cidr": "0.0.0.0/0"}]}, False),
        ({"EndpointEnabled": True, "CidrList": []}, False),
    ],
)
def test_the_endpoint_of_the_message_service(endpoint: dict[str, Any], public: bool) -> None:
    assert message_service.exposure(endpoint).public is public


def test_an_endpoint_that_does_not_tell_is_unknown() -> None:
    found = message_service.exposure({"CidrList": [{"Cidr": "0.0.0.0/0"}]})
    assert isinstance(found.public, Unknown)
    assert isinstance(message_service.exposure({"EndpointEnabled": True}).public, Unknown)
    assert message_service.exposure({"EndpointEnabled": False}).public is False


def test_instances_of_rocketmq(collect_of: Any) -> None:
    found = collect_of(rocketmq)()
    assert set(found) == {"core", "open"}
    assert found["core"].tags == {"system": "core-bank"}
    encryption, exposure = facts(found["core"], "encryption", "exposure")
    assert encryption == {"enabled": True, "key_manager": "customer", "key_id": "key-db"}
    assert exposure == {"public": False, "via": []}
    # Its list is empty, which lets everyone in.
    assert facts(found["open"], "encryption", "exposure") == (
        UNENCRYPTED,
        {"public": True, "via": ["endpoint"]},
    )


def test_a_list_limits_who_reaches_rocketmq() -> None:
    listed = {"internetInfo": {"internetSpec": "enable", "ipWhitelist": ["203.0.113.7"]}}
    assert rocketmq.exposure(listed).public is False
    assert isinstance(rocketmq.exposure({}).public, Unknown)
    assert isinstance(rocketmq.exposure({"internetInfo": {"internetSpec": "x"}}).public, Unknown)


def test_instances_of_rocketmq_4(collect_of: Any) -> None:
    found = collect_of(rocketmq4)()
    core, opened = found["MQ_INST_core"], found["MQ_INST_open"]
    assert core.tags == {"system": "core-bank"}
    assert core.facts["exposure"] == {"public": False, "via": []}
    assert set(core.unknown) == ENCRYPTION | TLS | {"policy"}
    assert facts(opened, "tls", "exposure") == (
        {"minimum": "none", "required": False, "policy": None},
        {"public": True, "via": ["endpoint"]},
    )


def test_an_instance_of_rocketmq_4_that_is_not_described(collect_of: Any) -> None:
    found = collect_of(rocketmq4)("OnsInstanceBaseInfo")["MQ_INST_core"].unknown
    denied = {path for path, why in found.items() if why == "Forbidden.RAM: mq:OnsInstanceBaseInfo"}
    assert denied == TLS | EXPOSURE
    assert isinstance(rocketmq4.exposure(rocketmq4.NO_ENDPOINTS).public, Unknown)


def test_who_reaches_kafka_is_unknown_without_its_list(collect_of: Any) -> None:
    found = collect_of(kafka)("GetAllowedIpList")["open"].unknown
    denied = {path for path, why in found.items() if why == "Forbidden.RAM: alikafka:ListInstance"}
    assert denied == EXPOSURE


def test_instances_of_kafka(collect_of: Any) -> None:
    found = collect_of(kafka)()
    assert set(found) == {"core", "open", "elastic", "confluent"}
    encryption, tls, exposure = facts(found["core"], "encryption", "tls", "exposure")
    assert encryption == {"enabled": True, "key_manager": "provider", "key_id": "key-service"}
    assert tls == {"minimum": "none", "required": False, "policy": None}
    assert exposure == {"public": False, "via": []}
    assert facts(found["open"], "encryption", "exposure") == (
        UNENCRYPTED,
        {"public": True, "via": ["endpoint"]},
    )
    assert set(found["elastic"].unknown) == ENCRYPTION | TLS | {"policy"}
    assert set(found["confluent"].unknown) == ENCRYPTION | EXPOSURE | {"policy"}


def test_a_public_endpoint_of_kafka_without_a_list_is_unknown() -> None:
    assert isinstance(kafka.internet_ranges({"InternetList": []}), Unknown)


def test_instances_of_rabbitmq(collect_of: Any) -> None:
    found = collect_of(rabbitmq)()
    assert set(found) == {"amqp-core", "amqp-open"}
    encryption, tls, exposure = facts(found["amqp-core"], "encryption", "tls", "exposure")
    assert encryption == {"enabled": True, "key_manager": "customer", "key_id": "key-db"}
    assert tls == {"required": True, "policy": None}
    assert exposure == {"public": False, "via": []}
    assert facts(found["amqp-open"], "encryption", "tls") == (
        UNENCRYPTED,
        {"minimum": "none", "required": False, "policy": None},
    )
    assert set(found["amqp-open"].unknown) == EXPOSURE | {"policy"}
    assert isinstance(rabbitmq.tls({}).required, Unknown)


@pytest.mark.parametrize(
    ("module", "operation", "name", "unknown"),
    [
        (message_service, "GetEndpointAttribute", "orders", EXPOSURE),
        (message_service, "DescribeKey", "orders", {"encryption/key_manager"}),
        (rocketmq, "GetInstance", "core", ENCRYPTION | EXPOSURE),
        (rocketmq, "DescribeKey", "core", {"encryption/key_manager"}),
        (kafka, "DescribeKey", "core", {"encryption/key_manager"}),
        (rabbitmq, "DescribeKey", "amqp-core", {"encryption/key_manager"}),
    ],
)
def test_a_denial_leaves_facts_unknown(
    collect_of: Any, module: ModuleType, operation: str, name: str, unknown: set[str]
) -> None:
    assert newly_unknown(collect_of(module), name, operation) == unknown


@pytest.mark.parametrize(
    ("module", "operation"),
    [
        (message_service, "ListQueue"),
        (message_service, "ListTopic"),
        (rocketmq, "ListInstances"),
        (rocketmq4, "OnsInstanceInServiceList"),
        (kafka, "GetInstanceList"),
        (rabbitmq, "ListInstances"),
    ],
)
def test_a_list_that_is_denied_stands_in(
    collect_of: Any, module: ModuleType, operation: str
) -> None:
    found = collect_of(module)(operation).values()
    assert [one.type for one in found if one.unlisted] == ["queue.topic"]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.SERVICE.name)
def test_calls_are_the_declared_ones(collect_of: Any, module: ModuleType) -> None:
    made: set[Call] = set()
    collect_of(module)(made=made)
    assert made == set(module.SERVICE.calls)


def test_every_page_is_read(server: AliyunServer, collect_of: Any) -> None:
    server.page = 1
    try:
        assert [len(collect_of(module)()) for module in MODULES] == [4, 2, 2, 4, 2]
    finally:
        server.page = 1000
