# METADATA
# title: Instances boot verified, where the platform can
# description: >-
#   From level 3 on, the boot chain is verified from a root of trust: secure boot and a virtual TPM, where the
#   kind of machine has them. The standard says that this may be done, not that it must.
# custom:
#   id: compute-trusted-boot
#   title_zh: 实例启用可信启动
#   description_zh: 三级起可基于可信根对系统引导程序、系统程序等进行可信验证（标准用语为“可”）。实例规格支持的，应启用安全启动和虚拟可信平台模块（vTPM），并将验证结果送至安全管理中心。
#   targets: [compute.instance]
#   facts: [secure_boot, vtpm]
#   severity: low
#   items: ["g:compute.trusted", "g:boundary.device-trust"]
#   message: "{feature} is off"
#   message_zh: "未启用 {feature}"
#   words_zh:
#     feature: {UEFI Secure Boot: UEFI 安全启动}
#   remediation:
#     en: Use images and kinds of machines with secure boot and a vTPM, and turn both on.
#     zh: 选用支持安全启动和 vTPM 的镜像与实例规格，并启用两者。
#     aws: >-
#       EC2 console > AMIs > Launch instance from AMI, with an image whose boot mode is UEFI and whose TPM support is
#       v2.0: aws ec2 register-image --name NAME --architecture x86_64 --boot-mode uefi --tpm-support v2.0 --uefi-data
#       DATA --root-device-name DEVICE --block-device-mappings MAPPINGS; aws ec2 describe-instance-types --filters
#       Name=nitro-tpm-support,Values=supported names the kinds of machines.
#     aws_zh: >-
#       EC2 控制台 > AMI > 从 AMI 启动实例，选用启动模式为 UEFI 且 TPM 支持为 v2.0 的镜像：aws ec2 register-image --name NAME --architecture
#       x86_64 --boot-mode uefi --tpm-support v2.0 --uefi-data DATA --root-device-name DEVICE --block-device-mappings
#       MAPPINGS；支持的实例类型由 aws ec2 describe-instance-types --filters Name=nitro-tpm-support,Values=supported 查询。
#     azure: >-
#       Portal > the virtual machine (stopped) > Settings > Configuration > Security type: Trusted launch, or az vm
#       update --resource-group GROUP --name VM --security-type TrustedLaunch --enable-secure-boot true --enable-vtpm
#       true
#     azure_zh: >-
#       Azure 门户 > 该虚拟机（已停止）> 设置 > 配置 > 安全类型：受信任启动，或执行 az vm update --resource-group GROUP --name VM --security-type
#       TrustedLaunch --enable-secure-boot true --enable-vtpm true。
#     aliyun: >-
#       ECS console > Instances > Create Instance > Image > Trusted System, or aliyun ecs RunInstances
#       --SecurityOptions.TrustedSystemMode vTPM with a UEFI image on a family that has it (g7, c7, r7 and the
#       security-enhanced ones); Security Center shows the state of trusted instances.
#     aliyun_zh: >-
#       ECS 控制台 > 实例 > 创建实例 > 镜像 > 可信系统，或在支持的规格族（g7、c7、r7 及安全增强型）上以 UEFI 镜像执行 aliyun ecs RunInstances
#       --SecurityOptions.TrustedSystemMode vTPM；可信实例的状态可在云安全中心查看。
#     terraform: >-
#       aws_ami.tpm_support = "v2.0", boot_mode = "uefi" and uefi_data;
#       azurerm_linux_virtual_machine.secure_boot_enabled and vtpm_enabled; alicloud_instance: an image and an
#       instance_type that have them
#     terraform_zh: >-
#       aws_ami.tpm_support = "v2.0", boot_mode = "uefi" 和 uefi_data; azurerm_linux_virtual_machine.secure_boot_enabled
#       和 vtpm_enabled; alicloud_instance 选用支持可信系统的镜像和 instance_type
#   references:
#     - GB/T 22239-2019 8.1.4.6
package mlps.checks.compute.trusted_boot

# Null: this kind of machine has no such thing.
applies if {
	input.level >= 3
	is_boolean(input.facts.secure_boot)
}

applies if {
	input.level >= 3
	is_boolean(input.facts.vtpm)
}

deny contains {"at": "secure_boot", "args": {"feature": "UEFI Secure Boot"}} if {
	input.level >= 3
	input.facts.secure_boot == false
}

deny contains {"at": "vtpm", "args": {"feature": "vTPM"}} if {
	input.level >= 3
	input.facts.vtpm == false
}
