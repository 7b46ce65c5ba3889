# METADATA
# title: Certificates in use are renewed in time
# description: >-
#   When a certificate expires, clients are turned away, or told to accept whatever they are shown. Certificates in use
#   are valid for 30 days or more; where the cloud renews them by itself, less means that the renewal does not work.
# custom:
#   id: data-certificate-expiry
#   title_zh: 在用证书有效期充足
#   description_zh: 证书过期后客户端无法连接，或被要求忽略告警，加密通信形同虚设。在用证书剩余有效期应不少于 30 天；由云平台自动续期的证书不足 30 天的，说明续期未成功。
#   targets: [key.certificate]
#   facts: [in_use, expires]
#   severity: medium
#   items: ["g:network.transport-confidentiality"]
#   message: "the certificate expires in {days} days ({expires}); at least {limit} are asked for"
#   message_zh: "证书剩余有效期 {days} 天（{expires} 到期），应不少于 {limit} 天"
#   measured: [days]
#   remediation:
#     en: Renew the certificate and put the new one into use; turn automatic renewal and an expiry alarm on.
#     zh: 续期证书并完成部署；启用自动续期和到期提醒。
#     aws: >-
#       Certificate Manager console > the certificate > Reimport, or aws acm import-certificate --certificate-arn ARN
#       --certificate fileb://cert.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem. One that ACM
#       issued: renew its DNS record, see aws acm describe-certificate (RenewalSummary). IAM: aws iam
#       upload-server-certificate.
#     aws_zh: >-
#       Certificate Manager 控制台 > 该证书 > 重新导入，或执行 aws acm import-certificate --certificate-arn ARN --certificate
#       fileb://cert.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem。ACM 签发的证书应恢复其 DNS
#       验证记录，续期状态见 aws acm describe-certificate 返回的 RenewalSummary。IAM 中的证书执行 aws iam upload-server-certificate。
#     azure: >-
#       Portal > the key vault > Certificates > the certificate > New Version, and Issuance Policy > Lifetime Action:
#       automatically renew; or az keyvault certificate create --vault-name VAULT --name NAME --policy @policy.json, az
#       keyvault certificate import --vault-name VAULT --name NAME --file cert.pfx
#     azure_zh: >-
#       Azure 门户 > 该密钥保管库 > 证书 > 该证书 > 新版本，并在颁发策略 > 生存期操作中设为自动续订；或执行 az keyvault certificate create --vault-name VAULT
#       --name NAME --policy @policy.json、az keyvault certificate import --vault-name VAULT --name NAME --file cert.pfx。
#     aliyun: >-
#       Certificate Management Service console > SSL Certificates > Renew, then Deploy to Cloud Services; or aliyun cas
#       UploadUserCertificate --Name NAME --Cert CERT --Key KEY and aliyun cas CreateDeploymentJob for the services that
#       use it.
#     aliyun_zh: >-
#       数字证书管理服务控制台 > SSL 证书管理 > 续费，随后部署到云产品；或执行 aliyun cas UploadUserCertificate --Name NAME --Cert CERT --Key
#       KEY，并对使用该证书的云产品执行 aliyun cas CreateDeploymentJob。
#     terraform: >-
#       aws_acm_certificate with validation_method = "DNS"; azurerm_key_vault_certificate certificate_policy {
#       lifetime_action }; alicloud_ssl_certificates_service_certificate with the new cert and key
#     terraform_zh: >-
#       aws_acm_certificate 的 validation_method = "DNS"; azurerm_key_vault_certificate 的 certificate_policy {
#       lifetime_action }; alicloud_ssl_certificates_service_certificate 更新 cert 和 key
#   references: ["GB/T 22239-2019 8.1.2.2 b"]
package mlps.checks.data.certificate_expiry

import data.mlps.lib.time as clock

_limit := 30

applies if input.facts.in_use == true

deny contains {"at": "expires", "args": args} if {
	input.facts.in_use == true
	days := clock.days_between(input.now, input.facts.expires)
	days < _limit
	args := {"days": days, "expires": input.facts.expires, "limit": _limit}
}
