# METADATA
# title: Shared file systems refuse connections without TLS
# description: >-
#   What is written to a share crosses the network on its way, also within a VPC. Offering encryption is not enough: the
#   service has to refuse those who mount without it.
# custom:
#   id: data-file-system-tls
#   title_zh: 共享文件系统强制加密传输
#   description_zh: 写入共享文件系统的数据在传输中经过网络（包括 VPC 内部）。仅支持加密传输并不够，服务端应拒绝未加密的挂载。
#   targets: [storage.file_system]
#   facts: [tls.required]
#   severity: medium
#   items: ["g:network.transport-confidentiality", "g:data.transport-confidentiality"]
#   not_offered:
#     - cloud: aliyun
#       en: >-
#         With NFS of NAS the client decides: mount it by the NAS client (mount -t alinas -o tls). SMB in an AD domain
#         can refuse unencrypted clients, which is not read. Provide the mount options or that setting as evidence.
#       zh: >-
#         NFS 协议的 NAS 由客户端决定是否加密传输，应使用 NAS 客户端以 TLS 方式挂载（mount -t alinas -o tls）；接入 AD 域的 SMB
#         文件系统可拒绝非加密客户端，本检查未读取该设置。请以挂载参数或该设置作为佐证。
#   message: "the file system may be mounted without TLS"
#   message_zh: "文件系统允许未加密（非 TLS）挂载"
#   remediation:
#     en: Mount with TLS on all clients, then refuse the rest in the policy or the settings of the file system.
#     zh: 所有客户端改用 TLS 挂载后，在文件系统策略或设置中拒绝未加密的连接。
#     aws: >-
#       EFS console > File systems > the file system > File system policy > Edit > Enforce in-transit encryption for all
#       clients, or aws efs put-file-system-policy --file-system-id ID --policy file://policy.json with a Deny where
#       aws:SecureTransport is false; clients mount with mount -t efs -o tls.
#     aws_zh: >-
#       EFS 控制台 > 文件系统 > 该文件系统 > 文件系统策略 > 编辑 > 对所有客户端强制执行传输中加密，或执行 aws efs put-file-system-policy
#       --file-system-id ID --policy file://policy.json，在 aws:SecureTransport 为 false 时 Deny；客户端以 mount -t efs -o tls
#       挂载。
#     azure: >-
#       Portal > the storage account > Configuration > Secure transfer required: Enabled, or az storage account update
#       --name ACCOUNT --resource-group GROUP --https-only true
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 配置 > 需要安全传输：已启用，或执行 az storage account update --name ACCOUNT --resource-group GROUP
#       --https-only true。
#     aliyun: >-
#       NFS: on every client mount with TLS by the NAS client (mount -t alinas -o tls), as the service refuses nobody;
#       SMB in an AD domain: aliyun nas ModifySmbAcl --FileSystemId ID --EncryptData true --RejectUnencryptedAccess true
#     aliyun_zh: >-
#       NFS：服务端不能拒绝未加密的挂载，应在每个客户端使用 NAS 客户端以 TLS 方式挂载（mount -t alinas -o tls）；接入 AD 域的 SMB 文件系统执行 aliyun nas
#       ModifySmbAcl --FileSystemId ID --EncryptData true --RejectUnencryptedAccess true。
#     terraform: >-
#       aws_efs_file_system_policy.policy with a Deny where aws:SecureTransport is false,
#       azurerm_storage_account.https_traffic_only_enabled = true
#     terraform_zh: >-
#       aws_efs_file_system_policy.policy 在 aws:SecureTransport 为 false 时 Deny,
#       azurerm_storage_account.https_traffic_only_enabled = true
#   references: ["GB/T 22239-2019 8.1.2.2 b", "GB/T 22239-2019 8.1.4.8 a"]
package mlps.checks.data.file_system_tls

deny contains {"at": "tls/required", "args": {}} if {
	input.facts.tls.required == false
}
