package mlps.checks.intrusion.firewall_ips_test

import data.mlps.checks.intrusion.firewall_ips

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.gateway",
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

_found(mode, level, needed) := {{"at": "ips_mode", "args": {"mode": mode, "level": level, "needed": needed}}}

test_aws_blocking_firewall_passes if {
	findings := firewall_ips.deny with input as _input("aws", 3, {"ips_mode": "block"})
	findings == set()
}

test_azure_blocking_firewall_passes if {
	findings := firewall_ips.deny with input as _input("azure", 4, {"ips_mode": "block"})
	findings == set()
}

test_aliyun_alerts_pass_at_level_2 if {
	findings := firewall_ips.deny with input as _input("aliyun", 2, {"ips_mode": "alert"})
	findings == set()
}

test_aws_firewall_without_ips_fails if {
	findings := firewall_ips.deny with input as _input("aws", 3, {"ips_mode": "off"})
	findings == {{"at": "ips_mode", "args": {"mode": "off", "level": 3, "needed": "block"}}}
}

test_azure_alerts_alone_fail_at_level_3 if {
	findings := firewall_ips.deny with input as _input("azure", 3, {"ips_mode": "alert"})
	findings == _found("alert", 3, "block")
}

test_aliyun_alerts_alone_fail_at_level_4 if {
	findings := firewall_ips.deny with input as _input("aliyun", 4, {"ips_mode": "alert"})
	findings == _found("alert", 4, "block")
}

test_aliyun_off_fails_at_levels_1_and_2 if {
	every level in [1, 2] {
		findings := firewall_ips.deny with input as _input("aliyun", level, {"ips_mode": "off"})
		findings == _found("off", level, "alert")
	}
}

test_a_gateway_without_firewall_has_no_finding if {
	findings := firewall_ips.deny with input as _input("aws", 3, {"ips_mode": null})
	findings == set()
}

test_a_gateway_without_firewall_is_not_judged if {
	not firewall_ips.applies with input as _input("aws", 3, {"ips_mode": null})
}

test_a_gateway_with_firewall_is_judged if {
	firewall_ips.applies with input as _input("azure", 3, {"ips_mode": "alert"})
}

test_unknown_has_no_finding if {
	findings := firewall_ips.deny with input as _input("aws", 3, {})
	findings == set()
}
