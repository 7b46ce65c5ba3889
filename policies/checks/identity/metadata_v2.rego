# METADATA
# title: Instance metadata answers only with a session token
# description: >-
#   The metadata service hands out the credentials of the instance's role. Without a session token, a web
#   application that can be made to fetch an address gives them away. What new instances are made from is judged too.
# custom:
#   id: identity-metadata-v2
#   title_zh: 实例元数据须凭会话令牌访问
#   description_zh: 元数据服务会返回实例角色的临时凭证。未强制使用会话令牌时，应用存在请求伪造（SSRF）漏洞即可导致凭证泄露。用于创建实例的启动模板一并判定。
#   targets: [compute.instance, compute.launch_template]
#   facts: [metadata_token_required]
#   severity: high
#   items: ["g:compute.least-privilege"]
#   message: "the metadata service answers without a session token"
#   message_zh: "实例元数据服务无需会话令牌即可访问"
#   remediation:
#     en: Update the software that still asks without a token, then require the token on the instance and in templates.
#     zh: 先升级仍以普通方式访问元数据的程序，再将实例和启动模板设为强制使用会话令牌（加固模式）。
#     aws: >-
#       EC2 console > Instances > the instance > Actions > Instance settings > Modify instance metadata options > IMDSv2
#       Required, or aws ec2 modify-instance-metadata-options --instance-id ID --http-tokens required; for new instances
#       aws ec2 modify-instance-metadata-defaults --http-tokens required; a new version of the launch template by aws
#       ec2 create-launch-template-version. Watch the metric MetadataNoToken first.
#     aws_zh: >-
#       EC2 控制台 > 实例 > 该实例 > 操作 > 实例设置 > 修改实例元数据选项 > IMDSv2：必需，或执行 aws ec2 modify-instance-metadata-options
#       --instance-id ID --http-tokens required；新建实例执行 aws ec2 modify-instance-metadata-defaults --http-tokens
#       required；启动模板执行 aws ec2 create-launch-template-version 创建新版本。应先观察指标 MetadataNoToken。
#     azure: >-
#       Azure has no session tokens here: its metadata service asks for the header Metadata:true and refuses forwarded
#       requests. Where offered, turn on the metadata security protocol in the VM's proxy agent settings.
#     azure_zh: Azure 没有此类会话令牌：元数据服务要求请求头 Metadata:true，并拒绝转发的请求。已提供元数据安全协议的，在虚拟机的代理设置中启用。
#     aliyun: >-
#       ECS console > Instances > the instance > Modify metadata access mode > security hardening mode, or
#       aliyun ecs ModifyInstanceMetadataOptions --RegionId REGION --InstanceId ID --HttpEndpoint enabled --HttpTokens
#       required
#     aliyun_zh: >-
#       ECS 控制台 > 实例 > 该实例 > 修改元数据访问模式 > 仅加固模式，或执行 aliyun ecs ModifyInstanceMetadataOptions --RegionId REGION
#       --InstanceId ID --HttpEndpoint enabled --HttpTokens required。
#     terraform: >-
#       aws_instance and aws_launch_template: metadata_options { http_tokens = "required" };
#       alicloud_instance.http_tokens = "required"
#     terraform_zh: >-
#       aws_instance 和 aws_launch_template 的 metadata_options { http_tokens = "required" };
#       alicloud_instance.http_tokens = "required"
#   references: ["GB/T 22239-2019 8.1.4.2 d"]
package mlps.checks.identity.metadata_v2

# Null: a cloud whose metadata service knows no session tokens.
applies if input.facts.metadata_token_required != null

deny contains {"at": "metadata_token_required", "args": {}} if {
	input.facts.metadata_token_required == false
}
