# METADATA
# title: Image registries do not accept any address
# description: >-
#   A registry holds the code of every system that runs from it. Its public endpoint is closed or open to named ranges
#   only (no wider than an IPv4 /16 or IPv6 /32), and nobody pulls without signing in. ECR has no list of addresses:
#   there the repository's policy decides.
# custom:
#   id: boundary-registry-access
#   title_zh: 容器镜像仓库不对任意地址开放
#   description_zh: 镜像仓库的公网访问入口应关闭，或以白名单仅对指定网段开放（不宽于 /16，IPv6 为 /32），并不得允许匿名拉取镜像。AWS ECR 无地址白名单，由仓库策略控制。
#   targets: [registry.repository]
#   facts: [allow_list, exposure.public]
#   severity: medium
#   items: [boundary.access-control]
#   message: "the registry may be reached from {range}"
#   message_zh: "镜像仓库对 {range} 开放"
#   remediation:
#     en: Close the public endpoint or limit it to named ranges, and require sign-in.
#     zh: 关闭公网访问入口，或在白名单中仅保留指定网段，并禁止匿名拉取。
#     aws: >-
#       ECR console > Repositories > the repository > Permissions, or aws ecr set-repository-policy --repository-name
#       REPOSITORY --policy-text file://policy.json without Principal "*"; reach it by an interface endpoint: aws ec2
#       create-vpc-endpoint --vpc-endpoint-type Interface --service-name SERVICE --vpc-id VPC --subnet-ids SUBNET.
#     aws_zh: >-
#       ECR 控制台 > 存储库 > 该存储库 > 权限，或执行 aws ecr set-repository-policy --repository-name REPOSITORY --policy-text
#       file://policy.json，策略中不得使用 Principal "*"；经接口终端节点访问：aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface
#       --service-name SERVICE --vpc-id VPC --subnet-ids SUBNET。
#     azure: >-
#       Portal > Container registries > the registry > Networking > Public access > Disabled or Selected networks, or
#       az acr update --name REGISTRY --public-network-enabled false (or --default-action Deny, then az acr
#       network-rule add --name REGISTRY --ip-address 203.0.113.0/24); az acr update --name REGISTRY
#       --anonymous-pull-enabled false.
#     azure_zh: >-
#       Azure 门户 > 容器注册表 > 该注册表 > 网络 > 公用访问 > 已禁用或所选网络，或执行 az acr update --name REGISTRY --public-network-enabled
#       false（或先以 --default-action Deny 默认拒绝，再执行 az acr network-rule add --name REGISTRY --ip-address
#       203.0.113.0/24）；禁止匿名拉取执行 az acr update --name REGISTRY --anonymous-pull-enabled false。
#     aliyun: >-
#       ACR console > Instances > the instance > Access Control > Internet: turn it off or add named ranges to the
#       whitelist (an empty list lets everyone in), or aliyun cr UpdateInstanceEndpointStatus --InstanceId INSTANCE
#       --EndpointType internet --Enable false; aliyun cr DeleteInstanceEndpointAclPolicy --InstanceId INSTANCE
#       --EndpointType internet --Entry 0.0.0.0/0.
#     aliyun_zh: >-
#       容器镜像服务控制台 > 实例列表 > 该实例 > 访问控制 > 公网：关闭公网访问入口，或在白名单中添加指定网段（白名单为空等于全部放行），或执行 aliyun cr UpdateInstanceEndpointStatus
#       --InstanceId INSTANCE --EndpointType internet --Enable false；删除全放行条目执行 aliyun cr DeleteInstanceEndpointAclPolicy
#       --InstanceId INSTANCE --EndpointType internet --Entry 0.0.0.0/0。
#     terraform: >-
#       aws_ecr_repository_policy.policy, azurerm_container_registry.public_network_access_enabled = false or
#       network_rule_set.default_action = "Deny", azurerm_container_registry.anonymous_pull_enabled = false,
#       alicloud_cr_endpoint_acl_policy.entry
#     terraform_zh: >-
#       aws_ecr_repository_policy.policy, azurerm_container_registry.public_network_access_enabled = false 或
#       network_rule_set.default_action = "Deny", azurerm_container_registry.anonymous_pull_enabled = false,
#       alicloud_cr_endpoint_acl_policy.entry
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - "Alibaba Cloud Config: cr-instance-any-ip-access-check"
package mlps.checks.boundary.registry_access

import data.mlps.lib.network

deny contains {"at": sprintf("allow_list/%d", [i]), "args": {"range": range}} if {
	some i, range in input.facts.allow_list
	network.is_wide(range)
}

deny contains {"at": "exposure/public", "args": {"range": "0.0.0.0/0"}} if input.facts.exposure.public == true
