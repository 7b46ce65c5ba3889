"""Ways between networks, and Network Firewall. Sources: CloudFormation template reference, Amazon
EC2 and AWS Network Firewall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws import gateway, network_firewall
from collectors.iac.mappers.aws.address import SHIELD
from collectors.iac.mappers.aws.api_words import in_terraform
from collectors.iac.mappers.aws.border import NAT
from collectors.iac.mappers.aws.gateway_shared import FIREWALL
from collectors.iac.stacks.resource import Resource, Translation, is_open, parts, renamed, tags

_TUNNELS = 2
_OPTIONS = {
    "Phase1EncryptionAlgorithms": "phase1_encryption_algorithms",
    "Phase2EncryptionAlgorithms": "phase2_encryption_algorithms",
    "Phase1IntegrityAlgorithms": "phase1_integrity_algorithms",
    "Phase2IntegrityAlgorithms": "phase2_integrity_algorithms",
    "IKEVersions": "ike_versions",
}
_OPTION = Unknown("an option of the tunnel is known after apply")
# Lists that Terraform has as blocks.
_NAMES = {
    "stateless_rule_group_references": "stateless_rule_group_reference",
    "stateful_rule_group_references": "stateful_rule_group_reference",
    "stateful_rules": "stateful_rule",
    "rule_options": "rule_option",
    "stateless_rules": "stateless_rule",
    "sources": "source",
    "destinations": "destination",
    "source_ports": "source_port",
    "destination_ports": "destination_port",
    "tcpflags": "tcp_flag",
}

_NAT = {
    "AllocationId": "allocation_id",
    "AvailabilityMode": "availability_mode",
    "ConnectivityType": "connectivity_type",
    "SecondaryAllocationIds": "secondary_allocation_ids",
    "SubnetId": "subnet_id",
}
_ZONE_ADDRESS = {"AllocationIds": "allocation_ids", "AvailabilityZone": "availability_zone"}


def vpn(resource: Resource) -> Iterator[Block]:
    """A VPN connection, of which Terraform has the options of each tunnel by number."""
    names = {"VpnGatewayId": "vpn_gateway_id", "TransitGatewayId": "transit_gateway_id"}
    values = renamed(resource.properties, names)
    written = resource.get("VpnTunnelOptionsSpecifications")
    options: list[Any] = written if isinstance(written, list) else []
    if is_open(written):
        options = [written] * _TUNNELS
    for number, each in enumerate(options, start=1):
        values |= {f"tunnel{number}_{name}": value for name, value in _options(each).items()}
    yield resource.block(gateway.VPN, values | {"tags": tags(resource.get("Tags"))})


def _options(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        doubt = value if isinstance(value, Unknown) else _OPTION
        return dict.fromkeys(_OPTIONS.values(), doubt)
    return {name: _listed(each) for name, each in renamed(value, _OPTIONS).items()}


def _listed(value: Any) -> Any:
    """A list of {Value}."""
    if not isinstance(value, list):
        return value if isinstance(value, Unknown) else _OPTION
    return [each.get("Value", _OPTION) if isinstance(each, dict) else _OPTION for each in value]


def nat(resource: Resource) -> Iterator[Block]:
    """A NAT gateway."""
    values = renamed(resource.properties, _NAT)
    zoned = parts(resource.get("AvailabilityZoneAddresses"), _ZONE_ADDRESS)
    values |= {"availability_zone_address": zoned, "tags": tags(resource.get("Tags"))}
    yield resource.block(NAT, values)


def firewall(resource: Resource) -> Iterator[Block]:
    """A firewall."""
    names = {"FirewallName": "name", "FirewallPolicyArn": "firewall_policy_arn"}
    values = renamed(resource.properties, names)
    values["subnet_mapping"] = parts(resource.get("SubnetMappings"), {"SubnetId": "subnet_id"})
    yield resource.block(FIREWALL, values | {"tags": tags(resource.get("Tags"))})


def policy(resource: Resource) -> Iterator[Block]:
    """A policy of firewalls."""
    written = in_terraform(resource.get("FirewallPolicy"), _NAMES)
    yield resource.block(network_firewall.POLICY, {"firewall_policy": written})


def rule_group(resource: Resource) -> Iterator[Block]:
    """A rule group."""
    written = in_terraform(resource.get("RuleGroup"), _NAMES)
    yield resource.block(network_firewall.GROUP, {"rule_group": written})


_TO_VPC = plain(gateway.TO_VPC, {"TransitGatewayId": "transit_gateway_id", "VpcId": "vpc_id"})

TRANSLATIONS: dict[str, Translation] = {
    "AWS::EC2::NatGateway": nat,
    "AWS::EC2::TransitGateway": plain(gateway.TRANSIT, {}),
    "AWS::EC2::TransitGatewayAttachment": _TO_VPC,
    "AWS::EC2::TransitGatewayPeeringAttachment": plain(
        gateway.TO_TRANSIT,
        {
            "TransitGatewayId": "transit_gateway_id",
            "PeerAccountId": "peer_account_id",
            "PeerRegion": "peer_region",
        },
    ),
    "AWS::EC2::TransitGatewayVpcAttachment": _TO_VPC,
    "AWS::EC2::VPCPeeringConnection": plain(
        gateway.PEERING,
        {
            "PeerOwnerId": "peer_owner_id",
            "PeerRegion": "peer_region",
            "PeerVpcId": "peer_vpc_id",
            "VpcId": "vpc_id",
        },
    ),
    "AWS::EC2::VPNConnection": vpn,
    "AWS::EC2::VPNConnectionRoute": plain(
        gateway.VPN_ROUTE,
        {
            "VpnConnectionId": "vpn_connection_id",
            "DestinationCidrBlock": "destination_cidr_block",
        },
    ),
    "AWS::EC2::VPNGateway": plain(gateway.VPN_GATEWAY, {}),
    "AWS::NetworkFirewall::Firewall": firewall,
    "AWS::NetworkFirewall::FirewallPolicy": policy,
    "AWS::NetworkFirewall::RuleGroup": rule_group,
    "AWS::Shield::Protection": plain(SHIELD, {"ResourceArn": "resource_arn"}),
}
