package mlps.checks.intrusion.waf_logging_test

import data.mlps.checks.intrusion.waf_logging

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

test_aws_kept_log_passes if {
	findings := waf_logging.deny with input as _input("aws", 3, {
		"listeners": [{"port": 443, "protocol": "https"}],
		"access_log": {"enabled": true, "destination": "store", "retention_days": 365},
	})
	findings == set()
}

test_azure_waf_log_passes if {
	findings := waf_logging.deny with input as _with(
		"azure", 3, {"logging": {
			"enabled": true,
			"destination": "store",
			"retention_days": 180,
		}},
		{"type": "network.waf"},
	)
	findings == set()
}

test_aliyun_log_kept_for_ever_passes if {
	findings := waf_logging.deny with input as _input("aliyun", 3, {
		"listeners": [{"port": 443, "protocol": "http"}],
		"access_log": {"enabled": true, "destination": "store", "retention_days": null},
	})
	findings == set()
}

test_aws_without_log_fails if {
	findings := waf_logging.deny with input as _input("aws", 3, {
		"listeners": [{"port": 443, "protocol": "https"}],
		"access_log": {"enabled": false, "destination": null, "retention_days": null},
	})
	findings == {{"at": "access_log/enabled", "args": {"days": 0, "level": 3, "limit": 180}}}
}

test_azure_waf_without_log_fails if {
	findings := waf_logging.deny with input as _with(
		"azure", 3, {"logging": {
			"enabled": false,
			"destination": null,
			"retention_days": null,
		}},
		{"type": "network.waf"},
	)
	findings == {{"at": "logging/enabled", "args": {"days": 0, "level": 3, "limit": 180}}}
}

test_apis_and_cdns_without_log_fail if {
	every kind in ["network.api", "network.cdn"] {
		findings := waf_logging.deny with input as _with("aws", 3, {"logging": {"enabled": false}}, {"type": kind})
		findings == {{"at": "logging/enabled", "args": {"days": 0, "level": 3, "limit": 180}}}
	}
}

test_aliyun_short_log_fails if {
	findings := waf_logging.deny with input as _input("aliyun", 3, {
		"listeners": [{"port": 443, "protocol": "https"}],
		"access_log": {"enabled": true, "destination": "store", "retention_days": 179},
	})
	findings == {{"at": "access_log/retention_days", "args": {"days": 179, "level": 3, "limit": 180}}}
}

test_a_short_log_fails_at_level_2 if {
	findings := waf_logging.deny with input as _input("aws", 2, {
		"listeners": [{"port": 443, "protocol": "tls"}],
		"access_log": {"enabled": true, "destination": "store", "retention_days": 30},
	})
	findings == {{"at": "access_log/retention_days", "args": {"days": 30, "level": 2, "limit": 180}}}
}

test_a_short_log_passes_at_level_1 if {
	findings := waf_logging.deny with input as _input("aws", 1, {
		"listeners": [{"port": 443, "protocol": "https"}],
		"access_log": {"enabled": true, "destination": "store", "retention_days": 30},
	})
	findings == set()
}

test_a_tcp_balancer_has_no_finding if {
	findings := waf_logging.deny with input as _input("aws", 3, {
		"listeners": [{"port": 443, "protocol": "tcp"}],
		"access_log": {"enabled": false, "destination": null, "retention_days": null},
	})
	findings == set()
}

test_a_tcp_balancer_is_not_judged if {
	not waf_logging.applies with input as _input("aws", 3, {
		"listeners": [{"port": 443, "protocol": "tcp"}],
		"access_log": {"enabled": false, "destination": null, "retention_days": null},
	})
}

test_a_web_balancer_is_judged if {
	waf_logging.applies with input as _input("aws", 3, {
		"listeners": [{"port": 443, "protocol": "https"}],
		"access_log": {"enabled": true, "destination": "store", "retention_days": null},
	})
}

test_a_waf_is_judged if {
	waf_logging.applies with input as _with(
		"azure", 3, {"logging": {
			"enabled": true,
			"destination": "store",
			"retention_days": null,
		}},
		{"type": "network.waf"},
	)
}

test_an_unknown_retention_has_no_finding if {
	findings := waf_logging.deny with input as _input("aws", 3, {
		"listeners": [{"port": 443, "protocol": "https"}],
		"access_log": {"enabled": true},
	})
	findings == set()
}

test_an_unknown_log_has_no_finding if {
	findings := waf_logging.deny with input as _input("aws", 3, {"listeners": [{
		"port": 443,
		"protocol": "https",
	}]})
	findings == set()
}

test_unknown_listeners_have_no_finding if {
	findings := waf_logging.deny with input as _input("aws", 3, {"access_log": {
		"enabled": false,
		"destination": null,
		"retention_days": null,
	}})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := waf_logging.deny with input as _input("aws", 3, {})
	findings == set()
}
