# METADATA
# title: Instances boot verified, where the platform can
# description: >-
#   From level 3 on, the boot chain is verified from a root of trust: secure boot and a virtual TPM, where the
#   kind of machine has them.
# custom:
#   id: compute-trusted-boot
#   title_zh: 实例启用可信启动
#   description_zh: 三级起可基于可信根对系统引导程序、系统程序等进行可信验证。实例规格支持的，应启用安全启动和虚拟可信平台模块（vTPM）。
#   targets: [compute.instance]
#   facts: [secure_boot, vtpm]
#   severity: low
#   items: ["g:compute.trusted", "g:boundary.device-trust"]
#   message: "{feature} is off"
#   message_zh: "未启用 {feature}"
#   remediation:
#     en: Use images and kinds of machines with secure boot and a vTPM, and turn both on.
#     zh: 选用支持安全启动和 vTPM 的镜像与规格并启用。
#     aws: >-
#       Register the image with UEFI and NitroTPM: aws ec2 register-image --boot-mode uefi --tpm-support v2.0
#       --uefi-data DATA; EC2 console > AMIs.
#     azure: >-
#       Portal > Create a virtual machine > Security type: Trusted launch, or az vm update --resource-group
#       GROUP --name VM --enable-secure-boot true --enable-vtpm true
#     aliyun: >-
#       ECS console > Create > Trusted System, or aliyun ecs RunInstances --SecurityOptions.TrustedSystemMode
#       vTPM
#     terraform: >-
#       aws_ami.tpm_support, azurerm_linux_virtual_machine.secure_boot_enabled and vtpm_enabled
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

deny contains {"at": "secure_boot", "args": {"feature": "secure boot"}} if {
	input.level >= 3
	input.facts.secure_boot == false
}

deny contains {"at": "vtpm", "args": {"feature": "vTPM"}} if {
	input.level >= 3
	input.facts.vtpm == false
}
