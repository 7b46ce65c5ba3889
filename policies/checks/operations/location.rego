# METADATA
# title: Administration is allowed from named places only
# description: >-
#   Systems are administered from within China, and from elsewhere only as the rules allow. Sign-in is limited to
#   addresses that are not wider than one organisation's, or to China. Where mlps.yaml declares `admin_ranges`, sign-in,
#   administration ports of firewalls and the endpoints of clusters are open to no public address outside them. Where
#   the addresses are, and who works there, needs evidence.
# custom:
#   id: operations-location
#   title_zh: 运维仅允许来自指定地点
#   description_zh: 运维地点应位于境内，境外运维须遵循国家规定。登录来源应限定为明确地址段或境内；mlps.yaml 声明 admin_ranges 时，登录、管理端口和集群端点不得对其以外的公网地址开放。
#   targets: [account.identity, network.firewall, compute.cluster]
#   facts:
#     - admin_source_ranges
#     - rules.direction
#     - rules.action
#     - rules.priority
#     - rules.protocol
#     - rules.from_port
#     - rules.to_port
#     - rules.sources
#     - rules.destinations
#     - endpoint_public
#     - endpoint_ranges
#   severity: medium
#   items: [operations.location, "g:compute.admin-sources"]
#   message: "administration is allowed from {source}: {what}"
#   message_zh: "允许从 {source} 进行管理：{what}"
#   words_zh:
#     what: {console: 控制台}
#   remediation:
#     en: Allow administration from the addresses of your offices and bastion hosts in China only, and declare them.
#     zh: 仅允许从境内办公网和堡垒机地址进行管理，并在 mlps.yaml 的 admin_ranges 中声明这些地址段。
#     aws: >-
#       IAM console > Policies: a Deny of all actions with the condition NotIpAddress on aws:SourceIp, or aws iam
#       create-policy and attach it; EC2 console > Security Groups > Inbound rules, or aws ec2
#       revoke-security-group-ingress and authorize-security-group-ingress --cidr RANGE; aws eks update-cluster-config
#       --name NAME --resources-vpc-config publicAccessCidrs=RANGE.
#     aws_zh: >-
#       IAM 控制台 > 策略：以条件 NotIpAddress 限定 aws:SourceIp，对全部操作设为 Deny，或执行 aws iam create-policy 并附加该策略；EC2 控制台 > 安全组 >
#       入站规则，或执行 aws ec2 revoke-security-group-ingress 和 authorize-security-group-ingress --cidr RANGE；集群端点执行 aws eks
#       update-cluster-config --name NAME --resources-vpc-config publicAccessCidrs=RANGE。
#     azure: >-
#       Portal > Microsoft Entra ID > Security > Conditional Access > Named locations and a policy that blocks all
#       others, or az rest --method post --url
#       https://graph.microsoft.com/v1.0/identity/conditionalAccess/namedLocations (in China
#       https://microsoftgraph.chinacloudapi.cn); az network nsg rule update --source-address-prefixes RANGE; az aks
#       update --name NAME --resource-group GROUP --api-server-authorized-ip-ranges RANGE.
#     azure_zh: >-
#       Azure 门户 > Microsoft Entra ID > 安全性 > 条件访问 > 命名位置，并配置阻止其他位置的策略，或执行 az rest --method post --url
#       https://graph.microsoft.com/v1.0/identity/conditionalAccess/namedLocations（中国为
#       https://microsoftgraph.chinacloudapi.cn）；安全规则执行 az network nsg rule update --source-address-prefixes
#       RANGE；集群端点执行 az aks update --name NAME --resource-group GROUP --api-server-authorized-ip-ranges RANGE。
#     aliyun: >-
#       RAM console > Settings > Security Settings > Logon Address Mask, or aliyun ims SetSecurityPreference
#       --LoginNetworkMasks "RANGE;RANGE"; ECS console > Security Groups, or aliyun ecs AuthorizeSecurityGroup
#       --SourceCidrIp RANGE --PortRange 22/22; SLB console > the API server's balancer > access control.
#     aliyun_zh: >-
#       RAM 控制台 > 设置 > 安全设置 > 登录掩码设置，或执行 aliyun ims SetSecurityPreference --LoginNetworkMasks "RANGE;RANGE"；ECS 控制台 >
#       安全组，或执行 aliyun ecs AuthorizeSecurityGroup --SourceCidrIp RANGE --PortRange 22/22；负载均衡控制台 > API Server 的负载均衡 >
#       访问控制。
#     terraform: >-
#       aws_iam_policy with aws:SourceIp, aws_vpc_security_group_ingress_rule.cidr_ipv4,
#       aws_eks_cluster.vpc_config.public_access_cidrs; azuread_named_location and azuread_conditional_access_policy,
#       azurerm_network_security_rule.source_address_prefixes,
#       azurerm_kubernetes_cluster.api_server_access_profile.authorized_ip_ranges;
#       alicloud_ram_security_preference.login_network_masks, alicloud_security_group_rule.cidr_ip
#     terraform_zh: >-
#       aws_iam_policy 使用 aws:SourceIp 条件，aws_vpc_security_group_ingress_rule.cidr_ipv4,
#       aws_eks_cluster.vpc_config.public_access_cidrs; azuread_named_location 和 azuread_conditional_access_policy,
#       azurerm_network_security_rule.source_address_prefixes,
#       azurerm_kubernetes_cluster.api_server_access_profile.authorized_ip_ranges;
#       alicloud_ram_security_preference.login_network_masks, alicloud_security_group_rule.cidr_ip
#   references: ["GB/T 22239-2019 8.2.7.1", "GB/T 22239-2019 8.1.4.4 c"]
package mlps.checks.operations.location

