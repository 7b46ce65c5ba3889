package mlps.checks.residual.volumes_test

import data.mlps.checks.residual.volumes

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

test_aws_attached_volume_passes if {
	findings := volumes.deny with input as _input("aws", 3, {"attached": true})
	findings == set()
}

test_azure_attached_disk_passes if {
	findings := volumes.deny with input as _input("azure", 3, {"attached": true})
	findings == set()
}

test_aliyun_attached_disk_passes if {
	findings := volumes.deny with input as _input("aliyun", 3, {"attached": true})
	findings == set()
}

test_aws_available_volume_fails if {
	findings := volumes.deny with input as _input("aws", 3, {"attached": false})
	findings == {{"at": "attached", "args": {}}}
}

test_azure_unattached_disk_fails if {
	findings := volumes.deny with input as _input("azure", 2, {"attached": false})
	findings == {{"at": "attached", "args": {}}}
}

test_aliyun_unattached_disk_fails if {
	findings := volumes.deny with input as _input("aliyun", 4, {"attached": false})
	findings == {{"at": "attached", "args": {}}}
}

test_encryption_changes_nothing if {
	findings := volumes.deny with input as _input("aws", 3, {"attached": false, "encryption": {"enabled": true}})
	findings == {{"at": "attached", "args": {}}}
}

test_unknown_has_no_finding if {
	findings := volumes.deny with input as _input("aws", 3, {})
	findings == set()
}
