# METADATA
# title: Container images are scanned and cannot be overwritten
# description: >-
#   Images are scanned when they are pushed, and a tag that was released cannot be moved to another image. Where a
#   service locks tags one by one alone (Azure), only the scan is judged.
# custom:
#   id: compute-registry-scan
#   title_zh: 容器镜像推送扫描且标签不可变
#   description_zh: 容器镜像推送时应进行漏洞扫描；已发布的标签应不可变，防止镜像被替换。仅支持逐个锁定标签的服务（Azure）只判定扫描。
#   targets: [registry.repository]
#   facts: [scan_on_push, immutable_tags]
#   severity: medium
#   items: [compute.hardened-images]
#   message: "scan on push: {scan}; immutable tags: {immutable}"
#   message_zh: "推送时扫描：{scan}；标签不可变：{immutable}"
#   remediation:
#     en: Turn scanning on push and immutable tags on, and deploy images by digest.
#     zh: 启用推送时扫描和标签不可变，部署时按摘要（digest）引用镜像。
#     aws: >-
#       ECR console > Private registry > Repositories > the repository > Edit, or aws ecr
#       put-image-scanning-configuration --repository-name NAME --image-scanning-configuration scanOnPush=true; aws ecr
#       put-image-tag-mutability --repository-name NAME --image-tag-mutability IMMUTABLE; for all repositories aws ecr
#       put-registry-scanning-configuration
#     aws_zh: >-
#       ECR 控制台 > 私有注册表 > 存储库 > 该存储库 > 编辑，或执行 aws ecr put-image-scanning-configuration --repository-name NAME
#       --image-scanning-configuration scanOnPush=true 和 aws ecr put-image-tag-mutability --repository-name NAME
#       --image-tag-mutability IMMUTABLE；对全部存储库执行 aws ecr put-registry-scanning-configuration。
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Defender plans > Containers:
#       On, or az security pricing create --name Containers --tier standard; lock released tags: az acr repository
#       update --name REGISTRY --image IMAGE:TAG --write-enabled false
#     azure_zh: >-
#       Azure 门户 > Microsoft Defender for Cloud > 环境设置 > 该订阅 > Defender 计划 > 容器：启用，或执行 az security pricing create --name
#       Containers --tier standard；锁定已发布的标签：az acr repository update --name REGISTRY --image IMAGE:TAG --write-enabled
#       false。
#     aliyun: >-
#       Container Registry console > the instance > Repositories > the repository > Details > Edit: Immutable, or
#       aliyun cr UpdateRepository --InstanceId ID --RepoId REPO --RepoType PRIVATE --Summary TEXT --TagImmutability
#       true; Security and Trust > Image Scanning > scan rules, or aliyun cr CreateScanRule with TriggerType AUTO
#     aliyun_zh: >-
#       容器镜像服务控制台 > 该实例 > 仓库管理 > 该镜像仓库 > 基本信息 > 编辑：版本不可变，或执行 aliyun cr UpdateRepository --InstanceId ID --RepoId REPO
#       --RepoType PRIVATE --Summary TEXT --TagImmutability true；安全可信 > 镜像扫描 > 扫描规则，或执行 aliyun cr CreateScanRule 并将
#       TriggerType 设为 AUTO。
#     terraform: >-
#       aws_ecr_repository: image_scanning_configuration { scan_on_push = true } and image_tag_mutability =
#       "IMMUTABLE"; azurerm_security_center_subscription_pricing with resource_type = "Containers";
#       alicloud_cr_scan_rule.trigger_type = "AUTO" (tags are locked by the console or the API)
#     terraform_zh: >-
#       aws_ecr_repository 的 image_scanning_configuration { scan_on_push = true } 和 image_tag_mutability = "IMMUTABLE";
#       azurerm_security_center_subscription_pricing 的 resource_type = "Containers"; alicloud_cr_scan_rule.trigger_type
#       = "AUTO"（标签不可变通过控制台或 API 设置）
#   references:
#     - GB/T 22239-2019 8.2.4.4 a
package mlps.checks.compute.registry_scan

deny contains {"at": "scan_on_push", "args": {"scan": false, "immutable": _immutable}} if {
	input.facts.scan_on_push == false
}

# Null: the service locks tags one by one alone.
deny contains {"at": "immutable_tags", "args": {"scan": _scan, "immutable": false}} if {
	input.facts.immutable_tags == false
}

# "?" where it is not known, or the cloud has no such thing.
default _scan := "?"

_scan := input.facts.scan_on_push if is_boolean(input.facts.scan_on_push)

default _immutable := "?"

_immutable := input.facts.immutable_tags if is_boolean(input.facts.immutable_tags)
