package mlps.checks.data.bucket_versioning_test

import data.mlps.checks.data.bucket_versioning

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
	resource := _input("aws", 3, {"versioning": true})
	findings := bucket_versioning.deny with input as resource
	findings == set()
}

test_azure_blob_service_passes if {
	resource := _input("azure", 3, {"versioning": true})
	findings := bucket_versioning.deny with input as resource
	findings == set()
}

test_aliyun_bucket_passes if {
	resource := _input("aliyun", 3, {"versioning": true})
	findings := bucket_versioning.deny with input as resource
	findings == set()
}

test_aws_bucket_fails if {
	resource := _input("aws", 3, {"versioning": false})
	findings := bucket_versioning.deny with input as resource
	findings == {{"at": "versioning", "args": {}}}
}

test_azure_blob_service_fails if {
	resource := _input("azure", 3, {"versioning": false})
	findings := bucket_versioning.deny with input as resource
	findings == {{"at": "versioning", "args": {}}}
}

test_aliyun_bucket_fails if {
	resource := _input("aliyun", 3, {"versioning": false})
	findings := bucket_versioning.deny with input as resource
	findings == {{"at": "versioning", "args": {}}}
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := bucket_versioning.deny with input as resource
	findings == set()
}
