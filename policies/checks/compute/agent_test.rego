package mlps.checks.compute.agent_test

import data.mlps.checks.compute.agent

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

test_aws_guarded_instance_passes if {
	facts := {"state": "running", "agent": {"installed": true, "online": true}}
	findings := agent.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_azure_guarded_instance_passes if {
	facts := {"state": "running", "agent": {"installed": true, "online": true}}
	findings := agent.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

test_aliyun_guarded_instance_passes if {
	facts := {"state": "running", "agent": {"installed": true, "online": true}}
	findings := agent.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == set()
}

test_aws_offline_agent_fails if {
	facts := {"state": "running", "agent": {"installed": true, "online": false}}
	findings := agent.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "agent/online", "args": {"installed": true, "online": false}}}
}

test_azure_offline_agent_fails if {
	facts := {"state": "running", "agent": {"installed": true, "online": false}}
	findings := agent.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "agent/online", "args": {"installed": true, "online": false}}}
}

test_aliyun_offline_agent_fails if {
	facts := {"state": "running", "agent": {"installed": true, "online": false}}
	findings := agent.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "agent/online", "args": {"installed": true, "online": false}}}
}

test_aws_missing_agent_fails if {
	facts := {"state": "running", "agent": null}
	findings := agent.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "agent", "args": {"installed": false, "online": false}}}
}

test_azure_missing_agent_fails if {
	facts := {"state": "running", "agent": null}
	findings := agent.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "agent", "args": {"installed": false, "online": false}}}
}

test_aliyun_missing_agent_fails if {
	facts := {"state": "running", "agent": null}
	findings := agent.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "agent", "args": {"installed": false, "online": false}}}
}

test_an_agent_that_is_not_installed_fails if {
	facts := {"state": "Running", "agent": {"installed": false, "online": false}}
	findings := agent.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "agent/installed", "args": {"installed": false, "online": false}}}
}

test_a_stopped_machine_passes if {
	facts := {"state": "stopped", "agent": {"installed": true, "online": false}}
	findings := agent.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_unknown_has_no_finding if {
	findings := agent.deny with input as _input("aws", "compute.instance", 3, {"state": "running"})
	findings == set()
}

test_an_unknown_state_has_no_finding if {
	facts := {"agent": {"installed": true, "online": false}}
	findings := agent.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_a_machine_that_is_starting_passes if {
	facts := {"state": "Starting", "agent": {"installed": true, "online": false}}
	findings := agent.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == set()
}

test_a_stopped_machine_without_an_agent_fails if {
	facts := {"state": "Stopped", "agent": {"installed": false, "online": false}}
	findings := agent.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "agent/installed", "args": {"installed": false, "online": false}}}
}

test_a_state_of_another_name_fails if {
	facts := {"state": "VM running", "agent": {"installed": true, "online": false}}
	findings := agent.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "agent/online", "args": {"installed": true, "online": false}}}
}

test_unknown_reach_has_no_finding if {
	facts := {"state": "running", "agent": {"installed": true}}
	findings := agent.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}
