# METADATA
# title: TLS 1.2 or newer is required
# description: >-
#   TLS 1.0 and 1.1, and SSL before them, are broken and withdrawn. Listeners, CDN domains, APIs, sites and functions,
#   buckets, databases, caches and queues accept TLS 1.2 or newer only. At level 4 the predefined policies of listeners
#   and CloudFront may not allow suites without forward secrecy either, which is stricter than Alibaba Cloud's rule for
#   listeners; the suites of policies of one's own are not looked at. Its rule for CDN asks that TLS 1.3 is on; here the
#   oldest version counts.
# custom:
#   id: network-tls-version
#   title_zh: 仅支持 TLS 1.2 及以上版本
#   description_zh: >-
#     SSL、TLS 1.0 和 TLS 1.1 存在已知缺陷且已被废止。负载均衡监听、CDN 域名、API、站点和函数、存储桶、数据库、缓存和消息队列应仅接受
#     TLS 1.2 及以上版本；四级系统的监听和 CDN 还不得采用允许非前向保密加密套件的预置安全策略，自定义策略的套件不在检查范围内。
#   targets:
#     - network.load_balancer
#     - network.cdn
#     - network.api
#     - compute.function
#     - storage.bucket
#     - database.instance
#     - queue.topic
#   facts: [listeners.tls.minimum, listeners.tls.policy, viewer_tls.minimum, viewer_tls.policy, tls.minimum]
#   severity: high
#   items: ["g:network.transport-confidentiality", "g:data.transport-confidentiality"]
#   message: "accepts {found}; needed: {needed}"
#   message_zh: "接受 {found}，应为 {needed}"
#   words_zh:
#     found: {plaintext: 明文}
#     needed: {"ECDHE, DHE": 前向保密套件（ECDHE、DHE）}
#   remediation:
#     en: Choose a TLS policy that starts at TLS 1.2; at level 4 one with forward secrecy throughout.
#     zh: 选择最低版本为 TLS 1.2 的安全策略；四级系统选用全部套件均支持前向保密的策略。
#     aws: >-
#       EC2 console > Load Balancers > the balancer > Listeners > Security policy, or aws elbv2 modify-listener
#       --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-2021-06; CloudFront: MinimumProtocolVersion
#       TLSv1.2_2021 by aws cloudfront update-distribution; aws apigateway update-domain-name --domain-name NAME
#       --patch-operations op=replace,path=/securityPolicy,value=TLS_1_2; buckets: a Deny on s3:TlsVersion below 1.2 by
#       aws s3api put-bucket-policy; RDS: aws rds modify-db-parameter-group with ssl_min_protocol_version or
#       tls_version.
#     aws_zh: >-
#       EC2 控制台 > 负载均衡器 > 该负载均衡器 > 侦听器 > 安全策略，或执行 aws elbv2 modify-listener --listener-arn ARN --ssl-policy
#       ELBSecurityPolicy-TLS13-1-2-Res-2021-06；CloudFront 执行 aws cloudfront update-distribution，将
#       MinimumProtocolVersion 设为 TLSv1.2_2021；API Gateway 执行 aws apigateway update-domain-name --domain-name NAME
#       --patch-operations op=replace,path=/securityPolicy,value=TLS_1_2；存储桶执行 aws s3api put-bucket-policy，对
#       s3:TlsVersion 低于 1.2 的请求设为 Deny；RDS 执行 aws rds modify-db-parameter-group，设置 ssl_min_protocol_version 或
#       tls_version。
#     azure: >-
#       Portal > the storage account > Configuration > Minimum TLS version, or az storage account update --name ACCOUNT
#       --resource-group RG --min-tls-version TLS1_2; az sql server update --name SERVER --resource-group RG
#       --minimal-tls-version 1.2; az redis update --name NAME --resource-group RG --set minimumTlsVersion=1.2; az
#       network application-gateway ssl-policy set --resource-group RG --gateway-name GW --policy-type Predefined --name
#       AppGwSslPolicy20220101S; az webapp config set --resource-group RG --name APP --min-tls-version 1.2; az eventhubs
#       namespace update --resource-group RG --name NAMESPACE --minimum-tls-version 1.2.
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 配置 > 最低 TLS 版本，或执行 az storage account update --name ACCOUNT --resource-group RG
#       --min-tls-version TLS1_2；SQL 执行 az sql server update --name SERVER --resource-group RG --minimal-tls-version
#       1.2；Redis 执行 az redis update --name NAME --resource-group RG --set minimumTlsVersion=1.2；应用程序网关执行 az network
#       application-gateway ssl-policy set --resource-group RG --gateway-name GW --policy-type Predefined --name
#       AppGwSslPolicy20220101S；应用服务执行 az webapp config set --resource-group RG --name APP --min-tls-version 1.2；事件中心执行
#       az eventhubs namespace update --resource-group RG --name NAMESPACE --minimum-tls-version 1.2。
#     aliyun: >-
#       CLB console > the instance > Listener > the HTTPS listener > TLS Security Policy, or aliyun slb
#       SetLoadBalancerHTTPSListenerAttribute --RegionId REGION --LoadBalancerId LB --ListenerPort 443 --TLSCipherPolicy
#       tls_cipher_policy_1_2_strict; ALB: aliyun alb UpdateListenerAttribute --ListenerId LISTENER --SecurityPolicyId
#       tls_cipher_policy_1_2_strict; CDN console > the domain > HTTPS > TLS Version; OSS console > bucket > Transport
#       Layer Security: TLS 1.2 and newer; RDS console > the instance > Parameters > the TLS versions; API Gateway
#       console > API Groups > HTTPS Security Policy, or aliyun cloudapi ModifyApiGroupNetworkPolicy --GroupId GROUP
#       --HttpsPolicy HTTPS2_TLS1_2.
#     aliyun_zh: >-
#       CLB 控制台 > 该实例 > 监听 > 该 HTTPS 监听 > TLS 安全策略，或执行 aliyun slb SetLoadBalancerHTTPSListenerAttribute --RegionId
#       REGION --LoadBalancerId LB --ListenerPort 443 --TLSCipherPolicy tls_cipher_policy_1_2_strict；ALB 执行 aliyun alb
#       UpdateListenerAttribute --ListenerId LISTENER --SecurityPolicyId tls_cipher_policy_1_2_strict；CDN 控制台 > 该域名 >
#       HTTPS 配置 > TLS 版本；OSS 控制台 > 该 Bucket > 传输层安全：TLS 1.2 及以上版本；RDS 控制台 > 该实例 > 参数设置 > TLS 版本；API 网关控制台 > API 分组 >
#       HTTPS 安全策略，或执行 aliyun cloudapi ModifyApiGroupNetworkPolicy --GroupId GROUP --HttpsPolicy HTTPS2_TLS1_2。
#     terraform: >-
#       aws_lb_listener.ssl_policy, aws_cloudfront_distribution.viewer_certificate.minimum_protocol_version,
#       aws_api_gateway_domain_name.security_policy; azurerm_storage_account.min_tls_version,
#       azurerm_mssql_server.minimum_tls_version, azurerm_redis_cache.minimum_tls_version,
#       azurerm_application_gateway.ssl_policy, azurerm_linux_web_app.site_config.minimum_tls_version,
#       azurerm_eventhub_namespace.minimum_tls_version; alicloud_slb_listener.tls_cipher_policy,
#       alicloud_alb_listener.security_policy_id, alicloud_api_gateway_instance.https_policy
#   references:
#     - GB/T 22239-2019 8.1.2.2 b
#     - GB/T 22239-2019 8.1.4.8 a
#     - "Alibaba Cloud Config: slb-all-listenter-tls-policy-check"
#     - "Alibaba Cloud Config: cdn-domain-tls13-enabled"
#     - "Alibaba Cloud Config: rds-instance-tls-version-check"
#     - "Alibaba Cloud Config: api-gateway-group-https-policy-check"
package mlps.checks.network.tls_version

