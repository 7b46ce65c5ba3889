# METADATA
# title: Secrets of clusters are encrypted
# description: >-
#   Kubernetes keeps secrets in etcd. They are encrypted there with a key of the key-management service, from
#   level 3 on one that the customer manages.
# custom:
#   id: compute-cluster-secrets
#   title_zh: 容器集群 Secret 落盘加密
#   description_zh: Kubernetes 的 Secret 存放于 etcd，应使用密钥管理服务的密钥落盘加密；三级起应使用云服务客户自管密钥。
#   targets: [compute.cluster]
#   facts: [secrets_encryption.enabled, secrets_encryption.key_manager]
#   severity: high
#   items: ["g:data.storage-confidentiality"]
#   message: "secrets are encrypted by: {found}"
#   message_zh: "Secret 加密方式为 {found}"
#   remediation:
#     en: Turn encryption of secrets with a managed key on.
#     zh: 启用 Secret 落盘加密并使用自管密钥。
#     aws: >-
#       EKS console > the cluster > Secrets encryption > Enable, or aws eks associate-encryption-config
#       --cluster-name CLUSTER --encryption-config file://config.json
#     azure: >-
#       Portal > the cluster > Security configuration > Key management service, or az aks update
#       --resource-group GROUP --name CLUSTER --enable-azure-keyvault-kms --azure-keyvault-kms-key-id KEY
#     aliyun: >-
#       ACK console > the cluster > Basic Information > Secret Encryption, or aliyun cs POST /clusters with
#       encryption_provider_key
#     terraform: >-
#       aws_eks_cluster.encryption_config, azurerm_kubernetes_cluster.key_management_service,
#       alicloud_cs_managed_kubernetes.encryption_provider_key
#   references:
#     - GB/T 22239-2019 8.1.4.8 b
#     - "Alibaba Cloud Config: ack-cluster-encryption-enabled"
package mlps.checks.compute.cluster_secrets

import data.mlps.lib.keys

deny contains {"at": "secrets_encryption/enabled", "args": {"found": "-"}} if {
	input.facts.secrets_encryption.enabled == false
}

deny contains {"at": "secrets_encryption/key_manager", "args": {"found": manager}} if {
	input.level >= 3
	input.facts.secrets_encryption.enabled == true
	manager := input.facts.secrets_encryption.key_manager
	keys.falls_short(manager)
}
