package mlps.checks.network.in_vpc_test

import data.mlps.checks.network.in_vpc

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "compute.instance",
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

test_aws_vpc_passes if {
	findings := in_vpc.deny with input as _input("aws", 3, {"network_kind": "vpc"})
	findings == set()
}

test_azure_vpc_passes if {
	findings := in_vpc.deny with input as _input("azure", 3, {"network_kind": "vpc"})
	findings == set()
}

test_aliyun_vpc_passes if {
	findings := in_vpc.deny with input as _input("aliyun", 3, {"network_kind": "vpc"})
	findings == set()
}

test_aws_classic_fails if {
	findings := in_vpc.deny with input as _input("aws", 3, {"network_kind": "classic"})
	findings == {{"at": "network_kind", "args": {"kind": "classic"}}}
}

test_azure_public_database_fails if {
	findings := in_vpc.deny with input as _with("azure", 3, {"network_kind": "public"}, {"type": "database.instance"})
	findings == {{"at": "network_kind", "args": {"kind": "public"}}}
}

test_aliyun_classic_fails if {
	findings := in_vpc.deny with input as _input("aliyun", 3, {"network_kind": "classic"})
	findings == {{"at": "network_kind", "args": {"kind": "classic"}}}
}

_function(provider, level, kind) := object.union(
	_input(provider, level, {"network_kind": kind}),
	{"type": "compute.function"},
)

test_a_function_in_a_vpc_passes if {
	every provider, _ in _accounts {
		findings := in_vpc.deny with input as _function(provider, 3, "vpc")
		findings == set()
		in_vpc.applies with input as _function(provider, 3, "vpc")
	}
}

test_a_function_outside_of_a_vpc_fails if {
	every provider, _ in _accounts {
		every level in [3, 4] {
			findings := in_vpc.deny with input as _function(provider, level, "public")
			findings == {{"at": "network_kind", "args": {"kind": "public"}}}
		}
	}
}

test_below_level_3_functions_are_not_judged if {
	every level in [1, 2] {
		findings := in_vpc.deny with input as _function("aws", level, "public")
		findings == set()
		not in_vpc.applies with input as _function("aws", level, "public")
	}
}

test_instances_are_judged_at_every_level if {
	every level in [1, 2, 3, 4] {
		findings := in_vpc.deny with input as _input("aliyun", level, {"network_kind": "classic"})
		findings == {{"at": "network_kind", "args": {"kind": "classic"}}}
		in_vpc.applies with input as _input("aliyun", level, {"network_kind": "classic"})
	}
}

test_an_unknown_function_has_no_finding if {
	findings := in_vpc.deny with input as object.union(_input("aws", 3, {}), {"type": "compute.function"})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := in_vpc.deny with input as _input("aws", 3, {})
	findings == set()
}

_containers(level, kind) := object.union(
	_input("azure", level, {"network_kind": kind}),
	{"type": "compute.container_service"},
)

test_containers_are_judged_as_functions_are if {
	outside := in_vpc.deny with input as _containers(3, "public")
	outside == {{"at": "network_kind", "args": {"kind": "public"}}}
	inside := in_vpc.deny with input as _containers(3, "vpc")
	inside == set()
	in_vpc.applies with input as _containers(3, "vpc")
	below := in_vpc.deny with input as _containers(2, "public")
	below == set()
	not in_vpc.applies with input as _containers(2, "public")
}
