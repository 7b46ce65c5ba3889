package mlps.checks.compute.deletion_protection_test

import data.mlps.checks.compute.deletion_protection

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

test_aws_protected_instance_passes if {
	resource := _input("compute.instance", "aws", 3, {"deletion_protection": true})
	findings := deletion_protection.deny with input as resource
	findings == set()
}

test_azure_locked_database_passes if {
	resource := _input("database.instance", "azure", 3, {"deletion_protection": true})
	findings := deletion_protection.deny with input as resource
	findings == set()
}

test_aliyun_protected_load_balancer_passes if {
	resource := _input("network.load_balancer", "aliyun", 3, {"deletion_protection": true})
	findings := deletion_protection.deny with input as resource
	findings == set()
}

test_aws_open_load_balancer_fails if {
	resource := _input("network.load_balancer", "aws", 3, {"deletion_protection": false})
	findings := deletion_protection.deny with input as resource
	findings == {{"at": "deletion_protection", "args": {}}}
}

test_azure_open_instance_fails if {
	resource := _input("compute.instance", "azure", 3, {"deletion_protection": false})
	findings := deletion_protection.deny with input as resource
	findings == {{"at": "deletion_protection", "args": {}}}
}

test_aliyun_open_database_fails if {
	resource := _input("database.instance", "aliyun", 4, {"deletion_protection": false})
	findings := deletion_protection.deny with input as resource
	findings == {{"at": "deletion_protection", "args": {}}}
}

test_level_2_does_not_ask_for_it if {
	resource := _input("compute.instance", "aws", 2, {"deletion_protection": false})
	findings := deletion_protection.deny with input as resource
	findings == set()
}

test_level_2_is_not_judged if {
	resource := _input("compute.instance", "aws", 2, {"deletion_protection": false})
	not deletion_protection.applies with input as resource
}

test_level_3_is_judged if {
	resource := _input("compute.instance", "aws", 3, {"deletion_protection": false})
	deletion_protection.applies with input as resource
}

test_a_kind_without_protection_is_not_judged if {
	resource := _input("database.instance", "aws", 3, {"deletion_protection": null})
	not deletion_protection.applies with input as resource
}

test_a_kind_without_protection_has_no_finding if {
	resource := _input("database.instance", "aws", 3, {"deletion_protection": null})
	findings := deletion_protection.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("compute.instance", "aws", 3, {})
	findings := deletion_protection.deny with input as resource
	findings == set()
}
