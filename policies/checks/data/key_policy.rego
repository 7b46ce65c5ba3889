# METADATA
# title: Policies of keys and secrets let nobody outside the account in
# description: >-
#   Whoever may use a key may read all that it encrypts, and whoever may read a secret gets in where it opens. A grant
#   to anyone, or to another account without a condition that narrows it, hands the data out with the key.
# custom:
#   id: data-key-policy
#   title_zh: 密钥和凭据的访问策略不授权外部主体
#   description_zh: 能使用密钥即能解密其保护的数据，能读取凭据即能进入其对应的系统。访问策略授权任何人，或未加条件地授权其他账号，等同于交出数据。
#   targets: [key.encryption_key, key.secret]
#   facts: [manager, policy.principal, policy.account, policy.kind, policy.narrows]
#   severity: high
#   items: [data.authorised-access, data.key-management]
#   message: "{principal}, outside the account, may use the key or the secret without a condition that narrows it"
#   message_zh: "访问策略允许外部主体 {principal} 使用该密钥或凭据，且没有收窄范围的条件"
#   remediation:
#     en: >-
#       Remove the grant, or name the caller and narrow it. Accounts of your own belong under allowed_accounts in
#       mlps.yaml.
#     zh: 删除该授权，或列明被授权主体并增加限制条件；本单位的其他账号请登记在 mlps.yaml 的 allowed_accounts 中。
#     aws: >-
#       KMS console > Customer managed keys > the key > Key policy > Edit, or aws kms put-key-policy --key-id KEY
#       --policy-name default --policy file://policy.json with a Condition on kms:CallerAccount or aws:PrincipalOrgID;
#       kms:ViaService alone does not narrow who calls. Secrets: aws secretsmanager put-resource-policy --secret-id
#       SECRET --resource-policy file://policy.json --block-public-policy.
#     aws_zh: >-
#       KMS 控制台 > 客户管理型密钥 > 该密钥 > 密钥策略 > 编辑，或执行 aws kms put-key-policy --key-id KEY --policy-name default --policy
#       file://policy.json，并在 Condition 中限定 kms:CallerAccount 或 aws:PrincipalOrgID；仅使用 kms:ViaService 不能限定调用者。凭据执行 aws
#       secretsmanager put-resource-policy --secret-id SECRET --resource-policy file://policy.json
#       --block-public-policy。
#     azure: >-
#       Portal > the key vault > Access control (IAM) > Role assignments; or az keyvault update --name VAULT
#       --enable-rbac-authorization true, then remove foreign principals with az role assignment delete; with access
#       policies az keyvault delete-policy --name VAULT --object-id ID
#     azure_zh: >-
#       Azure 门户 > 该密钥保管库 > 访问控制 (IAM) > 角色分配；或执行 az keyvault update --name VAULT --enable-rbac-authorization true，再以 az
#       role assignment delete 移除外部主体；使用访问策略的，执行 az keyvault delete-policy --name VAULT --object-id ID。
#     aliyun: >-
#       KMS console > Keys > the key > Key Policy, or aliyun kms SetKeyPolicy --KeyId KEY --PolicyName default --Policy
#       JSON with the principals of the account only; secrets: aliyun kms SetSecretPolicy --SecretName NAME --PolicyName
#       default --Policy JSON.
#     aliyun_zh: >-
#       KMS 控制台 > 密钥管理 > 该密钥 > 密钥策略，或执行 aliyun kms SetKeyPolicy --KeyId KEY --PolicyName default --Policy
#       JSON，仅保留本账号的主体；凭据执行 aliyun kms SetSecretPolicy --SecretName NAME --PolicyName default --Policy
#       JSON。
#     terraform: >-
#       aws_kms_key_policy.policy, aws_secretsmanager_secret_policy.policy, azurerm_key_vault_access_policy,
#       alicloud_kms_key.policy, alicloud_kms_secret.policy
#   references: ["GB/T 22239-2019 8.2.4.5 b", "GB/T 22239-2019 8.2.4.5 d"]
package mlps.checks.data.key_policy

import data.mlps.lib.grants

applies if _is_the_customers

deny contains {"at": sprintf("policy/%d", [i]), "args": {"principal": object.get(grant, "principal", "?")}} if {
	_is_the_customers
	some i, grant in input.facts.policy
	grants.open_to_outsiders(grant)
}

# The policies of the provider's own keys are the provider's; conditions on the caller's account narrow them.
_is_the_customers if input.facts.manager in {"customer", "external"}

_is_the_customers if input.type == "key.secret"
