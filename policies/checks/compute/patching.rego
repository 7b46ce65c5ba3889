# METADATA
# title: Patch management covers every instance
# description: >-
#   A machine that no patch management looks after misses fixes. Every instance is managed, and no critical
#   patch is missing.
# custom:
#   id: compute-patching
#   title_zh: 补丁管理覆盖全部实例
#   description_zh: 未纳入补丁管理的主机容易遗漏安全补丁。每台实例均应纳入补丁管理，且不缺失关键补丁。
#   targets: [compute.instance]
#   facts: [patch.managed, patch.critical_missing]
#   severity: medium
#   items: ["g:compute.vulnerabilities", "g:management.policy"]
#   message: "{found}"
#   message_zh: "补丁管理不到位：{found}"
#   remediation:
#     en: Put the instance under patch management and install the critical patches.
#     zh: 将实例纳入补丁管理并安装关键补丁。
#     aws: >-
#       Systems Manager > Patch Manager > Patch policies, or aws ssm send-command --document-name
#       AWS-RunPatchBaseline --instance-ids INSTANCE --parameters Operation=Install
#     azure: >-
#       Azure Update Manager > Machines > Schedule updates, or az maintenance configuration create and az
#       maintenance assignment create
#     aliyun: >-
#       CloudOps Orchestration Service > Patch Management, or aliyun oos StartExecution --TemplateName
#       ACS-ECS-BulkyApplyPatchBaseline
#     terraform: >-
#       aws_ssm_maintenance_window_task, azurerm_maintenance_assignment_virtual_machine, alicloud_oos_execution
#   references:
#     - GB/T 22239-2019 8.1.4.4 e
package mlps.checks.compute.patching

deny contains {"at": "patch", "args": {"found": "not managed"}} if {
	input.facts.patch == null
}

deny contains {"at": "patch/managed", "args": {"found": "not managed"}} if {
	input.facts.patch.managed == false
}

deny contains {"at": "patch/critical_missing", "args": {"found": sprintf("critical missing: %d", [missing])}} if {
	missing := input.facts.patch.critical_missing
	is_number(missing)
	missing > 0
}
