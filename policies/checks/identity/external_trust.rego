# METADATA
# title: Roles do not trust strangers
# description: >-
#   A role that anyone may assume, another account without a condition such as an external id, or an identity
#   provider without a condition on its own audience or subject, opens the account to people whom nobody here knows.
#   Accounts that mlps.yaml allows (allowed_accounts) are known.
# custom:
#   id: identity-external-trust
#   title_zh: 角色不信任未加限制的外部主体
#   description_zh: 角色可被任何人、未加条件的其他账号，或未限定受众与主体的身份提供商扮演时，外部人员即可取得云上权限。mlps.yaml 的 allowed_accounts 所列账号不视为外部账号。
#   targets: [identity.role]
#   facts: [trust.principal, trust.account, trust.kind, trust.narrows]
#   severity: high
#   items: [data.authorised-access]
#   message: "the role can be assumed by {principal} without a condition that narrows it"
#   message_zh: "角色可由外部主体 {principal} 扮演，且没有收窄范围的条件"
#   remediation:
#     en: >-
#       Name the accounts and roles that may assume it and add a condition: an external id for partners, audience and
#       subject for identity providers. Declare the account in mlps.yaml where it is one of your own.
#     zh: 在信任策略中列明可扮演的账号和角色并增加条件：合作方使用外部 ID，身份提供商限定受众和主体；属本单位的账号在 mlps.yaml 的 allowed_accounts 中声明。
#     aws: >-
#       IAM > Roles > the role > Trust relationships > Edit trust policy, or aws iam update-assume-role-policy
#       --role-name ROLE --policy-document file://trust.json with a Condition on sts:ExternalId, aws:PrincipalOrgID, or
#       the provider's :aud and :sub keys.
#     aws_zh: >-
#       IAM > 角色 > 该角色 > 信任关系 > 编辑信任策略，或执行 aws iam update-assume-role-policy --role-name ROLE --policy-document
#       file://trust.json，并在 Condition 中限定 sts:ExternalId、aws:PrincipalOrgID 或身份提供商的 :aud 和 :sub 键。
#     azure: >-
#       Microsoft Entra ID > App registrations > the app > Certificates & secrets > Federated credentials, or az ad app
#       federated-credential update --id APP --federated-credential-id ID --parameters credential.json with exact
#       issuer, subject and audiences; remove guest assignments with az role assignment delete --assignee GUEST --scope
#       SCOPE, and delegated ones under Azure Lighthouse > Service providers.
#     azure_zh: >-
#       Microsoft Entra ID > 应用注册 > 该应用 > 证书和密码 > 联合凭据，或执行 az ad app federated-credential update --id APP
#       --federated-credential-id ID --parameters credential.json，写明准确的 issuer、subject 和 audiences；来宾的角色分配执行 az role
#       assignment delete --assignee GUEST --scope SCOPE 移除，委派的权限在 Azure Lighthouse > 服务提供商中移除。
#     aliyun: >-
#       RAM console > Identities > Roles > the role > Trust Policy, or aliyun ram UpdateRole --RoleName ROLE
#       --NewAssumeRolePolicyDocument DOCUMENT with a Condition on sts:ExternalId, oidc:aud or saml:recipient.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 角色 > 该角色 > 信任策略，或执行 aliyun ram UpdateRole --RoleName ROLE --NewAssumeRolePolicyDocument
#       DOCUMENT，并在 Condition 中限定 sts:ExternalId、oidc:aud 或 saml:recipient。
#     terraform: >-
#       aws_iam_role.assume_role_policy, azuread_application_federated_identity_credential,
#       alicloud_ram_role.assume_role_policy_document: principals by name and a condition
#     terraform_zh: >-
#       aws_iam_role.assume_role_policy, azuread_application_federated_identity_credential,
#       alicloud_ram_role.assume_role_policy_document 列明主体并增加条件
#   references: ["GB/T 22239-2019 8.2.4.5 b"]
package mlps.checks.identity.external_trust

import data.mlps.lib.grants

deny contains {"at": sprintf("trust/%d", [i]), "args": {"principal": object.get(grant, "principal", "?")}} if {
	some i, grant in input.facts.trust
	_stranger(grant)
}

_stranger(grant) if grants.open_to_outsiders(grant)

# A provider confirms who somebody is, for every customer of that provider; conditions say who of them is meant.
_stranger(grant) if {
	grant.kind == "federated"
	grant.narrows == false
}
