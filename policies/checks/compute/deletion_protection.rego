# METADATA
# title: Important resources are protected against deletion
# description: >-
#   One wrong command, or one stolen credential, deletes an instance, database or load balancer in seconds. Deletion
#   protection adds a step that is deliberate and that the audit trail shows.
# custom:
#   id: compute-deletion-protection
#   title_zh: 重要资源启用释放保护
#   description_zh: 一次误操作或凭证被盗即可在数秒内删除实例、数据库或负载均衡。三级起应启用释放（删除）保护，使删除须经专门操作并留痕。
#   targets: [compute.instance, database.instance, network.load_balancer]
#   facts: [deletion_protection]
#   severity: low
#   items: ["g:data.storage-integrity"]
#   message: "deletion protection is off"
#   message_zh: "未启用释放（删除）保护"
#   remediation:
#     en: Turn deletion protection on; leave it off for what an autoscaling group makes and waive those by pattern.
#     zh: 启用释放（删除）保护；弹性伸缩创建的实例可不启用，按名称模式登记豁免。
#     aws: >-
#       EC2 console > Instances > the instance > Actions > Instance settings > Change termination protection, or aws ec2
#       modify-instance-attribute --instance-id ID --disable-api-termination; RDS console > the instance > Modify >
#       Deletion protection, or aws rds modify-db-instance --db-instance-identifier ID --deletion-protection; EC2
#       console > Load Balancers > the balancer > Attributes, or aws elbv2 modify-load-balancer-attributes
#       --load-balancer-arn ARN --attributes Key=deletion_protection.enabled,Value=true
#     aws_zh: >-
#       EC2 控制台 > 实例 > 该实例 > 操作 > 实例设置 > 更改终止保护，或执行 aws ec2 modify-instance-attribute --instance-id ID
#       --disable-api-termination；RDS 控制台 > 该实例 > 修改 > 删除保护，或执行 aws rds modify-db-instance --db-instance-identifier ID
#       --deletion-protection；EC2 控制台 > 负载均衡器 > 该负载均衡器 > 属性，或执行 aws elbv2 modify-load-balancer-attributes
#       --load-balancer-arn ARN --attributes Key=deletion_protection.enabled,Value=true。
#     azure: >-
#       Portal > the resource > Settings > Locks > Add: Delete, or az lock create --name no-delete --lock-type
#       CanNotDelete --resource-group GROUP --resource NAME --resource-type TYPE
#     azure_zh: >-
#       Azure 门户 > 该资源 > 设置 > 锁 > 添加：删除，或执行 az lock create --name no-delete --lock-type CanNotDelete --resource-group
#       GROUP --resource NAME --resource-type TYPE。
#     aliyun: >-
#       ECS console > Instances > the instance > Instance Settings > Change Release Protection Setting, or aliyun ecs
#       ModifyInstanceAttribute --InstanceId ID --DeletionProtection true; RDS console > the instance > Basic
#       Information > Release Protection, or aliyun rds ModifyDBInstanceDeletionProtection --DBInstanceId ID
#       --DeletionProtection true; ALB console > Instances > the instance > Deletion Protection, or aliyun alb
#       EnableDeletionProtection --ResourceId ID; aliyun slb SetLoadBalancerDeleteProtection --LoadBalancerId ID
#       --DeleteProtection on
#     aliyun_zh: >-
#       ECS 控制台 > 实例 > 该实例 > 实例设置 > 修改实例释放保护，或执行 aliyun ecs ModifyInstanceAttribute --InstanceId ID --DeletionProtection
#       true；RDS 控制台 > 该实例 > 基本信息 > 释放保护，或执行 aliyun rds ModifyDBInstanceDeletionProtection --DBInstanceId ID
#       --DeletionProtection true；ALB 控制台 > 实例 > 该实例 > 删除保护，或执行 aliyun alb EnableDeletionProtection --ResourceId ID；CLB
#       执行 aliyun slb SetLoadBalancerDeleteProtection --LoadBalancerId ID --DeleteProtection on。
#     terraform: >-
#       aws_instance.disable_api_termination, aws_db_instance.deletion_protection, aws_lb.enable_deletion_protection,
#       alicloud_instance.deletion_protection, alicloud_db_instance.deletion_protection = true,
#       alicloud_slb_load_balancer.delete_protection = "on"; azurerm_management_lock.lock_level = "CanNotDelete"
#   references: ["GB/T 22239-2019 8.1.4.7 b"]
package mlps.checks.compute.deletion_protection

# Null: a kind of resource that has no such protection.
applies if {
	input.level >= 3
	input.facts.deletion_protection != null
}

deny contains {"at": "deletion_protection", "args": {}} if {
	input.level >= 3
	input.facts.deletion_protection == false
}
