# METADATA
# title: Clusters keep an audit log
# description: Who did what on a cluster shows in the audit log of its control plane alone.
# custom:
#   id: compute-cluster-audit
#   title_zh: 容器集群启用审计日志
#   description_zh: 容器集群的操作行为记录在控制面审计日志中，应启用并投递到日志服务。
#   targets: [compute.cluster]
#   facts: [audit_log.enabled]
#   severity: high
#   items: ["g:compute.audit"]
#   message: "the control plane keeps no audit log"
#   message_zh: "集群控制面未启用审计日志"
#   remediation:
#     en: Turn the audit log on and send it to a log store.
#     zh: 启用控制面审计日志并投递到日志存储。
#     aws: >-
#       EKS console > the cluster > Observability > Manage logging, or aws eks update-cluster-config --name
#       CLUSTER --logging '{"clusterLogging":[{"types":["audit","api","authenticator"],"enabled":true}]}'
#     azure: >-
#       Portal > the cluster > Diagnostic settings: kube-audit, or az monitor diagnostic-settings create
#       --resource CLUSTER --name audit --workspace WORKSPACE --logs
#       '[{"category":"kube-audit","enabled":true}]'
#     aliyun: >-
#       ACK console > the cluster > Security > Cluster Auditing, or aliyun cs PATCH /clusters/CLUSTER/audit_log
#     terraform: >-
#       aws_eks_cluster.enabled_cluster_log_types, azurerm_monitor_diagnostic_setting,
#       alicloud_cs_managed_kubernetes.audit_log_config
#   references:
#     - GB/T 22239-2019 8.1.4.3 a
package mlps.checks.compute.cluster_audit

deny contains {"at": "audit_log/enabled", "args": {}} if {
	input.facts.audit_log.enabled == false
}
