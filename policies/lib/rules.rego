# METADATA
# title: Rules that cover others
# description: >-
#   Whether one rule of a security group or NSG is about all the traffic that another one is about, inwards or outwards.
package mlps.lib.rules

import data.mlps.lib.network

# METADATA
# scope: document
# description: >-
#   True where everything that the rule is about falls under the wider one: direction, protocol, ports, both sides. Of
#   protocols without ports only "any protocol" covers one: ICMP rules for different messages look alike here.
covers(wider, rule) if {
	wider.direction == "ingress"
	rule.direction == "ingress"
	_covers_ports(wider, rule)
	_covers_far_side(wider.sources, rule.sources)
	_covers_near_side(wider.destinations, rule.destinations)
}

covers(wider, rule) if {
	wider.direction == "egress"
	rule.direction == "egress"
	_covers_ports(wider, rule)
	_covers_far_side(wider.destinations, rule.destinations)
	_covers_near_side(wider.sources, rule.sources)
}

# METADATA
# scope: document
# description: >-
#   True where another of the rules refuses everything that a rule that allows is about, before it does: of two equal
#   priorities the one that refuses wins (Alibaba Cloud).
is_wholly_refused(rules, rule) if {
	some other in rules
	other.action == "deny"
	other.priority <= rule.priority
	covers(other, rule)
}

# METADATA
# scope: document
# description: The side that a rule lets in, or out to.
far_side(rule) := rule.sources if rule.direction == "ingress"

far_side(rule) := rule.destinations if rule.direction == "egress"

# METADATA
# scope: document
# description: >-
#   How wide a side is, to compare quickly: a side that holds all of another and is not the same is wider, by a shorter
#   range or by more of them. (A side that names one of its own parts again may seem wider than it is.)
width(side) := count(side) - (1000 * min(lengths)) if {
	is_array(side)
	lengths := [length | some text in side; length := _length(text)]
	count(lengths) > 0
}

_length(text) := network.prefix_length(text) if _is_range(text)

_length(text) := 128 if {
	is_string(text)
	not _is_range(text)
}

# METADATA
# scope: document
# description: True where every part of every rule is known, so that none of them can be the one that refuses unseen.
are_known(rules) if {
	is_array(rules)
	every rule in rules {
		_is_known(rule)
	}
}

_is_known(rule) if {
	is_string(rule.direction)
	is_string(rule.action)
	is_number(rule.priority)
	is_string(rule.protocol)
	_is_port(rule.from_port)
	_is_port(rule.to_port)
	_are_texts(rule.sources)
	_are_texts(rule.destinations)
}

_is_port(port) if is_number(port)

_is_port(port) if is_null(port)

_are_texts(list) if {
	is_array(list)
	every text in list {
		is_string(text)
	}
}

_covers_ports(wider, rule) if {
	wider.protocol in {rule.protocol, "any"}
	network.first_port(wider) <= network.first_port(rule)
	network.last_port(wider) >= network.last_port(rule)
}

_covers_ports(wider, rule) if {
	wider.protocol == "any"
	network.first_port(wider) == 0
	network.last_port(wider) == 65535
	is_string(rule.protocol)
	rule.from_port == null
}

# The side that the rule lets in, or out to: a rule always names it.
_covers_far_side(wider, sides) if {
	count(sides) > 0
	every side in sides {
		_is_within(side, wider)
	}
}

# The side that the group protects: none named, or all addresses, is all of it.
_covers_near_side(wider, sides) if {
	is_array(sides)
	count(wider) == 0
}

_covers_near_side(wider, sides) if {
	is_array(sides)
	"0.0.0.0/0" in wider
	"::/0" in wider
}

_covers_near_side(wider, sides) if _covers_far_side(wider, sides)

_is_within(side, sides) if {
	is_string(side)
	side in sides
}

_is_within(side, sides) if {
	_is_range(side)
	some range in sides
	_is_range(range)
	net.cidr_contains(range, side)
}

_is_range(text) if {
	is_string(text)
	net.cidr_is_valid(text)
}
