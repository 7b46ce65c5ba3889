package mlps.checks.management.central_audit_test

import data.mlps.checks.management.central_audit

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "account.audit",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_trail(logging, store) := {"logging": logging, "destination": {"store": store}}

_facts(central, trails) := {"central": central, "trails": trails}

test_aws_trail_of_the_organisation_passes if {
	facts := _facts(true, [_trail(true, "arn:aws-cn:s3:::org-audit"), _trail(true, "arn:aws-cn:s3:::mine")])
	findings := central_audit.deny with input as _input("aws", 3, facts)
	findings == set()
}

test_azure_export_to_a_shared_workspace_passes if {
	findings := central_audit.deny with input as _input("azure", 3, _facts(true, [_trail(true, "audit")]))
	findings == set()
}

test_aliyun_account_on_its_own_with_one_store_passes if {
	facts := _facts(null, [_trail(true, "audit"), _trail(true, "audit"), _trail(false, "old")])
	findings := central_audit.deny with input as _input("aliyun", 3, facts)
	findings == set()
}

test_aws_account_that_keeps_its_records_fails if {
	facts := _facts(false, [_trail(true, "arn:aws-cn:s3:::mine")])
	findings := central_audit.deny with input as _input("aws", 3, facts)
	findings == {{"at": "central", "args": {}}}
}

test_azure_subscription_without_export_fails if {
	findings := central_audit.deny with input as _input("azure", 4, _facts(false, []))
	findings == {{"at": "central", "args": {}}}
}

test_aliyun_account_on_its_own_with_two_stores_fails if {
	facts := _facts(null, [_trail(true, "one"), _trail(true, "two")])
	findings := central_audit.deny with input as _input("aliyun", 3, facts)
	findings == {{"at": "trails", "args": {}}}
}

test_an_account_on_its_own_without_a_running_trail_fails if {
	every trails in [[], [_trail(false, "audit")]] {
		findings := central_audit.deny with input as _input("aws", 3, _facts(null, trails))
		findings == {{"at": "trails", "args": {}}}
	}
}

test_level_2_is_not_judged if {
	findings := central_audit.deny with input as _input("aws", 2, _facts(false, []))
	findings == set()
	not central_audit.applies with input as _input("aws", 2, _facts(false, []))
}

test_level_3_is_judged if {
	central_audit.applies with input as _input("aws", 3, _facts(false, []))
}

test_an_unknown_store_points_above_it if {
	findings := central_audit.deny with input as _input("aws", 3, _facts(null, [{"logging": true}]))
	findings == {{"at": "trails", "args": {}}}
}

test_an_unknown_organisation_has_no_finding if {
	findings := central_audit.deny with input as _input("aws", 3, {"trails": []})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := central_audit.deny with input as _input("aws", 3, {})
	findings == set()
}
