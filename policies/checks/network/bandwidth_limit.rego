# METADATA
# title: Public bandwidth carries the busiest hour
# description: >-
#   Too little bandwidth cuts users off in the busiest hour. Public addresses and public load balancers with a limit
#   have 10 Mbit/s or more, connections between regions more than 1 Mbit/s, as Alibaba Cloud's rules ask by default; the
#   addresses of one SNAT entry have the same. Clouds without such limits (AWS, and Azure's addresses) are not judged,
#   and neither is how much your peak needs: compare it with the traffic figures. There is no upper limit here; private
#   load balancers are left out.
# custom:
#   id: network-bandwidth-limit
#   title_zh: 公网带宽满足业务高峰需要
#   description_zh: >-
#     带宽不足会导致业务高峰期访问中断。设有带宽峰值的公网地址和公网负载均衡应不低于 10
#     Mbps，跨地域连接应高于 1 Mbps（与阿里云预检规则的默认值一致），同一 SNAT 条目的多个公网地址带宽应一致。实际高峰所需带宽应结合流量监测数据佐证。
#   targets: [network.gateway, network.load_balancer]
#   facts: [kind, bandwidth_mbps, snat.bandwidths_mbps, scheme]
#   severity: low
#   items: ["g:network.capacity", "g:network.bandwidth", "g:network.bandwidth-priority"]
#   message: "bandwidth is {found} Mbit/s; needed: {needed}"
#   message_zh: "带宽为 {found} Mbps，应为 {needed}"
#   remediation:
#     en: Raise the bandwidth to what the busiest hour needs; give the addresses of a NAT gateway one shared package.
#     zh: 按业务高峰需要调高带宽；NAT 网关的多个公网地址加入同一共享带宽包或设置一致的带宽峰值。
#     aws: >-
#       Addresses and load balancers have no limit to set. Direct Connect: console > Connections > Create connection
#       with a larger port, or aws directconnect create-connection --location LOCATION --bandwidth 1Gbps
#       --connection-name NAME.
#     aws_zh: >-
#       公网地址和负载均衡没有可设置的带宽上限。Direct Connect：控制台 > 连接 > 创建连接，选用更大的端口速率，或执行 aws directconnect create-connection --location
#       LOCATION --bandwidth 1Gbps --connection-name NAME。
#     azure: >-
#       Addresses and load balancers have no limit to set. ExpressRoute: Portal > the circuit > Configuration >
#       Bandwidth, or az network express-route update --resource-group RG --name CIRCUIT --bandwidth 200 Mbps.
#     azure_zh: >-
#       公网地址和负载均衡没有可设置的带宽上限。ExpressRoute：Azure 门户 > 该线路 > 配置 > 带宽，或执行 az network express-route update --resource-group
#       RG --name CIRCUIT --bandwidth 200 Mbps。
#     aliyun: >-
#       VPC console > EIP > the address > Modify Maximum Bandwidth, or aliyun vpc ModifyEipAddressAttribute --RegionId
#       REGION --AllocationId EIP --Bandwidth 20; CLB: aliyun slb ModifyLoadBalancerInternetSpec --RegionId REGION
#       --LoadBalancerId LB --Bandwidth 20; SNAT: aliyun vpc AddCommonBandwidthPackageIp --RegionId REGION
#       --BandwidthPackageId PACKAGE --IpInstanceId EIP; CEN console > the instance > Bandwidth Plans, or aliyun cbn
#       UpdateTransitRouterPeerAttachmentAttribute --TransitRouterAttachmentId ATTACHMENT --Bandwidth 10.
#     aliyun_zh: >-
#       专有网络控制台 > 弹性公网 IP > 该地址 > 修改带宽峰值，或执行 aliyun vpc ModifyEipAddressAttribute --RegionId REGION --AllocationId EIP
#       --Bandwidth 20；CLB 执行 aliyun slb ModifyLoadBalancerInternetSpec --RegionId REGION --LoadBalancerId LB
#       --Bandwidth 20；SNAT 使用的地址执行 aliyun vpc AddCommonBandwidthPackageIp --RegionId REGION --BandwidthPackageId
#       PACKAGE --IpInstanceId EIP；云企业网控制台 > 该实例 > 带宽包管理，或执行 aliyun cbn UpdateTransitRouterPeerAttachmentAttribute
#       --TransitRouterAttachmentId ATTACHMENT --Bandwidth 10。
#     terraform: >-
#       aws_dx_connection.bandwidth; azurerm_express_route_circuit.bandwidth_in_mbps; alicloud_eip_address.bandwidth,
#       alicloud_slb_load_balancer.bandwidth, alicloud_common_bandwidth_package_attachment,
#       alicloud_cen_transit_router_peer_attachment.bandwidth
#   references:
#     - GB/T 22239-2019 8.1.2.1 a
#     - GB/T 22239-2019 8.1.2.1 b
#     - High-risk case 6.2.1.1
#     - "Alibaba Cloud Config: eip-bandwidth-limit"
#     - "Alibaba Cloud Config: slb-loadbalancer-bandwidth-limit"
#     - "Alibaba Cloud Config: natgateway-snat-eip-bandwidth-check"
#     - "Alibaba Cloud Config: cen-cross-region-bandwidth-check"
package mlps.checks.network.bandwidth_limit

_lowest := 10

# The bandwidth that a connection between regions has to exceed.
_between_regions := 1

applies if {
	_is_public
	_is_limited
}

applies if {
	input.facts.kind == "cen"
	_is_limited
}

applies if count(input.facts.snat) > 0

deny contains {"at": "bandwidth_mbps", "args": {"found": input.facts.bandwidth_mbps, "needed": needed}} if {
	_is_public
	_is_limited
	input.facts.bandwidth_mbps < _lowest
	needed := sprintf("≥ %d", [_lowest])
}

deny contains {"at": "bandwidth_mbps", "args": {"found": input.facts.bandwidth_mbps, "needed": needed}} if {
	input.facts.kind == "cen"
	_is_limited
	input.facts.bandwidth_mbps <= _between_regions
	needed := sprintf("> %d", [_between_regions])
}

deny contains {"at": sprintf("snat/%d/bandwidths_mbps", [i]), "args": {"found": found, "needed": "="}} if {
	some i, entry in input.facts.snat
	values := {value | some value in entry.bandwidths_mbps}
	count(values) > 1
	found := concat(", ", [sprintf("%v", [value]) | some value in sort(values)])
}

_is_public if input.facts.kind == "public-ip"

_is_public if input.facts.scheme == "public"

# Null where nothing limits it, and so is a number below zero (CLB that pays by traffic).
_is_limited if {
	is_number(input.facts.bandwidth_mbps)
	input.facts.bandwidth_mbps >= 0
}
