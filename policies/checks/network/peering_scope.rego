# METADATA
# title: Peerings lead to known accounts and route only what is needed
# description: >-
#   A peering, transit or CEN attachment joins two networks behind every boundary. It connects the own account and those
#   allowed in mlps.yaml only. A peering carries no default route. Towards a system of another level, where no cloud
#   firewall stands between, no range wider than one network (IPv4 /16, IPv6 /32) is routed; which ports are open is
#   looked at by boundary-inter-level. A far side whose system is not known makes the verdict unknown.
# custom:
#   id: network-peering-scope
#   title_zh: 网络互联仅限允许的账号并按需路由
#   description_zh: >-
#     对等连接、转发路由器和云企业网会绕过边界将两个网络直接连通，应仅连接本账号及 mlps.yaml
#     允许的账号，对等连接不得配置默认路由。与其他等级定级对象互联且未经云防火墙的，路由网段不得宽于单个网络（IPv4 /16、IPv6 /32）。对端所属定级对象未知的，结果为未知。
#   targets: [network.gateway]
#   facts: [kind, peers.account, peers.cidrs, protected_by, context.references]
#   severity: high
#   items:
#     - network.tenant-isolation
#     - boundary.inter-level
#     - "g:boundary.unauthorised-devices"
#     - "g:boundary.block-unauthorised"
#   message: "the network is joined too widely: {what}"
#   message_zh: "网络互联范围过大：{what}"
#   remediation:
#     en: >-
#       Remove what joins networks of others, or list accounts of your own under allowed_accounts in mlps.yaml; route
#       only the prefixes that are needed, and let traffic between levels pass a firewall.
#     zh: 解除与外部账号的互联（本单位的其他账号登记在 mlps.yaml 的 allowed_accounts 中）；仅配置必要网段的路由，不同等级之间的流量经防火墙转发。
#     aws: >-
#       VPC console > Peering connections > the connection > Delete, or aws ec2 delete-vpc-peering-connection
#       --vpc-peering-connection-id PCX; aws ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id
#       ATTACHMENT; routes: aws ec2 delete-route --route-table-id TABLE --destination-cidr-block 0.0.0.0/0, then aws ec2
#       create-route --route-table-id TABLE --destination-cidr-block 10.20.1.0/24 --vpc-peering-connection-id PCX; a
#       transit gateway route table for each level: aws ec2 associate-transit-gateway-route-table.
#     aws_zh: >-
#       VPC 控制台 > 对等连接 > 该连接 > 删除，或执行 aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id PCX；中转网关执行 aws
#       ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id ATTACHMENT；路由执行 aws ec2 delete-route
#       --route-table-id TABLE --destination-cidr-block 0.0.0.0/0，再执行 aws ec2 create-route --route-table-id TABLE
#       --destination-cidr-block 10.20.1.0/24 --vpc-peering-connection-id PCX；各等级使用独立的中转网关路由表：aws ec2
#       associate-transit-gateway-route-table。
#     azure: >-
#       Portal > Virtual networks > the network > Peerings > Delete, or az network vnet peering delete --resource-group
#       RG --vnet-name VNET --name PEERING; routes: az network route-table route delete --resource-group RG
#       --route-table-name TABLE --name ROUTE; by the firewall: az network route-table route create --next-hop-type
#       VirtualAppliance --next-hop-ip-address ADDRESS --address-prefix 10.20.1.0/24 --resource-group RG
#       --route-table-name TABLE --name to-other-level.
#     azure_zh: >-
#       Azure 门户 > 虚拟网络 > 该虚拟网络 > 对等互连 > 删除，或执行 az network vnet peering delete --resource-group RG --vnet-name VNET
#       --name PEERING；路由执行 az network route-table route delete --resource-group RG --route-table-name TABLE --name
#       ROUTE；经防火墙转发执行 az network route-table route create --next-hop-type VirtualAppliance --next-hop-ip-address
#       ADDRESS --address-prefix 10.20.1.0/24 --resource-group RG --route-table-name TABLE --name to-other-level。
#     aliyun: >-
#       VPC console > VPC Peering Connections > Delete, or aliyun vpcpeer DeleteVpcPeerConnection --InstanceId PEERING;
#       CEN console > the instance > the transit router > Connections, or aliyun cbn DeleteTransitRouterVpcAttachment
#       --TransitRouterAttachmentId ATTACHMENT and, to take a grant back, aliyun cbn RevokeInstanceFromTransitRouter
#       --CenId CEN --CenOwnerId ACCOUNT --InstanceId VPC --InstanceType VPC; routes: aliyun vpc DeleteRouteEntry
#       --RouteTableId TABLE --DestinationCidrBlock 0.0.0.0/0; Cloud Firewall console > Firewall Settings > VPC
#       Firewall.
#     aliyun_zh: >-
#       专有网络控制台 > VPC 对等连接 > 删除，或执行 aliyun vpcpeer DeleteVpcPeerConnection --InstanceId PEERING；云企业网控制台 > 该实例 > 该转发路由器 >
#       连接，或执行 aliyun cbn DeleteTransitRouterVpcAttachment --TransitRouterAttachmentId ATTACHMENT，收回授权执行 aliyun cbn
#       RevokeInstanceFromTransitRouter --CenId CEN --CenOwnerId ACCOUNT --InstanceId VPC --InstanceType VPC；路由执行 aliyun
#       vpc DeleteRouteEntry --RouteTableId TABLE --DestinationCidrBlock 0.0.0.0/0；云防火墙控制台 > 防火墙开关 > VPC 边界防火墙。
#     terraform: >-
#       aws_vpc_peering_connection.peer_owner_id, aws_ec2_transit_gateway_vpc_attachment,
#       aws_route.destination_cidr_block; azurerm_virtual_network_peering.remote_virtual_network_id,
#       azurerm_route.next_hop_in_ip_address; alicloud_vpc_peer_connection.accepting_ali_uid,
#       alicloud_cen_transit_router_vpc_attachment.vpc_owner_id, alicloud_route_entry.destination_cidrblock
#   references:
#     - GB/T 22239-2019 8.2.2.1 b
#     - GB/T 22239-2019 8.2.3.1 b
#     - GB/T 22239-2019 8.1.3.1 b
#     - High-risk case 7.2.1.2
package mlps.checks.network.peering_scope

