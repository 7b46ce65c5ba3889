# METADATA
# title: VPCs in use record accepted and rejected traffic
# description: >-
#   Abnormal traffic between machines is found in the records of the network. Every VPC with workloads has an active
#   flow log of all traffic, or one of accepted and one of rejected. How long it is kept is looked at where it is kept
#   (audit-retention). Stricter than Alibaba Cloud's pre-check, which takes any flow log.
# custom:
#   id: intrusion-flow-logs
#   title_zh: 使用中的专有网络已启用流日志
#   description_zh: 虚拟机之间的异常流量依靠网络流日志发现。承载业务的专有网络应启用流日志，并同时记录被允许和被拒绝的流量。
#   targets: [network.vpc]
#   facts: [workloads, flow_logs.traffic, flow_logs.active]
#   severity: high
#   items:
#     - boundary.detect-abnormal-traffic
#     - "g:boundary.behaviour-analysis"
#     - "g:boundary.audit"
#     - "g:boundary.audit-content"
#     - "g:boundary.audit-remote-access"
#   message: "the {logs} flow logs of the VPC do not record all traffic"
#   message_zh: "专有网络现有 {logs} 条流日志，未能记录全部流量"
#   remediation:
#     en: Add a flow log of all traffic to the VPC.
#     zh: 为专有网络创建记录全部流量的流日志。
#     aws: >-
#       VPC console > Your VPCs > the VPC > Flow logs > Create flow log, or aws ec2 create-flow-logs --resource-type
#       VPC --resource-ids VPC --traffic-type ALL --log-group-name GROUP --deliver-logs-permission-arn ROLE.
#     aws_zh: >-
#       VPC 控制台 > 您的 VPC > 该 VPC > 流日志 > 创建流日志，或执行 aws ec2 create-flow-logs --resource-type VPC --resource-ids VPC
#       --traffic-type ALL --log-group-name GROUP --deliver-logs-permission-arn ROLE。
#     azure: >-
#       Portal > Network Watcher > Flow logs > Create, or az network watcher flow-log create --location REGION --name
#       NAME --vnet VNET --storage-account ACCOUNT --workspace WORKSPACE --traffic-analytics true.
#     azure_zh: >-
#       Azure 门户 > 网络观察程序 > 流日志 > 创建，或执行 az network watcher flow-log create --location REGION --name NAME --vnet VNET
#       --storage-account ACCOUNT --workspace WORKSPACE --traffic-analytics true。
#     aliyun: >-
#       VPC console > O&M and Monitoring > Flow Log > Create, or aliyun vpc CreateFlowLog --RegionId REGION
#       --FlowLogName NAME --ResourceType VPC --ResourceId VPC --TrafficType All --ProjectName PROJECT --LogStoreName
#       LOGSTORE, then aliyun vpc ActiveFlowLog --RegionId REGION --FlowLogId ID.
#     aliyun_zh: >-
#       专有网络控制台 > 运维与监控 > 流日志 > 创建流日志，或执行 aliyun vpc CreateFlowLog --RegionId REGION --FlowLogName NAME --ResourceType
#       VPC --ResourceId VPC --TrafficType All --ProjectName PROJECT --LogStoreName LOGSTORE，再执行 aliyun vpc
#       ActiveFlowLog --RegionId REGION --FlowLogId ID。
#     terraform: >-
#       aws_flow_log.traffic_type = "ALL", azurerm_network_watcher_flow_log.enabled = true,
#       alicloud_vpc_flow_log.traffic_type = "All" and status = "Active"
#     terraform_zh: >-
#       aws_flow_log.traffic_type = "ALL", azurerm_network_watcher_flow_log.enabled = true,
#       alicloud_vpc_flow_log.traffic_type = "All" 且 status = "Active"
#   references:
#     - GB/T 22239-2019 8.2.3.2 c
#     - GB/T 22239-2019 8.1.3.5 a
#     - GB/T 22239-2019 8.1.3.3 c
#     - "Alibaba Cloud Config: vpc-flow-logs-enabled"
package mlps.checks.intrusion.flow_logs

applies if input.facts.workloads > 0

deny contains {"at": "flow_logs", "args": {"logs": count(input.facts.flow_logs)}} if {
	input.facts.workloads > 0
	is_array(input.facts.flow_logs)
	not _records_everything
}

_records_everything if "all" in _recorded

_records_everything if {
	"accept" in _recorded
	"reject" in _recorded
}

# The kinds of traffic that an active flow log records.
_recorded contains log.traffic if {
	some log in input.facts.flow_logs
	log.active == true
	is_string(log.traffic)
}
