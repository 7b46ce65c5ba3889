# METADATA
# title: The host agent runs on every instance
# description: >-
#   Malware and intrusions on hosts are seen by an agent on each of them. It is installed, and online while the
#   machine runs.
# custom:
#   id: compute-agent
#   title_zh: 主机防护代理在线运行
#   description_zh: 主机侧的恶意代码和入侵行为依赖防护代理检测。每台实例均应安装代理，运行期间代理应在线。
#   targets: [compute.instance]
#   facts: [agent.installed, agent.online, state]
#   severity: high
#   items: [compute.detect-malware, "g:compute.intrusion-detection", "g:compute.malware"]
#   message: "the host agent is {state}"
#   message_zh: "主机防护代理状态为 {state}"
#   remediation:
#     en: Install the agent and let it reach its service.
#     zh: 安装主机防护代理，并确保其与服务端连通。
#     aws: >-
#       Systems Manager > Fleet Manager, or aws ssm describe-instance-information; attach
#       AmazonSSMManagedInstanceCore to the role of the instance.
#     azure: >-
#       Defender for Cloud > Environment settings > Servers plan, or az vm extension set --resource-group GROUP
#       --vm-name VM --publisher Microsoft.Azure.Monitor --name AzureMonitorLinuxAgent
#     aliyun: >-
#       Security Center console > Host > Agent management > Install, or aliyun sas InstallCloudMonitor
#       --InstanceIdList INSTANCE
#     terraform: >-
#       aws_iam_role_policy_attachment of the SSM policy, azurerm_virtual_machine_extension,
#       alicloud_instance.security_enhancement_strategy = "Active"
#   references:
#     - GB/T 22239-2019 8.2.4.3 c
#     - "Alibaba Cloud Config: ecs-instance-enabled-security-protection"
package mlps.checks.compute.agent

deny contains {"at": "agent", "args": {"state": "not installed"}} if {
	input.facts.agent == null
}

deny contains {"at": "agent/installed", "args": {"state": "not installed"}} if {
	input.facts.agent.installed == false
}

# The agent of a machine that is stopped is offline rightly.
deny contains {"at": "agent/online", "args": {"state": "offline"}} if {
	input.facts.agent.installed == true
	input.facts.agent.online == false
	lower(input.facts.state) == "running"
}
