# METADATA
# title: Public listeners speak TLS; plain HTTP only redirects
# description: >-
#   Whatever users send over plain HTTP can be read and changed on the way. A public listener speaks HTTPS, and one
#   for HTTP does no more than redirect to it.
# custom:
#   id: network-tls-listener
#   title_zh: 公网监听使用 HTTPS，HTTP 仅作跳转
#   description_zh: HTTP 明文传输的数据可被窃听和篡改。面向用户的公网监听应使用 HTTPS，HTTP 监听只用于跳转到 HTTPS。
#   targets: [network.load_balancer]
#   facts: [scheme, listeners.port, listeners.protocol, listeners.redirect_to_https]
#   severity: high
#   items: ["g:network.transport-integrity", "g:network.transport-confidentiality"]
#   message: "the public listener on port {port} answers over plain HTTP"
#   message_zh: "公网监听端口 {port} 以 HTTP 明文提供服务"
#   remediation:
#     en: Add an HTTPS listener with a certificate, and let the HTTP listener redirect to it.
#     zh: 新增配置证书的 HTTPS 监听，并将 HTTP 监听设置为跳转到 HTTPS。
#     aws: >-
#       aws elbv2 modify-listener --listener-arn ARN --default-actions
#       Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}
#     azure: >-
#       az network application-gateway redirect-config create --gateway-name GW --name to-https --type Permanent
#       --target-listener HTTPS_LISTENER, then set it on the rule of the HTTP listener.
#     aliyun: >-
#       aliyun slb CreateLoadBalancerHTTPListener with --ListenerForward on --ForwardPort 443; ALB console >
#       Listeners > forwarding rule: Redirect to HTTPS.
#     terraform: >-
#       aws_lb_listener.default_action.redirect, azurerm_application_gateway.redirect_configuration,
#       alicloud_slb_listener.listener_forward, alicloud_alb_listener.default_actions
#   references: ["GB/T 22239-2019 8.1.2.2 a", "GB/T 22239-2019 8.1.2.2 b"]
package mlps.checks.network.tls_listener

applies if input.facts.scheme == "public"

deny contains {"at": sprintf("listeners/%d/protocol", [i]), "args": {"port": object.get(listener, "port", "?")}} if {
	input.facts.scheme == "public"
	some i, listener in input.facts.listeners
	listener.protocol == "http"
	listener.redirect_to_https == false
}