_too_low := {"none": "plaintext", "ssl3": "SSL 3", "1.0": "TLS 1.0", "1.1": "TLS 1.1"}

# Predefined policies from TLS 1.2 on whose suites are not all of ephemeral keys (documentation of each service).
_without_forward_secrecy := {
	"ELBSecurityPolicy-TLS-1-2-2017-01",
	"ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
	"TLSv1.2_2018",
	"AppGwSslPolicy20170401S",
	"tls_cipher_policy_1_2",
}

# A load balancer applies where a listener speaks TLS, a function where it is called over HTTP; the others always do.
applies if is_object(input.facts.tls)

applies if input.facts.viewer_tls

applies if {
	some listener in input.facts.listeners
	is_object(listener.tls)
}

deny contains {"at": sprintf("listeners/%d/tls/minimum", [i]), "args": _version(listener.tls.minimum)} if {
	some i, listener in input.facts.listeners
	listener.tls.minimum in object.keys(_too_low)
}

deny contains {"at": "viewer_tls/minimum", "args": _version(input.facts.viewer_tls.minimum)} if {
	input.facts.viewer_tls.minimum in object.keys(_too_low)
}

deny contains {"at": "tls/minimum", "args": _version(input.facts.tls.minimum)} if {
	input.facts.tls.minimum in object.keys(_too_low)
}

deny contains {"at": sprintf("listeners/%d/tls/policy", [i]), "args": _policy(listener.tls.policy)} if {
	input.level >= 4
	some i, listener in input.facts.listeners
	_lacks_forward_secrecy(listener.tls.policy)
}

deny contains {"at": "viewer_tls/policy", "args": _policy(input.facts.viewer_tls.policy)} if {
	input.level >= 4
	_lacks_forward_secrecy(input.facts.viewer_tls.policy)
}

_lacks_forward_secrecy(policy) if policy in _without_forward_secrecy

# Ext1 and Ext2 of every year, also those of FIPS and post-quantum: they add RSA key exchange.
_lacks_forward_secrecy(policy) if {
	is_string(policy)
	startswith(policy, "ELBSecurityPolicy-TLS13-1-2-Ext")
	not startswith(policy, "ELBSecurityPolicy-TLS13-1-2-Ext0-")
}

_version(version) := {"found": _too_low[version], "needed": "≥ TLS 1.2"}

_policy(policy) := {"found": policy, "needed": "ECDHE, DHE"}
