# METADATA
# title: Log stores take and give nothing without a sign-in
# description: >-
#   A log store that anyone may read tells of addresses, accounts and errors; one that anyone may write to fills with
#   false records. A project policy that names everybody, and WebTracking, let in those who have no account.
# custom:
#   id: audit-log-store-private
#   title_zh: 日志库不允许匿名读写
#   description_zh: 日志库允许匿名读取会泄露地址、账号和报错信息，允许匿名写入则可能混入虚假记录。Project 策略授权所有人，或开启 WebTracking，均等同于允许匿名访问。
#   targets: [log.store]
#   facts: [exposure.public, exposure.via]
#   severity: medium
#   items: ["g:compute.audit-protection", "g:boundary.audit-protection"]
#   message: "the log store is open to anyone without a sign-in (by: {ways})"
#   message_zh: "日志库允许匿名访问（途径：{ways}）"
#   words_zh:
#     ways:
#       policy: 授权所有人的策略
#       web-tracking: 网页埋点 (WebTracking)
#       policy, web-tracking: 授权所有人的策略、网页埋点 (WebTracking)
#       "?": 未知
#   remediation:
#     en: Name the accounts in the policy, and turn WebTracking off where the store holds records of the audit.
#     zh: 在策略中列明被授权账号；存放审计日志的日志库关闭 WebTracking。
#     aws: >-
#       CloudWatch Logs refuses requests that nobody signed; see who may sign them by aws logs
#       describe-resource-policies and the checks of IAM.
#     aws_zh: CloudWatch Logs 拒绝未签名的请求；可访问的主体执行 aws logs describe-resource-policies 查看，并见 IAM 类检查项。
#     azure: >-
#       Log Analytics workspaces ask for a sign-in always; who may read them is a matter of role assignments (Portal >
#       the workspace > Access control (IAM)).
#     azure_zh: Log Analytics 工作区始终要求登录，读取权限由角色分配控制（Azure 门户 > 该工作区 > 访问控制 (IAM)）。
#     aliyun: >-
#       Simple Log Service console > the project > Logstores > the Logstore > Modify > WebTracking: off, or aliyun sls
#       UpdateLogStore --project PROJECT --logstore LOGSTORE with enable_tracking false; the project's policy by aliyun
#       sls PutProjectPolicy. Records of web pages belong in a Logstore of their own.
#     aliyun_zh: >-
#       日志服务控制台 > 该 Project > 日志库 > 该 Logstore > 修改 > 关闭 WebTracking，或执行 aliyun sls UpdateLogStore --project PROJECT
#       --logstore LOGSTORE，enable_tracking 设为 false；Project 策略执行 aliyun sls PutProjectPolicy。网页埋点日志应使用独立的
#       Logstore。
#     terraform: alicloud_log_store.enable_web_tracking = false, alicloud_log_project.policy
#   references: ["GB/T 22239-2019 8.1.4.3 c", "GB/T 22239-2019 8.1.3.5 c"]
package mlps.checks.audit.log_store_private

deny contains {"at": "exposure/public", "args": {"ways": _ways}} if {
	input.facts.exposure.public == true
}

# "?" where it is not known.
default _ways := "?"

_ways := concat(", ", input.facts.exposure.via)
