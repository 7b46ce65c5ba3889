# METADATA
# title: VPN tunnels use current suites and are up
# description: >-
#   A tunnel negotiates any suite that it accepts, so that every one counts: AES or SM4, SHA-2 or SM3, and IKEv2. IKEv1
#   is withdrawn; only tunnels that accept nothing but SM4 may use it, because the national VPN standard builds on it. A
#   tunnel that is down leaves the connection without its second line.
# custom:
#   id: network-vpn-crypto
#   title_zh: VPN 隧道使用安全的加密套件且全部连通
#   description_zh: >-
#     隧道可能协商其接受的任何套件，因此逐一检查：加密应为 AES 或 SM4，完整性校验应为 SHA-2 或 SM3，密钥交换应为
#     IKEv2（仅使用 SM4 的国密隧道可用 IKEv1）。任一隧道中断即失去线路冗余。
#   targets: [network.gateway]
#   facts: [tunnels.up, tunnels.encryption, tunnels.integrity, tunnels.ike]
#   severity: medium
#   items: ["g:network.transport-confidentiality", "g:management.secure-path"]
#   message: "VPN tunnel {number}: {problem}"
#   message_zh: "VPN 隧道 {number}：{problem}"
#   words_zh:
#     problem: {down: 已中断, encryption: 加密算法, integrity: 完整性校验算法}
#   remediation:
#     en: Allow current suites only, at both ends, and bring the tunnel up.
#     zh: 两端均仅保留安全的加密套件，并恢复中断的隧道。
#     aws: >-
#       VPC console > Site-to-Site VPN connections > the connection > Actions > Modify VPN tunnel options, or aws ec2
#       modify-vpn-tunnel-options --vpn-connection-id VPN --vpn-tunnel-outside-ip-address ADDRESS --tunnel-options
#       '{"Phase1EncryptionAlgorithms": [{"Value": "AES256"}], "Phase1IntegrityAlgorithms": [{"Value": "SHA2-256"}],
#       "Phase2EncryptionAlgorithms": [{"Value": "AES256"}], "Phase2IntegrityAlgorithms": [{"Value": "SHA2-256"}],
#       "IKEVersions": [{"Value": "ikev2"}]}'. AWS China has no Site-to-Site VPN.
#     aws_zh: >-
#       VPC 控制台 > 站点到站点 VPN 连接 > 该连接 > 操作 > 修改 VPN 隧道选项，或执行 aws ec2 modify-vpn-tunnel-options --vpn-connection-id VPN
#       --vpn-tunnel-outside-ip-address ADDRESS --tunnel-options '{"Phase1EncryptionAlgorithms": [{"Value": "AES256"}],
#       "Phase1IntegrityAlgorithms": [{"Value": "SHA2-256"}], "Phase2EncryptionAlgorithms": [{"Value": "AES256"}],
#       "Phase2IntegrityAlgorithms": [{"Value": "SHA2-256"}], "IKEVersions": [{"Value": "ikev2"}]}'。亚马逊云科技中国区域不提供
#       Site-to-Site VPN。
#     azure: >-
#       Portal > the connection > Configuration > IPsec / IKE policy > Custom, or az network vpn-connection ipsec-policy
#       add --resource-group RG --connection-name NAME --ike-encryption AES256 --ike-integrity SHA256 --dh-group
#       DHGroup14 --ipsec-encryption GCMAES256 --ipsec-integrity GCMAES256 --pfs-group PFS2048 --sa-lifetime 27000
#       --sa-max-size 102400000; IKEv2: az network vpn-connection create --connection-protocol IKEv2.
#     azure_zh: >-
#       Azure 门户 > 该连接 > 配置 > IPsec/IKE 策略 > 自定义，或执行 az network vpn-connection ipsec-policy add --resource-group RG
#       --connection-name NAME --ike-encryption AES256 --ike-integrity SHA256 --dh-group DHGroup14 --ipsec-encryption
#       GCMAES256 --ipsec-integrity GCMAES256 --pfs-group PFS2048 --sa-lifetime 27000 --sa-max-size 102400000；IKEv2 执行
#       az network vpn-connection create --connection-protocol IKEv2。
#     aliyun: >-
#       VPN console > IPsec-VPN Connections > the connection > Modify > Encryption Settings, or aliyun vpc
#       ModifyVpnConnectionAttribute --RegionId REGION --VpnConnectionId VPN --IkeConfig
#       '{"IkeVersion":"ikev2","IkeEncAlg":"aes256","IkeAuthAlg":"sha256"}' --IpsecConfig
#       '{"IpsecEncAlg":"aes256","IpsecAuthAlg":"sha256"}' (of two tunnels: --TunnelOptionsSpecification).
#     aliyun_zh: >-
#       VPN 网关控制台 > IPsec 连接 > 该连接 > 编辑 > 加密配置，或执行 aliyun vpc ModifyVpnConnectionAttribute --RegionId REGION
#       --VpnConnectionId VPN --IkeConfig '{"IkeVersion":"ikev2","IkeEncAlg":"aes256","IkeAuthAlg":"sha256"}'
#       --IpsecConfig '{"IpsecEncAlg":"aes256","IpsecAuthAlg":"sha256"}'（双隧道使用 --TunnelOptionsSpecification）。
#     terraform: >-
#       aws_vpn_connection.tunnel1_phase1_encryption_algorithms, tunnel1_phase1_integrity_algorithms and
#       tunnel1_ike_versions (and tunnel2_...); azurerm_virtual_network_gateway_connection.ipsec_policy and
#       connection_protocol; alicloud_vpn_connection.tunnel_options_specification (ike_config, ipsec_config)
#     terraform_zh: >-
#       aws_vpn_connection.tunnel1_phase1_encryption_algorithms, tunnel1_phase1_integrity_algorithms 和
#       tunnel1_ike_versions（以及 tunnel2_...）; azurerm_virtual_network_gateway_connection.ipsec_policy 和
#       connection_protocol; alicloud_vpn_connection.tunnel_options_specification（ike_config, ipsec_config）
#   references: ["GB/T 22239-2019 8.1.2.2 b", "GB/T 22239-2019 8.1.5.4 b", "High-risk case 6.5.1.1"]
package mlps.checks.network.vpn_crypto

