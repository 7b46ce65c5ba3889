# METADATA
# title: Clusters can enforce network policies
# description: >-
#   Where no network plug-in enforces policies, every pod reaches every other one, whatever policies are written: one
#   that is taken over reaches the rest. Whether policies are written stays for the assessor to inspect.
# custom:
#   id: boundary-cluster-network-policy
#   title_zh: 容器集群具备网络策略能力
#   description_zh: 网络插件不支持网络策略时，即使编写了 NetworkPolicy，Pod 之间仍可任意互访，一个 Pod 被攻破即可波及其他 Pod。是否已配置策略需现场核查。
#   targets: [compute.cluster]
#   facts: [network_policy]
#   severity: medium
#   items: [boundary.access-control, compute.vm-access-policy]
#   not_offered:
#     - cloud: aws
#       en: >-
#         EKS does not tell whether something in the cluster enforces network policies: turn them on in the VPC CNI
#         add-on (enableNetworkPolicy) or run Calico or Cilium, and provide the policies as evidence.
#       zh: EKS 接口无法反映集群内是否执行网络策略：应在 VPC CNI 附加组件中启用 (enableNetworkPolicy) 或部署 Calico、Cilium，并以网络策略作为佐证。
#     - cloud: aws-cn
#       en: >-
#         EKS does not tell whether something in the cluster enforces network policies: turn them on in the VPC CNI
#         add-on (enableNetworkPolicy) or run Calico or Cilium, and provide the policies as evidence.
#       zh: EKS 接口无法反映集群内是否执行网络策略：应在 VPC CNI 附加组件中启用 (enableNetworkPolicy) 或部署 Calico、Cilium，并以网络策略作为佐证。
#   message: "the cluster's network plug-in enforces no network policies"
#   message_zh: "集群的网络插件不支持网络策略"
#   remediation:
#     en: Use a network plug-in that enforces policies, and begin each namespace with one that denies everything.
#     zh: 采用支持网络策略的网络插件，并为每个命名空间先配置默认拒绝策略。
#     aws: >-
#       EKS console > the cluster > Add-ons > Amazon VPC CNI > Edit > configuration values
#       {"enableNetworkPolicy": "true"}, or aws eks update-addon --cluster-name CLUSTER --addon-name vpc-cni
#       --configuration-values '{"enableNetworkPolicy":"true"}'
#     aws_zh: >-
#       EKS 控制台 > 该集群 > 附加组件 > Amazon VPC CNI > 编辑 > 配置值 {"enableNetworkPolicy": "true"}，或执行 aws eks update-addon
#       --cluster-name CLUSTER --addon-name vpc-cni --configuration-values '{"enableNetworkPolicy":"true"}'。
#     azure: >-
#       az aks update --resource-group GROUP --name CLUSTER --network-policy calico, or --network-dataplane cilium
#       --network-policy cilium; clusters on kubenet first move to Azure CNI Overlay (--network-plugin azure
#       --network-plugin-mode overlay).
#     azure_zh: >-
#       执行 az aks update --resource-group GROUP --name CLUSTER --network-policy calico，或使用 --network-dataplane cilium
#       --network-policy cilium；使用 kubenet 的群集先迁移到 Azure CNI 覆盖网络（--network-plugin azure --network-plugin-mode
#       overlay）。
#     aliyun: >-
#       ACK: Flannel enforces none and cannot be exchanged: make the cluster anew with Terway and NetworkPolicy on (ACK
#       console > Create Cluster > Network Plug-in > Terway).
#     aliyun_zh: ACK：Flannel 不支持网络策略且不能更换，应新建使用 Terway 并启用 NetworkPolicy 的集群（ACK 控制台 > 创建集群 > 网络插件 > Terway）。
#     terraform: >-
#       azurerm_kubernetes_cluster: network_profile { network_policy }, alicloud_cs_managed_kubernetes: addons {
#       name = "terway-eniip", config = jsonencode({ NetworkPolicy = "true" }) }
#     terraform_zh: >-
#       azurerm_kubernetes_cluster 的 network_profile { network_policy }, alicloud_cs_managed_kubernetes 的 addons {
#       name = "terway-eniip", config = jsonencode({ NetworkPolicy = "true" }) }
#   references: ["GB/T 22239-2019 8.2.3.1 a", "GB/T 22239-2019 8.2.4.2 b"]
package mlps.checks.boundary.cluster_network_policy

deny contains {"at": "network_policy", "args": {}} if {
	input.facts.network_policy == false
}
