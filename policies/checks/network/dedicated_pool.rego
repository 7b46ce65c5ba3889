# METADATA
# title: Level-4 systems run on dedicated resource pools
# description: >-
#   From level 4 on, the resources of a system stand on hardware that no other customer uses: dedicated hosts or
#   dedicated instances.
# custom:
#   id: network-dedicated-pool
#   title_zh: 四级定级对象使用独立的资源池
#   description_zh: 应为第四级业务应用系统划分独立的资源池，实例和数据库应部署在专有宿主机或专属实例上，不与其他租户共用物理资源。
#   targets: [compute.instance, database.instance]
#   facts: [tenancy]
#   severity: high
#   items: [network.dedicated-pool]
#   message: "runs on {tenancy} hardware"
#   message_zh: "运行在{tenancy}的物理资源上"
#   words_zh:
#     tenancy: {shared: 共享}
#   remediation:
#     en: Move the resource to a dedicated host or pool that only the level-4 system uses.
#     zh: 将资源迁移至仅供四级定级对象使用的专有宿主机或独立资源池。
#     aws: >-
#       EC2 console > Dedicated Hosts > Allocate; then aws ec2 modify-instance-placement --instance-id INSTANCE
#       --tenancy host --host-id HOST with the instance stopped. RDS: create the instance in a VPC with dedicated
#       tenancy.
#     aws_zh: >-
#       EC2 控制台 > 专用主机 > 分配；随后在实例停止状态下执行 aws ec2 modify-instance-placement --instance-id INSTANCE --tenancy host
#       --host-id HOST。RDS 在专用租期的 VPC 中新建实例。
#     azure: >-
#       Portal > Dedicated hosts > Create; az vm host create, then az vm update --resource-group GROUP --name VM
#       --host HOST with the VM deallocated.
#     azure_zh: >-
#       Azure 门户 > 专用主机 > 创建；执行 az vm host create，再在虚拟机已解除分配的状态下执行 az vm update --resource-group GROUP --name VM --host
#       HOST。
#     aliyun: >-
#       ECS console > Dedicated Hosts > Create; aliyun ecs AllocateDedicatedHosts, then aliyun ecs
#       ModifyInstanceDeployment --InstanceId INSTANCE --DedicatedHostId HOST. ApsaraDB: MyBase dedicated clusters.
#     aliyun_zh: >-
#       ECS 控制台 > 专有宿主机 > 创建；执行 aliyun ecs AllocateDedicatedHosts，再执行 aliyun ecs ModifyInstanceDeployment --InstanceId
#       INSTANCE --DedicatedHostId HOST。云数据库使用云数据库专属集群 MyBase。
#     terraform: >-
#       aws_instance.tenancy and host_id, azurerm_linux_virtual_machine.dedicated_host_id,
#       alicloud_instance.dedicated_host_id
#     terraform_zh: >-
#       aws_instance.tenancy 和 host_id, azurerm_linux_virtual_machine.dedicated_host_id,
#       alicloud_instance.dedicated_host_id
#   references: ["GB/T 22239-2019 9.2.2.1 h"]
package mlps.checks.network.dedicated_pool

applies if input.level >= 4

deny contains {"at": "tenancy", "args": {"tenancy": input.facts.tenancy}} if {
	input.level >= 4
	input.facts.tenancy == "shared"
}
