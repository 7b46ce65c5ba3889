"""Structs that several resource types share."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from collectors.document import ABSENT, Absent, Unknown


class Rule(Struct, kw_only=True):
    """One rule of a firewall group, NSG or subnet ACL, in order of effect.

    Ports are null when the protocol has none; "all ports" is 0 to 65535. Sources and destinations
    are CIDRs, `group:<id>` or `prefix-list:<id>`. Service tags such as Azure's `Internet`, `Any`
    and `*` become `0.0.0.0/0` and `::/0`, with the original word kept in `description`.
    `priority` counts upwards from the rule that wins; clouds without priorities give 0.
    """

    direction: Literal["ingress", "egress"] | Absent = ABSENT
    action: Literal["allow", "deny"] | Absent = ABSENT
    priority: int | Absent = ABSENT
    protocol: str | Absent = ABSENT
    """tcp, udp, icmp, icmpv6, any, or the IANA protocol number as a string."""
    from_port: int | Absent | None = ABSENT
    to_port: int | Absent | None = ABSENT
    sources: list[str] | Absent = ABSENT
    destinations: list[str] | Absent = ABSENT
    description: str | Absent = ABSENT


class Encryption(Struct, kw_only=True):
    """Encryption at rest. `key_manager` says whose key it is: the provider's own service key, a
    key that the customer manages in the provider's KMS, or one held outside; null when off."""

    enabled: bool | Absent = ABSENT
    key_manager: Literal["provider", "customer", "external"] | Absent | None = ABSENT
    key_id: str | Absent | None = ABSENT
    algorithm: str | Absent | None = ABSENT

    @classmethod
    def unread(cls, reason: Unknown) -> Encryption:
        """Encryption of which nothing could be read."""
        return cls(enabled=reason, key_manager=reason, key_id=reason, algorithm=reason)


class Exposure(Struct, kw_only=True):
    """Effective reachability from the internet, joined by the collector.

    `via` names what opens it: acl, policy, public-ip+route+firewall, port-mapping+firewall (DNAT of
    a gateway), load-balancer+firewall (a balancer that hands on connections as they come: Azure),
    endpoint.
    """

    public: bool | Absent = ABSENT
    via: list[str] | Absent = ABSENT

    @classmethod
    def unread(cls, reason: Unknown) -> Exposure:
        """Reachability of which nothing could be read."""
        return cls(public=reason, via=reason)


class Grant(Struct, kw_only=True):
    """What one policy statement allows one principal. `account` is the principal's account, null
    for services and for anyone. `narrows` is true when a condition really narrows who or from
    where; `conditions` lists the condition keys."""

    principal: str | Absent = ABSENT
    account: str | Absent | None = ABSENT
    kind: Literal["account", "service", "federated", "anyone"] | Absent = ABSENT
    actions: list[str] | Absent = ABSENT
    conditions: list[str] | Absent = ABSENT
    narrows: bool | Absent = ABSENT


class Logging(Struct, kw_only=True):
    """Where a resource's log goes. A null `retention_days` is kept for ever; destination parts are
    null when logging is off."""

    enabled: bool | Absent = ABSENT
    destination: str | Absent | None = ABSENT
    destination_account: str | Absent | None = ABSENT
    destination_region: str | Absent | None = ABSENT
    retention_days: int | Absent | None = ABSENT

    @classmethod
    def off(cls) -> Logging:
        """No log."""
        return cls(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=None,
        )

    @classmethod
    def unread(cls, reason: Unknown) -> Logging:
        """A log of which nothing could be read."""
        return cls(
            enabled=reason,
            destination=reason,
            destination_account=reason,
            destination_region=reason,
            retention_days=reason,
        )


class BackupCopy(Struct, kw_only=True):
    """A copy of a backup in another place."""

    region: str | Absent = ABSENT
    account: str | Absent | None = ABSENT
    kind: str | Absent = ABSENT


class Backup(Struct, kw_only=True):
    """Automatic backup of one resource; `retention_days` is 0 when it is off."""

    enabled: bool | Absent = ABSENT
    retention_days: int | Absent = ABSENT
    point_in_time: bool | Absent = ABSENT
    copies: list[BackupCopy] | Absent = ABSENT

    @classmethod
    def unread(cls, reason: Unknown) -> Backup:
        """A backup of which nothing could be read."""
        return cls(enabled=reason, retention_days=reason, point_in_time=reason, copies=reason)


class Tls(Struct, kw_only=True):
    """TLS towards clients: the lowest version accepted, whether plaintext is refused, and the
    cloud's name of the policy."""

    minimum: Literal["none", "ssl3", "1.0", "1.1", "1.2", "1.3"] | Absent = ABSENT
    required: bool | Absent = ABSENT
    policy: str | Absent | None = ABSENT

    @classmethod
    def unread(cls, reason: Unknown) -> Tls:
        """TLS of which nothing could be read."""
        return cls(minimum=reason, required=reason, policy=reason)


class Replica(Struct, kw_only=True):
    """A replica of data in a region, and the account that holds it where that is known."""

    region: str | Absent = ABSENT
    account: str | Absent | None = ABSENT
