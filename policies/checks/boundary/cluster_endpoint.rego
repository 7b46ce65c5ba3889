# METADATA
# title: Kubernetes APIs are private or open to named ranges only
# description: >-
#   Whoever reaches the API of a cluster can try its credentials and its vulnerabilities. The API has no public
#   endpoint, or one for named ranges: not everyone, no range wider than an IPv4 /16 or IPv6 /32, and none outside the
#   administration ranges where mlps.yaml declares them. Laxer than Alibaba Cloud's rule, which takes no public
#   endpoint.
# custom:
#   id: boundary-cluster-endpoint
#   title_zh: Kubernetes API 不公开，或仅对指定地址开放
#   description_zh: 集群 API 服务端应仅在内网提供，或仅对指定网段开放，不得对任意地址或过宽网段（宽于 /16，IPv6 为 /32）开放；已声明运维地址范围的，不得超出该范围。阿里云的规则更严：不允许任何公网端点。
#   targets: [compute.cluster]
#   facts: [endpoint_public, endpoint_ranges]
#   severity: high
#   items: [boundary.access-control, "g:compute.admin-sources"]
#   message: "the Kubernetes API may be reached from {range}"
#   message_zh: "Kubernetes API 对 {range} 开放"
#   remediation:
#     en: Make the API endpoint private, or limit it to the addresses from which the cluster is administered.
#     zh: 关闭 API 服务端的公网访问，或通过白名单仅允许运维地址访问。
#     aws: >-
#       EKS console > Clusters > the cluster > Networking > Manage endpoint access, or aws eks update-cluster-config
#       --name CLUSTER --resources-vpc-config endpointPublicAccess=false,endpointPrivateAccess=true (or
#       publicAccessCidrs=203.0.113.0/24).
#     aws_zh: >-
#       EKS 控制台 > 集群 > 该集群 > 联网 > 管理端点访问，或执行 aws eks update-cluster-config --name CLUSTER --resources-vpc-config
#       endpointPublicAccess=false,endpointPrivateAccess=true（或以 publicAccessCidrs=203.0.113.0/24 限定网段）。
#     azure: >-
#       Portal > Kubernetes services > the cluster > Networking > Set authorized IP ranges, or az aks update
#       --resource-group RG --name CLUSTER --api-server-authorized-ip-ranges 203.0.113.0/24; a private cluster: az aks
#       create --enable-private-cluster.
#     azure_zh: >-
#       Azure 门户 > Kubernetes 服务 > 该集群 > 网络 > 设置授权 IP 范围，或执行 az aks update --resource-group RG --name CLUSTER
#       --api-server-authorized-ip-ranges 203.0.113.0/24；新建专用集群执行 az aks create --enable-private-cluster。
#     aliyun: >-
#       ACK console > Clusters > the cluster > Cluster Information > Basic Information > Network > API server Public
#       Endpoint > Disassociate EIP, or aliyun cs PUT /api/v2/clusters/CLUSTER --body '{"api_server_eip": false}'; to
#       limit it, set a whitelist with entries on listener 6443 of its load balancer: aliyun slb
#       SetLoadBalancerTCPListenerAttribute --RegionId REGION --LoadBalancerId LB --ListenerPort 6443 --AclStatus on
#       --AclType white --AclId ACL.
#     aliyun_zh: >-
#       ACK 控制台 > 集群列表 > 该集群 > 集群信息 > 基本信息 > 网络 > API server 公网连接端点 > 解绑 EIP，或执行 aliyun cs PUT /api/v2/clusters/CLUSTER
#       --body '{"api_server_eip": false}'；仅需限定来源的，为其负载均衡的 6443 监听设置含有条目的白名单：aliyun slb
#       SetLoadBalancerTCPListenerAttribute --RegionId REGION --LoadBalancerId LB --ListenerPort 6443 --AclStatus on
#       --AclType white --AclId ACL。
#     terraform: >-
#       aws_eks_cluster.vpc_config.endpoint_public_access = false or public_access_cidrs,
#       azurerm_kubernetes_cluster.private_cluster_enabled = true or api_server_access_profile.authorized_ip_ranges,
#       alicloud_cs_managed_kubernetes.slb_internet_enabled = false
#     terraform_zh: >-
#       aws_eks_cluster.vpc_config.endpoint_public_access = false 或 public_access_cidrs,
#       azurerm_kubernetes_cluster.private_cluster_enabled = true 或 api_server_access_profile.authorized_ip_ranges,
#       alicloud_cs_managed_kubernetes.slb_internet_enabled = false
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - GB/T 22239-2019 8.1.4.4 c
#     - "Alibaba Cloud Config: ack-cluster-public-endpoint-check"
package mlps.checks.boundary.cluster_endpoint

import data.mlps.lib.administration

deny contains {"at": sprintf("endpoint_ranges/%d", [i]), "args": {"range": range}} if {
	input.facts.endpoint_public == true
	some i, range in input.facts.endpoint_ranges
	administration.is_open(range)
}

# A public endpoint without a list lets everyone in, in every cloud.
deny contains {"at": "endpoint_public", "args": {"range": "0.0.0.0/0"}} if {
	input.facts.endpoint_public == true
	count(input.facts.endpoint_ranges) == 0
}
