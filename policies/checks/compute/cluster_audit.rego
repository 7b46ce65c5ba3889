# METADATA
# title: Clusters keep an audit log
# description: Who did what in a cluster shows in the audit log of its control plane alone.
# custom:
#   id: compute-cluster-audit
#   title_zh: 容器集群启用审计日志
#   description_zh: 对容器集群的操作仅记录在控制面（API Server）的审计日志中，应启用审计日志并投递到日志服务。
#   targets: [compute.cluster]
#   facts: [audit_log.enabled]
#   severity: high
#   items: ["g:compute.audit"]
#   message: "the control plane keeps no audit log"
#   message_zh: "集群控制面未启用审计日志"
#   remediation:
#     en: Turn the audit log on and send it to a log store that keeps it long enough.
#     zh: 启用控制面审计日志，并投递到留存期满足要求的日志存储。
#     aws: >-
#       EKS console > the cluster > Observability > Control plane logs > Manage logging, or aws eks
#       update-cluster-config --name CLUSTER --logging
#       '{"clusterLogging":[{"types":["audit","api","authenticator"],"enabled":true}]}'
#     aws_zh: >-
#       EKS 控制台 > 该集群 > 可观测性 > 控制面板日志 > 管理日志记录，或执行 aws eks update-cluster-config --name CLUSTER --logging
#       '{"clusterLogging":[{"types":["audit","api","authenticator"],"enabled":true}]}'。
#     azure: >-
#       Portal > the cluster > Monitoring > Diagnostic settings > Add: kube-audit, or az monitor
#       diagnostic-settings create --resource CLUSTER --name audit --workspace WORKSPACE --logs
#       '[{"category":"kube-audit","enabled":true}]'
#     azure_zh: >-
#       Azure 门户 > 该集群 > 监视 > 诊断设置 > 添加：kube-audit，或执行 az monitor diagnostic-settings create --resource CLUSTER --name
#       audit --workspace WORKSPACE --logs '[{"category":"kube-audit","enabled":true}]'。
#     aliyun: >-
#       ACK console > the cluster > Security > Cluster Auditing > Enable, or aliyun cs PUT /clusters/CLUSTER/audit_log
#       --body '{"disable":false,"sls_project_name":"k8s-log-CLUSTER"}' (UpdateClusterAuditLogConfig)
#     aliyun_zh: >-
#       ACK 控制台 > 该集群 > 安全管理 > 集群审计 > 启用，或执行 aliyun cs PUT /clusters/CLUSTER/audit_log --body
#       '{"disable":false,"sls_project_name":"k8s-log-CLUSTER"}'（即 UpdateClusterAuditLogConfig）。
#     terraform: >-
#       aws_eks_cluster.enabled_cluster_log_types = ["audit"], azurerm_monitor_diagnostic_setting with the category
#       kube-audit, alicloud_cs_managed_kubernetes: audit_log_config { enabled = true }
#     terraform_zh: >-
#       aws_eks_cluster.enabled_cluster_log_types = ["audit"], azurerm_monitor_diagnostic_setting 选取类别 kube-audit,
#       alicloud_cs_managed_kubernetes 的 audit_log_config { enabled = true }
#   references:
#     - GB/T 22239-2019 8.1.4.3 a
package mlps.checks.compute.cluster_audit

deny contains {"at": "audit_log/enabled", "args": {}} if {
	input.facts.audit_log.enabled == false
}
