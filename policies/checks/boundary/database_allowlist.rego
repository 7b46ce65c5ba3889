# METADATA
# title: Allow-lists of databases name few addresses
# description: >-
#   The allow-list is the boundary of a managed database. It names the networks of its applications, not everyone, not
#   a range wider than an IPv4 /16 or IPv6 /32 of public addresses, and not every customer of the cloud.
# custom:
#   id: boundary-database-allowlist
#   title_zh: 数据库白名单最小化
#   description_zh: 白名单是云数据库的访问边界，应仅列出应用所在网段，不应包含 0.0.0.0/0、宽于 /16（IPv6 为 /32）的公网网段，或云上全部服务。
#   targets: [database.instance]
#   facts: [allow_list]
#   severity: high
#   items: [boundary.access-control]
#   message: "the allow-list contains the wide range {range}"
#   message_zh: "白名单包含过宽的网段 {range}"
#   remediation:
#     en: Replace the range by the addresses of the applications.
#     zh: 将该网段替换为应用服务器的地址或网段。
#     aws: >-
#       Databases of AWS have no allow-list of their own: security groups bound them, see boundary-data-ports.
#     aws_zh: AWS 的数据库没有独立的白名单，由安全组控制访问，见 boundary-data-ports。
#     azure: >-
#       Portal > SQL servers > the server > Networking > Public access: remove wide ranges and clear "Allow Azure
#       services", or az sql server firewall-rule delete --resource-group RG --server SERVER --name
#       AllowAllWindowsAzureIps (likewise az postgres flexible-server and az mysql flexible-server firewall-rule
#       delete, az redis firewall-rules delete); use virtual network rules or private endpoints.
#     azure_zh: >-
#       Azure 门户 > SQL 服务器 > 该服务器 > 网络 > 公共访问：删除过宽的网段，并取消勾选“允许 Azure 服务和资源访问此服务器”，或执行 az sql server firewall-rule delete
#       --resource-group RG --server SERVER --name AllowAllWindowsAzureIps（其他数据库同样使用 az postgres flexible-server、az
#       mysql flexible-server 的 firewall-rule delete 和 az redis firewall-rules delete）；改用虚拟网络规则或专用终结点。
#     aliyun: >-
#       RDS console > the instance > Whitelist and SecGroup > Whitelist Settings > Modify, or aliyun rds
#       ModifySecurityIps --DBInstanceId ID --DBInstanceIPArrayName GROUP --SecurityIps 10.0.1.0/24 (likewise aliyun
#       polardb ModifyDBClusterAccessWhitelist, aliyun r-kvstore ModifySecurityIps, aliyun dds ModifySecurityIps,
#       aliyun elasticsearch ModifyWhiteIps).
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 白名单与安全组 > 白名单设置 > 修改，或执行 aliyun rds ModifySecurityIps --DBInstanceId ID --DBInstanceIPArrayName
#       GROUP --SecurityIps 10.0.1.0/24（其他数据库使用 aliyun polardb ModifyDBClusterAccessWhitelist、aliyun r-kvstore
#       ModifySecurityIps、aliyun dds ModifySecurityIps、aliyun elasticsearch ModifyWhiteIps）。
#     terraform: >-
#       azurerm_mssql_firewall_rule, azurerm_postgresql_flexible_server_firewall_rule and
#       azurerm_mysql_flexible_server_firewall_rule.start_ip_address and end_ip_address,
#       alicloud_db_instance.security_ips, alicloud_polardb_cluster.security_ips,
#       alicloud_kvstore_instance.security_ips; AWS: aws_db_instance.vpc_security_group_ids
#     terraform_zh: >-
#       azurerm_mssql_firewall_rule, azurerm_postgresql_flexible_server_firewall_rule 和
#       azurerm_mysql_flexible_server_firewall_rule.start_ip_address, end_ip_address, alicloud_db_instance.security_ips,
#       alicloud_polardb_cluster.security_ips, alicloud_kvstore_instance.security_ips; AWS 为
#       aws_db_instance.vpc_security_group_ids
#   references: ["GB/T 22239-2019 8.2.3.1 a"]
package mlps.checks.boundary.database_allowlist

import data.mlps.lib.network

# A database that is bounded by firewalls has no list.
applies if count(input.facts.allow_list) > 0

deny contains {"at": sprintf("allow_list/%d", [i]), "args": {"range": source}} if {
	some i, source in input.facts.allow_list
	_is_too_wide(source)
}

_is_too_wide(source) if network.is_wide(source)

# Azure's rule "allow Azure services" lets in the machines of every Azure customer.
_is_too_wide(source) if network.is_everyones_cloud(source)

_is_too_wide("0.0.0.0/32") if input.provider == "azure"
