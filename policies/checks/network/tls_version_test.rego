package mlps.checks.network.tls_version_test

import data.mlps.checks.network.tls_version

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.load_balancer",
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

# The same with parts of the envelope replaced.
_with(provider, level, facts, envelope) := object.union(_input(provider, level, facts), envelope)

test_aws_listener_1_2_passes if {
	findings := tls_version.deny with input as _input("aws", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
		"tls": {"minimum": "1.2", "required": true, "policy": null},
	}]})
	findings == set()
}

test_azure_account_1_2_passes if {
	findings := tls_version.deny with input as _with(
		"azure", 3, {"tls": {
			"minimum": "1.2",
			"required": true,
			"policy": null,
		}},
		{"type": "storage.bucket"},
	)
	findings == set()
}

test_aliyun_listener_1_3_passes if {
	findings := tls_version.deny with input as _input("aliyun", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
		"tls": {"minimum": "1.3", "required": true, "policy": null},
	}]})
	findings == set()
}

test_aws_listener_1_0_fails if {
	findings := tls_version.deny with input as _input("aws", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
		"tls": {"minimum": "1.0", "required": true, "policy": null},
	}]})
	findings == {{"at": "listeners/0/tls/minimum", "args": {"version": "1.0", "lowest": "1.2"}}}
}

test_azure_account_1_1_fails if {
	findings := tls_version.deny with input as _with(
		"azure", 3, {"tls": {
			"minimum": "1.1",
			"required": true,
			"policy": null,
		}},
		{"type": "storage.bucket"},
	)
	findings == {{"at": "tls/minimum", "args": {"version": "1.1", "lowest": "1.2"}}}
}

test_aliyun_database_without_tls_fails if {
	findings := tls_version.deny with input as _with(
		"aliyun", 3, {"tls": {
			"minimum": "none",
			"required": true,
			"policy": null,
		}},
		{"type": "database.instance"},
	)
	findings == {{"at": "tls/minimum", "args": {"version": "none", "lowest": "1.2"}}}
}

test_ssl_fails if {
	findings := tls_version.deny with input as _input("aws", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
		"tls": {"minimum": "ssl3", "required": true, "policy": null},
	}]})
	findings == {{"at": "listeners/0/tls/minimum", "args": {"version": "ssl3", "lowest": "1.2"}}}
}

test_a_listener_without_tls_has_no_finding if {
	findings := tls_version.deny with input as _input("aws", 3, {"listeners": [{
		"port": 80,
		"protocol": "http",
		"tls": null,
	}]})
	findings == set()
}

test_a_balancer_without_tls_is_not_judged if {
	not tls_version.applies with input as _input("aws", 3, {"listeners": [{
		"port": 80,
		"protocol": "http",
		"tls": null,
	}]})
}

test_a_balancer_with_tls_is_judged if {
	tls_version.applies with input as _input("aws", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
		"tls": {"minimum": "1.2", "required": true, "policy": null},
	}]})
}

test_a_bucket_is_judged if {
	tls_version.applies with input as _with(
		"aws", 3, {"tls": {
			"minimum": "1.2",
			"required": true,
			"policy": null,
		}},
		{"type": "storage.bucket"},
	)
}

test_an_unknown_version_has_no_finding if {
	findings := tls_version.deny with input as _input("aws", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
		"tls": {"required": true},
	}]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := tls_version.deny with input as _input("aws", 3, {})
	findings == set()
}
