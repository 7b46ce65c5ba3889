# METADATA
# title: Clusters have role-based access control
# description: >-
#   Without roles in the cluster everybody who signs in to its API may do everything in it: read secrets, change
#   workloads, take the nodes over.
# custom:
#   id: identity-cluster-rbac
#   title_zh: 容器集群启用基于角色的访问控制 (RBAC)
#   description_zh: 未启用 RBAC 时，能登录集群 API 的用户均可读取 Secret、修改工作负载并控制节点，无法实现最小授权。
#   targets: [compute.cluster]
#   facts: [rbac]
#   severity: high
#   items: ["g:compute.least-privilege", "g:compute.access-granularity"]
#   message: "the cluster has no role-based access control"
#   message_zh: "集群未启用基于角色的访问控制 (RBAC)"
#   remediation:
#     en: >-
#       Role-based access control is chosen when the cluster is made: make a new one with it and move the workloads
#       there, with roles that give each group what it needs.
#     zh: RBAC 只能在创建集群时启用：应新建启用 RBAC 的集群并迁移工作负载，按最小授权原则分配角色。
#     aws: >-
#       Role-based access control is always on in EKS; map identities to groups with few rights: aws eks
#       create-access-entry --cluster-name CLUSTER --principal-arn ROLE --kubernetes-groups GROUP
#     aws_zh: >-
#       EKS 始终启用 RBAC；将身份映射到权限最小的组：aws eks create-access-entry --cluster-name CLUSTER --principal-arn ROLE
#       --kubernetes-groups GROUP。
#     azure: >-
#       az aks create --resource-group GROUP --name CLUSTER --enable-aad --enable-azure-rbac --disable-local-accounts
#       (role-based access control is on unless --disable-rbac is given)
#     azure_zh: >-
#       az aks create --resource-group GROUP --name CLUSTER --enable-aad --enable-azure-rbac
#       --disable-local-accounts（未指定 --disable-rbac 时默认启用 RBAC）。
#     aliyun: >-
#       Role-based access control is always on in ACK; give RAM users and roles few rights: ACK console > Authorizations
#     aliyun_zh: ACK 始终启用 RBAC；在 ACK 控制台 > 授权管理中为 RAM 用户和角色分配最小权限。
#     terraform: azurerm_kubernetes_cluster.role_based_access_control_enabled = true
#   references: ["GB/T 22239-2019 8.1.4.2 d", "GB/T 22239-2019 8.1.4.2 f"]
package mlps.checks.identity.cluster_rbac

deny contains {"at": "rbac", "args": {}} if {
	input.facts.rbac == false
}
