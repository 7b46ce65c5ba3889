# METADATA
# title: Image registries have no shared administrator
# description: >-
#   The admin user of a registry is one name with two passwords that everybody uses and that may push and delete every
#   image: what was done with it is nobody's. People and programs sign in with identities of their own.
# custom:
#   id: identity-registry-admin
#   title_zh: 镜像仓库不启用共享管理员账户
#   description_zh: 镜像仓库的管理员账户由多人共用一个名称和两个口令，可推送和删除全部镜像，操作无法追溯到人。人员和程序应使用各自的身份登录。
#   targets: [registry.repository]
#   facts: [shared_admin]
#   severity: medium
#   items: ["g:compute.accounts"]
#   message: "the shared administrator of the registry is on"
#   message_zh: "镜像仓库启用了共享管理员账户"
#   remediation:
#     en: Switch the admin user off, and give people and programs roles on the registry.
#     zh: 关闭管理员账户，为人员和程序分配镜像仓库的角色。
#     aws: ECR has no shared administrator, people and programs sign in with IAM.
#     aws_zh: ECR 没有共享管理员账户，人员和程序通过 IAM 登录。
#     azure: >-
#       Portal > Container registries > the registry > Access keys > Admin user, or az acr update --name REGISTRY
#       --admin-enabled false; then az role assignment create --assignee ID --role AcrPull --scope REGISTRY_ID.
#     azure_zh: >-
#       Azure 门户 > 容器注册表 > 该注册表 > 访问密钥 > 管理员用户，或执行 az acr update --name REGISTRY --admin-enabled false；再执行 az role
#       assignment create --assignee ID --role AcrPull --scope REGISTRY_ID。
#     aliyun: Container Registry has no shared administrator, RAM users sign in with passwords of their own.
#     aliyun_zh: 容器镜像服务没有共享管理员账户，RAM 用户使用各自的访问凭证登录。
#     terraform: azurerm_container_registry.admin_enabled = false
#   references: ["GB/T 22239-2019 8.1.4.2 c"]
package mlps.checks.identity.registry_admin

# Null where the service has none.
applies if is_boolean(input.facts.shared_admin)

deny contains {"at": "shared_admin", "args": {}} if {
	input.facts.shared_admin == true
}
