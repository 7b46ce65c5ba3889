# METADATA
# title: Configuration is recorded in every region in use
# description: >-
#   A record of every resource and change shows what exists, who changed it and when. Regions without it are where
#   resources are forgotten and changes go unseen.
# custom:
#   id: management-config-recorder
#   title_zh: 在用地域均启用配置审计记录
#   description_zh: 持续记录资源及其变更，才能掌握资源全貌并对物理与虚拟资源统一管理；未记录的地域容易出现遗忘的资源和未被察觉的变更。
#   targets: [account.configuration]
#   facts: [recorders.region, recorders.enabled, recorders.all_types, regions_in_use]
#   severity: medium
#   items: [management.resource-scheduling]
#   message: "configuration recording in {region} is off or leaves out resource types"
#   message_zh: "地域 {region} 未启用配置审计记录，或未覆盖全部资源类型"
#   remediation:
#     en: Turn recording of all resource types on in every region in use.
#     zh: 在每个在用地域启用配置审计，记录全部资源类型。
#     aws: >-
#       Config console of each region > Settings > Recorder, or aws configservice put-configuration-recorder
#       --configuration-recorder name=default,roleARN=ROLE --recording-group
#       allSupported=true,includeGlobalResourceTypes=true, aws configservice put-delivery-channel --delivery-channel
#       name=default,s3BucketName=BUCKET, then aws configservice start-configuration-recorder
#       --configuration-recorder-name default
#     aws_zh: >-
#       各区域的 Config 控制台 > 设置 > 记录器，或执行 aws configservice put-configuration-recorder --configuration-recorder
#       name=default,roleARN=ROLE --recording-group allSupported=true,includeGlobalResourceTypes=true、aws configservice
#       put-delivery-channel --delivery-channel name=default,s3BucketName=BUCKET，再执行 aws configservice
#       start-configuration-recorder --configuration-recorder-name default。
#     azure: >-
#       Nothing to turn on: Azure Resource Graph keeps changes by itself (Portal > Resource Graph Explorer >
#       resourcechanges, or az graph query -q resourcechanges). For compliance over time assign policies: Portal >
#       Policy > Assignments, or az policy assignment create --policy ID --scope SUBSCRIPTION.
#     azure_zh: >-
#       无需开启，Azure Resource Graph 会自动保留变更记录（Azure 门户 > Resource Graph 资源管理器 > resourcechanges，或执行 az graph query -q
#       resourcechanges）。持续评估合规性应分配策略：Azure 门户 > 策略 > 分配，或执行 az policy assignment create --policy ID --scope
#       SUBSCRIPTION。
#     aliyun: >-
#       Cloud Config console > Settings > Monitoring Scope: all resource types, or aliyun config
#       StartConfigurationRecorder and aliyun config PutConfigurationRecorder
#     aliyun_zh: >-
#       配置审计控制台 > 设置 > 监控范围：全部资源类型，或执行 aliyun config StartConfigurationRecorder 和 aliyun config
#       PutConfigurationRecorder。
#     terraform: >-
#       aws_config_configuration_recorder.recording_group with all_supported = true and
#       aws_config_configuration_recorder_status.is_enabled, in each region; nothing for azurerm;
#       alicloud_config_configuration_recorder.resource_types
#     terraform_zh: >-
#       各地域配置 aws_config_configuration_recorder.recording_group 的 all_supported = true 和
#       aws_config_configuration_recorder_status.is_enabled; azurerm 无需配置;
#       alicloud_config_configuration_recorder.resource_types
#   references: ["GB/T 22239-2019 8.2.5.1 a"]
package mlps.checks.management.config_recorder

# Null: a cloud that has no recorder to turn on.
applies if {
	count(input.facts.regions_in_use) > 0
	input.facts.recorders != null
}

deny contains {"at": sprintf("recorders/%d/enabled", [i]), "args": {"region": recorder.region}} if {
	is_array(input.facts.recorders)
	some i, recorder in input.facts.recorders
	recorder.enabled == false
	recorder.region in input.facts.regions_in_use
}

deny contains {"at": sprintf("recorders/%d/all_types", [i]), "args": {"region": recorder.region}} if {
	is_array(input.facts.recorders)
	some i, recorder in input.facts.recorders
	recorder.enabled == true
	recorder.all_types == false
	recorder.region in input.facts.regions_in_use
}

# A region in use of which no recorder is listed at all.
deny contains {"at": "recorders", "args": {"region": region}} if {
	is_array(input.facts.recorders)
	some region in input.facts.regions_in_use
	is_string(region)
	region != "global"
	not region in _recorded
}

_recorded contains recorder.region if {
	is_array(input.facts.recorders)
	some recorder in input.facts.recorders
	is_string(recorder.region)
}
