# METADATA
# title: Resources carry the tags of their system, level and owner
# description: >-
#   Resources are allocated and scheduled by one policy only where it is known to which system they belong, at which
#   level it is and who answers for them. From level 3 on tags say so; their usual names are accepted, in English and
#   Chinese.
# custom:
#   id: management-tags
#   title_zh: 资源带有系统、等级和责任人标签
#   description_zh: 只有明确资源所属的定级对象、保护等级和责任人，才能按统一策略分配和调度。三级及以上系统的资源应带有这三类标签，标签键可采用常用的中英文名称。
#   targets:
#     - compute.instance
#     - compute.cluster
#     - compute.function
#     - compute.container_service
#     - database.instance
#     - storage.bucket
#     - storage.file_system
#     - network.load_balancer
#     - queue.topic
#     - log.store
#     - identity.user
#   facts: [tags]
#   severity: low
#   items: [management.resource-scheduling]
#   message: "has no tag of its {missing}"
#   message_zh: "缺少标签：{missing}"
#   words_zh:
#     missing: {level: 等级, owner: 责任人, system: 系统}
#   remediation:
#     en: "Set the tags system, level and owner, and enforce them where resources are made."
#     zh: 为资源设置系统、等级、责任人标签，并在创建环节强制要求。
#     aws: >-
#       Resource Groups console > Tag Editor, or aws resourcegroupstaggingapi tag-resources --resource-arn-list ARN
#       --tags system=NAME,level=3,owner=TEAM (users: aws iam tag-user); enforce by a tag policy of the organisation.
#     aws_zh: >-
#       Resource Groups 控制台 > 标签编辑器，或执行 aws resourcegroupstaggingapi tag-resources --resource-arn-list ARN --tags
#       system=NAME,level=3,owner=TEAM（用户执行 aws iam tag-user）；以组织的标签策略强制要求。
#     azure: >-
#       Portal > the resource > Tags, or az tag update --resource-id ID --operation Merge --tags system=NAME level=3
#       owner=TEAM; enforce by the Azure Policy "Require a tag on resources".
#     azure_zh: >-
#       Azure 门户 > 该资源 > 标记，或执行 az tag update --resource-id ID --operation Merge --tags system=NAME level=3 owner=TEAM；以
#       Azure Policy“需要资源上的标记”强制要求。
#     aliyun: >-
#       Tag console > Tags > Add to resources, or aliyun tag TagResources --RegionId REGION --ResourceARN.1 ARN --Tags
#       '{"system":"NAME","level":"3","owner":"TEAM"}'; enforce by a tag policy.
#     aliyun_zh: >-
#       标签控制台 > 标签 > 绑定资源，或执行 aliyun tag TagResources --RegionId REGION --ResourceARN.1 ARN --Tags
#       '{"system":"NAME","level":"3","owner":"TEAM"}'；以标签策略强制要求。
#     terraform: "tags of each resource; default_tags of the provider \"aws\""
#     terraform_zh: 各资源的 tags; provider "aws" 的 default_tags
#   references: ["GB/T 22239-2019 8.2.5.1 a"]
package mlps.checks.management.tags

# Names of tags without capitals, hyphens, underscores, colons, full stops and blanks.
_names := {
	"system": {"system", "systemname", "application", "app", "project", "service", "系统", "业务系统", "应用", "项目", "定级对象"},
	"level": {"level", "mlps", "mlpslevel", "djcp", "djcplevel", "等级", "保护等级", "安全保护等级", "等保等级", "等保级别", "定级"},
	"owner": {"owner", "ownerteam", "team", "contact", "responsible", "责任人", "负责人", "责任部门", "责任团队", "管理员", "联系人"},
}

applies if {
	input.level >= 3
	_is_taggable
}

deny contains {"at": "tags", "args": {"missing": concat(", ", missing)}} if {
	input.level >= 3
	_is_taggable
	missing := [dimension | some dimension in ["system", "level", "owner"]; not dimension in _carried]
	count(missing) > 0
}

# Users of Azure and Alibaba Cloud are not told of with tags.
_is_taggable if input.type != "identity.user"

_is_taggable if input.provider == "aws"

_carried contains dimension if {
	some key, value in input.tags
	value != ""
	plain := lower(strings.replace_n({"-": "", "_": "", ":": "", ".": "", " ": ""}, key))
	some dimension, names in _names
	plain in names
}
