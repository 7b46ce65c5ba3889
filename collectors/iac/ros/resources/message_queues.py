"""Instances of RocketMQ and RabbitMQ, queues and topics of Simple Message Queue. Source:
ALIYUN::ROCKETMQ5::Instance, ALIYUN::ROCKETMQ::Instance, ALIYUN::AMQP::Instance, ALIYUN::MNS::Queue
and ALIYUN::MNS::Topic of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.message_queues import INSTANCE, OLD_INSTANCE
from collectors.iac.mappers.alicloud.message_service import QUEUE, TOPIC
from collectors.iac.mappers.alicloud.rabbitmq import INSTANCE as RABBITMQ
from collectors.iac.ros.resources.shared import plain, truth
from collectors.iac.stacks.resource import Resource, Translation, part, renamed

_INTERNET = {"InternetSpec": "internet_spec", "IpWhitelist": "ip_whitelist"}


def instance(resource: Resource) -> Iterator[Block]:
    """An instance of RocketMQ 5. ROS has no property for the encryption of what is stored."""
    internet = part(resource.get("InternetInfo"), _INTERNET)
    values = renamed(resource.properties, {"InstanceName": "instance_name"})
    yield resource.block(INSTANCE, values | {"network_info": {"internet_info": internet}})


def rabbitmq(resource: Resource) -> Iterator[Block]:
    """An instance of RabbitMQ, whose SupportEip is a text that reads True or False."""
    values = renamed(resource.properties, {"InstanceName": "instance_name"})
    yield resource.block(RABBITMQ, values | {"support_eip": truth(resource.get("SupportEip"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ROCKETMQ5::Instance": instance,
    "ALIYUN::ROCKETMQ::Instance": plain(OLD_INSTANCE, {"InstanceName": "instance_name"}),
    "ALIYUN::AMQP::Instance": rabbitmq,
    "ALIYUN::MNS::Queue": plain(QUEUE, {"QueueName": "queue_name"}),
    "ALIYUN::MNS::Topic": plain(TOPIC, {"TopicName": "topic_name"}),
}
