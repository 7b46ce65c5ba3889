"""What Amazon MQ says of a broker of ActiveMQ or RabbitMQ. Pure."""

from __future__ import annotations

from collectors.facts.shared import Tls

# Where a broker of ActiveMQ answers: its web console, OpenWire, AMQP, STOMP, MQTT and WebSocket
# (Amazon MQ developer guide, "Amazon MQ for ActiveMQ basic elements").
PORTS = (8162, 61617, 5671, 61614, 8883, 61619)


def is_rabbit(engine: str) -> bool:
    """Whether the engine is RabbitMQ. With public access its brokers stand in networks of the
    service, behind no security group of the customer's (Amazon MQ developer guide, "Getting
    started: Creating and connecting to a RabbitMQ broker")."""
    return engine.upper() == "RABBITMQ"


def broker_tls() -> Tls:
    """TLS towards brokers, which answer nothing else, from 1.2 on (Amazon MQ developer guide, "Data
    protection")."""
    return Tls(minimum="1.2", required=True, policy=None)
