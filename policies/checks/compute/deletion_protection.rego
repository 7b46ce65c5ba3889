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
#       aws ec2 modify-instance-attribute --instance-id ID --disable-api-termination;
#       aws rds modify-db-instance --db-instance-identifier ID --deletion-protection;
#       aws elbv2 modify-load-balancer-attributes --attributes Key=deletion_protection.enabled,Value=true
#     azure: az lock create --name no-delete --lock-type CanNotDelete --resource-group GROUP --resource ID
#     aliyun: >-
#       aliyun ecs ModifyInstanceAttribute --InstanceId ID --DeletionProtection true;
#       aliyun rds ModifyDBInstanceDeletionProtection --DBInstanceId ID --DeletionProtection true;
#       aliyun alb EnableDeletionProtection --ResourceId ID
#     terraform: >-
#       aws_instance.disable_api_termination, aws_db_instance.deletion_protection,
#       aws_lb.enable_deletion_protection, alicloud_instance.deletion_protection = true; azurerm_management_lock
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
