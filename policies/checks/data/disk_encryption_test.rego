package mlps.checks.data.disk_encryption_test

import data.mlps.checks.data.disk_encryption

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "compute.disk",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_volume_passes if {
	resource := _input("aws", 3, {"attached": true, "encryption": {"enabled": true}})
	findings := disk_encryption.deny with input as resource
	findings == set()
}

test_azure_managed_disk_passes if {
	resource := _input("azure", 3, {"attached": true, "encryption": {"enabled": true}})
	findings := disk_encryption.deny with input as resource
	findings == set()
}

test_aliyun_cloud_disk_passes if {
	resource := _input("aliyun", 3, {"attached": true, "encryption": {"enabled": true}})
	findings := disk_encryption.deny with input as resource
	findings == set()
}

test_aws_volume_fails if {
	resource := _input("aws", 3, {"attached": true, "encryption": {"enabled": false}})
	findings := disk_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_azure_managed_disk_fails if {
	resource := _input("azure", 3, {"attached": true, "encryption": {"enabled": false}})
	findings := disk_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_aliyun_cloud_disk_fails if {
	resource := _input("aliyun", 3, {"attached": true, "encryption": {"enabled": false}})
	findings := disk_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := disk_encryption.deny with input as resource
	findings == set()
}

test_an_unattached_volume_is_judged_too if {
	resource := _input("aws", 3, {"attached": false, "encryption": {"enabled": false}})
	findings := disk_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_unknown_use_does_not_matter if {
	resource := _input("aws", 3, {"encryption": {"enabled": false}})
	findings := disk_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_unknown_encryption_has_no_finding if {
	resource := _input("aws", 3, {"attached": true, "encryption": {}})
	findings := disk_encryption.deny with input as resource
	findings == set()
}

_template(provider, facts) := object.union(_input(provider, 3, facts), {"type": "compute.launch_template"})

test_a_launch_template_is_judged_by_the_volumes_that_it_makes if {
	every provider in ["aws", "azure", "aliyun"] {
		plain := disk_encryption.deny with input as _template(provider, {"disks_encrypted": false})
		plain == {{"at": "disks_encrypted", "args": {}}}
		encrypted := disk_encryption.deny with input as _template(provider, {"disks_encrypted": true})
		encrypted == set()
		unknown := disk_encryption.deny with input as _template(provider, {})
		unknown == set()
	}
}
