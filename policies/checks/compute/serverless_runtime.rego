# METADATA
# title: Functions run on supported runtimes, without secrets in their environment
# description: >-
#   A runtime that its maker no longer supports gets no fixes. Secrets do not stand in the environment of a
#   function, where everybody who may read its configuration sees them. Of a function that brings a container image of
#   its own only the environment is judged: scan the image in its registry.
# custom:
#   id: compute-serverless-runtime
#   title_zh: 函数使用受支持的运行时且环境变量不含敏感信息
#   description_zh: 停止支持的运行时不再获得安全修复，应及时升级；凡可读取函数配置的人员均可看到环境变量，其中不得存放密钥、口令等敏感信息。以自定义镜像运行的函数仅判定环境变量，其镜像应在镜像仓库中扫描。
#   targets: [compute.function]
#   facts: [runtime, runtime_supported, environment_secrets]
#   severity: medium
#   items: ["g:compute.vulnerabilities"]
#   message: "runtime {runtime}: supported {supported}; secrets in the environment: {secrets}"
#   message_zh: "运行时 {runtime}：受支持 {supported}；环境变量含敏感信息：{secrets}"
#   remediation:
#     en: >-
#       Move the function to a supported runtime, and its secrets to a secret store; change the secrets that stood
#       there.
#     zh: 将函数升级到受支持的运行时；敏感信息改由凭据管理服务提供，并更换已暴露的密钥和口令。
#     aws: >-
#       Lambda console > Functions > the function > Code > Runtime settings > Edit, or aws lambda
#       update-function-configuration --function-name NAME --runtime RUNTIME; Configuration > Environment variables,
#       with the secrets in aws secretsmanager create-secret.
#     aws_zh: >-
#       Lambda 控制台 > 函数 > 该函数 > 代码 > 运行时设置 > 编辑，或执行 aws lambda update-function-configuration --function-name NAME
#       --runtime RUNTIME；配置 > 环境变量，敏感信息改存于 aws secretsmanager create-secret 创建的凭据中。
#     azure: >-
#       Portal > the function app > Settings > Configuration > General settings, or az functionapp config set
#       --resource-group GROUP --name APP --linux-fx-version "PYTHON|3.12"; Key Vault references in place of secrets: az
#       functionapp config appsettings set --resource-group GROUP --name APP --settings
#       "NAME=@Microsoft.KeyVault(SecretUri=URI)"
#     azure_zh: >-
#       Azure 门户 > 该函数应用 > 设置 > 配置 > 常规设置，或执行 az functionapp config set --resource-group GROUP --name APP
#       --linux-fx-version "PYTHON|3.12"；以 Key Vault 引用取代敏感信息：az functionapp config appsettings set --resource-group
#       GROUP --name APP --settings "NAME=@Microsoft.KeyVault(SecretUri=URI)"。
#     aliyun: >-
#       Function Compute console > Functions > the function > Configuration > Runtime > Edit, or aliyun fc PUT
#       /2023-03-30/functions/NAME --body '{"runtime":"RUNTIME"}'; Environment Variables, with the secrets in KMS:
#       aliyun kms CreateSecret --SecretName NAME --SecretData DATA --VersionId V1
#     aliyun_zh: >-
#       函数计算控制台 > 函数 > 该函数 > 配置 > 运行时 > 编辑，或执行 aliyun fc PUT /2023-03-30/functions/NAME --body
#       '{"runtime":"RUNTIME"}'；环境变量中的敏感信息改存于 KMS 凭据：aliyun kms CreateSecret --SecretName NAME --SecretData DATA
#       --VersionId V1。
#     terraform: >-
#       aws_lambda_function.runtime and environment, azurerm_linux_function_app: site_config { application_stack } and
#       app_settings, alicloud_fcv3_function.runtime and environment_variables
#     terraform_zh: >-
#       aws_lambda_function.runtime 和 environment, azurerm_linux_function_app 的 site_config { application_stack } 和
#       app_settings, alicloud_fcv3_function.runtime 和 environment_variables
#   references:
#     - GB/T 22239-2019 8.1.4.4 e
package mlps.checks.compute.serverless_runtime

deny contains {"at": "runtime_supported", "args": _args} if {
	input.facts.runtime_supported == false
}

deny contains {"at": "environment_secrets", "args": _args} if {
	input.facts.environment_secrets == true
}

_args := {"runtime": _runtime, "supported": _supported, "secrets": _secrets}

# "?" where it is not known, or the function brings its own.
default _runtime := "?"

_runtime := input.facts.runtime if is_string(input.facts.runtime)

default _supported := "?"

_supported := input.facts.runtime_supported if is_boolean(input.facts.runtime_supported)

default _secrets := "?"

_secrets := input.facts.environment_secrets if is_boolean(input.facts.environment_secrets)
