package mlps.checks.identity.session_test

import data.mlps.checks.identity.session

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

test_aws_short_session_passes if {
	findings := session.deny with input as _input("aws", "account.identity", 3, {"session_max_minutes": 480})
	findings == set()
}

test_azure_short_session_passes if {
	findings := session.deny with input as _input("azure", "account.identity", 3, {"session_max_minutes": 480})
	findings == set()
}

test_aliyun_short_session_passes if {
	findings := session.deny with input as _input("aliyun", "account.identity", 3, {"session_max_minutes": 480})
	findings == set()
}

test_aws_long_session_fails if {
	findings := session.deny with input as _input("aws", "account.identity", 3, {"session_max_minutes": 720})
	findings == {{"at": "session_max_minutes", "args": {"minutes": 720, "limit": 480}}}
}

test_azure_long_session_fails if {
	findings := session.deny with input as _input("azure", "account.identity", 3, {"session_max_minutes": 720})
	findings == {{"at": "session_max_minutes", "args": {"minutes": 720, "limit": 480}}}
}

test_aliyun_long_session_fails if {
	findings := session.deny with input as _input("aliyun", "account.identity", 3, {"session_max_minutes": 720})
	findings == {{"at": "session_max_minutes", "args": {"minutes": 720, "limit": 480}}}
}

test_level_4_is_stricter_and_fails if {
	findings := session.deny with input as _input("aliyun", "account.identity", 4, {"session_max_minutes": 480})
	findings == {{"at": "session_max_minutes", "args": {"minutes": 480, "limit": 240}}}
}

test_level_1_takes_more if {
	findings := session.deny with input as _input("aliyun", "account.identity", 1, {"session_max_minutes": 720})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := session.deny with input as _input("aliyun", "account.identity", 3, {})
	findings == set()
}

test_a_setting_is_judged if {
	session.applies with input as _input("aliyun", "account.identity", 3, {"session_max_minutes": 360})
}

test_a_cloud_without_such_a_setting_is_not_judged if {
	facts := {"session_max_minutes": null}
	findings := session.deny with input as _input("aws", "account.identity", 3, facts)
	findings == set()
	not session.applies with input as _input("aws", "account.identity", 3, facts)
}
