package mlps.checks.management.tags_test

import data.mlps.checks.management.tags

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, type, level, carried) := {
	"type": type,
	"provider": provider,
	"account": _accounts[provider],
	"region": "cn-north-1",
	"tags": carried,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": {},
}

_missing(names) := {"at": "tags", "args": {"missing": names}}

test_aws_instance_with_all_tags_passes if {
	resource := _input("aws", "compute.instance", 3, {"system": "bank", "level": "3", "owner": "team", "Name": "web"})
	findings := tags.deny with input as resource
	findings == set()
	tags.applies with input as resource
}

test_azure_bucket_with_other_names_passes if {
	resource := _input("azure", "storage.bucket", 3, {"Application": "bank", "mlps-level": "3", "Owner_Team": "team"})
	findings := tags.deny with input as resource
	findings == set()
}

test_aliyun_database_with_chinese_tags_passes if {
	resource := _input("aliyun", "database.instance", 4, {"业务系统": "核心", "等保等级": "四级", "责任人": "张三"})
	findings := tags.deny with input as resource
	findings == set()
}

test_aws_user_without_tags_fails if {
	findings := tags.deny with input as _input("aws", "identity.user", 3, {})
	findings == {_missing("system, level, owner")}
}

test_azure_balancer_without_a_level_fails if {
	resource := _input("azure", "network.load_balancer", 3, {"system": "bank", "owner": "team"})
	findings := tags.deny with input as resource
	findings == {_missing("level")}
}

test_aliyun_log_store_without_an_owner_fails if {
	resource := _input("aliyun", "log.store", 3, {"system": "bank", "mlps:level": "3", "department": "it"})
	findings := tags.deny with input as resource
	findings == {_missing("owner")}
}

test_an_empty_tag_says_nothing if {
	resource := _input("aws", "compute.function", 3, {"system": "", "level": "3", "owner": "team"})
	findings := tags.deny with input as resource
	findings == {_missing("system")}
}

test_a_name_within_another_does_not_count if {
	resource := _input("aws", "compute.cluster", 3, {"subsystem": "a", "levels": "3", "owner": "team"})
	findings := tags.deny with input as resource
	findings == {_missing("system, level")}
}

test_users_of_other_clouds_are_not_judged if {
	every provider in ["azure", "aliyun"] {
		findings := tags.deny with input as _input(provider, "identity.user", 3, {})
		findings == set()
		not tags.applies with input as _input(provider, "identity.user", 3, {})
	}
}

test_level_2_is_not_judged if {
	findings := tags.deny with input as _input("aws", "compute.instance", 2, {})
	findings == set()
	not tags.applies with input as _input("aws", "compute.instance", 2, {})
}

test_unknown_tags_point_at_the_tags if {
	findings := tags.deny with input as _input("aws", "compute.instance", 3, {})
	findings == {_missing("system, level, owner")}
}
