# METADATA
# title: Instances take no password log-ins
# description: >-
#   From level 3 on, both sides prove who they are when devices are administered from afar: by key pairs, certificates,
#   a bastion or a session manager. An instance that takes passwords lets anyone try. As Alibaba Cloud's rule does, an
#   ECS instance without a key pair fails; Windows has none there: sign in to it by a bastion and waive it.
# custom:
#   id: identity-mutual-auth
#   title_zh: 实例不使用口令远程登录
#   description_zh: >-
#     三级起远程管理设备时应建立双向身份验证机制，采用密钥对、证书、堡垒机或会话管理服务。实例允许口令登录时，任何人均可尝试。与阿里云规则一致，未绑定密钥对的
#     ECS 实例视为不符合；Windows 实例不支持密钥对，应经堡垒机登录并登记豁免。
#   targets: [compute.instance]
#   facts: [password_login, key_pair]
#   severity: high
#   items:
#     - compute.mutual-authentication
#     - "g:network.peer-authentication"
#     - "g:management.secure-path"
#   not_offered:
#     - cloud: aws
#       en: >-
#         EC2 does not tell whether an instance takes passwords: its image decides. Administer by Session Manager, EC2
#         Instance Connect or a bastion host, and provide how administrators sign in as evidence.
#       zh: EC2 无法反映实例是否允许口令登录（由镜像决定）。应通过 Session Manager、EC2 Instance Connect 或堡垒机进行管理，并以管理员登录方式说明作为佐证。
#     - cloud: aws-cn
#       en: >-
#         EC2 does not tell whether an instance takes passwords: its image decides. Administer by Session Manager, EC2
#         Instance Connect or a bastion host, and provide how administrators sign in as evidence.
#       zh: EC2 无法反映实例是否允许口令登录（由镜像决定）。应通过 Session Manager、EC2 Instance Connect 或堡垒机进行管理，并以管理员登录方式说明作为佐证。
#   message: "the instance is administered with a password (key pair: {key_pair})"
#   message_zh: "该实例使用口令远程管理（密钥对：{key_pair}）"
#   remediation:
#     en: >-
#       Bind a key pair and turn password log-in off, or let people in by a bastion or session manager alone.
#     zh: 为实例绑定密钥对并关闭口令登录，或仅通过堡垒机、会话管理服务登录。
#     aws: >-
#       Systems Manager console > Session Manager > Start session, or aws ssm start-session --target INSTANCE;
#       PasswordAuthentication no in sshd_config.
#     aws_zh: >-
#       Systems Manager 控制台 > Session Manager > 启动会话，或执行 aws ssm start-session --target INSTANCE；并在 sshd_config 中设置
#       PasswordAuthentication no。
#     azure: >-
#       Portal > the machine > Reset password > Add SSH public key, or az vm user update --resource-group GROUP
#       --name VM --username USER --ssh-key-value KEY; disable password authentication when the machine is made;
#       use Azure Bastion.
#     azure_zh: >-
#       Azure 门户 > 该虚拟机 > 重置密码 > 添加 SSH 公钥，或执行 az vm user update --resource-group GROUP --name VM --username USER
#       --ssh-key-value KEY；新建虚拟机时禁用口令身份验证；通过 Azure Bastion 登录。
#     aliyun: >-
#       ECS console > Network & Security > Key Pairs > Bind, or aliyun ecs AttachKeyPair --RegionId REGION --KeyPairName
#       NAME --InstanceIds '["INSTANCE"]', then aliyun ecs RebootInstance --InstanceId INSTANCE: that switches password
#       sign-in off; use Bastionhost or Session Manager.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 密钥对 > 绑定密钥对，或执行 aliyun ecs AttachKeyPair --RegionId REGION --KeyPairName NAME --InstanceIds
#       '["INSTANCE"]'，再执行 aliyun ecs RebootInstance --InstanceId INSTANCE，重启后口令登录即被关闭；通过堡垒机或会话管理登录。
#     terraform: >-
#       aws_instance.key_name, azurerm_linux_virtual_machine.disable_password_authentication = true,
#       alicloud_instance.key_name
#   references:
#     - GB/T 22239-2019 8.2.4.1
#     - "Alibaba Cloud Config: ecs-instance-not-bind-key-pair"
package mlps.checks.identity.mutual_auth

# Null: the cloud does not know of password log-ins (Windows, images of one's own).
applies if {
	input.level >= 3
	input.facts.password_login != null
}

applies if {
	input.level >= 3
	input.provider == "aliyun"
}

deny contains {"at": "password_login", "args": {"key_pair": _key_pair}} if {
	input.level >= 3
	input.facts.password_login == true
}

# An ECS instance without a key pair is logged in to with a password.
deny contains {"at": "key_pair", "args": {"key_pair": false}} if {
	input.level >= 3
	input.provider == "aliyun"
	input.facts.key_pair == false
}

# "?" where that is not known.
default _key_pair := "?"

_key_pair := input.facts.key_pair
