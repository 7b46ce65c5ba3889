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
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Defender plans > Containers:
#       On, or az security pricing create --name Containers --tier standard; lock released tags: az acr repository
#       update --name REGISTRY --image IMAGE:TAG --write-enabled false
#     aliyun: >-
#       Container Registry console > the instance > Repositories > the repository > Details > Edit: Immutable, or
#       aliyun cr UpdateRepository --InstanceId ID --RepoId REPO --RepoType PRIVATE --Summary TEXT --TagImmutability
#       true; Security and Trust > Image Scanning > scan rules, or aliyun cr CreateScanRule with TriggerType AUTO
#     terraform: >-
#       aws_ecr_repository: image_scanning_configuration { scan_on_push = true } and image_tag_mutability =
#       "IMMUTABLE"; azurerm_security_center_subscription_pricing with resource_type = "Containers";
#       alicloud_cr_scan_rule.trigger_type = "AUTO" (tags are locked by the console or the API)
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
