package mlps.checks.network.peering_scope_test

import data.mlps.checks.network.peering_scope

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

_peer(changes) := object.union(
	{"account": null, "region": null, "vpc_id": "vpc-2", "cidrs": ["10.20.0.0/16"]},
	changes,
)

_joined(kind, peers) := {"kind": kind, "peers": peers, "protected_by": []}

_with(provider, facts, context) := object.union(_input(provider, 3, facts), {"context": context})

_other(level) := {"peer": 0, "to": "vpc-2", "system": "office", "level": level}

_leads_to(reference) := {"references": [reference]}

test_the_own_account_passes if {
	every provider, account in _accounts {
		every kind in ["peering", "transit", "cen", "express"] {
			findings := peering_scope.deny with input as _input(provider, 3, _joined(kind, [_peer({"account": account})]))
			findings == set()
		}
	}
}

test_another_account_fails if {
	every provider, account in _accounts {
		every kind in ["peering", "transit", "cen", "express"] {
			peers := [_peer({"account": account}), _peer({"account": "999988887777"})]
			findings := peering_scope.deny with input as _input(provider, 3, _joined(kind, peers))
			findings == {{"at": "peers/1/account", "args": {"what": "999988887777"}}}
		}
	}
}

test_an_allowed_account_passes if {
	facts := _joined("peering", [_peer({"account": "999988887777"})])
	findings := peering_scope.deny with input as _with("aws", facts, {"allowed_accounts": ["999988887777"]})
	findings == set()
}

test_an_empty_declaration_allows_nobody if {
	facts := _joined("peering", [_peer({"account": "999988887777"})])
	findings := peering_scope.deny with input as _with("aws", facts, {"allowed_accounts": [], "references": []})
	findings == {{"at": "peers/0/account", "args": {"what": "999988887777"}}}
}

test_a_site_has_no_account if {
	findings := peering_scope.deny with input as _input("azure", 3, _joined("vpn", [_peer({"vpc_id": null})]))
	findings == set()
}

test_a_default_route_over_a_peering_fails if {
	every provider, _ in _accounts {
		facts := _joined("peering", [_peer({"cidrs": ["10.20.0.0/16", "0.0.0.0/0", "::/0"]})])
		findings := peering_scope.deny with input as _input(provider, 3, facts)
		findings == {
			{"at": "peers/0/cidrs/1", "args": {"what": "0.0.0.0/0"}},
			{"at": "peers/0/cidrs/2", "args": {"what": "::/0"}},
		}
	}
}

test_half_of_the_internet_over_a_peering_fails if {
	facts := _joined("peering", [_peer({"cidrs": ["128.0.0.0/1"]})])
	findings := peering_scope.deny with input as _input("aliyun", 3, facts)
	findings == {{"at": "peers/0/cidrs/0", "args": {"what": "128.0.0.0/1"}}}
}

test_a_default_route_to_a_transit_gateway_passes if {
	every kind in ["transit", "cen", "vpn", "express"] {
		findings := peering_scope.deny with input as _input("aws", 3, _joined(kind, [_peer({"cidrs": ["0.0.0.0/0"]})]))
		findings == set()
	}
}

test_one_network_of_another_level_passes if {
	every cidrs in [["10.20.0.0/16"], ["10.20.1.0/24", "2001:db8::/32"], []] {
		facts := _joined("transit", [_peer({"cidrs": cidrs})])
		findings := peering_scope.deny with input as _with("aws", facts, _leads_to(_other(2)))
		findings == set()
	}
}

test_more_than_one_network_of_another_level_fails if {
	every provider, _ in _accounts {
		facts := _joined("transit", [_peer({"cidrs": ["10.20.0.0/16", "10.0.0.0/8", "fd00::/8"]})])
		findings := peering_scope.deny with input as _with(provider, facts, _leads_to(_other(2)))
		findings == {
			{"at": "peers/0/cidrs/1", "args": {"what": "10.0.0.0/8 > office (3 > 2)"}},
			{"at": "peers/0/cidrs/2", "args": {"what": "fd00::/8 > office (3 > 2)"}},
		}
	}
}

test_a_higher_level_fails_alike if {
	facts := _joined("cen", [_peer({"cidrs": ["10.0.0.0/8"]})])
	findings := peering_scope.deny with input as _with("aliyun", facts, _leads_to(_other(4)))
	findings == {{"at": "peers/0/cidrs/0", "args": {"what": "10.0.0.0/8 > office (3 > 4)"}}}
}

test_the_same_level_passes if {
	facts := _joined("transit", [_peer({"cidrs": ["10.0.0.0/8"]})])
	findings := peering_scope.deny with input as _with("aws", facts, _leads_to(_other(3)))
	findings == set()
}

test_a_firewall_between_the_levels_passes if {
	facts := object.union(
		_joined("transit", [_peer({"cidrs": ["10.0.0.0/8"]})]),
		{"protected_by": ["firewall"]},
	)
	findings := peering_scope.deny with input as _with("aws", facts, _leads_to(_other(2)))
	findings == set()
}

test_another_peer_of_another_level_does_not_count if {
	facts := _joined("transit", [_peer({"cidrs": ["10.20.0.0/16"]}), _peer({"cidrs": ["10.0.0.0/8"]})])
	findings := peering_scope.deny with input as _with("aws", facts, _leads_to(_other(2)))
	findings == set()
}

test_a_peer_of_unknown_level_has_no_finding if {
	facts := _joined("transit", [_peer({"cidrs": ["10.0.0.0/8"]})])
	findings := peering_scope.deny with input as _with("aws", facts, _leads_to({"peer": 0, "to": "vpc-2"}))
	findings == set()
}

test_an_unknown_protection_has_no_finding if {
	facts := object.remove(_joined("transit", [_peer({"cidrs": ["10.0.0.0/8"]})]), ["protected_by"])
	findings := peering_scope.deny with input as _with("aws", facts, _leads_to(_other(2)))
	findings == set()
}

test_what_is_no_range_is_not_judged if {
	facts := _joined("peering", [_peer({"cidrs": ["prefix-list:pl-1", null, ""]})])
	findings := peering_scope.deny with input as _with("aws", facts, _leads_to(_other(2)))
	findings == set()
}

test_without_peers_nothing_is_judged if {
	not peering_scope.applies with input as _input("aws", 3, _joined("nat", []))
}

test_peers_are_judged if {
	peering_scope.applies with input as _input("aws", 3, _joined("peering", [_peer({})]))
}

test_an_unknown_account_has_no_finding if {
	facts := _joined("peering", [object.remove(_peer({}), ["account"]), null])
	findings := peering_scope.deny with input as _input("aws", 3, facts)
	findings == set()
}

test_unknown_has_no_finding if {
	findings := peering_scope.deny with input as _input("aws", 3, {})
	findings == set()
}
