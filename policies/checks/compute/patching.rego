# METADATA
# title: Patch management covers every instance
# description: >-
#   A machine that no patch management looks after misses fixes. Every instance is managed, and no patch is missing that
#   its baseline calls critical. A baseline approves a patch some days after it is published: that is the time to test
#   it.
# custom:
#   id: compute-patching
#   title_zh: 补丁管理覆盖全部实例
#   description_zh: 未纳入补丁管理的主机容易遗漏安全补丁。每台实例均应纳入补丁管理，且不缺失补丁基线所列的关键补丁；基线设定的审批延迟即为测试时间。
#   targets: [compute.instance]
#   facts: [patch.managed, patch.critical_missing]
#   severity: medium
#   items: ["g:compute.vulnerabilities", "g:management.policy"]
#   message: "under patch management: {managed}; critical patches missing: {missing}"
#   message_zh: "已纳入补丁管理：{managed}；缺失关键补丁数：{missing}"
#   measured: [missing]
#   remediation:
#     en: Put the instance under patch management, test the critical patches and install them.
#     zh: 将实例纳入补丁管理，关键补丁经测试后及时安装。
#     aws: >-
#       Systems Manager console > Patch Manager > Create patch policy, or aws ssm send-command --document-name
#       AWS-RunPatchBaseline --instance-ids INSTANCE --parameters Operation=Install; the instance needs the agent of
#       Systems Manager and a role with AmazonSSMManagedInstanceCore.
#     aws_zh: >-
#       Systems Manager 控制台 > 补丁管理器 (Patch Manager) > 创建补丁策略，或执行 aws ssm send-command --document-name
#       AWS-RunPatchBaseline --instance-ids INSTANCE --parameters Operation=Install；实例须安装 Systems Manager 代理，并绑定具有
#       AmazonSSMManagedInstanceCore 策略的角色。
#     azure: >-
#       Portal > Azure Update Manager > Machines > the machine > Update settings, or az vm update --resource-group GROUP
#       --name VM --set osProfile.linuxConfiguration.patchSettings.patchMode=AutomaticByPlatform, with az maintenance
#       configuration create and az maintenance assignment create; az vm install-patches installs now.
#     azure_zh: >-
#       Azure 门户 > Azure 更新管理器 > 计算机 > 该计算机 > 更新设置，或执行 az vm update --resource-group GROUP --name VM --set
#       osProfile.linuxConfiguration.patchSettings.patchMode=AutomaticByPlatform，并执行 az maintenance configuration create
#       和 az maintenance assignment create；立即安装执行 az vm install-patches。
#     aliyun: >-
#       CloudOps Orchestration Service console > Server Management > Patch Management, or aliyun oos StartExecution
#       --TemplateName ACS-ECS-BulkyApplyPatchBaseline --Parameters JSON
#     aliyun_zh: >-
#       系统运维管理 (OOS) 控制台 > 服务器管理 > 补丁管理，或执行 aliyun oos StartExecution --TemplateName ACS-ECS-BulkyApplyPatchBaseline
#       --Parameters JSON。
#     terraform: >-
#       aws_ssm_patch_group and aws_ssm_maintenance_window_task, azurerm_linux_virtual_machine.patch_mode =
#       "AutomaticByPlatform" and azurerm_maintenance_assignment_virtual_machine, alicloud_oos_patch_baseline and
#       alicloud_oos_execution
#     terraform_zh: >-
#       aws_ssm_patch_group 和 aws_ssm_maintenance_window_task, azurerm_linux_virtual_machine.patch_mode =
#       "AutomaticByPlatform" 和 azurerm_maintenance_assignment_virtual_machine, alicloud_oos_patch_baseline 和
#       alicloud_oos_execution
#   references:
#     - GB/T 22239-2019 8.1.4.4 e
package mlps.checks.compute.patching

# Null: no patch management looks after it.
deny contains {"at": "patch", "args": {"managed": false, "missing": "-"}} if {
	input.facts.patch == null
}

deny contains {"at": "patch/managed", "args": {"managed": false, "missing": "-"}} if {
	input.facts.patch.managed == false
}

deny contains {"at": "patch/critical_missing", "args": {"managed": true, "missing": missing}} if {
	input.facts.patch.managed == true
	missing := input.facts.patch.critical_missing
	is_number(missing)
	missing > 0
}
