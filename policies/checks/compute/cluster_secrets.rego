# METADATA
# title: Secrets of clusters are encrypted
# description: >-
#   Kubernetes keeps secrets in etcd. They are encrypted there with a key of the key-management service, from
#   level 3 on one that the customer manages. At levels 1 and 2 this equals Alibaba Cloud's rule; above it is stricter
#   where a key of the service is used.
# custom:
#   id: compute-cluster-secrets
#   title_zh: 容器集群 Secret 落盘加密
#   description_zh: Kubernetes 的 Secret 存放于 etcd，应使用密钥管理服务的密钥落盘加密；三级起应使用云服务客户自行管理的密钥。
#   targets: [compute.cluster]
#   facts: [secrets_encryption.enabled, secrets_encryption.key_manager]
#   severity: high
#   items: ["g:data.storage-confidentiality"]
#   message: "secrets encrypted: {encrypted}; whose key: {manager}"
#   message_zh: "Secret 落盘加密：{encrypted}；密钥管理方：{manager}"
#   words_zh:
#     manager: {provider: 云厂商, customer: 客户, external: 外部}
#   remediation:
#     en: Turn encryption of secrets on, with a key that you manage, and write the existing secrets anew.
#     zh: 启用 Secret 落盘加密并使用自行管理的密钥，启用后重写已有的 Secret。
#     aws: >-
#       EKS console > the cluster > Overview > Secrets encryption > Enable, or aws eks associate-encryption-config
#       --cluster-name CLUSTER --encryption-config '[{"resources":["secrets"],"provider":{"keyArn":"KEY"}}]'
#     aws_zh: >-
#       EKS 控制台 > 该集群 > 概述 > 密钥加密 > 启用，或执行 aws eks associate-encryption-config --cluster-name CLUSTER
#       --encryption-config '[{"resources":["secrets"],"provider":{"keyArn":"KEY"}}]'。
#     azure: >-
#       Portal > the cluster > Settings > Security configuration > Key management service, or az aks update
#       --resource-group GROUP --name CLUSTER --enable-azure-keyvault-kms --azure-keyvault-kms-key-id KEY; then write
#       the old secrets anew: kubectl get secrets --all-namespaces -o json | kubectl replace -f -
#     azure_zh: >-
#       Azure 门户 > 该集群 > 设置 > 安全配置 > 密钥管理服务，或执行 az aks update --resource-group GROUP --name CLUSTER
#       --enable-azure-keyvault-kms --azure-keyvault-kms-key-id KEY；随后重写已有的 Secret：kubectl get secrets --all-namespaces
#       -o json | kubectl replace -f -。
#     aliyun: >-
#       ACK console > Clusters > the cluster > Cluster Information > Basic Information > Secret Encryption (ACK Pro), or
#       when the cluster is made aliyun cs POST /clusters with encryption_provider_key in its body
#     aliyun_zh: >-
#       ACK 控制台 > 集群列表 > 该集群 > 集群信息 > 基本信息 > Secret 落盘加密（ACK Pro 版），或在创建集群时执行 aliyun cs POST /clusters，并在请求体中设置
#       encryption_provider_key。
#     terraform: >-
#       aws_eks_cluster: encryption_config { provider { key_arn } }, azurerm_kubernetes_cluster:
#       key_management_service { key_vault_key_id }, alicloud_cs_managed_kubernetes.encryption_provider_key with
#       disable_encryption = false
#     terraform_zh: >-
#       aws_eks_cluster 的 encryption_config { provider { key_arn } }, azurerm_kubernetes_cluster 的
#       key_management_service { key_vault_key_id }, alicloud_cs_managed_kubernetes.encryption_provider_key 且
#       disable_encryption = false
#   references:
#     - GB/T 22239-2019 8.1.4.8 b
#     - "Alibaba Cloud Config: ack-cluster-encryption-enabled"
package mlps.checks.compute.cluster_secrets

import data.mlps.lib.keys

deny contains {"at": "secrets_encryption/enabled", "args": {"encrypted": false, "manager": "-"}} if {
	input.facts.secrets_encryption.enabled == false
}

deny contains {"at": "secrets_encryption/key_manager", "args": {"encrypted": true, "manager": manager}} if {
	input.level >= 3
	input.facts.secrets_encryption.enabled == true
	manager := input.facts.secrets_encryption.key_manager
	keys.falls_short(manager)
}
