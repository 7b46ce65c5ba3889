# METADATA
# title: Function URLs and public APIs require authentication
# description: >-
#   A function URL, HTTP trigger or API method that takes requests from the internet asks who sends them: by the
#   cloud's identities, tokens, keys or certificates. Requests for CORS (OPTIONS) are left out.
# custom:
#   id: boundary-function-url
#   title_zh: 函数公网入口和 API 须经身份鉴别
#   description_zh: 函数 URL、HTTP 触发器以及对外开放的 API 方法应启用身份鉴别（云身份、令牌、密钥或证书），不得匿名调用。跨域预检（OPTIONS）请求除外。
#   targets: [compute.function, network.api]
#   facts: [exposure.public, public, authorization]
#   severity: high
#   items: [boundary.access-control]
#   message: "requests from the internet need no authentication"
#   message_zh: "可从互联网匿名调用，未启用身份鉴别"
#   remediation:
#     en: Turn authentication on, or take the function or API off the internet.
#     zh: 启用身份鉴别，或取消公网入口，仅在内网提供服务。
#     aws: >-
#       Lambda console > Functions > the function > Configuration > Function URL > Auth type AWS_IAM, or aws lambda
#       update-function-url-config --function-name NAME --auth-type AWS_IAM and aws lambda remove-permission
#       --function-name NAME --statement-id FunctionURLAllowPublicAccess; API Gateway: aws apigateway update-method
#       --rest-api-id API --resource-id RESOURCE --http-method METHOD --patch-operations
#       op=replace,path=/authorizationType,value=AWS_IAM, then aws apigateway create-deployment; aws apigatewayv2
#       update-route --api-id API --route-id ROUTE --authorization-type JWT --authorizer-id AUTHORIZER.
#     aws_zh: >-
#       Lambda 控制台 > 函数 > 该函数 > 配置 > 函数 URL > 授权类型 AWS_IAM，或执行 aws lambda update-function-url-config --function-name
#       NAME --auth-type AWS_IAM 和 aws lambda remove-permission --function-name NAME --statement-id
#       FunctionURLAllowPublicAccess；API Gateway 执行 aws apigateway update-method --rest-api-id API --resource-id
#       RESOURCE --http-method METHOD --patch-operations op=replace,path=/authorizationType,value=AWS_IAM，再执行 aws
#       apigateway create-deployment；HTTP API 执行 aws apigatewayv2 update-route --api-id API --route-id ROUTE
#       --authorization-type JWT --authorizer-id AUTHORIZER。
#     azure: >-
#       Portal > Function App > the app > Authentication > Add identity provider > Require authentication, or
#       authLevel "function" in function.json; az functionapp config access-restriction add --resource-group RG --name
#       APP --priority 100 --action Allow --ip-address 203.0.113.0/24; API Management: az apim api update
#       --resource-group RG --service-name APIM --api-id API --subscription-required true.
#     azure_zh: >-
#       Azure 门户 > 函数应用 > 该应用 > 身份验证 > 添加标识提供者 > 需要身份验证，或在 function.json 中将 authLevel 设为 "function"；限定来源执行 az
#       functionapp config access-restriction add --resource-group RG --name APP --priority 100 --action Allow
#       --ip-address 203.0.113.0/24；API 管理执行 az apim api update --resource-group RG --service-name APIM --api-id API
#       --subscription-required true。
#     aliyun: >-
#       Function Compute console > Functions > the function > Triggers > the HTTP trigger > Authentication Method, or
#       aliyun fc PUT /2023-03-30/functions/NAME/triggers/TRIGGER --body with authType "function" in triggerConfig;
#       API Gateway console > API List > the API > Security Authentication, or aliyun cloudapi ModifyApi --ApiId API
#       --AuthType APP, then aliyun cloudapi DeployApi.
#     aliyun_zh: >-
#       函数计算控制台 > 函数 > 该函数 > 触发器 > 该 HTTP 触发器 > 认证方式，或执行 aliyun fc PUT /2023-03-30/functions/NAME/triggers/TRIGGER，并在
#       --body 的 triggerConfig 中将 authType 设为 "function"；API 网关控制台 > API 列表 > 该 API > 安全认证，或执行 aliyun cloudapi ModifyApi
#       --ApiId API --AuthType APP，再执行 aliyun cloudapi DeployApi。
#     terraform: >-
#       aws_lambda_function_url.authorization_type = "AWS_IAM", aws_api_gateway_method.authorization,
#       aws_apigatewayv2_route.authorization_type, azurerm_linux_function_app.auth_settings_v2.require_authentication
#       = true, azurerm_api_management_api.subscription_required = true, alicloud_fcv3_trigger.trigger_config with
#       authType, alicloud_api_gateway_api.auth_type = "APP"
#     terraform_zh: >-
#       aws_lambda_function_url.authorization_type = "AWS_IAM", aws_api_gateway_method.authorization,
#       aws_apigatewayv2_route.authorization_type, azurerm_linux_function_app.auth_settings_v2.require_authentication =
#       true, azurerm_api_management_api.subscription_required = true, alicloud_fcv3_trigger.trigger_config 中设置
#       authType, alicloud_api_gateway_api.auth_type = "APP"
#   references: ["GB/T 22239-2019 8.2.3.1 a"]
package mlps.checks.boundary.function_url

# That the function can be invoked by anyone.
deny contains {"at": "exposure/public", "args": {}} if input.facts.exposure.public == true

deny contains {"at": "authorization", "args": {}} if {
	input.facts.public == true
	lower(input.facts.authorization) == "none"
}