import data.mlps.lib.administration
import data.mlps.lib.network

# A list of addresses, as Alibaba Cloud and Azure have it. Null: a cloud without such a setting.
applies if {
	input.level >= 2
	is_array(input.facts.admin_source_ranges)
}

applies if {
	input.level >= 2
	administration.is_declared
	is_array(input.facts.rules)
}

applies if {
	input.level >= 2
	administration.is_declared
	input.facts.endpoint_public == true
}

deny contains {"at": "admin_source_ranges", "args": {"source": "0.0.0.0/0", "what": "console"}} if {
	input.level >= 2
	is_array(input.facts.admin_source_ranges)
	count(input.facts.admin_source_ranges) == 0
}

deny contains {"at": sprintf("admin_source_ranges/%d", [i]), "args": {"source": range, "what": "console"}} if {
	input.level >= 2
	is_array(input.facts.admin_source_ranges)
	some i, range in input.facts.admin_source_ranges
	is_string(range)
	range != "country:CN"
	not administration.is_narrow(range)
}

deny contains {"at": sprintf("rules/%d/sources/%d", [i, j]), "args": {"source": source, "what": ports}} if {
	input.level >= 2
	administration.is_declared
	some i, rule in input.facts.rules
	network.admits(rule)
	some j, source in rule.sources
	administration.is_undeclared(source)
	ports := network.reached(input.facts.rules, rule, source, network.admin_services)
	ports != ""
}

deny contains {"at": sprintf("endpoint_ranges/%d", [i]), "args": {"source": range, "what": "Kubernetes API"}} if {
	input.level >= 2
	input.facts.endpoint_public == true
	some i, range in input.facts.endpoint_ranges
	administration.is_undeclared(range)
}

# An empty list limits nothing.
deny contains {"at": "endpoint_ranges", "args": {"source": "0.0.0.0/0", "what": "Kubernetes API"}} if {
	input.level >= 2
	administration.is_declared
	input.facts.endpoint_public == true
	count(input.facts.endpoint_ranges) == 0
}
