package mlps.checks.intrusion.waf_mode_test

import data.mlps.checks.intrusion.waf_mode

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.waf",
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

_counts := {"at": "mode", "args": {"state": "count"}}

_empty := {"at": "rule_sets", "args": {"state": "no core rule set"}}

test_aws_core_rules_pass if {
	findings := waf_mode.deny with input as _input("aws", 3, {
		"mode": "block",
		"rule_sets": ["AWSManagedRulesSQLiRuleSet", "AWSManagedRulesCommonRuleSet"],
	})
	findings == set()
}

test_azure_core_rules_pass if {
	every name in ["OWASP_3.2", "Microsoft_DefaultRuleSet_2.1"] {
		findings := waf_mode.deny with input as _input("azure", 4, {"mode": "block", "rule_sets": [name]})
		findings == set()
	}
}

test_aliyun_core_rules_pass if {
	every name in ["waf_group", "waf_base"] {
		findings := waf_mode.deny with input as _input("aliyun", 3, {"mode": "block", "rule_sets": ["cc", name]})
		findings == set()
	}
}

test_aws_counting_acl_fails if {
	findings := waf_mode.deny with input as _input("aws", 3, {
		"mode": "count",
		"rule_sets": ["AWSManagedRulesCommonRuleSet"],
	})
	findings == {_counts}
}

test_azure_policy_without_rules_fails if {
	findings := waf_mode.deny with input as _input("azure", 3, {"mode": "block", "rule_sets": []})
	findings == {_empty}
}

test_aliyun_other_modules_alone_fail if {
	findings := waf_mode.deny with input as _input("aliyun", 3, {
		"mode": "count",
		"rule_sets": ["cc", "ip_blacklist", "AWSManagedRulesCommonRuleSet"],
	})
	findings == {_counts, _empty}
}

test_counting_is_enough_below_level_3 if {
	every level in [1, 2] {
		findings := waf_mode.deny with input as _input("azure", level, {"mode": "count", "rule_sets": ["OWASP_3.2"]})
		findings == set()
	}
}

test_core_rules_are_needed_at_level_2 if {
	findings := waf_mode.deny with input as _input("azure", 2, {"mode": "count", "rule_sets": []})
	findings == {_empty}
}

# The finding points above what is not known: the verdict is unknown.
test_an_unknown_rule_set_points_above_it if {
	findings := waf_mode.deny with input as _input("aws", 3, {"mode": "block", "rule_sets": [null]})
	findings == {_empty}
}

test_an_unknown_mode_has_no_finding if {
	findings := waf_mode.deny with input as _input("aws", 3, {"rule_sets": ["AWSManagedRulesCommonRuleSet"]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := waf_mode.deny with input as _input("aws", 3, {})
	findings == set()
}
