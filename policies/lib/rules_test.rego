package mlps.lib.rules_test

import data.mlps.lib.rules

_rule(changes) := object.union(
	{
		"direction": "ingress",
		"action": "allow",
		"priority": 100,
		"protocol": "tcp",
		"from_port": 443,
		"to_port": 443,
		"sources": ["10.0.0.0/16"],
		"destinations": [],
		"description": "",
	},
	changes,
)

_partial(changes, part) := object.remove(_rule(changes), [part])

_outward(changes) := _rule(object.union(
	{"direction": "egress", "sources": [], "destinations": ["10.0.0.0/16"]},
	changes,
))

test_a_rule_covers_itself if {
	rules.covers(_rule({}), _rule({}))
	rules.covers(_outward({}), _outward({}))
}

test_wider_rules_cover if {
	every wider in [
		_rule({"protocol": "any", "from_port": 0, "to_port": 65535}),
		_rule({"protocol": "any", "from_port": null, "to_port": null}),
		_rule({"from_port": 1, "to_port": 65535}),
		_rule({"sources": ["0.0.0.0/0"]}),
		_rule({"sources": ["group:sg-1", "10.0.0.0/8"]}),
		_rule({"action": "deny"}),
		_rule({"destinations": ["0.0.0.0/0", "::/0"]}),
	] {
		rules.covers(wider, _rule({}))
	}
}

test_other_rules_do_not_cover if {
	every other in [
		_rule({"protocol": "udp"}),
		_rule({"from_port": 444, "to_port": 500}),
		_rule({"sources": ["10.0.0.0/17"]}),
		_rule({"sources": ["::/0"]}),
		_rule({"sources": ["group:sg-1"]}),
		_rule({"sources": []}),
		_rule({"destinations": ["10.1.0.0/16"]}),
		_rule({"direction": "egress"}),
		_outward({}),
	] {
		not rules.covers(other, _rule({}))
	}
}

test_every_source_is_to_be_covered if {
	rule := _rule({"sources": ["10.0.1.0/24", "group:sg-1", "2001:db8:1::/48"]})
	rules.covers(_rule({"sources": ["10.0.0.0/16", "group:sg-1", "2001:db8::/32"]}), rule)
	not rules.covers(_rule({"sources": ["10.0.0.0/16", "group:sg-2", "2001:db8::/32"]}), rule)
	not rules.covers(_rule({"sources": ["0.0.0.0/0", "group:sg-1"]}), rule)
}

test_every_destination_is_to_be_covered if {
	rule := _rule({"destinations": ["10.0.1.0/24"]})
	rules.covers(_rule({}), rule)
	rules.covers(_rule({"destinations": ["10.0.0.0/16"]}), rule)
	not rules.covers(_rule({"destinations": ["10.2.0.0/16"]}), rule)
	rules.covers(_outward({"destinations": ["0.0.0.0/0"]}), _outward({"destinations": ["10.0.1.0/24"]}))
	not rules.covers(_outward({"destinations": []}), _outward({}))
}

test_protocols_without_ports if {
	ping := _rule({"protocol": "icmp", "from_port": null, "to_port": null})
	rules.covers(_rule({"protocol": "any", "from_port": 0, "to_port": 65535}), ping)
	not rules.covers(ping, ping)
	not rules.covers(_rule({"from_port": 0, "to_port": 65535}), ping)
	not rules.covers(ping, _rule({}))
}

test_what_is_unknown_covers_nothing if {
	every part in ["direction", "protocol", "from_port", "to_port", "sources", "destinations"] {
		not rules.covers(_partial({}, part), _rule({}))
		not rules.covers(_rule({}), _partial({}, part))
	}
}

test_an_unknown_source_is_within_nothing if {
	unknown := _rule({"sources": [null]})
	not rules.covers(unknown, unknown)
}

test_known_rules if {
	rules.are_known([])
	rules.are_known([_rule({}), _outward({}), _rule({"protocol": "icmp", "from_port": null, "to_port": null})])
}

test_rules_of_which_something_is_unknown if {
	every part in ["direction", "action", "priority", "protocol", "from_port", "to_port", "sources", "destinations"] {
		not rules.are_known([_rule({}), _partial({}, part)])
	}
	every list in [null, [null], [_rule({"sources": [null]})], [_rule({"destinations": [null]})]] {
		not rules.are_known(list)
	}
}

test_a_refusal_before_or_beside_a_rule if {
	rule := _rule({})
	rules.is_wholly_refused([_rule({"action": "deny", "priority": 90})], rule)
	rules.is_wholly_refused([rule, _rule({"action": "deny"})], rule)
	not rules.is_wholly_refused([_rule({"action": "deny", "priority": 101})], rule)
	not rules.is_wholly_refused([_rule({"action": "deny", "priority": 90, "sources": ["10.0.0.0/17"]})], rule)
	not rules.is_wholly_refused([_rule({"priority": 90})], rule)
	not rules.is_wholly_refused([], rule)
}

test_the_far_side if {
	rules.far_side(_rule({})) == ["10.0.0.0/16"]
	rules.far_side(_outward({"destinations": ["::/0"]})) == ["::/0"]
	not rules.far_side(_partial({}, "sources"))
}

test_a_side_that_holds_another_is_wider if {
	every pair in [
		[["0.0.0.0/0"], ["10.0.0.0/8"]],
		[["10.0.0.0/8", "group:sg-1"], ["10.0.0.0/8"]],
		[["10.0.0.0/8"], ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]],
		[["::/0"], ["2001:db8::/32"]],
		[["group:sg-1", "group:sg-2"], ["group:sg-2"]],
	] {
		rules.width(pair[0]) > rules.width(pair[1])
	}
}

test_groups_are_equally_wide if {
	rules.width(["group:sg-1"]) == rules.width(["group:sg-2"])
}

test_an_unknown_side_has_no_width if {
	every side in [[], [null], null] {
		not rules.width(side)
	}
}
