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
	findings == {{"at": "listeners/0/tls/minimum", "args": {"found": "TLS 1.0", "needed": "≥ TLS 1.2"}}}
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
	findings == {{"at": "tls/minimum", "args": {"found": "TLS 1.1", "needed": "≥ TLS 1.2"}}}
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
	findings == {{"at": "tls/minimum", "args": {"found": "plaintext", "needed": "≥ TLS 1.2"}}}
}

test_ssl_fails if {
	findings := tls_version.deny with input as _input("aws", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
		"tls": {"minimum": "ssl3", "required": true, "policy": null},
	}]})
	findings == {{"at": "listeners/0/tls/minimum", "args": {"found": "SSL 3", "needed": "≥ TLS 1.2"}}}
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

_listener(policy) := {"listeners": [{
	"port": 443,
	"protocol": "https",
	"tls": {"minimum": "1.2", "required": true, "policy": policy},
}]}

_viewers(minimum, policy) := {"viewer_tls": {"minimum": minimum, "required": true, "policy": policy}}

_weak := {
	"aws": {
		"ELBSecurityPolicy-TLS-1-2-2017-01",
		"ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
		"ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
		"ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06",
		"ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04",
		"ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09",
	},
	"azure": {"AppGwSslPolicy20170401S"},
	"aliyun": {"tls_cipher_policy_1_2"},
}

_strong := {
	"aws": {
		"ELBSecurityPolicy-TLS13-1-2-2021-06",
		"ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
		"ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04",
		"ELBSecurityPolicy-TLS13-1-3-2021-06",
		"ELBSecurityPolicy-FS-1-2-Res-2020-10",
	},
	"azure": {"AppGwSslPolicy20220101", "AppGwSslPolicy20220101S"},
	"aliyun": {"tls_cipher_policy_1_2_strict", "tls_cipher_policy_1_2_strict_with_1_3", "tls-own", null},
}

test_level_4_policies_with_forward_secrecy_pass if {
	every provider, policies in _strong {
		every policy in policies {
			findings := tls_version.deny with input as _input(provider, 4, _listener(policy))
			findings == set()
		}
	}
}

test_level_4_policies_without_forward_secrecy_fail if {
	every provider, policies in _weak {
		every policy in policies {
			findings := tls_version.deny with input as _input(provider, 4, _listener(policy))
			findings == {{"at": "listeners/0/tls/policy", "args": {"found": policy, "needed": "ECDHE, DHE"}}}
		}
	}
}

test_up_to_level_3_the_version_is_enough if {
	every level in [1, 2, 3] {
		every provider, policies in _weak {
			every policy in policies {
				findings := tls_version.deny with input as _input(provider, level, _listener(policy))
				findings == set()
			}
		}
	}
}

test_cdn_1_2_passes if {
	every provider, policy in {"aws": "TLSv1.2_2021", "azure": null, "aliyun": null} {
		every level in [3, 4] {
			findings := tls_version.deny with input as _input(provider, level, _viewers("1.2", policy))
			findings == set()
			tls_version.applies with input as _input(provider, level, _viewers("1.2", policy))
		}
	}
}

test_cdn_1_0_fails if {
	every provider, _ in _accounts {
		findings := tls_version.deny with input as _input(provider, 3, _viewers("1.0", null))
		findings == {{"at": "viewer_tls/minimum", "args": {"found": "TLS 1.0", "needed": "≥ TLS 1.2"}}}
	}
}

test_level_4_cdn_without_forward_secrecy_fails if {
	findings := tls_version.deny with input as _input("aws", 4, _viewers("1.2", "TLSv1.2_2018"))
	findings == {{"at": "viewer_tls/policy", "args": {"found": "TLSv1.2_2018", "needed": "ECDHE, DHE"}}}
}

test_aliyun_api_1_1_fails if {
	findings := tls_version.deny with input as _with(
		"aliyun", 3, {"tls": {"minimum": "1.1", "required": true, "policy": null}},
		{"type": "network.api"},
	)
	findings == {{"at": "tls/minimum", "args": {"found": "TLS 1.1", "needed": "≥ TLS 1.2"}}}
}

test_an_unknown_policy_has_no_finding if {
	every facts in [{"listeners": [{"tls": {"minimum": "1.2"}}]}, {"viewer_tls": {"minimum": "1.2"}}] {
		findings := tls_version.deny with input as _input("aws", 4, facts)
		findings == set()
	}
}

test_unknown_has_no_finding if {
	findings := tls_version.deny with input as _input("aws", 3, {})
	findings == set()
}

_called(provider, minimum) := _with(
	provider, 3, {"tls": {"minimum": minimum, "required": true, "policy": null}},
	{"type": "compute.function"},
)

test_sites_from_1_2_on_pass if {
	findings := tls_version.deny with input as _called("azure", "1.2")
	findings == set()
	tls_version.applies with input as _called("azure", "1.2")
}

test_sites_with_1_0_fail if {
	findings := tls_version.deny with input as _called("azure", "1.0")
	findings == {{"at": "tls/minimum", "args": {"found": "TLS 1.0", "needed": "≥ TLS 1.2"}}}
}

test_functions_that_nobody_calls_over_http_are_not_judged if {
	facts := _with("aws", 3, {"tls": null}, {"type": "compute.function"})
	findings := tls_version.deny with input as facts
	findings == set()
	not tls_version.applies with input as facts
}

test_queues_with_1_1_fail if {
	facts := _with("azure", 3, {"tls": {"minimum": "1.1", "required": true}}, {"type": "queue.topic"})
	findings := tls_version.deny with input as facts
	findings == {{"at": "tls/minimum", "args": {"found": "TLS 1.1", "needed": "≥ TLS 1.2"}}}
}
