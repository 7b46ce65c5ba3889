# METADATA
# title: Every instance and container stands behind a firewall group
# description: >-
#   Rules between virtual machines follow them only where a firewall group is bound to each machine, by itself or, on
#   Azure, through its subnet; the same goes for containers with addresses of their own. What the groups let in is the
#   matter of the boundary checks.
# custom:
#   id: compute-firewall-attached
#   title_zh: 实例和容器均受安全组保护
#   description_zh: 虚拟机之间的访问控制策略应随虚拟机迁移生效，每台实例均应绑定安全组（Azure 亦可由所在子网关联网络安全组）；拥有独立地址的容器同样要求。安全组放行的内容由区域边界类检查判定。
#   targets: [compute.instance, compute.container_service]
#   facts: [firewalls]
#   severity: high
#   items: [compute.vm-access-policy, network.self-service-policy, "g:boundary.session-state"]
#   message: "no firewall group is bound to it"
#   message_zh: "未绑定安全组"
#   remediation:
#     en: Bind a firewall group of the own system to the instance or the containers.
#     zh: 为实例或容器绑定所属定级对象的安全组。
#     aws: >-
#       EC2 console > Instances > the instance > Actions > Security > Change security groups, or aws ec2
#       modify-instance-attribute --instance-id INSTANCE --groups SG
#     aws_zh: >-
#       EC2 控制台 > 实例 > 该实例 > 操作 > 安全 > 更改安全组，或执行 aws ec2 modify-instance-attribute --instance-id INSTANCE --groups SG。
#     azure: >-
#       Portal > the network interface > Settings > Network security group, or az network nic update --resource-group
#       GROUP --name NIC --network-security-group NSG; for a whole subnet az network vnet subnet update
#       --resource-group GROUP --vnet-name VNET --name SUBNET --network-security-group NSG
#     azure_zh: >-
#       Azure 门户 > 该网络接口 > 设置 > 网络安全组，或执行 az network nic update --resource-group GROUP --name NIC
#       --network-security-group NSG；关联到整个子网执行 az network vnet subnet update --resource-group GROUP --vnet-name VNET
#       --name SUBNET --network-security-group NSG。
#     aliyun: >-
#       ECS console > Instances > the instance > Security Groups > Change Security Group, or aliyun ecs
#       JoinSecurityGroup --InstanceId INSTANCE --SecurityGroupId SG
#     aliyun_zh: >-
#       ECS 控制台 > 实例 > 该实例 > 安全组 > 更换安全组，或执行 aliyun ecs JoinSecurityGroup --InstanceId INSTANCE --SecurityGroupId SG。
#     terraform: >-
#       aws_instance.vpc_security_group_ids, azurerm_network_interface_security_group_association or
#       azurerm_subnet_network_security_group_association, alicloud_instance.security_groups
#     terraform_zh: >-
#       aws_instance.vpc_security_group_ids, azurerm_network_interface_security_group_association 或
#       azurerm_subnet_network_security_group_association, alicloud_instance.security_groups
#   references:
#     - GB/T 22239-2019 8.2.4.2 b
package mlps.checks.compute.firewall_attached

# Null: containers behind the addresses of their machines, whose groups are judged there.
applies if input.facts.firewalls != null

deny contains {"at": "firewalls", "args": {}} if {
	input.facts.firewalls == []
}
