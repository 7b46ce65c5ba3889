"""Facts of networks: VPCs, subnets, firewalls, gateways, load balancers, WAF, CDN, APIs."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Logging, Rule, Tls


class FlowLog(Struct, kw_only=True):
    """A flow log of a VPC (AWS DescribeFlowLogs, Azure VNet flow logs, Alibaba DescribeFlowLogs).
    `retention_days` is that of its store, null for ever."""

    traffic: Literal["all", "accept", "reject"] | Absent = ABSENT
    active: bool | Absent = ABSENT
    destination: str | Absent | None = ABSENT
    destination_region: str | Absent | None = ABSENT
    retention_days: int | Absent | None = ABSENT


class Vpc(Facts, kw_only=True):
    """A virtual network. `workloads` counts network interfaces (instances, databases, …) in it;
    `flow_logs` is empty when there is none."""

    TYPE: ClassVar[str] = "network.vpc"

    cidrs: list[str] | Absent = ABSENT
    is_default: bool | Absent = ABSENT
    workloads: int | Absent = ABSENT
    flow_logs: list[FlowLog] | Absent = ABSENT
    internet_gateway: bool | Absent = ABSENT


class Subnet(Facts, kw_only=True):
    """A subnet or vSwitch. `routes_to_internet`: its route table sends 0.0.0.0/0 or ::/0 to an
    internet gateway; a NAT gateway does not count."""

    TYPE: ClassVar[str] = "network.subnet"

    vpc_id: str | Absent = ABSENT
    cidrs: list[str] | Absent = ABSENT
    routes_to_internet: bool | Absent = ABSENT
    auto_public_ip: bool | Absent = ABSENT
    zone: str | Absent | None = ABSENT
    workload_kinds: list[str] | Absent = ABSENT


class Firewall(Facts, kw_only=True):
    """A security group or NSG, stateful. `attached` counts the interfaces (and for an NSG subnets)
    that use it. `default_ingress` and `default_egress` hold where no rule matches."""

    TYPE: ClassVar[str] = "network.firewall"

    vpc_id: str | Absent | None = ABSENT
    rules: list[Rule] | Absent = ABSENT
    default_ingress: Literal["allow", "deny"] | Absent = ABSENT
    default_egress: Literal["allow", "deny"] | Absent = ABSENT
    is_default: bool | Absent = ABSENT
    attached: int | Absent = ABSENT


class Acl(Facts, kw_only=True):
    """A stateless subnet ACL; `subnets` counts those that use it."""

    TYPE: ClassVar[str] = "network.acl"

    vpc_id: str | Absent = ABSENT
    rules: list[Rule] | Absent = ABSENT
    is_default: bool | Absent = ABSENT
    subnets: int | Absent = ABSENT


class Peer(Struct, kw_only=True):
    """The far side of a peering, VPN or transit attachment."""

    account: str | Absent | None = ABSENT
    region: str | Absent | None = ABSENT
    vpc_id: str | Absent | None = ABSENT
    cidrs: list[str] | Absent = ABSENT


class Tunnel(Struct, kw_only=True):
    """One tunnel of a VPN connection and its negotiated suites."""

    up: bool | Absent = ABSENT
    encryption: list[str] | Absent = ABSENT
    integrity: list[str] | Absent = ABSENT
    ike: list[str] | Absent = ABSENT


class Gateway(Facts, kw_only=True):
    """A way in or out of a network. `ips_mode` is the intrusion prevention of a cloud firewall."""

    TYPE: ClassVar[str] = "network.gateway"

    kind: str | Absent = ABSENT
    """internet, nat, vpn, peering, transit, cen, public-ip, bastion or express."""
    peers: list[Peer] | Absent = ABSENT
    tunnels: list[Tunnel] | Absent | None = ABSENT
    zones: list[str] | Absent = ABSENT
    bandwidth_mbps: int | Absent | None = ABSENT
    protected_by: list[str] | Absent = ABSENT
    ips_mode: Literal["block", "alert", "off"] | Absent | None = ABSENT


class Listener(Struct, kw_only=True):
    """A listener of a load balancer; `tls` is null for protocols without TLS. `protocol` is http,
    https, tcp, tls, udp, tcp_udp."""

    port: int | Absent = ABSENT
    protocol: str | Absent = ABSENT
    redirect_to_https: bool | Absent = ABSENT
    tls: Tls | Absent | None = ABSENT
    certificate_id: str | Absent | None = ABSENT
    source_ranges: list[str] | Absent = ABSENT


class LoadBalancer(Facts, kw_only=True):
    """A load balancer with its listeners. `zones` are those it stands in; `waf` the web ACL in
    front of it, null when there is none."""

    TYPE: ClassVar[str] = "network.load_balancer"

    scheme: Literal["public", "private"] | Absent = ABSENT
    listeners: list[Listener] | Absent = ABSENT
    access_log: Logging | Absent = ABSENT
    waf: str | Absent | None = ABSENT
    zones: list[str] | Absent = ABSENT
    backend_zones: list[str] | Absent = ABSENT
    deletion_protection: bool | Absent = ABSENT
    bandwidth_mbps: int | Absent | None = ABSENT


class Waf(Facts, kw_only=True):
    """A web application firewall policy and what it protects."""

    TYPE: ClassVar[str] = "network.waf"

    mode: Literal["block", "count"] | Absent = ABSENT
    rule_sets: list[str] | Absent = ABSENT
    logging: Logging | Absent = ABSENT
    protects: list[str] | Absent = ABSENT


class Cdn(Facts, kw_only=True):
    """A content delivery domain or distribution."""

    TYPE: ClassVar[str] = "network.cdn"

    scope: Literal["mainland", "global", "overseas"] | Absent = ABSENT
    viewer_tls: Tls | Absent = ABSENT
    origin_https: bool | Absent = ABSENT
    waf: str | Absent | None = ABSENT
    logging: Logging | Absent = ABSENT


class Api(Facts, kw_only=True):
    """An API of an API gateway."""

    TYPE: ClassVar[str] = "network.api"

    authorization: str | Absent = ABSENT
    public: bool | Absent = ABSENT
    tls: Tls | Absent = ABSENT
    logging: Logging | Absent = ABSENT
