# METADATA
# title: Container images are scanned and cannot be overwritten
# description: >-
#   Images are scanned when they are pushed, and a tag that was released cannot be moved to another image.
# custom:
#   id: compute-registry-scan
#   title_zh: 容器镜像推送扫描且标签不可变
#   description_zh: 容器镜像推送时应进行漏洞扫描；已发布的标签应不可变，防止镜像被替换。
#   targets: [registry.repository]
#   facts: [scan_on_push, immutable_tags]
#   severity: medium
#   items: [compute.hardened-images]
#   message: "{feature} is off"
#   message_zh: "未启用 {feature}"
#   remediation:
#     en: Turn scanning on push and immutable tags on.
#     zh: 启用推送时扫描和标签不可变。
#     aws: >-
#       ECR console > the repository > Edit, or aws ecr put-image-scanning-configuration --repository-name R
#       --image-scanning-configuration scanOnPush=true; aws ecr put-image-tag-mutability --repository-name R
#       --image-tag-mutability IMMUTABLE
#     azure: >-
#       Defender for Cloud > Environment settings > Containers, or az acr repository update --name REGISTRY
#       --image IMAGE:TAG --write-enabled false
#     aliyun: >-
#       ACR console > the instance > Repositories > the repository > Details: immutable; Security and Trust >
#       Image Scanning, or aliyun cr UpdateRepository --TagImmutability true
#     terraform: >-
#       aws_ecr_repository.image_scanning_configuration and image_tag_mutability, alicloud_cr_ee_repo,
#       azurerm_security_center_subscription_pricing
#   references:
#     - GB/T 22239-2019 8.2.4.4 a
package mlps.checks.compute.registry_scan

deny contains {"at": "scan_on_push", "args": {"feature": "scan on push"}} if {
	input.facts.scan_on_push == false
}

deny contains {"at": "immutable_tags", "args": {"feature": "immutable tags"}} if {
	input.facts.immutable_tags == false
}
