package mlps.checks.data.certificate_expiry_test

import data.mlps.checks.data.certificate_expiry

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "key.certificate",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_certificate(expires, in_use) := {"expires": expires, "in_use": in_use, "auto_renew": false}

_finding(days, expires) := {"at": "expires", "args": {"days": days, "expires": expires, "limit": 30}}

test_aws_certificate_passes if {
	findings := certificate_expiry.deny with input as _input("aws", 3, _certificate("2026-01-01T00:00:00Z", true))
	findings == set()
}

test_azure_certificate_passes if {
	findings := certificate_expiry.deny with input as _input("azure", 3, _certificate("2025-09-01T12:00:00Z", true))
	findings == set()
}

test_aliyun_certificate_passes if {
	resource := _input("aliyun", 3, _certificate("2025-07-01T08:00:00+08:00", true))
	findings := certificate_expiry.deny with input as resource
	findings == set()
}

test_aws_certificate_about_to_expire_fails if {
	findings := certificate_expiry.deny with input as _input("aws", 3, _certificate("2025-06-15T00:00:00Z", true))
	findings == {_finding(14, "2025-06-15T00:00:00Z")}
}

test_azure_expired_certificate_fails if {
	findings := certificate_expiry.deny with input as _input("azure", 4, _certificate("2025-05-31T12:00:00Z", true))
	findings == {_finding(-1, "2025-05-31T12:00:00Z")}
}

test_aliyun_certificate_a_second_short_fails if {
	resource := _input("aliyun", 3, _certificate("2025-06-30T23:59:59Z", true))
	findings := certificate_expiry.deny with input as resource
	findings == {_finding(29, "2025-06-30T23:59:59Z")}
}

test_30_days_pass if {
	findings := certificate_expiry.deny with input as _input("aws", 3, _certificate("2025-07-01T00:00:00Z", true))
	findings == set()
}

test_a_renewal_that_did_not_happen_fails if {
	facts := object.union(_certificate("2025-06-10T00:00:00Z", true), {"auto_renew": true})
	findings := certificate_expiry.deny with input as _input("aws", 3, facts)
	findings == {_finding(9, "2025-06-10T00:00:00Z")}
}

test_a_certificate_that_is_not_used_is_not_judged if {
	resource := _input("aws", 3, _certificate("2025-05-01T00:00:00Z", false))
	not certificate_expiry.applies with input as resource
	findings := certificate_expiry.deny with input as resource
	findings == set()
}

test_a_certificate_in_use_is_judged if {
	certificate_expiry.applies with input as _input("aws", 3, _certificate("2026-01-01T00:00:00Z", true))
}

test_unknown_use_has_no_finding if {
	findings := certificate_expiry.deny with input as _input("aws", 3, {"expires": "2025-05-01T00:00:00Z"})
	findings == set()
}

test_an_unknown_end_has_no_finding if {
	findings := certificate_expiry.deny with input as _input("aws", 3, {"in_use": true})
	findings == set()
}

test_an_end_that_cannot_be_read_has_no_finding if {
	findings := certificate_expiry.deny with input as _input("aws", 3, _certificate("soon", true))
	findings == set()
}
