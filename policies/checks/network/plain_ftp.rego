# METADATA
# title: Sites take no code over plain FTP
# description: >-
#   Over plain FTP the name, the password and the code itself can be read on the way: whoever listens publishes in the
#   name of the developer. Sites take FTP with TLS, or none.
# custom:
#   id: network-plain-ftp
#   title_zh: 站点不允许以明文 FTP 发布代码
#   description_zh: 明文 FTP 会泄露部署账号、口令和代码内容，窃听者可冒用开发人员身份发布代码。站点应仅允许 FTPS，或关闭 FTP。
#   targets: [compute.function]
#   facts: [plain_ftp]
#   severity: medium
#   items: ["g:network.transport-confidentiality", "g:data.transport-confidentiality"]
#   message: "the site takes code over plain FTP"
#   message_zh: "站点允许以明文 FTP 发布代码"
#   remediation:
#     en: Let the site take FTP with TLS only, or switch FTP off.
#     zh: 将站点设为仅允许 FTPS，或关闭 FTP。
#     aws: Lambda takes code over its API alone, with TLS.
#     aws_zh: Lambda 仅通过 API（TLS）接收代码。
#     azure: >-
#       Portal > App Services > the app > Configuration > General settings > FTP state, or az webapp config set
#       --resource-group RG --name APP --ftps-state FtpsOnly (or Disabled); az functionapp config set for functions.
#     azure_zh: >-
#       Azure 门户 > 应用服务 > 该应用 > 配置 > 常规设置 > FTP 状态，或执行 az webapp config set --resource-group RG --name APP
#       --ftps-state FtpsOnly（或 Disabled）；函数应用执行 az functionapp config set。
#     aliyun: Function Compute takes code over its API alone, with TLS.
#     aliyun_zh: 函数计算仅通过 API（TLS）接收代码。
#     terraform: >-
#       azurerm_linux_web_app: site_config { ftps_state = "FtpsOnly" }, and so in the other types of sites
#     terraform_zh: azurerm_linux_web_app 的 site_config { ftps_state = "FtpsOnly" }，其他站点类型相同
#   references: ["GB/T 22239-2019 8.1.2.2 b", "GB/T 22239-2019 8.1.4.8 a"]
package mlps.checks.network.plain_ftp

# Null where the cloud takes no code over FTP.
applies if is_boolean(input.facts.plain_ftp)

deny contains {"at": "plain_ftp", "args": {}} if {
	input.facts.plain_ftp == true
}
