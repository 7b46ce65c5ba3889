package mlps.checks.location.log_delivery_test

import data.mlps.checks.location.log_delivery

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.audit",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"country": null,
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_aws_mainland_store_passes if {
	findings := log_delivery.deny with input as _input("aws", 3, {"trails": [{
		"id": "trail-1",
		"destination": {"store": "audit", "account": null, "region": "cn-north-1"},
	}]})
	findings == set()
}

test_azure_mainland_store_passes if {
	findings := log_delivery.deny with input as _input("azure", 3, {"trails": [{
		"id": "trail-1",
		"destination": {"store": "audit", "account": null, "region": "chinanorth3"},
	}]})
	findings == set()
}

test_aliyun_mainland_store_passes if {
	findings := log_delivery.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "trail-1",
		"destination": {"store": "audit", "account": null, "region": "cn-hangzhou"},
	}]})
	findings == set()
}

test_aws_store_abroad_fails if {
	findings := log_delivery.deny with input as _input("aws", 3, {"trails": [
		{"id": "trail-1", "destination": {"store": "audit", "account": null, "region": "cn-north-1"}},
		{"id": "trail-2", "destination": {"store": "audit", "account": null, "region": "us-east-1"}},
	]})
	findings == {{"at": "trails/1/destination/region", "args": {"log": "trail-2", "region": "us-east-1"}}}
}

test_azure_store_abroad_fails if {
	findings := log_delivery.deny with input as _input("azure", 3, {"trails": [{
		"id": "trail-1",
		"destination": {"store": "audit", "account": null, "region": "southeastasia"},
	}]})
	findings == {{"at": "trails/0/destination/region", "args": {"log": "trail-1", "region": "southeastasia"}}}
}

test_aliyun_store_in_hong_kong_fails if {
	findings := log_delivery.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "trail-1",
		"destination": {"store": "audit", "account": null, "region": "cn-hongkong"},
	}]})
	findings == {{"at": "trails/0/destination/region", "args": {"log": "trail-1", "region": "cn-hongkong"}}}
}

test_an_account_without_trails_is_not_judged if {
	not log_delivery.applies with input as _input("aws", 3, {"trails": []})
}

test_an_account_with_a_trail_is_judged if {
	log_delivery.applies with input as _input("aws", 3, {"trails": [{
		"id": "trail-1",
		"destination": {"store": "audit", "account": null, "region": "cn-north-1"},
	}]})
}

test_a_store_in_an_unknown_region_has_no_finding if {
	findings := log_delivery.deny with input as _input("aws", 3, {"trails": [{
		"id": "trail-1",
		"destination": {"store": "audit"},
	}]})
	findings == set()
}

test_an_unknown_store_has_no_finding if {
	findings := log_delivery.deny with input as _input("aws", 3, {"trails": [{"id": "trail-1"}]})
	findings == set()
}

_logs(region) := {
	"flow_logs/0/destination_region": {"flow_logs": [{"destination_region": region}]},
	"access_log/destination_region": {"access_log": {"enabled": true, "destination_region": region}},
	"logging/destination_region": {"logging": {"enabled": true, "destination_region": region}},
	"audit_log/destination_region": {"audit_log": {"enabled": true, "destination_region": region}},
}

_names := {
	"flow_logs/0/destination_region": "flow log",
	"access_log/destination_region": "access log",
	"logging/destination_region": "access log",
	"audit_log/destination_region": "audit log",
}

test_logs_of_resources_in_the_mainland_pass if {
	every provider, region in {"aws": "cn-north-1", "azure": "chinaeast2", "aliyun": "cn-shanghai"} {
		every facts in _logs(region) {
			findings := log_delivery.deny with input as _input(provider, 3, facts)
			findings == set()
			log_delivery.applies with input as _input(provider, 3, facts)
		}
	}
}

test_logs_of_resources_abroad_fail if {
	every provider, region in {"aws": "us-east-1", "azure": "eastasia", "aliyun": "cn-hongkong"} {
		every at, facts in _logs(region) {
			findings := log_delivery.deny with input as _input(provider, 3, facts)
			findings == {{"at": at, "args": {"log": _names[at], "region": region}}}
		}
	}
}

test_a_log_that_is_off_is_not_judged if {
	every facts in _logs(null) {
		findings := log_delivery.deny with input as _input("azure", 3, facts)
		findings == set()
	}
	every facts in [
		{"access_log": {"enabled": false, "destination_region": null}},
		{"audit_log": null},
		{"flow_logs": []},
	] {
		not log_delivery.applies with input as _input("azure", 3, facts)
	}
}

test_a_declared_region_passes if {
	declared := object.union(
		_input("azure", 3, {"audit_log": {"enabled": true, "destination_region": "eastasia"}}),
		{"context": {"allowed_regions": ["eastasia"]}},
	)
	findings := log_delivery.deny with input as declared
	findings == set()
}

test_a_log_to_an_unknown_region_has_no_finding if {
	every facts in [{"flow_logs": [{"active": true}, null]}, {"audit_log": {"enabled": true}}, {"logging": {}}] {
		findings := log_delivery.deny with input as _input("aliyun", 3, facts)
		findings == set()
	}
}

test_unknown_has_no_finding if {
	findings := log_delivery.deny with input as _input("aws", 3, {})
	findings == set()
}
