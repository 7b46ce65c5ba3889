# METADATA
# title: The root account signs in with multi-factor authentication
# description: >-
#   Whoever holds the password of the root (main) account owns everything in it. A second factor keeps a
#   stolen password from being enough; at level 4 it is a hardware device, which malware cannot copy.
# custom:
#   id: identity-root-mfa
#   title_zh: 主账号启用多因素认证
#   description_zh: 主账号（根用户）拥有全部权限，仅凭口令登录时口令泄露即失守。应组合两种以上鉴别技术；四级系统应使用硬件设备。
#   targets: [account.identity]
#   facts: [root_mfa, root_mfa_hardware]
#   severity: critical
#   items: ["g:compute.mfa"]
#   message: "the root account lacks the multi-factor authentication of level {level} (level 4: a hardware device)"
#   message_zh: "主账号未启用第 {level} 级要求的多因素认证（四级须使用硬件设备）"
#   remediation:
#     en: Bind an MFA device to the root account, a hardware one at level 4, and keep it apart from the password.
#     zh: 为主账号绑定多因素认证设备（四级使用硬件设备），设备与口令由不同人员分别保管。
#     aws: >-
#       Sign in as the root user, open the account menu > Security credentials > Multi-factor authentication (MFA) >
#       Assign MFA device; choose "Security key" or "Hardware TOTP token" at level 4. There is no command for it; aws
#       iam get-account-summary shows AccountMFAEnabled.
#     aws_zh: >-
#       以根用户登录，账户菜单 > 安全凭证 > 多重身份验证 (MFA) > 分配 MFA 设备；四级系统选择“安全密钥”或“硬件 TOTP 令牌”。该操作没有命令；状态见 aws iam get-account-summary
#       返回的 AccountMFAEnabled。
#     azure: >-
#       Microsoft Entra admin centre > Protection > Conditional Access: require MFA for Global Administrator; at level 4
#       choose the authentication strength "Phishing-resistant MFA" with FIDO2 security keys. Or az rest --method post
#       --url https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies (in China
#       https://microsoftgraph.chinacloudapi.cn) --body with grantControls.builtInControls mfa.
#     azure_zh: >-
#       Microsoft Entra 管理中心 > 保护 > 条件访问：要求全局管理员使用 MFA；四级系统的身份验证强度选择“防网络钓鱼 MFA”，并使用 FIDO2 安全密钥。也可执行 az rest --method
#       post --url https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies（中国为
#       https://microsoftgraph.chinacloudapi.cn），在 --body 中将 grantControls.builtInControls 设为 mfa。
#     aliyun: >-
#       Sign in with the Alibaba Cloud account, open Account Center > Security Settings > Account Protection and turn
#       on MFA for sign-in; at level 4 bind a hardware security key. There is no command for it; aliyun ims
#       GetAccountMFAInfo shows the state.
#     aliyun_zh: >-
#       以阿里云账号（主账号）登录，账号中心 > 安全设置 > 账号保护，开启登录时的 MFA；四级系统绑定硬件安全密钥。该操作没有命令；状态由 aliyun ims GetAccountMFAInfo 查看。
#     terraform: No provider binds a root device; do it by hand and keep the record as evidence.
#     terraform_zh: 各 Provider 均不支持为主账号绑定 MFA 设备；请手工操作并留存记录作为佐证
#   references: ["GB/T 22239-2019 8.1.4.1 d", "GB/T 22239-2019 9.1.4.1 d", "Alibaba Cloud Config: root-mfa-check"]
package mlps.checks.identity.root_mfa

# Where nobody can sign in as root, as in AWS in China, there is no second factor to ask for.
applies if {
	input.facts.root_mfa != null
	not _cannot_be_told
}

# Alibaba Cloud does not tell of which kind the device is, and level 4 asks for one of hardware.
_cannot_be_told if {
	input.level >= 4
	input.facts.root_mfa == true
	input.facts.root_mfa_hardware == null
}

deny contains {"at": "root_mfa", "args": {"level": input.level}} if {
	input.facts.root_mfa == false
}

deny contains {"at": "root_mfa_hardware", "args": {"level": input.level}} if {
	input.level >= 4
	input.facts.root_mfa == true
	input.facts.root_mfa_hardware == false
}
