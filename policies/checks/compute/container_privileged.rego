# METADATA
# title: Containers do not run with the rights of their host
# description: >-
#   A privileged container, one among the processes of its host, and one with capabilities that amount to that or with
#   the socket of the container engine, have the rights of the machine below them: whoever breaks into the program has
#   the machine and everything else on it. Containers of Kubernetes are not judged here.
# custom:
#   id: compute-container-privileged
#   title_zh: 容器不以宿主机特权运行
#   description_zh: 特权容器、共享宿主机进程空间的容器，以及具有等同特权的能力或挂载容器引擎套接字的容器，实际拥有宿主机权限，被攻破即危及宿主机及其他容器。不判定 Kubernetes 中的容器。
#   targets: [compute.container_service]
#   facts: [privileged_containers]
#   severity: high
#   items: ["g:compute.least-privilege"]
#   message: "the container {container} runs with the rights of its host"
#   message_zh: "容器 {container} 以宿主机特权运行"
#   remediation:
#     en: Take the privileges away, and give the container just the capabilities that it needs.
#     zh: 取消特权设置，仅授予容器所需的能力（capabilities）。
#     aws: >-
#       ECS console > Task definitions > the definition > Create new revision, or aws ecs register-task-definition
#       without privileged, linuxParameters.capabilities.add, pidMode host and volumes of the host's folders, then aws
#       ecs update-service --cluster CLUSTER --service SERVICE --task-definition FAMILY; or run it on Fargate, which has
#       no such settings.
#     aws_zh: >-
#       ECS 控制台 > 任务定义 > 该任务定义 > 创建新修订，或执行 aws ecs register-task-definition，不设置
#       privileged、linuxParameters.capabilities.add、pidMode host 和宿主机目录卷，再执行 aws ecs update-service --cluster CLUSTER
#       --service SERVICE --task-definition FAMILY；也可改用不提供此类设置的 Fargate。
#     azure: >-
#       Container Apps and Container Instances run no privileged containers, except confidential ones with
#       securityContext.privileged = true: make them anew without it by az container create --file FILE.
#     azure_zh: >-
#       容器应用和容器实例一般不运行特权容器；机密容器组若设置了 securityContext.privileged = true，应去除后以 az container create --file FILE 重建。
#     aliyun: >-
#       Elastic Container Instance console > Container Groups: make the group anew, or aliyun eci CreateContainerGroup
#       without Container.1.SecurityContext.Capability.Add.
#     aliyun_zh: >-
#       弹性容器实例控制台 > 容器组：重新创建该容器组，或执行 aliyun eci CreateContainerGroup，不设置
#       Container.1.SecurityContext.Capability.Add。
#     terraform: >-
#       aws_ecs_task_definition: privileged and linuxParameters in container_definitions, pid_mode, volume;
#       azurerm_container_group: container { security { privilege_enabled = false } }
#     terraform_zh: >-
#       aws_ecs_task_definition 的 container_definitions 中的 privileged 和 linuxParameters, pid_mode, volume;
#       azurerm_container_group 的 container { security { privilege_enabled = false } }
#   references: ["GB/T 22239-2019 8.1.4.2 d", "AWS Security Hub: ECS.4"]
package mlps.checks.compute.container_privileged

deny contains {"at": sprintf("privileged_containers/%d", [i]), "args": {"container": name}} if {
	some i, name in input.facts.privileged_containers
	is_string(name)
}
