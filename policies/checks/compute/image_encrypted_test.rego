package mlps.checks.compute.image_encrypted_test

import data.mlps.checks.compute.image_encrypted

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(kind, provider, level, facts) := {
	"type": kind,
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_encrypted_snapshot_passes if {
	resource := _input("compute.snapshot", "aws", 3, {"encryption": {"enabled": true}})
	findings := image_encrypted.deny with input as resource
	findings == set()
}

test_azure_image_passes if {
	resource := _input("compute.image", "azure", 3, {"encryption": {"enabled": true}})
	findings := image_encrypted.deny with input as resource
	findings == set()
}

test_aliyun_encrypted_image_passes if {
	resource := _input("compute.image", "aliyun", 3, {"encryption": {"enabled": true}})
	findings := image_encrypted.deny with input as resource
	findings == set()
}

test_aws_plain_snapshot_fails if {
	resource := _input("compute.snapshot", "aws", 3, {"encryption": {"enabled": false}})
	findings := image_encrypted.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_azure_plain_image_fails if {
	resource := _input("compute.image", "azure", 3, {"encryption": {"enabled": false}})
	findings := image_encrypted.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_aliyun_plain_image_fails if {
	resource := _input("compute.image", "aliyun", 4, {"encryption": {"enabled": false}})
	findings := image_encrypted.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_level_2_does_not_ask_for_it if {
	resource := _input("compute.image", "aws", 2, {"encryption": {"enabled": false}})
	findings := image_encrypted.deny with input as resource
	findings == set()
}

test_level_2_is_not_judged if {
	resource := _input("compute.image", "aws", 2, {"encryption": {"enabled": false}})
	not image_encrypted.applies with input as resource
}

test_level_3_is_judged if {
	resource := _input("compute.image", "aws", 3, {"encryption": {"enabled": true}})
	image_encrypted.applies with input as resource
}

test_unknown_part_has_no_finding if {
	resource := _input("compute.image", "aws", 3, {"encryption": {}})
	findings := image_encrypted.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("compute.snapshot", "aws", 3, {})
	findings := image_encrypted.deny with input as resource
	findings == set()
}
