# METADATA
# title: The trail records access to objects and uses of keys
# description: >-
#   From level 3 on a running trail records who reads and writes objects (data events) and who uses keys, which are
#   among the management reads. Which buckets hold sensitive data, and are among those recorded, needs evidence. Azure
#   keeps such records with each resource: data-bucket-logging and audit-resource-logs judge them.
# custom:
#   id: audit-data-events
#   title_zh: 审计跟踪记录对象访问和密钥使用
#   description_zh: 三级及以上系统运行中的审计跟踪应记录对象读写（数据事件）以及包括密钥使用在内的管理类读操作。敏感存储桶是否均已纳入需另行佐证；Azure 的此类记录随各资源留存，由其他检查项判定。
#   targets: [account.audit]
#   facts: [trails.logging, trails.management_reads, trails.data_events]
#   severity: medium
#   items: ["g:compute.audit"]
#   message: "no running trail records events of the kind {events}"
#   message_zh: "没有运行中的审计跟踪记录 {events} 事件"
#   words_zh:
#     events: {"Management/Read": 管理类读操作}
#   remediation:
#     en: Add data events of the buckets with sensitive data, and management reads, to the trail.
#     zh: 在审计跟踪中增加敏感存储桶的数据事件，并记录管理类读操作。
#     aws: >-
#       CloudTrail console > Trails > the trail > Data events > Edit, or aws cloudtrail put-event-selectors --trail-name
#       TRAIL --advanced-event-selectors '[{"Name": "management", "FieldSelectors": [{"Field": "eventCategory",
#       "Equals": ["Management"]}]}, {"Name": "objects", "FieldSelectors": [{"Field": "eventCategory", "Equals":
#       ["Data"]}, {"Field": "resources.type", "Equals": ["AWS::S3::Object"]}]}]'
#     aws_zh: >-
#       CloudTrail 控制台 > 跟踪 > 该跟踪 > 数据事件 > 编辑，或执行 aws cloudtrail put-event-selectors --trail-name TRAIL
#       --advanced-event-selectors '[{"Name": "management", "FieldSelectors": [{"Field": "eventCategory", "Equals":
#       ["Management"]}]}, {"Name": "objects", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]},
#       {"Field": "resources.type", "Equals": ["AWS::S3::Object"]}]}]'。
#     azure: >-
#       Nothing to do for the activity log: turn on the diagnostic settings of storage accounts and key vaults (az
#       monitor diagnostic-settings create --resource ID --logs '[{"categoryGroup": "audit", "enabled": true}]').
#     azure_zh: >-
#       活动日志无需配置；为存储账户和密钥保管库开启诊断设置即可（az monitor diagnostic-settings create --resource ID --logs '[{"categoryGroup":
#       "audit", "enabled": true}]'）。
#     aliyun: >-
#       ActionTrail console > Trails > Create Trail > Data Event, or aliyun actiontrail PutDataEventSelector --TrailName
#       TRAIL --IsTrailAllRegion true --EventSelectors '[{"ServiceName": "Oss", "ReadWriteType": "All"}]'; reads: aliyun
#       actiontrail UpdateTrail --Name TRAIL --EventRW All
#     aliyun_zh: >-
#       操作审计控制台 > 跟踪列表 > 创建跟踪 > 数据事件，或执行 aliyun actiontrail PutDataEventSelector --TrailName TRAIL --IsTrailAllRegion
#       true --EventSelectors '[{"ServiceName": "Oss", "ReadWriteType": "All"}]'；读操作执行 aliyun actiontrail UpdateTrail
#       --Name TRAIL --EventRW All。
#     terraform: >-
#       aws_cloudtrail.advanced_event_selector with eventCategory Data and resources.type AWS::S3::Object;
#       azurerm_monitor_diagnostic_setting; alicloud_actiontrail_trail.event_rw = "All" (data events: by console or
#       command)
#     terraform_zh: >-
#       aws_cloudtrail.advanced_event_selector 选取 eventCategory 为 Data, resources.type 为 AWS::S3::Object 的事件;
#       azurerm_monitor_diagnostic_setting; alicloud_actiontrail_trail.event_rw = "All"（数据事件通过控制台或命令配置）
#   references: ["GB/T 22239-2019 8.1.4.3 a"]
package mlps.checks.audit.data_events

# How each cloud names the reading and writing of objects.
_object_events := {"aws": "AWS::S3::Object", "aliyun": "Oss"}[input.provider]

applies if {
	input.level >= 3
	is_string(_object_events)
}

deny contains {"at": "trails", "args": {"events": _object_events}} if {
	input.level >= 3
	is_string(_object_events)
	is_array(input.facts.trails)
	not _records_objects
}

deny contains {"at": "trails", "args": {"events": "Management/Read"}} if {
	input.level >= 3
	is_string(_object_events)
	is_array(input.facts.trails)
	not _records_reads
}

_records_objects if {
	some trail in input.facts.trails
	trail.logging == true
	some kind in trail.data_events
	lower(kind) == lower(_object_events)
}

_records_reads if {
	some trail in input.facts.trails
	trail.logging == true
	trail.management_reads == true
}
