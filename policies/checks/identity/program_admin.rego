# METADATA
# title: Programs hold no administrative rights
# description: >-
#   A program on a machine, in a container or in a function acts with the rights of its role. Where that is an
#   administrator's, whoever breaks into the program, or may change it, administers the whole account. Judged are roles
#   that programs take by the cloud's own services; users and other accounts are the matter of identity-guest.
# custom:
#   id: identity-program-admin
#   title_zh: 程序所用角色不具有管理员权限
#   description_zh: >-
#     云服务器、容器和函数中的程序以其角色的权限运行。角色具有管理员权限时，攻破或能够修改该程序者即可控制整个云账号，违背最小授权原则。本项检查由云服务授予程序使用的角色；用户和其他账号见
#     identity-guest。
#   targets: [identity.role]
#   facts: [privileged, trust.kind, trust.principal]
#   severity: high
#   items: ["g:compute.least-privilege"]
#   message: "programs of {service} hold administrative rights"
#   message_zh: "{service} 中运行的程序具有管理员权限"
#   words_zh:
#     service:
#       ec2.amazonaws.com: EC2 实例
#       ecs-tasks.amazonaws.com: ECS 任务
#       edgelambda.amazonaws.com: Lambda@Edge 函数
#       lambda.amazonaws.com: Lambda 函数
#       pods.eks.amazonaws.com: EKS 集群
#       ecs.aliyuncs.com: ECS 实例
#       fc.aliyuncs.com: 函数计算
#   remediation:
#     en: >-
#       Give the role the actions and resources that its program uses, by a policy of its own in place of the
#       administrator's; what administers the account runs apart, in a role that no other program takes.
#     zh: 按程序实际使用的操作和资源编写专用策略，替换角色上的管理员策略；确需管理云账号的程序单独部署，并使用专用角色。
#     aws: >-
#       IAM > Roles > the role > Generate policy based on CloudTrail events; then aws iam detach-role-policy --role-name
#       ROLE --policy-arn arn:aws-cn:iam::aws:policy/AdministratorAccess and aws iam attach-role-policy --role-name ROLE
#       --policy-arn ARN.
#     aws_zh: >-
#       IAM > 角色 > 该角色 > 基于 CloudTrail 事件生成策略；再执行 aws iam detach-role-policy --role-name ROLE --policy-arn
#       arn:aws-cn:iam::aws:policy/AdministratorAccess 和 aws iam attach-role-policy --role-name ROLE --policy-arn ARN。
#     azure: >-
#       Of a managed identity: az role assignment delete --assignee IDENTITY --role Owner --scope SCOPE, and az role
#       assignment create --assignee IDENTITY --role ROLE --scope SCOPE with a role of its task.
#     azure_zh: >-
#       托管标识：执行 az role assignment delete --assignee IDENTITY --role Owner --scope SCOPE，再执行 az role assignment create
#       --assignee IDENTITY --role ROLE --scope SCOPE 分配与任务相符的角色。
#     aliyun: >-
#       RAM console > Identities > Roles > the role, or aliyun ram DetachPolicyFromRole --PolicyType System --PolicyName
#       AdministratorAccess --RoleName ROLE and aliyun ram AttachPolicyToRole --PolicyType Custom --PolicyName POLICY
#       --RoleName ROLE.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 角色 > 该角色，或执行 aliyun ram DetachPolicyFromRole --PolicyType System --PolicyName
#       AdministratorAccess --RoleName ROLE 和 aliyun ram AttachPolicyToRole --PolicyType Custom --PolicyName POLICY
#       --RoleName ROLE。
#     terraform: aws_iam_role_policy_attachment, alicloud_ram_role_policy_attachment with a policy of the program's own
#     terraform_zh: aws_iam_role_policy_attachment, alicloud_ram_role_policy_attachment 关联程序专用策略
#   references: ["GB/T 22239-2019 8.1.4.2 d"]
package mlps.checks.identity.program_admin

# Where programs of the customer run. What builds and deploys has an administrator's task.
_services := {
	"ec2.amazonaws.com",
	"ecs-tasks.amazonaws.com",
	"edgelambda.amazonaws.com",
	"lambda.amazonaws.com",
	"pods.eks.amazonaws.com",
	"ecs.aliyuncs.com",
	"fc.aliyuncs.com",
}

applies if {
	some grant in input.facts.trust
	_service(grant)
}

deny contains {"at": "privileged", "args": {"service": service}} if {
	input.facts.privileged == true
	some grant in input.facts.trust
	service := _service(grant)
}

# The principals of some services end in .cn in China.
_service(grant) := name if {
	grant.kind == "service"
	name := trim_suffix(grant.principal, ".cn")
	name in _services
}
