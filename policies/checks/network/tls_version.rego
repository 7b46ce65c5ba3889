# METADATA
# title: TLS 1.2 or newer is required
# description: >-
#   TLS 1.0 and 1.1, and SSL before them, are broken and withdrawn. Listeners, buckets and databases accept TLS 1.2
#   or newer only.
# custom:
#   id: network-tls-version
#   title_zh: 仅支持 TLS 1.2 及以上版本
#   description_zh: SSL、TLS 1.0 和 TLS 1.1 存在已知缺陷且已被废止。负载均衡监听、存储桶和数据库应仅接受 TLS 1.2 及以上版本。
#   targets: [network.load_balancer, storage.bucket, database.instance]
#   facts: [listeners.tls.minimum, tls.minimum]
#   severity: high
#   items: ["g:network.transport-confidentiality"]
#   message: "accepts TLS version {version}; the lowest allowed is {lowest}"
#   message_zh: "接受的最低 TLS 版本为 {version}，应不低于 {lowest}"
#   remediation:
#     en: Choose a TLS policy that starts at TLS 1.2.
#     zh: 选择最低版本为 TLS 1.2 的安全策略。
#     aws: >-
#       aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06; buckets: a
#       Deny on s3:TlsVersion below 1.2; RDS: ssl_min_protocol_version or tls_version in the parameter group.
#     azure: >-
#       az storage account update --name ACCOUNT --min-tls-version TLS1_2; az sql server update
#       --minimal-tls-version 1.2; application gateway: ssl-policy AppGwSslPolicy20220101.
#     aliyun: >-
#       aliyun slb SetLoadBalancerHTTPSListenerAttribute --TLSCipherPolicy tls_cipher_policy_1_2; OSS console >
#       bucket > Transport Layer Security: TLS 1.2 and newer; RDS: force_ssl and the TLS versions parameter.
#     terraform: >-
#       aws_lb_listener.ssl_policy, azurerm_storage_account.min_tls_version,
#       azurerm_mssql_server.minimum_tls_version, alicloud_slb_listener.tls_cipher_policy
#   references: ["GB/T 22239-2019 8.1.2.2 b"]
package mlps.checks.network.tls_version

_lowest := "1.2"

_too_low := {"none", "ssl3", "1.0", "1.1"}

# A load balancer applies where a listener speaks TLS; buckets and databases always do.
applies if input.facts.tls

applies if {
	some listener in input.facts.listeners
	is_object(listener.tls)
}

deny contains {"at": sprintf("listeners/%d/tls/minimum", [i]), "args": _args(listener.tls.minimum)} if {
	some i, listener in input.facts.listeners
	listener.tls.minimum in _too_low
}

deny contains {"at": "tls/minimum", "args": _args(input.facts.tls.minimum)} if {
	input.facts.tls.minimum in _too_low
}

_args(version) := {"version": version, "lowest": _lowest}