_encryption := {"aes128", "aes192", "aes256", "aes128-gcm", "aes192-gcm", "aes256-gcm", "sm4"}

_integrity := {"sha256", "sha384", "sha512", "sm3"}

applies if count(input.facts.tunnels) > 0

deny contains {"at": sprintf("tunnels/%d/up", [i]), "args": _args(i, "down")} if {
	some i, tunnel in input.facts.tunnels
	tunnel.up == false
}

deny contains {"at": sprintf("tunnels/%d/encryption/%d", [i, j]), "args": _args(i, problem)} if {
	some i, tunnel in input.facts.tunnels
	some j, word in tunnel.encryption
	is_string(word)
	not word in _encryption
	problem := sprintf("encryption %s", [word])
}

deny contains {"at": sprintf("tunnels/%d/integrity/%d", [i, j]), "args": _args(i, problem)} if {
	some i, tunnel in input.facts.tunnels
	some j, word in tunnel.integrity
	is_string(word)
	not word in _integrity
	problem := sprintf("integrity %s", [word])
}

deny contains {"at": sprintf("tunnels/%d/ike/%d", [i, j]), "args": _args(i, problem)} if {
	some i, tunnel in input.facts.tunnels
	some j, word in tunnel.ike
	is_string(word)
	word != "ikev2"
	is_array(tunnel.encryption)
	not _is_national(tunnel)
	problem := sprintf("IKE %s", [word])
}

# It accepts SM4 and nothing else.
_is_national(tunnel) if {
	count(tunnel.encryption) > 0
	every word in tunnel.encryption {
		word == "sm4"
	}
}

_args(index, problem) := {"number": index + 1, "problem": problem}
