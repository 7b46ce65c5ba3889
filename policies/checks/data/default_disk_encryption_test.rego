package mlps.checks.data.default_disk_encryption_test

import data.mlps.checks.data.default_disk_encryption

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "account.configuration",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_every_region_on_passes if {
	resource := _input("aws", 3, {
		"default_disk_encryption": [
			{"region": "cn-north-1", "enabled": true},
			{"region": "cn-northwest-1", "enabled": true},
		],
		"regions_in_use": ["cn-north-1", "cn-northwest-1"],
	})
	findings := default_disk_encryption.deny with input as resource
	findings == set()
}

test_azure_without_the_setting_passes if {
	resource := _input("azure", 3, {"default_disk_encryption": [], "regions_in_use": ["chinanorth3"]})
	findings := default_disk_encryption.deny with input as resource
	findings == set()
}

test_aliyun_region_on_passes if {
	resource := _input("aliyun", 3, {
		"default_disk_encryption": [{"region": "cn-beijing", "enabled": true}],
		"regions_in_use": ["cn-beijing"],
	})
	findings := default_disk_encryption.deny with input as resource
	findings == set()
}

test_aws_region_off_fails if {
	resource := _input("aws", 3, {
		"default_disk_encryption": [
			{"region": "cn-north-1", "enabled": true},
			{"region": "cn-northwest-1", "enabled": false},
		],
		"regions_in_use": ["cn-north-1", "cn-northwest-1"],
	})
	findings := default_disk_encryption.deny with input as resource
	findings == {{"at": "default_disk_encryption/1/enabled", "args": {"region": "cn-northwest-1"}}}
}

test_azure_region_off_fails if {
	resource := _input("azure", 3, {
		"default_disk_encryption": [{"region": "chinanorth3", "enabled": false}],
		"regions_in_use": ["chinanorth3"],
	})
	findings := default_disk_encryption.deny with input as resource
	findings == {{"at": "default_disk_encryption/0/enabled", "args": {"region": "chinanorth3"}}}
}

test_aliyun_regions_off_fail_each if {
	resource := _input("aliyun", 3, {
		"default_disk_encryption": [
			{"region": "cn-beijing", "enabled": false},
			{"region": "cn-hangzhou", "enabled": false},
		],
		"regions_in_use": ["cn-hangzhou", "cn-beijing"],
	})
	findings := default_disk_encryption.deny with input as resource
	findings == {
		{"at": "default_disk_encryption/0/enabled", "args": {"region": "cn-beijing"}},
		{"at": "default_disk_encryption/1/enabled", "args": {"region": "cn-hangzhou"}},
	}
}

test_a_region_not_in_use_has_no_finding if {
	resource := _input("aws", 3, {
		"default_disk_encryption": [{"region": "cn-northwest-1", "enabled": false}],
		"regions_in_use": ["cn-north-1"],
	})
	findings := default_disk_encryption.deny with input as resource
	findings == set()
}

test_a_cloud_without_the_setting_is_not_judged if {
	resource := _input("azure", 3, {"default_disk_encryption": [], "regions_in_use": ["chinanorth3"]})
	not default_disk_encryption.applies with input as resource
}

test_a_cloud_with_the_setting_is_judged if {
	resource := _input("aws", 3, {
		"default_disk_encryption": [{"region": "cn-north-1", "enabled": true}],
		"regions_in_use": ["cn-north-1"],
	})
	default_disk_encryption.applies with input as resource
}

test_an_unknown_region_has_no_finding if {
	resource := _input("aws", 3, {
		"default_disk_encryption": [null, {"region": "cn-north-1"}],
		"regions_in_use": ["cn-north-1"],
	})
	findings := default_disk_encryption.deny with input as resource
	findings == set()
}

test_unknown_regions_in_use_have_no_finding if {
	resource := _input("aws", 3, {"default_disk_encryption": [{
		"region": "cn-north-1",
		"enabled": false,
	}]})
	findings := default_disk_encryption.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := default_disk_encryption.deny with input as resource
	findings == set()
}
