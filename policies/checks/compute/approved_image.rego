# METADATA
# title: Instances run approved, current images
# description: >-
#   Instances start from hardened images that the organisation approves, and not from ones that their maker has
#   withdrawn; so do the templates that new ones are made from. Without a list of approved images only the withdrawal is
#   judged: a pass then does not show that the image is hardened, for which the item asks for evidence in any case.
# custom:
#   id: compute-approved-image
#   title_zh: 实例使用经批准且未弃用的镜像
#   description_zh: 应使用经加固和批准的操作系统镜像，不使用发布方已弃用的镜像，启动模板亦同。未建立批准镜像清单的，仅判定是否弃用，通过不代表镜像已加固，均须另行提供加固佐证。
#   targets: [compute.instance, compute.launch_template]
#   facts: [image.approved, image.deprecated]
#   severity: medium
#   items: [compute.hardened-images]
#   message: "its image: approved {approved}, deprecated {deprecated}"
#   message_zh: "所用镜像：已批准 {approved}，已弃用 {deprecated}"
#   remediation:
#     en: Keep a list of approved, hardened images, and make the instance anew from one of them.
#     zh: 建立经加固、批准的镜像清单，并以其中的镜像重建实例或更换系统盘。
#     aws: >-
#       EC2 console > Dashboard > Account attributes > Allowed AMIs, or aws ec2
#       replace-image-criteria-in-allowed-images-settings --image-criteria ImageProviders=ACCOUNT, then aws ec2
#       enable-allowed-images-settings --allowed-images-settings-state enabled; aws ec2 run-instances --image-id AMI.
#     aws_zh: >-
#       EC2 控制台 > 控制面板 > 账户属性 > 允许的 AMI，或执行 aws ec2 replace-image-criteria-in-allowed-images-settings --image-criteria
#       ImageProviders=ACCOUNT，再执行 aws ec2 enable-allowed-images-settings --allowed-images-settings-state
#       enabled；随后以批准的镜像新建实例：aws ec2 run-instances --image-id AMI。
#     azure: >-
#       Portal > Azure compute galleries > the gallery > Image definitions, with the Azure Policy for allowed virtual
#       machine images (az policy assignment create --policy DEFINITION --scope SCOPE), or az vm create
#       --resource-group GROUP --name VM --image GALLERY_IMAGE.
#     azure_zh: >-
#       Azure 门户 > Azure 计算库 > 该库 > 映像定义，并分配限定允许使用的虚拟机映像的 Azure Policy（az policy assignment create --policy DEFINITION
#       --scope SCOPE），或执行 az vm create --resource-group GROUP --name VM --image GALLERY_IMAGE。
#     aliyun: >-
#       ECS console > Images: the MLPS 2.0 Level 3 image of Alibaba Cloud Linux or a hardened image of your own, or
#       aliyun ecs ReplaceSystemDisk --InstanceId INSTANCE --ImageId IMAGE (stop the instance and back it up first).
#     aliyun_zh: >-
#       ECS 控制台 > 镜像：选用 Alibaba Cloud Linux 等保 2.0 三级版镜像或自有加固镜像，或执行 aliyun ecs ReplaceSystemDisk --InstanceId INSTANCE
#       --ImageId IMAGE（须先停止实例并备份）。
#     terraform: >-
#       aws_ec2_allowed_images_settings and aws_instance.ami, azurerm_linux_virtual_machine.source_image_id,
#       alicloud_instance.image_id
#     terraform_zh: >-
#       aws_ec2_allowed_images_settings 和 aws_instance.ami, azurerm_linux_virtual_machine.source_image_id,
#       alicloud_instance.image_id
#   references:
#     - GB/T 22239-2019 8.2.4.4 a
package mlps.checks.compute.approved_image

# Null: there is no list of approved images.
applies if is_boolean(input.facts.image.approved)

# Null: the cloud does not tell.
applies if is_boolean(input.facts.image.deprecated)

deny contains {"at": "image/approved", "args": {"approved": false, "deprecated": _deprecated}} if {
	input.facts.image.approved == false
}

deny contains {"at": "image/deprecated", "args": {"approved": _approved, "deprecated": true}} if {
	input.facts.image.deprecated == true
}

# "?" where it is not known, or the cloud has no such thing.
default _approved := "?"

_approved := input.facts.image.approved if is_boolean(input.facts.image.approved)

default _deprecated := "?"

_deprecated := input.facts.image.deprecated if is_boolean(input.facts.image.deprecated)
