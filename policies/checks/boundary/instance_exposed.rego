# METADATA
# title: Instances and containers have no public address of their own
# description: >-
#   An instance or container with a public address passes by load balancer, WAF and bastion host. Services are published
#   by a load balancer, outbound traffic leaves by a NAT gateway, administration enters by a bastion host. Stricter than
#   Alibaba Cloud's pre-check: instances that are stopped count too, and so do elastic addresses.
# custom:
#   id: boundary-instance-exposed
#   title_zh: 云服务器和容器不直接使用公网地址
#   description_zh: 直接绑定公网地址的云服务器或容器绕过负载均衡、WAF 和堡垒机。对外服务应经负载均衡发布，出向流量经 NAT 网关，管理访问经堡垒机。
#   targets: [compute.instance, compute.launch_template, compute.container_service]
#   facts: [public_ips, public_address, exposure.public, exposure.via]
#   severity: high
#   items: [boundary.access-control, management.traffic-separation, "g:boundary.controlled-interface"]
#   message: "is reachable from the internet at {address}"
#   message_zh: "可从互联网直接访问：{address}"
#   words_zh:
#     address: {an address given at start: 启动时分配的公网地址}
#   remediation:
#     en: Publish the service by a load balancer and release the public address.
#     zh: 通过负载均衡对外发布服务，并解绑、释放公网地址。
#     aws: >-
#       EC2 console > Elastic IPs > the address > Disassociate, or aws ec2 disassociate-address --association-id
#       EIPASSOC; for automatic addresses aws ec2 modify-network-interface-attribute --network-interface-id ENI
#       --no-associate-public-ip-address, launch templates: AssociatePublicIpAddress=false in aws ec2
#       create-launch-template-version; containers: aws ecs update-service --cluster CLUSTER --service SERVICE
#       --network-configuration "awsvpcConfiguration={subnets=[SUBNET],securityGroups=[SG],assignPublicIp=DISABLED}".
#     aws_zh: >-
#       EC2 控制台 > 弹性 IP > 该地址 > 取消关联，或执行 aws ec2 disassociate-address --association-id EIPASSOC；自动分配的公网地址执行 aws ec2
#       modify-network-interface-attribute --network-interface-id ENI --no-associate-public-ip-address；启动模板执行 aws ec2
#       create-launch-template-version 并设置 AssociatePublicIpAddress=false；容器执行
#       aws ecs update-service --cluster CLUSTER --service SERVICE --network-configuration
#       "awsvpcConfiguration={subnets=[SUBNET],securityGroups=[SG],assignPublicIp=DISABLED}"。
#     azure: >-
#       Portal > Virtual machines > the machine > Networking > the network interface > IP configurations > Dissociate
#       public IP address, or az network nic ip-config update --resource-group RG --nic-name NIC --name CONFIG
#       --remove publicIpAddress.
#     azure_zh: >-
#       Azure 门户 > 虚拟机 > 该虚拟机 > 网络 > 该网络接口 > IP 配置 > 取消关联公共 IP 地址，或执行 az network nic ip-config update --resource-group
#       RG --nic-name NIC --name CONFIG --remove publicIpAddress。
#     aliyun: >-
#       VPC console > EIP > the address > Disassociate, or aliyun vpc UnassociateEipAddress --AllocationId EIP
#       --InstanceId ID; an address of the instance itself: ECS console > Instances > the instance > More > Convert to
#       EIP, or aliyun ecs ConvertNatPublicIpToEip --RegionId REGION --InstanceId ID, then unbind it.
#     aliyun_zh: >-
#       专有网络控制台 > 弹性公网 IP > 该地址 > 解绑，或执行 aliyun vpc UnassociateEipAddress --AllocationId EIP --InstanceId
#       ID；实例自带的公网地址：ECS 控制台 > 实例 > 该实例 > 更多 > 公网 IP 转换为弹性公网 IP，或执行 aliyun ecs ConvertNatPublicIpToEip --RegionId REGION
#       --InstanceId ID，转换后再解绑。
#     terraform: >-
#       aws_instance.associate_public_ip_address = false and no aws_eip, aws_ecs_service: network_configuration {
#       assign_public_ip = false }, no
#       azurerm_network_interface.ip_configuration.public_ip_address_id, alicloud_instance.internet_max_bandwidth_out
#       = 0 and no alicloud_eip_association
#     terraform_zh: >-
#       aws_instance.associate_public_ip_address = false 且不绑定 aws_eip，aws_ecs_service 的 network_configuration {
#       assign_public_ip = false }，不设置
#       azurerm_network_interface.ip_configuration.public_ip_address_id, alicloud_instance.internet_max_bandwidth_out =
#       0 且不使用 alicloud_eip_association
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - GB/T 22239-2019 8.2.5.1 b
#     - "Alibaba Cloud Config: ecs-running-instance-no-public-ip"
package mlps.checks.boundary.instance_exposed

# Null: containers behind the addresses of their machines, which are judged there.
applies if is_boolean(input.facts.public_address)

applies if input.type == "compute.instance"

deny contains {"at": sprintf("public_ips/%d", [i]), "args": {"address": address}} if {
	some i, address in input.facts.public_ips
	is_string(address)
}

deny contains {"at": "public_address", "args": {"address": "an address given at start"}} if {
	input.facts.public_address == true
}

# Reachable without a public address: through a port mapping or another way that the collector saw.
deny contains {"at": "exposure/public", "args": {"address": "-"}} if {
	input.facts.exposure.public == true
	_has_no_address
	_is_direct
}

_has_no_address if count(input.facts.public_ips) == 0

_has_no_address if input.facts.public_address == false

_is_direct if count(input.facts.exposure.via) == 0

# What a load balancer publishes is judged there.
_is_direct if {
	some way in input.facts.exposure.via
	way != "load-balancer+firewall"
}
