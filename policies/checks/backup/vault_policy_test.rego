package mlps.checks.backup.vault_policy_test

import data.mlps.checks.backup.vault_policy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "backup.vault",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"context": {"allowed_accounts": ["444455556666"]},
	"facts": facts,
}

_grant(principal, account, kind, narrows) := {
	"principal": principal,
	"account": account,
	"kind": kind,
	"actions": ["backup:*"],
	"conditions": [],
	"narrows": narrows,
}

test_no_policy_passes if {
	facts := {"policy": []}
	findings := vault_policy.deny with input as _input("azure", facts)
	findings == set()
}

test_own_account_passes if {
	facts := {"policy": [_grant("arn:aws-cn:iam::111122223333:root", "111122223333", "account", false)]}
	findings := vault_policy.deny with input as _input("aws", facts)
	findings == set()
}

test_allowed_account_passes if {
	facts := {"policy": [_grant("444455556666", "444455556666", "account", false)]}
	findings := vault_policy.deny with input as _input("aws", facts)
	findings == set()
}

test_anyone_within_the_organisation_passes if {
	facts := {"policy": [_grant("*", null, "anyone", true)]}
	findings := vault_policy.deny with input as _input("aws", facts)
	findings == set()
}

test_aws_anyone_fails if {
	facts := {"policy": [_grant("*", null, "anyone", false)]}
	findings := vault_policy.deny with input as _input("aws", facts)
	findings == {{"at": "policy/0", "args": {"principal": "*"}}}
}

test_aliyun_foreign_account_fails if {
	facts := {"policy": [_grant("5999999999999999", "5999999999999999", "account", false)]}
	findings := vault_policy.deny with input as _input("aliyun", facts)
	findings == {{"at": "policy/0", "args": {"principal": "5999999999999999"}}}
}

test_unknown_has_no_finding if {
	facts := {}
	findings := vault_policy.deny with input as _input("aliyun", facts)
	findings == set()
}
