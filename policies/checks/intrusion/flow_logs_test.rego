package mlps.checks.intrusion.flow_logs_test

import data.mlps.checks.intrusion.flow_logs

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.vpc",
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

test_aws_all_traffic_passes if {
	findings := flow_logs.deny with input as _input("aws", 3, {
		"workloads": 3,
		"flow_logs": [{
			"traffic": "all",
			"active": true,
			"destination": "store",
			"destination_region": null,
			"retention_days": null,
		}],
	})
	findings == set()
}

test_azure_all_traffic_passes if {
	findings := flow_logs.deny with input as _input("azure", 3, {
		"workloads": 3,
		"flow_logs": [{
			"traffic": "all",
			"active": true,
			"destination": "store",
			"destination_region": null,
			"retention_days": null,
		}],
	})
	findings == set()
}

test_aliyun_all_traffic_passes if {
	findings := flow_logs.deny with input as _input("aliyun", 3, {
		"workloads": 3,
		"flow_logs": [{
			"traffic": "all",
			"active": true,
			"destination": "store",
			"destination_region": null,
			"retention_days": null,
		}],
	})
	findings == set()
}

test_aws_without_flow_log_fails if {
	findings := flow_logs.deny with input as _input("aws", 3, {"workloads": 3, "flow_logs": []})
	findings == {{"at": "flow_logs", "args": {"logs": 0}}}
}

test_azure_without_flow_log_fails if {
	findings := flow_logs.deny with input as _input("azure", 3, {"workloads": 3, "flow_logs": []})
	findings == {{"at": "flow_logs", "args": {"logs": 0}}}
}

test_aliyun_without_flow_log_fails if {
	findings := flow_logs.deny with input as _input("aliyun", 3, {"workloads": 3, "flow_logs": []})
	findings == {{"at": "flow_logs", "args": {"logs": 0}}}
}

test_two_logs_together_pass if {
	findings := flow_logs.deny with input as _input("aws", 3, {
		"workloads": 1,
		"flow_logs": [
			{
				"traffic": "accept",
				"active": true,
				"destination": "store",
				"destination_region": null,
				"retention_days": null,
			},
			{
				"traffic": "reject",
				"active": true,
				"destination": "store",
				"destination_region": null,
				"retention_days": null,
			},
		],
	})
	findings == set()
}

test_accepted_traffic_alone_fails if {
	findings := flow_logs.deny with input as _input("aws", 3, {
		"workloads": 1,
		"flow_logs": [{
			"traffic": "accept",
			"active": true,
			"destination": "store",
			"destination_region": null,
			"retention_days": null,
		}],
	})
	findings == {{"at": "flow_logs", "args": {"logs": 1}}}
}

test_rejected_traffic_alone_fails if {
	findings := flow_logs.deny with input as _input("aws", 3, {
		"workloads": 1,
		"flow_logs": [{
			"traffic": "reject",
			"active": true,
			"destination": "store",
			"destination_region": null,
			"retention_days": null,
		}],
	})
	findings == {{"at": "flow_logs", "args": {"logs": 1}}}
}

test_an_inactive_log_fails if {
	findings := flow_logs.deny with input as _input("aliyun", 3, {
		"workloads": 1,
		"flow_logs": [{
			"traffic": "all",
			"active": false,
			"destination": "store",
			"destination_region": null,
			"retention_days": null,
		}],
	})
	findings == {{"at": "flow_logs", "args": {"logs": 1}}}
}

test_an_inactive_half_fails if {
	findings := flow_logs.deny with input as _input("aws", 3, {
		"workloads": 1,
		"flow_logs": [
			{
				"traffic": "accept",
				"active": true,
				"destination": "store",
				"destination_region": null,
				"retention_days": null,
			},
			{
				"traffic": "reject",
				"active": false,
				"destination": "store",
				"destination_region": null,
				"retention_days": null,
			},
		],
	})
	findings == {{"at": "flow_logs", "args": {"logs": 2}}}
}

test_an_empty_vpc_has_no_finding if {
	findings := flow_logs.deny with input as _input("aws", 3, {"workloads": 0, "flow_logs": []})
	findings == set()
}

test_an_empty_vpc_is_not_judged if {
	not flow_logs.applies with input as _input("aws", 3, {"workloads": 0, "flow_logs": []})
}

test_a_vpc_in_use_is_judged if {
	flow_logs.applies with input as _input("aws", 3, {"workloads": 1, "flow_logs": []})
}

test_an_unknown_log_points_above_it if {
	findings := flow_logs.deny with input as _input("aws", 3, {
		"workloads": 1,
		"flow_logs": [{"traffic": "all"}],
	})
	findings == {{"at": "flow_logs", "args": {"logs": 1}}}
}

test_unknown_logs_have_no_finding if {
	findings := flow_logs.deny with input as _input("aws", 3, {"workloads": 1})
	findings == set()
}

test_unknown_use_has_no_finding if {
	findings := flow_logs.deny with input as _input("aws", 3, {"flow_logs": []})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := flow_logs.deny with input as _input("aws", 3, {})
	findings == set()
}
