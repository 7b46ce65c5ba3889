# METADATA
# title: The provider's operations on your resources can be seen
# description: >-
#   What the provider's own staff does to your systems and data has to be open to your audit. Azure asks for your
#   approval and records it (Customer Lockbox), Alibaba Cloud delivers platform operations (Inner-ActionTrail).
# custom:
#   id: audit-provider-operations
#   title_zh: 可审计云服务商对租户资源的操作
#   description_zh: 云服务商对云服务客户系统和数据的操作应可被客户审计。Azure 由客户密码箱审批并留痕，阿里云由平台操作审计投递平台操作日志。
#   targets: [account.audit]
#   facts: [provider_operations_visible]
#   severity: medium
#   items: [boundary.audit-provider]
#   message: "operations of the provider's staff are not recorded for you"
#   message_zh: "未启用对云服务商操作的审计"
#   remediation:
#     en: Turn on the provider's record of its own operations, or obtain its commitment to hand the records over.
#     zh: 启用平台操作审计或客户密码箱；无法启用时，取得云服务商提供操作记录的书面承诺。
#     aws: >-
#       Nothing can be turned on. Ask the operator of the region (in China Sinnet or NWCD) for its commitment and its
#       assessment's conclusion, and review the calls of the support role AWSServiceRoleForSupport in the CloudTrail
#       console > Event history, or by aws cloudtrail lookup-events.
#     aws_zh: >-
#       没有可开启的功能。应向区域运营方（中国区域为光环新网或西云数据）索取书面承诺和测评结论，并在 CloudTrail 控制台 > 事件历史记录中，或执行 aws cloudtrail lookup-events，审阅支持角色
#       AWSServiceRoleForSupport 的调用记录。
#     azure: >-
#       Portal > Customer Lockbox for Microsoft Azure > Administration > Enable, or az rest --method post --url
#       https://management.azure.com/providers/Microsoft.CustomerLockbox/enableLockbox?api-version=2018-02-28-preview;
#       for SQL besides az sql server ms-support audit-policy update --name SERVER --resource-group GROUP --state
#       Enabled with a workspace or storage account.
#     azure_zh: >-
#       Azure 门户 > Microsoft Azure 客户密码箱 > 管理 > 启用，或执行 az rest --method post --url
#       https://management.azure.com/providers/Microsoft.CustomerLockbox/enableLockbox?api-version=2018-02-28-preview;
#       SQL 还应执行 az sql server ms-support audit-policy update --name SERVER --resource-group GROUP --state Enabled
#       并指定工作区或存储账户。
#     aliyun: >-
#       Ask for Inner-ActionTrail by a ticket, then ActionTrail console > Inner-ActionTrail > Trails > Create Trail with
#       a project of SLS; it has no public command. Keep the Logstore innertrail_* for 180 days or more.
#     aliyun_zh: >-
#       提交工单申请开通平台操作审计（Inner-ActionTrail），随后在操作审计控制台 > 平台操作审计 > 跟踪列表 > 创建跟踪，并投递到日志服务的 Project；该功能没有公开命令。Logstore
#       innertrail_* 应留存不少于 180 天。
#     terraform: No resource decides it in any of the providers; keep the setting or the commitment as evidence.
#     terraform_zh: 各 Provider 均没有对应的资源；请留存配置截图或书面承诺作为佐证。
#   references: ["GB/T 22239-2019 8.2.3.3 b"]
#   not_offered:
#     - cloud: aws
#       en: >-
#         AWS has no setting that records its own staff's operations for the customer; provide its commitment or its
#         assessment's conclusion as evidence.
#       zh: AWS 未提供可由客户开启的服务商操作审计功能，请以云服务商的书面承诺或云平台测评结论作为佐证。
#     - cloud: aws-cn
#       en: >-
#         AWS in China has no setting that records the operator's own operations for the customer; provide the
#         commitment of Sinnet or NWCD, or the platform's assessment conclusion, as evidence.
#       zh: 亚马逊云科技中国区域未提供可由客户开启的服务商操作审计功能，请以光环新网或西云数据的书面承诺或云平台测评结论作为佐证。
package mlps.checks.audit.provider_operations

# Null: a cloud that has no such setting.
applies if input.facts.provider_operations_visible != null

deny contains {"at": "provider_operations_visible", "args": {}} if {
	input.facts.provider_operations_visible == false
}
