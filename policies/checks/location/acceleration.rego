# METADATA
# title: Content delivery and acceleration stay within the mainland
# description: >-
#   A CDN with points of presence abroad keeps copies of what it serves there, and transfer acceleration lets data pass
#   points of presence outside the mainland. What may hold personal data is served within the mainland only. Public
#   content that holds none may be waived.
# custom:
#   id: location-acceleration
#   title_zh: 内容分发与传输加速限定在境内
#   description_zh: >-
#     加速区域包含境外的 CDN 会在境外节点缓存内容，传输加速会使数据经由境外节点。可能涉及客户数据和个人信息的业务，加速区域应仅限中国内地；经确认不含此类数据的公开内容可登记豁免。
#   targets: [network.cdn, storage.bucket]
#   facts: [scope, acceleration]
#   severity: medium
#   items: [data.residency]
#   message: "content is delivered by points of presence outside the mainland ({what})"
#   message_zh: "内容经中国内地以外的节点分发或传输（{what}）"
#   words_zh:
#     what: {global: 加速区域为全球, overseas: 加速区域为境外, transfer acceleration: 传输加速}
#   remediation:
#     en: Limit delivery to the mainland and turn transfer acceleration off, or waive it for content without such data.
#     zh: 将加速区域改为“仅中国内地”并关闭传输加速；确不涉及客户数据和个人信息的，登记豁免。
#     aws: >-
#       Serve by CloudFront of AWS China, whose points of presence are in the mainland, and delete the global
#       distribution: CloudFront console > Distributions > Disable, then Delete, or aws cloudfront delete-distribution
#       --id ID --if-match ETAG; buckets: S3 console > the bucket > Properties > Transfer acceleration > Disable, or aws
#       s3api put-bucket-accelerate-configuration --bucket BUCKET --accelerate-configuration Status=Suspended.
#     aws_zh: >-
#       改用节点均位于境内的亚马逊云科技中国区域 CloudFront，并删除全球区域的分配：CloudFront 控制台 > 分配 > 禁用，随后删除，或执行 aws cloudfront delete-distribution
#       --id ID --if-match ETAG；存储桶：S3 控制台 > 该存储桶 > 属性 > 传输加速 > 禁用，或执行 aws s3api put-bucket-accelerate-configuration
#       --bucket BUCKET --accelerate-configuration Status=Suspended。
#     azure: >-
#       Serve by Front Door or CDN of Azure operated by 21Vianet, whose points of presence are in the mainland, and
#       delete the global profile: Portal > Front Door and CDN profiles > the profile > Delete, or az afd profile delete
#       --profile-name PROFILE --resource-group RG.
#     azure_zh: >-
#       改用节点均位于境内、由世纪互联运营的 Azure 的 Front Door 或 CDN，并删除全球版的配置文件：Azure 门户 > Front Door 和 CDN 配置文件 > 该配置文件 > 删除，或执行 az afd
#       profile delete --profile-name PROFILE --resource-group RG。
#     aliyun: >-
#       CDN console > Domain Names > the domain > Basics > Region > Chinese Mainland Only, or aliyun cdn
#       ModifyCdnDomainSchdmByProperty --DomainName DOMAIN --Property '{"coverage":"domestic"}' (DCDN: aliyun dcdn
#       ModifyDCdnDomainSchdmByProperty); OSS console > the bucket > Transmission > Transfer Acceleration > Off, or
#       ossutil api put-bucket-transfer-acceleration --bucket BUCKET --transfer-acceleration-configuration
#       '{"Enabled":"false"}'.
#     aliyun_zh: >-
#       CDN 控制台 > 域名管理 > 该域名 > 基本配置 > 加速区域 > 仅中国内地，或执行 aliyun cdn ModifyCdnDomainSchdmByProperty --DomainName DOMAIN
#       --Property '{"coverage":"domestic"}'（全站加速执行 aliyun dcdn ModifyDCdnDomainSchdmByProperty）；OSS 控制台 > 该 Bucket >
#       传输管理 > 传输加速 > 关闭，或执行 ossutil api put-bucket-transfer-acceleration --bucket BUCKET
#       --transfer-acceleration-configuration '{"Enabled":"false"}'。
#     terraform: >-
#       no aws_cloudfront_distribution of a global account, aws_s3_bucket_accelerate_configuration.status = "Suspended";
#       azurerm_cdn_frontdoor_profile under environment = "china"; alicloud_cdn_domain_new.scope = "domestic",
#       alicloud_oss_bucket.transfer_acceleration.enabled = false
#     terraform_zh: >-
#       不使用全球账号的 aws_cloudfront_distribution, aws_s3_bucket_accelerate_configuration.status = "Suspended";
#       azurerm_cdn_frontdoor_profile 使用 environment = "china"; alicloud_cdn_domain_new.scope = "domestic",
#       alicloud_oss_bucket.transfer_acceleration.enabled = false
#   references: ["GB/T 22239-2019 8.2.4.5 a"]
package mlps.checks.location.acceleration

deny contains {"at": "scope", "args": {"what": input.facts.scope}} if {
	input.facts.scope in {"global", "overseas"}
}

deny contains {"at": "acceleration", "args": {"what": "transfer acceleration"}} if {
	input.facts.acceleration == true
}
