# METADATA
# title: The root account has no access keys and is not in everyday use
# description: >-
#   A key of the root (main) account has every right and cannot be restricted. Work is done with accounts that
#   hold only what they need; the root account is kept for the few tasks that nothing else can do.
# custom:
#   id: identity-root-keys
#   title_zh: 主账号不保留访问密钥且不用于日常操作
#   description_zh: 主账号的访问密钥拥有全部权限且无法限制。日常管理应使用仅具备所需最小权限的账号，主账号仅用于必须由其完成的操作。
#   targets: [account.identity]
#   facts: [root_access_keys, root_last_used]
#   severity: critical
#   items: ["g:compute.least-privilege", "g:compute.default-accounts"]
#   message: "the root account has access keys or is in everyday use (access keys: {keys}, last used: {last_used})"
#   message_zh: "主账号保留了访问密钥或用于日常操作（访问密钥数：{keys}，最近使用：{last_used}）"
#   measured: [last_used]
#   remediation:
#     en: Move what uses the root account to users and roles of its own, then delete its access keys.
#     zh: 将使用主账号的程序和人员改为独立的子用户或角色，随后删除主账号的访问密钥，日常不再使用主账号登录。
#     aws: >-
#       Sign in as the root user > Security credentials > Access keys: deactivate each key, watch for a day, delete it,
#       or, with the key itself, aws iam delete-access-key --access-key-id KEY. Give administrators IAM roles; the root
#       user's own work shows in CloudTrail as userIdentity.type Root.
#     aws_zh: >-
#       以根用户登录 > 安全凭证 > 访问密钥：逐个停用，观察一天后删除；也可使用该密钥自身执行 aws iam delete-access-key --access-key-id KEY。管理员改用 IAM 角色；根用户的操作在
#       CloudTrail 中显示为 userIdentity.type Root。
#     azure: >-
#       Microsoft Entra admin centre > Roles and administrators: use eligible assignments (Privileged Identity
#       Management) and keep the break-glass Global Administrator accounts for emergencies only; az rest --method get
#       --url https://graph.microsoft.com/v1.0/auditLogs/signIns (in China https://microsoftgraph.chinacloudapi.cn)
#       shows their use.
#     azure_zh: >-
#       Microsoft Entra 管理中心 > 角色和管理员：使用符合条件的分配（特权身份管理），紧急访问用的全局管理员账户仅限应急使用；登录记录由 az rest --method get --url
#       https://graph.microsoft.com/v1.0/auditLogs/signIns（中国为 https://microsoftgraph.chinacloudapi.cn）查看。
#     aliyun: >-
#       Sign in with the Alibaba Cloud account > AccessKey Management: disable each AccessKey pair, watch for a day,
#       delete it, or, with the key itself, aliyun ims DeleteAccessKey --UserAccessKeyId KEY. Create RAM users or RAM
#       roles for daily work.
#     aliyun_zh: >-
#       以阿里云账号（主账号）登录 > AccessKey 管理：逐个禁用，观察一天后删除；也可使用该密钥自身执行 aliyun ims DeleteAccessKey --UserAccessKeyId KEY。日常操作改用
#       RAM 用户或 RAM 角色。
#     terraform: Run Terraform with a role (aws_iam_role, alicloud_ram_role), never with keys of the root account.
#     terraform_zh: 以角色（aws_iam_role, alicloud_ram_role）运行 Terraform，不得使用主账号的访问密钥
#   references: ["GB/T 22239-2019 8.1.4.2 d"]
package mlps.checks.identity.root_keys

import data.mlps.lib.time as clock

# A use within this many days counts as everyday use.
_recent_days := 30

deny contains {"at": "root_access_keys", "args": {"keys": _keys, "last_used": _last_used}} if {
	input.facts.root_access_keys > 0
}

deny contains {"at": "root_last_used", "args": {"keys": _keys, "last_used": _last_used}} if {
	clock.age_days(input.facts.root_last_used) <= _recent_days
}

# "-" where the number of keys is not known.
default _keys := "-"

_keys := input.facts.root_access_keys

# "-" where it was never used, or that is not known.
default _last_used := "-"

_last_used := input.facts.root_last_used if is_string(input.facts.root_last_used)
