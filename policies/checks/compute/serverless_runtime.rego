# METADATA
# title: Functions run on supported runtimes
# description: >-
#   A runtime that its maker no longer supports gets no fixes. Secrets do not stand in the environment of a
#   function.
# custom:
#   id: compute-serverless-runtime
#   title_zh: 函数使用受支持的运行时
#   description_zh: 停止支持的运行时不再获得安全修复，应及时升级；函数环境变量中不得存放密钥、口令等敏感信息。
#   targets: [compute.function]
#   facts: [runtime, runtime_supported, environment_secrets]
#   severity: medium
#   items: ["g:compute.vulnerabilities"]
#   message: "{found}"
#   message_zh: "函数运行环境存在问题：{found}"
#   remediation:
#     en: Move the function to a supported runtime, and its secrets to a secret store.
#     zh: 将函数升级到受支持的运行时，敏感信息改用凭据管理服务。
#     aws: >-
#       Lambda console > the function > Runtime settings, or aws lambda update-function-configuration
#       --function-name F --runtime RUNTIME
#     azure: >-
#       Portal > the function app > Configuration > General settings, or az functionapp config set
#       --resource-group GROUP --name APP --linux-fx-version "PYTHON|3.12"
#     aliyun: >-
#       Function Compute console > the function > Configuration > Runtime, or s deploy with another runtime
#     terraform: >-
#       aws_lambda_function.runtime, azurerm_linux_function_app.site_config, alicloud_fcv3_function.runtime
#   references:
#     - GB/T 22239-2019 8.1.4.4 e
package mlps.checks.compute.serverless_runtime

deny contains {"at": "runtime_supported", "args": {"found": sprintf("runtime %s", [input.facts.runtime])}} if {
	input.facts.runtime_supported == false
	is_string(input.facts.runtime)
}

deny contains {"at": "environment_secrets", "args": {"found": "secrets"}} if {
	input.facts.environment_secrets == true
}
