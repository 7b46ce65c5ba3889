# METADATA
# title: Instances run approved, current images
# description: >-
#   Instances start from hardened images that the organisation approves, and not from ones that their maker has
#   withdrawn.
# custom:
#   id: compute-approved-image
#   title_zh: 实例使用经批准且未弃用的镜像
#   description_zh: 应使用经加固和批准的操作系统镜像，不使用已弃用的镜像。未建立批准清单的，该项不判断是否批准。
#   targets: [compute.instance]
#   facts: [image.approved, image.deprecated]
#   severity: medium
#   items: [compute.hardened-images]
#   message: "the image of the instance is {state}"
#   message_zh: "实例镜像状态为 {state}"
#   remediation:
#     en: Make the instance anew from an approved, hardened image.
#     zh: 使用经批准的加固镜像重建实例。
#     aws: >-
#       EC2 console > Allowed AMIs, or aws ec2 replace-image-criteria-in-allowed-images-settings; aws ec2
#       run-instances --image-id AMI
#     azure: >-
#       Portal > Azure compute galleries, or az vm create --image GALLERY_IMAGE; Azure Policy "allowed virtual
#       machine images".
#     aliyun: >-
#       ECS console > Images > MLPS 2.0 Level 3 image, or aliyun ecs ReplaceSystemDisk --InstanceId INSTANCE
#       --ImageId IMAGE
#     terraform: >-
#       aws_instance.ami, azurerm_linux_virtual_machine.source_image_id, alicloud_instance.image_id
#   references:
#     - GB/T 22239-2019 8.2.4.4 a
package mlps.checks.compute.approved_image

applies if is_boolean(input.facts.image.approved)

applies if is_boolean(input.facts.image.deprecated)

deny contains {"at": "image/approved", "args": {"state": "not approved"}} if {
	input.facts.image.approved == false
}

deny contains {"at": "image/deprecated", "args": {"state": "deprecated"}} if {
	input.facts.image.deprecated == true
}
