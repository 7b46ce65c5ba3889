package mlps.checks.data.bucket_tls_test

import data.mlps.checks.data.bucket_tls

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "storage.bucket",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_bucket_passes if {
	resource := _input("aws", 3, {"tls": {"required": true}})
	findings := bucket_tls.deny with input as resource
	findings == set()
}

test_azure_storage_account_passes if {
	resource := _input("azure", 3, {"tls": {"required": true}})
	findings := bucket_tls.deny with input as resource
	findings == set()
}

test_aliyun_bucket_passes if {
	resource := _input("aliyun", 3, {"tls": {"required": true}})
	findings := bucket_tls.deny with input as resource
	findings == set()
}

test_aws_bucket_fails if {
	resource := _input("aws", 3, {"tls": {"required": false}})
	findings := bucket_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}

test_azure_storage_account_fails if {
	resource := _input("azure", 3, {"tls": {"required": false}})
	findings := bucket_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}

test_aliyun_bucket_fails if {
	resource := _input("aliyun", 3, {"tls": {"required": false}})
	findings := bucket_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := bucket_tls.deny with input as resource
	findings == set()
}

test_the_lowest_version_alone_decides_nothing if {
	resource := _input("aws", 3, {"tls": {"minimum": "1.2"}})
	findings := bucket_tls.deny with input as resource
	findings == set()
}

test_level_1_is_judged_alike if {
	resource := _input("aws", 1, {"tls": {"required": false}})
	findings := bucket_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}
