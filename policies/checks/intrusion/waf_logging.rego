# METADATA
# title: Access logs of load balancers, WAFs, APIs and CDNs are on and kept
# description: >-
#   The records of who asked for what show attacks and are the audit of the boundary. Load balancers with HTTP, HTTPS
#   or TLS listeners, WAFs, API gateways and CDNs log, and from level 2 on the logs are kept 180 days.
# custom:
#   id: intrusion-waf-logging
#   title_zh: 负载均衡、WAF、API 网关和 CDN 访问日志已启用并按期留存
#   description_zh: 访问日志用于发现攻击，也是边界审计的依据。具有 HTTP、HTTPS、TLS 监听的负载均衡以及 WAF、API 网关、CDN 应启用访问日志，二级及以上系统留存不少于 180 天。
#   targets: [network.load_balancer, network.waf, network.api, network.cdn]
#   facts:
#     - listeners.protocol
#     - access_log.enabled
#     - access_log.retention_days
#     - logging.enabled
#     - logging.retention_days
#   severity: medium
#   items: [boundary.detect-tenant-attacks, "g:boundary.audit", "g:boundary.audit-content"]
#   message: "the access log is kept {days} days; level {level} needs {limit} (0: no log)"
#   message_zh: "访问日志留存 {days} 天，{level} 级系统要求不少于 {limit} 天（0 表示未启用）"
#   remediation:
#     en: Turn the access log on and set the retention of its store to 180 days or more.
#     zh: 启用访问日志，并将日志存储的留存时间设置为不少于 180 天。
#     aws: >-
#       EC2 console > Load Balancers > the load balancer > Attributes > Access logs, or aws elbv2
#       modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=access_logs.s3.enabled,Value=true
#       Key=access_logs.s3.bucket,Value=BUCKET; WAF: aws wafv2 put-logging-configuration --logging-configuration
#       ResourceArn=ACL,LogDestinationConfigs=ARN; API Gateway: aws apigateway update-stage --rest-api-id API
#       --stage-name STAGE --patch-operations op=replace,path=/accessLogSettings/destinationArn,value=ARN
#       op=replace,path=/accessLogSettings/format,value=FORMAT; CloudFront console > the distribution > Logging;
#       retention: aws s3api put-bucket-lifecycle-configuration, aws logs put-retention-policy --log-group-name GROUP
#       --retention-in-days 180.
#     aws_zh: >-
#       EC2 控制台 > 负载均衡器 > 该负载均衡器 > 属性 > 访问日志，或执行 aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN
#       --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=BUCKET；WAF 执行 aws wafv2
#       put-logging-configuration --logging-configuration ResourceArn=ACL,LogDestinationConfigs=ARN；API Gateway 执行 aws
#       apigateway update-stage --rest-api-id API --stage-name STAGE --patch-operations
#       op=replace,path=/accessLogSettings/destinationArn,value=ARN
#       op=replace,path=/accessLogSettings/format,value=FORMAT；CloudFront 控制台 > 该分配 > 日志记录；留存时间执行 aws s3api
#       put-bucket-lifecycle-configuration、aws logs put-retention-policy --log-group-name GROUP --retention-in-days
#       180。
#     azure: >-
#       Portal > the application gateway, API Management service or Front Door > Diagnostic settings > Add, or az
#       monitor diagnostic-settings create --resource GATEWAY --name logs --workspace WORKSPACE --logs
#       '[{"categoryGroup": "allLogs", "enabled": true}]'; retention: az monitor log-analytics workspace update
#       --resource-group RG --workspace-name WORKSPACE --retention-time 180.
#     azure_zh: >-
#       Azure 门户 > 该应用程序网关、API 管理服务或 Front Door > 诊断设置 > 添加，或执行 az monitor diagnostic-settings create --resource
#       GATEWAY --name logs --workspace WORKSPACE --logs '[{"categoryGroup": "allLogs", "enabled": true}]'；留存时间执行 az
#       monitor log-analytics workspace update --resource-group RG --workspace-name WORKSPACE --retention-time 180。
#     aliyun: >-
#       ALB console > Instances > the instance > Log Management, or aliyun alb EnableLoadBalancerAccessLog
#       --LoadBalancerId LB --LogProject PROJECT --LogStore LOGSTORE; CLB console > Logs > Access Log, or aliyun slb
#       SetAccessLogsDownloadAttribute --RegionId REGION --LoadBalancerId LB --LogsDownloadAttributes
#       '[{"logProject":"PROJECT","logStore":"LOGSTORE","loadBalancerId":"LB"}]'; WAF console > Log Service; API
#       Gateway console > Log Management; CDN console > Logs > Real-time Log; retention: SLS console > the Logstore >
#       Modify, or aliyun sls UpdateLogStore --project PROJECT --logstore LOGSTORE --body '{"ttl": 180}'.
#     aliyun_zh: >-
#       ALB 控制台 > 实例 > 该实例 > 日志管理，或执行 aliyun alb EnableLoadBalancerAccessLog --LoadBalancerId LB --LogProject PROJECT
#       --LogStore LOGSTORE；CLB 控制台 > 日志管理 > 访问日志，或执行 aliyun slb SetAccessLogsDownloadAttribute --RegionId REGION
#       --LoadBalancerId LB --LogsDownloadAttributes
#       '[{"logProject":"PROJECT","logStore":"LOGSTORE","loadBalancerId":"LB"}]'；WAF 控制台 > 日志服务；API 网关控制台 > 日志管理；CDN
#       控制台 > 日志 > 实时日志；留存时间：日志服务控制台 > 该 Logstore > 修改，或执行 aliyun sls UpdateLogStore --project PROJECT --logstore
#       LOGSTORE --body '{"ttl": 180}'。
#     terraform: >-
#       aws_lb.access_logs, aws_api_gateway_stage.access_log_settings, aws_cloudfront_distribution.logging_config,
#       aws_wafv2_web_acl_logging_configuration.log_destination_configs,
#       azurerm_monitor_diagnostic_setting.enabled_log, alicloud_alb_load_balancer.access_log_config,
#       alicloud_log_store.retention_period = 180
#   references: ["GB/T 22239-2019 8.1.3.5 a", "GB/T 22239-2019 8.2.3.2 a"]
package mlps.checks.intrusion.waf_logging

_limit := {1: 1, 2: 180, 3: 180, 4: 180}[input.level]

# Only these speak a protocol of which a load balancer keeps an access log.
_logged_protocols := {"http", "https", "tls", "quic"}

# WAFs, APIs and CDNs always have something to log.
applies if is_object(input.facts.logging)

applies if _has_logged_listener

deny contains {"at": "access_log/enabled", "args": _args(0)} if {
	_has_logged_listener
	input.facts.access_log.enabled == false
}

deny contains {"at": "access_log/retention_days", "args": _args(input.facts.access_log.retention_days)} if {
	_has_logged_listener
	input.facts.access_log.enabled == true
	_is_short(input.facts.access_log.retention_days)
}

deny contains {"at": "logging/enabled", "args": _args(0)} if input.facts.logging.enabled == false

deny contains {"at": "logging/retention_days", "args": _args(input.facts.logging.retention_days)} if {
	input.facts.logging.enabled == true
	_is_short(input.facts.logging.retention_days)
}

_has_logged_listener if {
	some listener in input.facts.listeners
	listener.protocol in _logged_protocols
}

# A null retention is for ever.
_is_short(days) if {
	is_number(days)
	days < _limit
}

_args(days) := {"days": days, "level": input.level, "limit": _limit}
