package mlps.checks.data.database_tls_test

import data.mlps.checks.data.database_tls

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "database.instance",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_database_passes if {
	resource := _input("aws", 3, {"tls": {"minimum": "1.2", "required": true}})
	findings := database_tls.deny with input as resource
	findings == set()
}

test_azure_flexible_server_passes if {
	resource := _input("azure", 3, {"tls": {"minimum": "1.2", "required": true}})
	findings := database_tls.deny with input as resource
	findings == set()
}

test_aliyun_database_passes if {
	resource := _input("aliyun", 3, {"tls": {"minimum": "1.2", "required": true}})
	findings := database_tls.deny with input as resource
	findings == set()
}

test_aws_database_fails if {
	resource := _input("aws", 3, {"tls": {"minimum": "1.2", "required": false}})
	findings := database_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}

test_azure_flexible_server_fails if {
	resource := _input("azure", 3, {"tls": {"minimum": "1.2", "required": false}})
	findings := database_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}

test_aliyun_database_fails if {
	resource := _input("aliyun", 3, {"tls": {"minimum": "1.2", "required": false}})
	findings := database_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := database_tls.deny with input as resource
	findings == set()
}

test_an_unknown_lowest_version_changes_nothing if {
	resource := _input("aws", 3, {"tls": {"required": false}})
	findings := database_tls.deny with input as resource
	findings == {{"at": "tls/required", "args": {}}}
}

test_what_nobody_connects_to_is_not_judged if {
	resource := _input("aws", 3, {"engine": "dms", "tls": null})
	findings := database_tls.deny with input as resource
	findings == set()
	not database_tls.applies with input as resource
}
