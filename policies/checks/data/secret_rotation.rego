# METADATA
# title: Secrets are changed regularly
# description: >-
#   A password or token that leaked unnoticed stays useful until it is changed. Secrets of a secret store rotate by
#   themselves within 90 days (180 days at level 1), or are changed by hand in that time. A rotation that is on and has
#   not run for a week too long counts as failed. The vendor's rule asks for automatic rotation alone.
# custom:
#   id: data-secret-rotation
#   title_zh: 凭据定期轮换
#   description_zh: 口令、令牌等凭据泄露后在更换之前一直可用。凭据应在 90 天（一级系统 180 天）内自动轮换或人工更换；已启用自动轮换但逾期一周仍未执行的，视为轮换失效。
#   targets: [key.secret]
#   facts: [rotation_days, last_rotated]
#   severity: medium
#   items: ["g:compute.password"]
#   message: "{days} days between changes; the limit is {limit} days (-: no rotation, and never changed)"
#   message_zh: "更换间隔为 {days} 天，应不超过 {limit} 天（“-”表示未启用轮换且从未更换）"
#   measured: [days]
#   remediation:
#     en: Turn automatic rotation on where the store can do it; otherwise change the secret now and set a reminder.
#     zh: 支持自动轮换的凭据启用自动轮换；不支持的立即更换，并设置到期提醒、定期更换。
#     aws: >-
#       Secrets Manager console > the secret > Rotation > Edit rotation, or aws secretsmanager rotate-secret --secret-id
#       ID --rotation-lambda-arn ARN --rotation-rules AutomaticallyAfterDays=30; databases: let RDS manage the master
#       password (aws rds modify-db-instance --db-instance-identifier ID --manage-master-user-password).
#     aws_zh: >-
#       Secrets Manager 控制台 > 该 Secret > 轮换 > 编辑轮换，或执行 aws secretsmanager rotate-secret --secret-id ID
#       --rotation-lambda-arn ARN --rotation-rules AutomaticallyAfterDays=30；数据库可由 RDS 托管主用户口令（aws rds
#       modify-db-instance --db-instance-identifier ID --manage-master-user-password）。
#     azure: >-
#       Key Vault does not rotate secrets itself: portal > the vault > Secrets > the secret > New version, or az
#       keyvault secret set --vault-name VAULT --name NAME --value VALUE --expires DATE, from a function that its event
#       SecretNearExpiry starts. Better, sign in by managed identity and keep no secret.
#     azure_zh: >-
#       密钥保管库不会自行轮换机密：Azure 门户 > 该保管库 > 机密 > 该机密 > 新版本，或由事件 SecretNearExpiry 触发的函数执行 az keyvault secret set --vault-name
#       VAULT --name NAME --value VALUE --expires DATE。建议改用托管标识登录，不再保存机密。
#     aliyun: >-
#       KMS console > Secrets > the secret > Rotation, or aliyun kms UpdateSecretRotationPolicy --SecretName NAME
#       --EnableAutomaticRotation true --RotationInterval 30d; at once: aliyun kms RotateSecret --SecretName NAME
#       --VersionId VERSION. Generic secrets: aliyun kms PutSecretValue.
#     aliyun_zh: >-
#       KMS 控制台 > 凭据管理 > 该凭据 > 轮转，或执行 aliyun kms UpdateSecretRotationPolicy --SecretName NAME --EnableAutomaticRotation
#       true --RotationInterval 30d；立即轮转执行 aliyun kms RotateSecret --SecretName NAME --VersionId VERSION；通用凭据执行 aliyun
#       kms PutSecretValue。
#     terraform: >-
#       aws_secretsmanager_secret_rotation rotation_rules { automatically_after_days = 30 };
#       azurerm_key_vault_secret.expiration_date; alicloud_kms_secret.enable_automatic_rotation = true with
#       rotation_interval = "30d"
#     terraform_zh: >-
#       aws_secretsmanager_secret_rotation 的 rotation_rules { automatically_after_days = 30 };
#       azurerm_key_vault_secret.expiration_date; alicloud_kms_secret.enable_automatic_rotation = true 且
#       rotation_interval = "30d"
#   references: ["GB/T 22239-2019 8.1.4.1 a", "Alibaba Cloud Config: kms-secret-rotation-enabled"]
package mlps.checks.data.secret_rotation

import data.mlps.lib.time as clock

_limit := {1: 180, 2: 90, 3: 90, 4: 90}[input.level]

# Days that a rotation may be late: services rotate within a window.
_grace := 7

deny contains {"at": "rotation_days", "args": _args(input.facts.rotation_days)} if {
	input.facts.rotation_days > _limit
}

deny contains {"at": "rotation_days", "args": _args("-")} if {
	input.facts.rotation_days == null
	input.facts.last_rotated == null
}

deny contains {"at": "last_rotated", "args": _args(days)} if {
	input.facts.rotation_days == null
	days := clock.age_days(input.facts.last_rotated)
	days > _limit
}

# Rotation is on, and does not happen.
deny contains {"at": "last_rotated", "args": _args(days)} if {
	input.facts.rotation_days <= _limit
	is_number(input.facts.rotation_days)
	days := clock.age_days(input.facts.last_rotated)
	days > _limit + _grace
}

_args(days) := {"days": days, "limit": _limit}
