package mlps.lib.keys_test

import data.mlps.lib.keys

test_keys_of_the_provider_always_fall_short if {
	every document in [{}, {"context": {"key_manager": null}}, {"context": {"key_manager": "provider"}}] {
		keys.falls_short("provider") with input as document
	}
}

test_keys_of_the_customer_do_where_nothing_else_is_declared if {
	every manager in ["customer", "external"] {
		not keys.falls_short(manager) with input as {}
		not keys.falls_short(manager) with input as {"context": {"key_manager": null}}
		not keys.falls_short(manager) with input as {"context": {"key_manager": "customer"}}
	}
}

test_keys_outside_the_cloud_can_be_asked_for if {
	declared := {"context": {"key_manager": "external"}}
	keys.falls_short("provider") with input as declared
	keys.falls_short("customer") with input as declared
	not keys.falls_short("external") with input as declared
}
