package mlps.checks.identity.lockout_test

import data.mlps.checks.identity.lockout

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, type, level, facts) := {
	"id": "r-1",
	"type": type,
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_azure_lockout_passes if {
	facts := {"password_policy": {"lockout_attempts": 5}}
	findings := lockout.deny with input as _input("azure", "account.identity", 3, facts)
	findings == set()
}

test_aliyun_lockout_passes if {
	facts := {"password_policy": {"lockout_attempts": 3}}
	findings := lockout.deny with input as _input("aliyun", "account.identity", 3, facts)
	findings == set()
}

test_azure_many_attempts_fails if {
	facts := {"password_policy": {"lockout_attempts": 10}}
	findings := lockout.deny with input as _input("azure", "account.identity", 3, facts)
	findings == {{"at": "password_policy/lockout_attempts", "args": {"limit": 5, "found": 10}}}
}

test_aliyun_without_a_limit_fails if {
	facts := {"password_policy": {"lockout_attempts": 0}}
	findings := lockout.deny with input as _input("aliyun", "account.identity", 3, facts)
	findings == {{"at": "password_policy/lockout_attempts", "args": {"limit": 5, "found": 0}}}
}

test_level_1_takes_more if {
	facts := {"password_policy": {"lockout_attempts": 10}}
	findings := lockout.deny with input as _input("aliyun", "account.identity", 1, facts)
	findings == set()
}

test_a_limit_is_judged if {
	facts := {"password_policy": {"lockout_attempts": 5}}
	lockout.applies with input as _input("aliyun", "account.identity", 3, facts)
}

test_aws_has_no_such_setting if {
	facts := {"password_policy": {"lockout_attempts": null}}
	not lockout.applies with input as _input("aws", "account.identity", 3, facts)
}

test_an_account_without_a_policy_is_not_judged if {
	not lockout.applies with input as _input("aws", "account.identity", 3, {"password_policy": null})
}

test_unknown_has_no_finding if {
	findings := lockout.deny with input as _input("aliyun", "account.identity", 3, {"password_policy": {}})
	findings == set()
}
