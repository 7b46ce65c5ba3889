# METADATA
# title: Clusters run supported versions
# description: >-
#   A version of Kubernetes that is no longer supported gets no fixes of its vulnerabilities.
# custom:
#   id: compute-cluster-version
#   title_zh: 容器集群使用受支持的版本
#   description_zh: 云平台停止支持的 Kubernetes 版本不再修复安全漏洞，应及时升级集群版本。
#   targets: [compute.cluster]
#   facts: [version, version_supported]
#   severity: medium
#   items: ["g:compute.vulnerabilities"]
#   message: "version {version} is no longer supported"
#   message_zh: "集群版本 {version} 已停止支持"
#   remediation:
#     en: Try the new version out, upgrade the control plane, then the nodes.
#     zh: 在测试环境验证后先升级控制面，再升级节点。
#     aws: >-
#       EKS console > Clusters > the cluster > Upgrade now, or aws eks update-cluster-version --name CLUSTER
#       --kubernetes-version VERSION, then aws eks update-nodegroup-version --cluster-name CLUSTER --nodegroup-name
#       GROUP
#     aws_zh: >-
#       EKS 控制台 > 集群 > 该集群 > 立即升级，或执行 aws eks update-cluster-version --name CLUSTER --kubernetes-version VERSION，再执行 aws
#       eks update-nodegroup-version --cluster-name CLUSTER --nodegroup-name GROUP。
#     azure: >-
#       Portal > the cluster > Settings > Upgrades > Upgrade version, or az aks get-upgrades and az aks upgrade
#       --resource-group GROUP --name CLUSTER --kubernetes-version VERSION
#     azure_zh: >-
#       Azure 门户 > 该集群 > 设置 > 升级 > 升级版本，或执行 az aks get-upgrades 和 az aks upgrade --resource-group GROUP --name CLUSTER
#       --kubernetes-version VERSION。
#     aliyun: >-
#       ACK console > Clusters > the cluster > Operations > Upgrade Cluster, or aliyun cs POST
#       /api/v2/clusters/CLUSTER/upgrade --body '{"next_version":"VERSION"}', then upgrade the node pools.
#     aliyun_zh: >-
#       ACK 控制台 > 集群列表 > 该集群 > 运维管理 > 集群升级，或执行 aliyun cs POST /api/v2/clusters/CLUSTER/upgrade --body
#       '{"next_version":"VERSION"}'，再升级节点池。
#     terraform: >-
#       aws_eks_cluster.version, azurerm_kubernetes_cluster.kubernetes_version,
#       alicloud_cs_managed_kubernetes.version
#   references:
#     - GB/T 22239-2019 8.1.4.4 e
package mlps.checks.compute.cluster_version

deny contains {"at": "version_supported", "args": {"version": input.facts.version}} if {
	input.facts.version_supported == false
	is_string(input.facts.version)
}
