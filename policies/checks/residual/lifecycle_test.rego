package mlps.checks.residual.lifecycle_test

import data.mlps.checks.residual.lifecycle

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

_bucket(versions, noncurrent, uploads) := {
	"versioning": versions,
	"lifecycle": {"noncurrent_expiry_days": noncurrent, "abort_incomplete_days": uploads},
}

_without_rules(versions) := {"versioning": versions, "lifecycle": null}

_finding(at, left) := {"at": at, "args": {"left": left}}

test_aws_bucket_with_both_rules_passes if {
	findings := lifecycle.deny with input as _input("aws", 3, _bucket(true, 90, 7))
	findings == set()
}

test_azure_account_with_a_rule_for_versions_passes if {
	findings := lifecycle.deny with input as _input("azure", 3, _bucket(true, 365, null))
	findings == set()
}

test_aliyun_bucket_with_both_rules_passes if {
	findings := lifecycle.deny with input as _input("aliyun", 2, _bucket(true, 1, 1))
	findings == set()
}

test_aws_bucket_without_rules_fails if {
	findings := lifecycle.deny with input as _input("aws", 3, _without_rules(true))
	findings == {_finding("lifecycle", "versions"), _finding("lifecycle", "uploads")}
}

test_azure_versions_without_a_rule_fail if {
	findings := lifecycle.deny with input as _input("azure", 3, _without_rules(true))
	findings == {_finding("lifecycle", "versions")}
}

test_aliyun_bucket_without_the_two_rules_fails if {
	findings := lifecycle.deny with input as _input("aliyun", 4, _bucket(true, null, null))
	findings == {
		_finding("lifecycle/noncurrent_expiry_days", "versions"),
		_finding("lifecycle/abort_incomplete_days", "uploads"),
	}
}

test_without_versions_uploads_alone_matter if {
	findings := lifecycle.deny with input as _input("aws", 3, _bucket(false, null, 7))
	findings == set()
}

test_uploads_without_a_rule_fail_without_versions if {
	findings := lifecycle.deny with input as _input("aws", 3, _without_rules(false))
	findings == {_finding("lifecycle", "uploads")}
}

test_azure_account_without_versions_is_not_judged if {
	resource := _input("azure", 3, _without_rules(false))
	not lifecycle.applies with input as resource
	findings := lifecycle.deny with input as resource
	findings == set()
}

test_azure_account_with_versions_is_judged if {
	lifecycle.applies with input as _input("azure", 3, _bucket(true, 90, null))
}

test_aws_bucket_without_versions_is_judged if {
	lifecycle.applies with input as _input("aws", 3, _bucket(false, null, 7))
}

test_unknown_versioning_has_no_finding_on_versions if {
	findings := lifecycle.deny with input as _input("aws", 3, {"lifecycle": null})
	findings == {_finding("lifecycle", "uploads")}
}

test_an_unknown_period_has_no_finding if {
	findings := lifecycle.deny with input as _input("aws", 3, {"versioning": true, "lifecycle": {}})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := lifecycle.deny with input as _input("aws", 3, {"versioning": true})
	findings == set()
}
