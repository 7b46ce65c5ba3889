# METADATA
# title: Level-4 resources carry their security labels
# description: >-
#   Mandatory access control decides by labels, so every resource of a level-4 system carries them. The tags that hold
#   them are `label_tags` in mlps.yaml; until they are declared nothing is judged. Whether rights are bound to the
#   labels needs evidence.
# custom:
#   id: network-security-labels
#   title_zh: 四级定级对象的资源带有安全标记
#   description_zh: 应对虚拟资源的主体和客体设置安全标记并据此实施强制访问控制。安全标记所用的标签由 mlps.yaml 的 label_tags 声明，未声明时不作判定；授权策略是否引用安全标记需另行佐证。
#   targets:
#     - compute.instance
#     - compute.disk
#     - compute.function
#     - compute.container_service
#     - compute.cluster
#     - database.instance
#     - storage.bucket
#     - storage.file_system
#     - network.vpc
#   facts: [tags]
#   severity: medium
#   items: [network.security-labels]
#   message: "has no label {label}"
#   message_zh: "缺少安全标记 {label}"
#   remediation:
#     en: Set the label's tag on the resource, and bind rights to it by attribute-based conditions.
#     zh: 为资源设置安全标记标签，并在授权策略中以基于属性的条件引用该标记。
#     aws: >-
#       Tag Editor in the Resource Groups console, or aws resourcegroupstaggingapi tag-resources
#       --resource-arn-list ARN --tags KEY=VALUE; conditions aws:ResourceTag and aws:PrincipalTag in IAM policies.
#     aws_zh: >-
#       Resource Groups 控制台中的标签编辑器，或执行 aws resourcegroupstaggingapi tag-resources --resource-arn-list ARN --tags
#       KEY=VALUE；在 IAM 策略中使用条件 aws:ResourceTag 和 aws:PrincipalTag。
#     azure: >-
#       Portal > the resource > Tags, or az tag update --resource-id ID --operation Merge --tags KEY=VALUE; enforce
#       it by an Azure Policy.
#     azure_zh: >-
#       Azure 门户 > 该资源 > 标记，或执行 az tag update --resource-id ID --operation Merge --tags KEY=VALUE；以 Azure Policy 强制要求。
#     aliyun: >-
#       Tag console, or aliyun tag TagResources --ResourceARN.1 ARN --Tags '{"KEY":"VALUE"}'; condition
#       acs:ResourceTag in RAM policies.
#     aliyun_zh: >-
#       标签控制台，或执行 aliyun tag TagResources --ResourceARN.1 ARN --Tags '{"KEY":"VALUE"}'；在 RAM 权限策略中使用条件 acs:ResourceTag。
#     terraform: "tags of the resource, or default_tags of the provider \"aws\""
#     terraform_zh: 资源的 tags，或 provider "aws" 的 default_tags
#   references: ["GB/T 22239-2019 9.2.2.1 f"]
package mlps.checks.network.security_labels

applies if {
	input.level >= 4
	count(input.context.label_tags) > 0
}

deny contains {"at": "tags", "args": {"label": label}} if {
	input.level >= 4
	some label in input.context.label_tags
	not input.tags[label]
}
