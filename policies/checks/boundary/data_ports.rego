# METADATA
# title: Data and cluster ports are closed to the internet
# description: >-
#   Databases, caches, queues, search engines, file shares, directories and cluster management speak protocols that
#   were made for trusted networks. Only the applications that use them may reach them.
# custom:
#   id: boundary-data-ports
#   title_zh: 数据服务端口不对互联网开放
#   description_zh: 数据库、缓存、消息队列、检索引擎、文件共享、目录服务及集群管理端口面向可信网络设计，只应由使用它们的应用访问，不得对互联网开放。
#   targets: [network.firewall]
#   facts:
#     - rules.direction
#     - rules.action
#     - rules.priority
#     - rules.protocol
#     - rules.from_port
#     - rules.to_port
#     - rules.sources
#     - rules.destinations
#   severity: critical
#   items: [boundary.access-control, "g:compute.minimal-services"]
#   message: "{source} may reach data ports: {ports}"
#   message_zh: "数据服务端口 {ports} 对 {source} 开放"
#   remediation:
#     en: Allow these ports only from the security group or subnet of the applications that use them.
#     zh: 仅允许使用该服务的应用所在安全组或子网访问这些端口，删除面向全网的规则。
#     aws: >-
#       VPC console > Security groups > the group > Edit inbound rules, or aws ec2 revoke-security-group-ingress
#       --group-id SG --protocol tcp --port 3306 --cidr 0.0.0.0/0, then aws ec2 authorize-security-group-ingress
#       --group-id SG --protocol tcp --port 3306 --source-group APP_SG.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 该安全组 > 编辑入站规则，或执行 aws ec2 revoke-security-group-ingress --group-id SG --protocol tcp --port 3306
#       --cidr 0.0.0.0/0，再执行 aws ec2 authorize-security-group-ingress --group-id SG --protocol tcp --port 3306
#       --source-group APP_SG。
#     azure: >-
#       Portal > Network security groups > the group > Inbound security rules > the rule, or az network nsg rule
#       update --resource-group RG --nsg-name NSG --name RULE --source-asgs APP_ASG; use private endpoints for
#       platform databases.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 该网络安全组 > 入站安全规则 > 该规则，或执行 az network nsg rule update --resource-group RG --nsg-name NSG
#       --name RULE --source-asgs APP_ASG；平台数据库使用专用终结点。
#     aliyun: >-
#       ECS console > Network & Security > Security Groups > the group > Inbound, or aliyun ecs RevokeSecurityGroup
#       --RegionId REGION --SecurityGroupId SG --IpProtocol tcp --PortRange 3306/3306 --SourceCidrIp 0.0.0.0/0, then
#       aliyun ecs AuthorizeSecurityGroup --RegionId REGION --SecurityGroupId SG --IpProtocol tcp --PortRange
#       3306/3306 --SourceGroupId APP_SG.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 该安全组 > 入方向，或执行 aliyun ecs RevokeSecurityGroup --RegionId REGION --SecurityGroupId SG
#       --IpProtocol tcp --PortRange 3306/3306 --SourceCidrIp 0.0.0.0/0，再执行 aliyun ecs AuthorizeSecurityGroup --RegionId
#       REGION --SecurityGroupId SG --IpProtocol tcp --PortRange 3306/3306 --SourceGroupId APP_SG。
#     terraform: >-
#       aws_vpc_security_group_ingress_rule.referenced_security_group_id,
#       azurerm_network_security_rule.source_application_security_group_ids,
#       alicloud_security_group_rule.source_security_group_id
#   references: ["GB/T 22239-2019 8.2.3.1 a", "GB/T 22239-2019 8.1.4.4 b"]
package mlps.checks.boundary.data_ports

import data.mlps.lib.network

deny contains {"at": sprintf("rules/%d/sources/%d", [i, j]), "args": {"source": source, "ports": ports}} if {
	some i, rule in input.facts.rules
	network.admits(rule)
	some j, source in rule.sources
	network.is_anyone(source)
	ports := network.reached(input.facts.rules, rule, source, network.data_services)
	ports != ""
}
