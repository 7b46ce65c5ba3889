# METADATA
# title: Subnet ACLs close risky ports to the internet
# description: >-
#   The ACL of a subnet is the second line behind the security groups. It refuses SSH, Telnet, RPC, NetBIOS, SMB and
#   RDP from any address. Higher ports are left to the groups: an ACL keeps no state and must let answers in on them.
# custom:
#   id: boundary-acl-risky-ports
#   title_zh: 子网网络 ACL 不对互联网开放高危端口
#   description_zh: 子网网络 ACL 是安全组之外的第二道防线，应拒绝任意地址访问 SSH、Telnet、RPC、NetBIOS、SMB、RDP 等高危端口。ACL 无状态，高位端口须放行回包，由安全组控制。
#   targets: [network.acl]
#   facts:
#     - rules.direction
#     - rules.action
#     - rules.priority
#     - rules.protocol
#     - rules.from_port
#     - rules.to_port
#     - rules.sources
#     - rules.destinations
#     - subnets
#   severity: high
#   items: [boundary.access-control, "g:compute.minimal-services"]
#   message: "the ACL lets {source} reach risky ports: {ports}"
#   message_zh: "网络 ACL 对 {source} 放行高危端口 {ports}"
#   remediation:
#     en: Put refusals of these ports before the rules that allow everything, or allow only what the subnet serves.
#     zh: 在放行规则之前增加对高危端口的拒绝规则，或仅放行子网对外提供的服务端口。
#     aws: >-
#       VPC console > Network ACLs > the ACL > Inbound rules > Edit, or aws ec2 create-network-acl-entry
#       --network-acl-id ACL --ingress --rule-number 50 --protocol tcp --port-range From=22,To=22 --cidr-block
#       0.0.0.0/0 --rule-action deny, likewise for the other ports and --ipv6-cidr-block ::/0.
#     aws_zh: >-
#       VPC 控制台 > 网络 ACL > 该 ACL > 入站规则 > 编辑入站规则，或执行 aws ec2 create-network-acl-entry --network-acl-id ACL --ingress
#       --rule-number 50 --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny，其他端口以及
#       --ipv6-cidr-block ::/0 同样添加。
#     azure: >-
#       Azure subnets have no ACL of their own: an NSG on the subnet does the work (see boundary-admin-ports and
#       boundary-data-ports).
#     azure_zh: Azure 子网没有独立的网络 ACL，由关联到子网的网络安全组 (NSG) 承担（见 boundary-admin-ports 和 boundary-data-ports）。
#     aliyun: >-
#       VPC console > Network ACL > the ACL > Inbound Rules > Manage Inbound Rules, or aliyun vpc
#       UpdateNetworkAclEntries --RegionId REGION --NetworkAclId ACL --UpdateIngressAclEntries true
#       --IngressAclEntries.1.Policy drop --IngressAclEntries.1.Protocol tcp --IngressAclEntries.1.Port 22/22
#       --IngressAclEntries.1.SourceCidrIp 0.0.0.0/0 and all other entries after it (the call replaces the list).
#     aliyun_zh: >-
#       专有网络控制台 > 网络 ACL > 该 ACL > 入方向规则 > 管理入方向规则，或执行 aliyun vpc UpdateNetworkAclEntries --RegionId REGION
#       --NetworkAclId ACL --UpdateIngressAclEntries true --IngressAclEntries.1.Policy drop
#       --IngressAclEntries.1.Protocol tcp --IngressAclEntries.1.Port 22/22 --IngressAclEntries.1.SourceCidrIp
#       0.0.0.0/0，并在其后依次列出其余全部条目（该调用会替换整个列表）。
#     terraform: >-
#       aws_network_acl_rule.rule_action = "deny" with from_port and to_port, azurerm_network_security_rule of the
#       subnet's NSG, alicloud_network_acl.ingress_acl_entries with policy = "drop" before the entries that accept
#     terraform_zh: >-
#       aws_network_acl_rule.rule_action = "deny" 并写明 from_port 和 to_port，子网所关联 NSG 的 azurerm_network_security_rule,
#       alicloud_network_acl.ingress_acl_entries 中 policy = "drop" 的条目置于放行条目之前
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - GB/T 22239-2019 8.1.4.4 b
#     - "Alibaba Cloud Config: vpc-network-acl-risky-ports-check"
package mlps.checks.boundary.acl_risky_ports

import data.mlps.lib.network

# An ACL that no subnet uses lets nothing in.
applies if input.facts.subnets > 0

deny contains {"at": sprintf("rules/%d/sources/%d", [i, j]), "args": {"source": source, "ports": ports}} if {
	input.facts.subnets > 0
	some i, rule in input.facts.rules
	network.admits(rule)
	some j, source in rule.sources
	network.is_internet(source)
	ports := network.reached(input.facts.rules, rule, source, network.acl_services)
	ports != ""
}
