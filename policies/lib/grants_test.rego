package mlps.lib.grants_test

import data.mlps.lib.grants

_own := {"account": "111122223333"}

test_anyone_is_an_outsider if {
	grants.open_to_outsiders({"kind": "anyone", "account": null, "narrows": false}) with input as _own
}

test_another_account_is_an_outsider if {
	grants.open_to_outsiders({"kind": "account", "account": "999988887777", "narrows": false}) with input as _own
	grants.open_to_outsiders({"kind": "account", "account": null, "narrows": false}) with input as _own
}

test_a_condition_that_narrows_closes_the_grant if {
	not grants.open_to_outsiders({"kind": "anyone", "account": null, "narrows": true}) with input as _own
	not grants.open_to_outsiders({"kind": "account", "account": "999988887777", "narrows": true}) with input as _own
}

test_the_own_account_services_and_identity_providers_are_no_outsiders if {
	not grants.open_to_outsiders({"kind": "account", "account": "111122223333", "narrows": false}) with input as _own
	not grants.open_to_outsiders({"kind": "service", "account": null, "narrows": false}) with input as _own
	not grants.open_to_outsiders({"kind": "federated", "account": null, "narrows": false}) with input as _own
}

test_what_is_unknown_opens_nothing if {
	not grants.open_to_outsiders({"kind": "anyone", "account": null}) with input as _own
	not grants.open_to_outsiders({"kind": "account", "narrows": false}) with input as _own
	not grants.open_to_outsiders({"account": "999988887777", "narrows": false}) with input as _own
	not grants.open_to_outsiders({}) with input as _own
}

test_an_allowed_account_is_no_outsider if {
	declared := object.union(_own, {"context": {"allowed_accounts": ["999988887777"]}})
	friend := {"kind": "account", "account": "999988887777", "narrows": false}
	not grants.open_to_outsiders(friend) with input as declared
	not grants.is_outside("999988887777") with input as declared
	grants.is_outside("555566667777") with input as declared
	grants.is_outside(null) with input as declared
}

test_without_a_declaration_only_the_own_account_is_inside if {
	not grants.is_outside("111122223333") with input as _own
	grants.is_outside("999988887777") with input as _own
}
