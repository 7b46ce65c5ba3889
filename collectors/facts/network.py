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
    internet gateway; a NAT gateway does not count. Azure: a route that somebody wrote to the next
    hop Internet; the system's route, which every subnet has, does not count. Alibaba Cloud: a route
    to an IPv4 or IPv6 gateway. `workload_kinds` are instance, database,
    load_balancer, function, container, cluster, file_system, gateway, endpoint, bastion (a bastion
    host of the cloud) and other."""

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
    """The far side of a peering, VPN or transit attachment. `account` is that of its network
    (Azure: the subscription), null where the far side is no network of this cloud: a site behind a
    VPN or a leased line. `cidrs` are the prefixes that the networks of the account route to it."""

    account: str | Absent | None = ABSENT
    region: str | Absent | None = ABSENT
    vpc_id: str | Absent | None = ABSENT
    cidrs: list[str] | Absent = ABSENT


class Tunnel(Struct, kw_only=True):
    """One tunnel of a VPN connection and every suite that it accepts, those of both phases, also
    where the cloud's defaults decide (AWS). `encryption` is of none, des, 3des, aes128, aes192,
    aes256, aes128-gcm, aes192-gcm, aes256-gcm, sm4; `integrity` of none, md5, sha1, sha256, sha384,
    sha512, sm3 (a GCM cipher brings its own and adds none); `ike` of ikev1, ikev2."""

    up: bool | Absent = ABSENT
    encryption: list[str] | Absent = ABSENT
    integrity: list[str] | Absent = ABSENT
    ike: list[str] | Absent = ABSENT


class Forward(Struct, kw_only=True):
    """A port mapping (DNAT) from public addresses to a machine inside. `protocol` and the ports are
    as in `Rule`; `target_port` is the port inside, null where it is the public one or a range.
    `source_ranges` are 0.0.0.0/0 and ::/0 where the gateway does not limit sources."""

    protocol: str | Absent = ABSENT
    from_port: int | Absent | None = ABSENT
    to_port: int | Absent | None = ABSENT
    target_port: int | Absent | None = ABSENT
    source_ranges: list[str] | Absent = ABSENT


class Snat(Struct, kw_only=True):
    """An entry by which a NAT gateway hides machines behind public addresses: the peak bandwidth of
    each address. Those in one shared bandwidth package all have the package's."""

    bandwidths_mbps: list[int] | Absent = ABSENT


class Gateway(Facts, kw_only=True):
    """A way in or out of a network. `protected_by` names what searches or filters its traffic: waf;
    ddos, a protection beyond what every address of the cloud has; firewall, a cloud firewall (AWS:
    traffic of the internet gateway passes Network Firewall; Azure: Azure Firewall; Alibaba Cloud:
    the asset's protection in Cloud Firewall is on). `attached_to` tells what a public address is
    bound to: instance, load_balancer, gateway (NAT, VPN), bastion, firewall or other, null where it
    is bound to nothing and for other kinds; of an internet gateway of AWS it is network where
    something in its VPC reaches the internet by it. `zones` are those it stands in, null where the
    cloud does not tell them. `bandwidth_mbps` is null where the cloud sets no limit (of addresses:
    AWS, Azure). `snat` is empty where public addresses have no bandwidth of their own. `ips_mode`
    is the intrusion prevention of the cloud firewall that the traffic passes, null where it passes
    none. `forwards` is empty without port mappings (Alibaba Cloud NAT: DescribeForwardTableEntries;
    Azure Firewall: DNAT rules)."""

    TYPE: ClassVar[str] = "network.gateway"

    kind: str | Absent = ABSENT
    """internet, nat, vpn, peering, transit, cen, public-ip, bastion, express or firewall."""
    peers: list[Peer] | Absent = ABSENT
    tunnels: list[Tunnel] | Absent | None = ABSENT
    zones: list[str] | Absent | None = ABSENT
    bandwidth_mbps: int | Absent | None = ABSENT
    snat: list[Snat] | Absent = ABSENT
    protected_by: list[str] | Absent = ABSENT
    attached_to: str | Absent | None = ABSENT
    ips_mode: Literal["block", "alert", "off"] | Absent | None = ABSENT
    forwards: list[Forward] | Absent = ABSENT


class Listener(Struct, kw_only=True):
    """A listener of a load balancer; `tls` is null for protocols without TLS. `protocol` is http,
    https, quic, tcp, tls, udp, tcp_udp. `source_ranges` may reach it: 0.0.0.0/0 and ::/0 where no
    list limits it, and where Alibaba Cloud's list is empty or one of refusals."""

    port: int | Absent = ABSENT
    protocol: str | Absent = ABSENT
    redirect_to_https: bool | Absent = ABSENT
    tls: Tls | Absent | None = ABSENT
    certificate_id: str | Absent | None = ABSENT
    source_ranges: list[str] | Absent = ABSENT


class LoadBalancer(Facts, kw_only=True):
    """A load balancer with its listeners. `zones` are those it stands in, `backend_zones` those of
    the machines behind it, empty without any; `waf` the web ACL in front of it, null when there is
    none; `bandwidth_mbps` is null where nothing limits it, `deletion_protection` where the kind has
    no such setting (AWS: classic load balancers); `alarms` counts the alarms that are on, tell
    somebody and watch it."""

    TYPE: ClassVar[str] = "network.load_balancer"

    scheme: Literal["public", "private"] | Absent = ABSENT
    listeners: list[Listener] | Absent = ABSENT
    access_log: Logging | Absent = ABSENT
    waf: str | Absent | None = ABSENT
    zones: list[str] | Absent = ABSENT
    backend_zones: list[str] | Absent = ABSENT
    deletion_protection: bool | Absent | None = ABSENT
    alarms: int | Absent = ABSENT
    bandwidth_mbps: int | Absent | None = ABSENT


class Waf(Facts, kw_only=True):
    """A web application firewall policy and what it protects. `mode` is that of its managed rule
    sets, count also where the policy is off; `rule_sets` are the managed ones that are on, by the
    cloud's names (AWSManagedRulesCommonRuleSet, OWASP_3.2, waf_group)."""

    TYPE: ClassVar[str] = "network.waf"

    mode: Literal["block", "count"] | Absent = ABSENT
    rule_sets: list[str] | Absent = ABSENT
    logging: Logging | Absent = ABSENT
    protects: list[str] | Absent = ABSENT


class Cdn(Facts, kw_only=True):
    """A content delivery domain or distribution. `scope` tells where it serves from: mainland
    China, everywhere, or everywhere else (CloudFront and Front Door of the clouds in China:
    mainland). It requires TLS of viewers where it refuses plain HTTP or redirects it."""

    TYPE: ClassVar[str] = "network.cdn"

    scope: Literal["mainland", "global", "overseas"] | Absent = ABSENT
    viewer_tls: Tls | Absent = ABSENT
    origin_https: bool | Absent = ABSENT
    waf: str | Absent | None = ABSENT
    logging: Logging | Absent = ABSENT


class Api(Facts, kw_only=True):
    """An API of an API gateway. `authorization` is none where one of its methods (OPTIONS apart)
    takes requests without authentication, otherwise iam, token, key, certificate or custom. It
    requires TLS where it refuses plain HTTP or redirects it."""

    TYPE: ClassVar[str] = "network.api"

    authorization: str | Absent = ABSENT
    public: bool | Absent = ABSENT
    tls: Tls | Absent = ABSENT
    logging: Logging | Absent = ABSENT
