# METADATA
# title: Administration ports are closed to the internet
# description: >-
#   SSH, RDP, Telnet, VNC, WinRM and the r-services, once reachable from any address, are tried by password guessers
#   within minutes. Administration goes through a bastion host or VPN, from named addresses. Where mlps.yaml declares
#   administration ranges, no other public address may reach these ports.
# custom:
#   id: boundary-admin-ports
#   title_zh: 管理端口不对互联网开放
#   description_zh: SSH、RDP、Telnet、VNC、WinRM 等管理端口对任意地址开放后，很快会遭口令猜解。管理访问应经堡垒机或 VPN，并限定来源地址；已声明运维地址范围的，不得对其他公网地址开放。
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
#   items:
#     - boundary.access-control
#     - "g:boundary.default-deny"
#     - "g:compute.minimal-services"
#     - "g:compute.admin-sources"
#   message: "{source} may reach administration ports: {ports}"
#   message_zh: "管理端口 {ports} 对 {source} 开放"
#   remediation:
#     en: Allow administration only from the bastion host, the VPN or named addresses; remove the rule for everyone.
#     zh: 删除面向全网的规则，仅允许堡垒机、VPN 或指定地址访问管理端口。
#     aws: >-
#       VPC console > Security groups > the group > Edit inbound rules, or aws ec2 revoke-security-group-ingress
#       --group-id SG --protocol tcp --port 22 --cidr 0.0.0.0/0 (for ::/0: --ip-permissions
#       IpProtocol=tcp,FromPort=22,ToPort=22,Ipv6Ranges=[{CidrIpv6=::/0}]); reach instances by Session Manager or a
#       bastion host.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 该安全组 > 编辑入站规则，或执行 aws ec2 revoke-security-group-ingress --group-id SG --protocol tcp --port 22
#       --cidr 0.0.0.0/0（::/0 使用 --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,Ipv6Ranges=[{CidrIpv6=::/0}]）；通过
#       Session Manager 或堡垒机登录实例。
#     azure: >-
#       Portal > Network security groups > the group > Inbound security rules > the rule, or az network nsg rule
#       update --resource-group RG --nsg-name NSG --name RULE --source-address-prefixes 203.0.113.0/24; reach machines
#       by Azure Bastion or just-in-time access.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 该网络安全组 > 入站安全规则 > 该规则，或执行 az network nsg rule update --resource-group RG --nsg-name NSG
#       --name RULE --source-address-prefixes 203.0.113.0/24；通过 Azure Bastion 或实时 (JIT) 访问登录虚拟机。
#     aliyun: >-
#       ECS console > Network & Security > Security Groups > the group > Inbound, or aliyun ecs RevokeSecurityGroup
#       --RegionId REGION --SecurityGroupId SG --IpProtocol tcp --PortRange 22/22 --SourceCidrIp 0.0.0.0/0
#       (--Ipv6SourceCidrIp ::/0); use Bastionhost.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 该安全组 > 入方向，或执行 aliyun ecs RevokeSecurityGroup --RegionId REGION --SecurityGroupId SG
#       --IpProtocol tcp --PortRange 22/22 --SourceCidrIp 0.0.0.0/0（IPv6 使用 --Ipv6SourceCidrIp ::/0）；通过堡垒机登录实例。
#     terraform: >-
#       aws_vpc_security_group_ingress_rule.cidr_ipv4, azurerm_network_security_rule.source_address_prefix,
#       alicloud_security_group_rule.cidr_ip: named ranges in place of 0.0.0.0/0 and ::/0.
#     terraform_zh: >-
#       aws_vpc_security_group_ingress_rule.cidr_ipv4, azurerm_network_security_rule.source_address_prefix,
#       alicloud_security_group_rule.cidr_ip 以指定网段取代 0.0.0.0/0 和 ::/0
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - GB/T 22239-2019 8.1.3.2 a
#     - GB/T 22239-2019 8.1.4.4 c
#     - "Alibaba Cloud Config: ecs-security-group-risky-ports-check-with-protocol"
package mlps.checks.boundary.admin_ports

import data.mlps.lib.administration
import data.mlps.lib.network

deny contains {"at": sprintf("rules/%d/sources/%d", [i, j]), "args": {"source": source, "ports": ports}} if {
	some i, rule in input.facts.rules
	network.admits(rule)
	some j, source in rule.sources
	_is_outside(source)
	ports := network.reached(input.facts.rules, rule, source, network.admin_services)
	ports != ""
}

_is_outside(source) if network.is_anyone(source)

_is_outside(source) if administration.is_undeclared(source)
