# METADATA
# title: The host protection agent runs on every instance
# description: >-
#   Malware and intrusions on hosts are seen by an agent on each of them. It is installed, and online while the
#   machine runs. Stricter than Alibaba Cloud's rule, which leaves instances out that are not running: one without an
#   agent starts unprotected.
# custom:
#   id: compute-agent
#   title_zh: 主机安全防护代理在线运行
#   description_zh: 主机上的恶意代码和入侵行为依靠主机安全防护代理检测。每台实例均应安装代理，运行期间代理应保持在线；仅用于运维管理或监控采集的代理不计入。
#   targets: [compute.instance]
#   facts: [agent.installed, agent.online, state]
#   severity: high
#   items: [compute.detect-malware, "g:compute.intrusion-detection", "g:compute.malware"]
#   not_offered:
#     - cloud: aws-cn
#       en: >-
#         GuardDuty Runtime Monitoring, which brings an agent, is not offered in mainland China, and the agent of
#         Systems Manager looks for no malware. Run an endpoint-protection product on every instance, and provide its
#         list of protected hosts as evidence.
#       zh: 亚马逊云科技中国区域不提供带主机代理的 GuardDuty 运行时监控，Systems Manager 代理不检测恶意代码。应在每台实例上部署主机安全防护产品，并以其受控主机清单作为佐证。
#   message: "host protection agent: installed {installed}, online {online}"
#   message_zh: "主机安全防护代理：已安装 {installed}，在线 {online}"
#   remediation:
#     en: Install the agent, in the image too, and let it reach its service.
#     zh: 在实例和镜像中安装主机安全防护代理，并放通其与服务端的通信。
#     aws: >-
#       GuardDuty console > Runtime Monitoring > Enable, with automated agent configuration for EC2, or aws guardduty
#       update-detector --detector-id DETECTOR --features
#       'Name=RUNTIME_MONITORING,Status=ENABLED,AdditionalConfiguration=[{Name=EC2_AGENT_MANAGEMENT,Status=ENABLED}]';
#       aws guardduty list-coverage --detector-id DETECTOR shows the agents.
#     aws_zh: >-
#       GuardDuty 控制台 > 运行时监控 > 启用，并开启 EC2 的自动代理配置，或执行 aws guardduty update-detector --detector-id DETECTOR --features
#       'Name=RUNTIME_MONITORING,Status=ENABLED,AdditionalConfiguration=[{Name=EC2_AGENT_MANAGEMENT,Status=ENABLED}]';
#       代理状态执行 aws guardduty list-coverage --detector-id DETECTOR 查看。
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Servers > Settings > Endpoint
#       protection: On, or the Antimalware extension on Windows: az vm extension set --resource-group GROUP --vm-name VM
#       --publisher Microsoft.Azure.Security --name IaaSAntimalware --settings '{"AntimalwareEnabled":true}'
#     azure_zh: >-
#       Azure 门户 > Microsoft Defender for Cloud > 环境设置 > 该订阅 > 服务器 > 设置 > Endpoint Protection：启用；或在 Windows
#       上安装反恶意软件扩展：az vm extension set --resource-group GROUP --vm-name VM --publisher Microsoft.Azure.Security --name
#       IaaSAntimalware --settings '{"AntimalwareEnabled":true}'。
#     aliyun: >-
#       Security Center console > System Settings > Feature Settings > Client > Install, or aliyun sas
#       OperateAgentClientInstall --InstanceIds INSTANCE --Region REGION --Os linux; aliyun sas
#       DescribeCloudCenterInstances shows ClientStatus.
#     aliyun_zh: >-
#       云安全中心控制台 > 系统设置 > 功能设置 > 客户端 > 安装，或执行 aliyun sas OperateAgentClientInstall --InstanceIds INSTANCE --Region
#       REGION --Os linux；aliyun sas DescribeCloudCenterInstances 返回的 ClientStatus 为客户端状态。
#     terraform: >-
#       aws_guardduty_detector_feature with name = "RUNTIME_MONITORING", azurerm_virtual_machine_extension.type =
#       "IaaSAntimalware", alicloud_instance.security_enhancement_strategy = "Active"
#     terraform_zh: >-
#       aws_guardduty_detector_feature 的 name = "RUNTIME_MONITORING", azurerm_virtual_machine_extension.type =
#       "IaaSAntimalware", alicloud_instance.security_enhancement_strategy = "Active"
#   references:
#     - GB/T 22239-2019 8.2.4.3 c
#     - GB/T 22239-2019 8.1.4.5
#     - High-risk case 6.4.4.1
#     - "Alibaba Cloud Config: ecs-instance-enabled-security-protection"
package mlps.checks.compute.agent

# States in which a machine, and its agent with it, is rightly offline.
_at_rest := {
	"pending",
	"starting",
	"stopping",
	"stopped",
	"deallocating",
	"deallocated",
	"hibernated",
	"shutting-down",
	"terminated",
}

deny contains {"at": "agent", "args": {"installed": false, "online": false}} if {
	input.facts.agent == null
}

deny contains {"at": "agent/installed", "args": {"installed": false, "online": false}} if {
	input.facts.agent.installed == false
}

deny contains {"at": "agent/online", "args": {"installed": true, "online": false}} if {
	input.facts.agent.installed == true
	input.facts.agent.online == false
	is_string(input.facts.state)
	state := lower(input.facts.state)
	not state in _at_rest
}
