# METADATA
# title: Programs use roles, not embedded keys
# description: >-
#   Keys in user data or environment variables are read by everyone who may look at the configuration, and are
#   never rotated. Instances, functions and containers get their rights
#   from a role.
# custom:
#   id: identity-instance-role
#   title_zh: 程序使用角色而非内嵌密钥
#   description_zh: 写入用户数据或环境变量的密钥可被任何能查看配置的人获取，且难以轮换。实例、函数和容器应通过角色获得权限。
#   targets: [compute.instance, compute.launch_template, compute.function, compute.container_service]
#   facts: [user_data_secrets, environment_secrets]
#   severity: medium
#   items: ["g:compute.accounts", "g:compute.access-granularity"]
#   message: "keys or passwords stand in {place}"
#   message_zh: "{place}中存在密钥或口令"
#   words_zh:
#     place: {environment: 环境变量, user data: 用户数据}
#   remediation:
#     en: Attach a role, take the keys out, rotate them, and keep passwords in a secret store.
#     zh: 绑定角色并移除密钥，随后轮换；口令存放在凭据管理服务中。
#     aws: >-
#       EC2 console > Instances > Actions > Security > Modify IAM role, or aws ec2 associate-iam-instance-profile
#       --instance-id INSTANCE --iam-instance-profile Name=PROFILE; aws lambda update-function-configuration
#       --function-name F --role ROLE --environment "Variables={}"; containers: taskRoleArn, and secrets in place of
#       environment, in aws ecs register-task-definition; Secrets Manager for the rest.
#     aws_zh: >-
#       EC2 控制台 > 实例 > 操作 > 安全 > 修改 IAM 角色，或执行 aws ec2 associate-iam-instance-profile --instance-id INSTANCE
#       --iam-instance-profile Name=PROFILE；函数执行 aws lambda update-function-configuration --function-name F --role ROLE
#       --environment "Variables={}"；容器在 aws ecs register-task-definition 中设置 taskRoleArn，并以 secrets 取代
#       environment；其余敏感信息存入 Secrets Manager。
#     azure: >-
#       Portal > the machine > Identity > System assigned: On, or az vm identity assign --resource-group GROUP --name
#       VM; az functionapp identity assign --resource-group GROUP --name APP and az functionapp config appsettings set
#       --resource-group GROUP --name APP --settings "KEY=@Microsoft.KeyVault(SecretUri=URI)".
#     azure_zh: >-
#       Azure 门户 > 该虚拟机 > 标识 > 系统分配：启用，或执行 az vm identity assign --resource-group GROUP --name VM；函数应用执行 az functionapp
#       identity assign --resource-group GROUP --name APP 和 az functionapp config appsettings set --resource-group GROUP
#       --name APP --settings "KEY=@Microsoft.KeyVault(SecretUri=URI)"。
#     aliyun: >-
#       ECS console > the instance > Instance RAM Role, or aliyun ecs AttachInstanceRamRole --RegionId REGION
#       --RamRoleName ROLE --InstanceIds '["INSTANCE"]', and aliyun ecs ModifyInstanceAttribute --InstanceId INSTANCE
#       --UserData DATA while it is stopped; Function Compute console > the function > Configurations > Role, or aliyun
#       fc PUT /2023-03-30/functions/NAME --body with role and environmentVariables.
#     aliyun_zh: >-
#       ECS 控制台 > 该实例 > 授予/收回 RAM 角色，或执行 aliyun ecs AttachInstanceRamRole --RegionId REGION --RamRoleName ROLE
#       --InstanceIds '["INSTANCE"]'，并在实例停止状态下执行 aliyun ecs ModifyInstanceAttribute --InstanceId INSTANCE --UserData
#       DATA；函数计算控制台 > 该函数 > 配置 > 角色，或执行 aliyun fc PUT /2023-03-30/functions/NAME，在 --body 中设置 role 和
#       environmentVariables。
#     terraform: >-
#       aws_instance.iam_instance_profile and user_data, aws_lambda_function.role and environment,
#       aws_ecs_task_definition.task_role_arn and secrets in container_definitions,
#       azurerm_linux_virtual_machine.identity, azurerm_linux_function_app.identity and app_settings,
#       alicloud_instance.role_name and user_data, alicloud_fcv3_function.role and environment_variables
#     terraform_zh: >-
#       aws_instance.iam_instance_profile 和 user_data, aws_lambda_function.role 和 environment,
#       aws_ecs_task_definition.task_role_arn 和 container_definitions 中的 secrets,
#       azurerm_linux_virtual_machine.identity, azurerm_linux_function_app.identity 和 app_settings,
#       alicloud_instance.role_name 和 user_data, alicloud_fcv3_function.role 和 environment_variables
#   references:
#     - GB/T 22239-2019 8.1.4.2 c
package mlps.checks.identity.instance_role

deny contains {"at": "user_data_secrets", "args": {"place": "user data"}} if {
	input.facts.user_data_secrets == true
}

deny contains {"at": "environment_secrets", "args": {"place": "environment"}} if {
	input.facts.environment_secrets == true
}
