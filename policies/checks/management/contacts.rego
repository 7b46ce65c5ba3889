# METADATA
# title: A security contact is set
# description: >-
#   The provider reports abuse, leaked keys and incidents to the security contact of the account. Without one it writes
#   to whoever opened the account, and nobody acts. From level 3 on there is at least one.
# custom:
#   id: management-contacts
#   title_zh: 已设置安全联系人
#   description_zh: 云服务商通过安全联系人通报滥用、凭证泄露和安全事件。未设置时通知只会发给开户人，难以及时处置。三级及以上系统所在账号应至少设置一个安全联系人。
#   targets: [account.identity]
#   facts: [security_contacts]
#   severity: low
#   items: ["g:management.events"]
#   message: "the account has no security contact"
#   message_zh: "账号未设置安全联系人"
#   remediation:
#     en: Set the address of the team that handles incidents, a shared one that someone reads.
#     zh: 将负责应急处置的团队设置为安全联系人，使用有人值守的公共邮箱。
#     aws: >-
#       Billing console > Account > Alternate contacts > Security, or aws account put-alternate-contact
#       --alternate-contact-type SECURITY --name NAME --title TITLE --email-address ADDRESS --phone-number NUMBER
#     aws_zh: >-
#       账单控制台 > 账户 > 备用联系人 > 安全，或执行 aws account put-alternate-contact --alternate-contact-type SECURITY --name NAME
#       --title TITLE --email-address ADDRESS --phone-number NUMBER。
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Email notifications, or az
#       rest --method put --url
#       /subscriptions/SUBSCRIPTION/providers/Microsoft.Security/securityContacts/default?api-version=2020-01-01-preview
#       --body '{"properties": {"emails": "ADDRESS", "alertNotifications": {"state": "On", "minimalSeverity": "Medium"},
#       "notificationsByRole": {"state": "On", "roles": ["Owner"]}}}'
#     azure_zh: >-
#       Azure 门户 > Microsoft Defender for Cloud > 环境设置 > 该订阅 > 电子邮件通知，或执行 az rest --method put --url
#       /subscriptions/SUBSCRIPTION/providers/Microsoft.Security/securityContacts/default?api-version=2020-01-01-preview
#       --body '{"properties": {"emails": "ADDRESS", "alertNotifications": {"state": "On", "minimalSeverity": "Medium"},
#       "notificationsByRole": {"state": "On", "roles": ["Owner"]}}}'。
#     aliyun: >-
#       Message Center console > Message Settings > Security Message > Modify contacts; for the members of a resource
#       directory aliyun resourcedirectorymaster AddMessageContact --MessageContactName NAME --EmailAddress ADDRESS
#       --Title TechnicalDirector --MessageTypes.1 SecurityMessage
#     aliyun_zh: >-
#       消息中心控制台 > 消息接收管理 > 安全消息 > 修改消息接收人；资源目录的成员账号执行 aliyun resourcedirectorymaster AddMessageContact
#       --MessageContactName NAME --EmailAddress ADDRESS --Title TechnicalDirector --MessageTypes.1 SecurityMessage。
#     terraform: >-
#       aws_account_alternate_contact.alternate_contact_type = "SECURITY", azurerm_security_center_contact,
#       alicloud_resource_manager_message_contact.message_types
#   references: ["GB/T 22239-2019 8.1.5.4 f"]
package mlps.checks.management.contacts

applies if input.level >= 3

deny contains {"at": "security_contacts", "args": {}} if {
	input.level >= 3
	count(input.facts.security_contacts) == 0
}