import data.mlps.lib.grants
import data.mlps.lib.network

applies if count(input.facts.peers) > 0

# Null where the far side is no network of the cloud: a site of one's own behind a VPN or a leased line.
deny contains {"at": sprintf("peers/%d/account", [i]), "args": {"what": peer.account}} if {
	some i, peer in input.facts.peers
	is_string(peer.account)
	grants.is_outside(peer.account)
}

# Default routes to a transit gateway or a site are common, where they lead through a central firewall.
deny contains {"at": sprintf("peers/%d/cidrs/%d", [i, j]), "args": {"what": cidr}} if {
	input.facts.kind == "peering"
	some i, peer in input.facts.peers
	some j, cidr in peer.cidrs
	network.is_internet(cidr)
}

deny contains {"at": sprintf("peers/%d/cidrs/%d", [i, j]), "args": {"what": what}} if {
	is_array(input.facts.protected_by)
	not "firewall" in input.facts.protected_by
	some i, peer in input.facts.peers
	some reference in input.context.references
	reference.peer == i
	reference.level != input.level
	some j, cidr in peer.cidrs
	_is_broad(cidr)
	what := sprintf("%s > %s (%d > %d)", [cidr, reference.system, input.level, reference.level])
}

# Wider than one network.
_is_broad(cidr) if {
	is_string(cidr)
	net.cidr_is_valid(cidr)
	network.prefix_length(cidr) < _narrowest(cidr)
}

_narrowest(cidr) := 16 if not contains(cidr, ":")

_narrowest(cidr) := 32 if contains(cidr, ":")
