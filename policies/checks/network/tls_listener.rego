# METADATA
# title: Public entries speak TLS; plain HTTP only redirects
# description: >-
#   Whatever users send over plain HTTP can be read and changed on the way. Public listeners, CDN domains, public APIs,
#   and sites and functions that are called over HTTP speak HTTPS, and plain HTTP does no more than redirect to it; a
#   CDN fetches from its origin over HTTPS too. What passes a TCP listener untouched is not looked into. Stricter than
#   Alibaba Cloud's rule, which is content with an HTTPS listener beside one for plain HTTP; private listeners are left
#   out.
# custom:
#   id: network-tls-listener
#   title_zh: 公网入口使用 HTTPS，HTTP 仅作跳转
#   description_zh: >-
#     HTTP 明文传输的数据可被窃听和篡改。面向用户的公网监听、CDN 域名、API，以及通过 HTTP 访问的站点和函数应使用
#     HTTPS，HTTP 只用于跳转到 HTTPS；CDN 回源也应使用 HTTPS。TCP 监听透传的内容无法判断，不作检查。
#   targets: [network.load_balancer, network.cdn, network.api, compute.function]
#   facts:
#     - scheme
#     - listeners.port
#     - listeners.protocol
#     - listeners.redirect_to_https
#     - viewer_tls.required
#     - origin_https
#     - public
#     - tls.required
#   severity: high
#   items:
#     - "g:network.transport-integrity"
#     - "g:network.transport-confidentiality"
#     - "g:data.transport-integrity"
#     - "g:data.transport-confidentiality"
#   message: "plain HTTP is served: {entry}"
#   message_zh: "以 HTTP 明文提供服务：{entry}"
#   words_zh:
#     entry: {CDN origin: CDN 回源, port: 端口, site or function: 站点或函数}
#   remediation:
#     en: Add an HTTPS listener with a certificate, and let plain HTTP redirect to it.
#     zh: 新增配置证书的 HTTPS 监听，并将 HTTP 访问跳转到 HTTPS。
#     aws: >-
#       EC2 console > Load Balancers > the balancer > Listeners > Edit > Redirect to URL, or aws elbv2 modify-listener
#       --listener-arn ARN --default-actions Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301};
#       CloudFront console > the distribution > Behaviors > Redirect HTTP to HTTPS, and Origins > HTTPS only, or aws
#       cloudfront update-distribution --id ID --if-match ETAG --distribution-config file://config.json. API Gateway
#       takes HTTPS only.
#     aws_zh: >-
#       EC2 控制台 > 负载均衡器 > 该负载均衡器 > 侦听器 > 编辑 > 重定向到 URL，或执行 aws elbv2 modify-listener --listener-arn ARN
#       --default-actions Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}；CloudFront 控制台 >
#       该分配 > 行为 > 将 HTTP 重定向到 HTTPS，源 > 仅 HTTPS，或执行 aws cloudfront update-distribution --id ID --if-match ETAG
#       --distribution-config file://config.json。API Gateway 仅接受 HTTPS。
#     azure: >-
#       Portal > Application gateways > the gateway > Rules > Redirection, or az network application-gateway
#       redirect-config create --resource-group RG --gateway-name GW --name to-https --type Permanent --target-listener
#       HTTPS_LISTENER, then set it on the rule of the HTTP listener; Front Door: az afd route update --https-redirect
#       Enabled --forwarding-protocol HttpsOnly --resource-group RG --profile-name PROFILE --endpoint-name ENDPOINT
#       --route-name ROUTE; az apim api update --resource-group RG --service-name APIM --api-id API --protocols https;
#       App Service: az webapp update --resource-group RG --name APP --https-only true.
#     azure_zh: >-
#       Azure 门户 > 应用程序网关 > 该网关 > 规则 > 重定向，或执行 az network application-gateway redirect-config create --resource-group RG
#       --gateway-name GW --name to-https --type Permanent --target-listener HTTPS_LISTENER，再将其设置到 HTTP 侦听器的规则上；Front
#       Door 执行 az afd route update --https-redirect Enabled --forwarding-protocol HttpsOnly --resource-group RG
#       --profile-name PROFILE --endpoint-name ENDPOINT --route-name ROUTE；API 管理执行 az apim api update --resource-group
#       RG --service-name APIM --api-id API --protocols https；应用服务执行 az webapp update --resource-group RG --name APP
#       --https-only true。
#     aliyun: >-
#       CLB console > the instance > Listener > the HTTP listener > Redirection, or aliyun slb
#       CreateLoadBalancerHTTPListener --RegionId REGION --LoadBalancerId LB --ListenerPort 80 --ListenerForward on
#       --ForwardPort 443; ALB console > Listeners > forwarding rule: Redirect to HTTPS; CDN console > Domain Names >
#       the domain > HTTPS > Force Redirect, and Origin Fetch > Origin Protocol Policy HTTPS, or aliyun cdn
#       BatchSetCdnDomainConfig --DomainNames DOMAIN --Functions FUNCTIONS with https_force and forward_scheme; API
#       Gateway: aliyun cloudapi ModifyApi with the protocol HTTPS.
#     aliyun_zh: >-
#       CLB 控制台 > 该实例 > 监听 > 该 HTTP 监听 > 监听转发，或执行 aliyun slb CreateLoadBalancerHTTPListener --RegionId REGION
#       --LoadBalancerId LB --ListenerPort 80 --ListenerForward on --ForwardPort 443；ALB 控制台 > 监听 > 转发规则：重定向至 HTTPS；CDN
#       控制台 > 域名管理 > 该域名 > HTTPS 配置 > 强制跳转，以及回源配置 > 回源协议 HTTPS，或执行 aliyun cdn BatchSetCdnDomainConfig --DomainNames
#       DOMAIN --Functions FUNCTIONS，其中包含 https_force 和 forward_scheme；API 网关执行 aliyun cloudapi ModifyApi，将协议设为 HTTPS。
#     terraform: >-
#       aws_lb_listener.default_action.redirect,
#       aws_cloudfront_distribution.default_cache_behavior.viewer_protocol_policy and
#       origin.custom_origin_config.origin_protocol_policy; azurerm_application_gateway.redirect_configuration,
#       azurerm_cdn_frontdoor_route.https_redirect_enabled, azurerm_api_management_api.protocols,
#       azurerm_linux_web_app.https_only;
#       alicloud_slb_listener.listener_forward, alicloud_alb_listener.default_actions,
#       alicloud_cdn_domain_config.function_name = "https_force", alicloud_api_gateway_api.request_config.protocol
#     terraform_zh: >-
#       aws_lb_listener.default_action.redirect,
#       aws_cloudfront_distribution.default_cache_behavior.viewer_protocol_policy 和
#       origin.custom_origin_config.origin_protocol_policy; azurerm_application_gateway.redirect_configuration,
#       azurerm_cdn_frontdoor_route.https_redirect_enabled, azurerm_api_management_api.protocols,
#       azurerm_linux_web_app.https_only;
#       alicloud_slb_listener.listener_forward, alicloud_alb_listener.default_actions,
#       alicloud_cdn_domain_config.function_name = "https_force", alicloud_api_gateway_api.request_config.protocol
#   references:
#     - GB/T 22239-2019 8.1.2.2 a
#     - GB/T 22239-2019 8.1.2.2 b
#     - GB/T 22239-2019 8.1.4.7 a
#     - GB/T 22239-2019 8.1.4.8 a
#     - High-risk case 6.2.2.1
#     - "Alibaba Cloud Config: slb-listener-https-enabled"
package mlps.checks.network.tls_listener

applies if input.facts.scheme == "public"

applies if input.facts.public == true

applies if input.type == "network.cdn"

# Also in a private network, as for buckets and databases: who may call a site says nothing of the way there.
applies if {
	input.type == "compute.function"
	is_object(input.facts.tls)
}

deny contains {"at": sprintf("listeners/%d/protocol", [i]), "args": args} if {
	input.facts.scheme == "public"
	some i, listener in input.facts.listeners
	listener.protocol == "http"
	listener.redirect_to_https == false
	args := {"entry": sprintf("port %v", [object.get(listener, "port", "?")])}
}

deny contains {"at": "viewer_tls/required", "args": {"entry": "CDN"}} if input.facts.viewer_tls.required == false

deny contains {"at": "origin_https", "args": {"entry": "CDN origin"}} if input.facts.origin_https == false

deny contains {"at": "tls/required", "args": {"entry": "site or function"}} if {
	input.type == "compute.function"
	input.facts.tls.required == false
}

deny contains {"at": "tls/required", "args": {"entry": "API"}} if {
	input.facts.public == true
	input.facts.tls.required == false
}
