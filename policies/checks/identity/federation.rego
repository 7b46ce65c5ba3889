# METADATA
# title: The workforce signs in through one identity provider
# description: >-
#   From level 3 on, people sign in through the identity provider of their organisation, so that accounts end
#   with the employment and are not shared.
# custom:
#   id: identity-federation
#   title_zh: 人员通过统一身份源登录
#   description_zh: 三级起人员应通过单位统一身份源（单点登录）登录云平台，离岗即失效，避免多余账号和共享账号。
#   targets: [account.identity]
#   facts: [federated]
#   severity: low
#   items: ["g:compute.accounts"]
#   message: "no identity provider signs people in"
#   message_zh: "未配置统一身份源（单点登录）"
#   remediation:
#     en: >-
#       Connect the identity provider of the organisation, and let people sign in through it alone.
#     zh: 接入单位统一身份源，人员仅通过单点登录访问。
#     aws: >-
#       IAM > Identity providers > Add provider, or aws iam create-saml-provider --name NAME
#       --saml-metadata-document file://metadata.xml; IAM Identity Center where it is offered.
#     aws_zh: >-
#       IAM > 身份提供商 > 添加提供商，或执行 aws iam create-saml-provider --name NAME --saml-metadata-document file://metadata.xml；提供
#       IAM Identity Center 的区域可使用该服务。
#     azure: >-
#       Microsoft Entra is the identity provider; connect an own one by Microsoft Entra Connect or External
#       identities > All identity providers.
#     azure_zh: Microsoft Entra 即为身份源；接入本单位身份源使用 Microsoft Entra Connect，或外部标识 > 所有标识提供者。
#     aliyun: >-
#       RAM console > Integration Management > SSO, or aliyun ims CreateSAMLProvider --SAMLProviderName NAME
#       --EncodedSAMLMetadataDocument DOCUMENT; CloudSSO for a resource directory.
#     aliyun_zh: >-
#       RAM 控制台 > 集成管理 > SSO 管理，或执行 aliyun ims CreateSAMLProvider --SAMLProviderName NAME --EncodedSAMLMetadataDocument
#       DOCUMENT；资源目录可使用云 SSO。
#     terraform: aws_iam_saml_provider, alicloud_ram_saml_provider
#   references:
#     - GB/T 22239-2019 8.1.4.2 c
package mlps.checks.identity.federation

applies if input.level >= 3

deny contains {"at": "federated", "args": {}} if {
	input.level >= 3
	input.facts.federated == false
}
