package mlps.checks.audit.store_private_test

import data.mlps.checks.audit.store_private

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

test_aws_private_store_passes if {
	findings := store_private.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"store_exposure": {"public": false, "via": []},
	}]})
	findings == set()
}

test_azure_private_store_passes if {
	findings := store_private.deny with input as _input("azure", 3, {"trails": [{
		"id": "main",
		"store_exposure": {"public": false, "via": []},
	}]})
	findings == set()
}

test_aliyun_private_store_passes if {
	findings := store_private.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "main",
		"store_exposure": {"public": false, "via": []},
	}]})
	findings == set()
}

test_aws_public_store_fails if {
	findings := store_private.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"store_exposure": {"public": true, "via": ["policy"]},
	}]})
	findings == {{"at": "trails/0/store_exposure/public", "args": {"trail": "main"}}}
}

test_azure_public_store_fails if {
	findings := store_private.deny with input as _input("azure", 3, {"trails": [{
		"id": "main",
		"store_exposure": {"public": true, "via": ["policy"]},
	}]})
	findings == {{"at": "trails/0/store_exposure/public", "args": {"trail": "main"}}}
}

test_aliyun_public_store_fails if {
	findings := store_private.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "main",
		"store_exposure": {"public": true, "via": ["policy"]},
	}]})
	findings == {{"at": "trails/0/store_exposure/public", "args": {"trail": "main"}}}
}

test_the_public_store_of_two_fails if {
	findings := store_private.deny with input as _input("aws", 3, {"trails": [
		{"id": "main", "store_exposure": {"public": false, "via": []}},
		{"id": "second", "store_exposure": {"public": true, "via": ["policy"]}},
	]})
	findings == {{"at": "trails/1/store_exposure/public", "args": {"trail": "second"}}}
}

test_an_account_without_trails_is_not_judged if {
	not store_private.applies with input as _input("aws", 3, {"trails": []})
}

test_an_account_with_a_trail_is_judged if {
	store_private.applies with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"store_exposure": {"public": false, "via": []},
	}]})
}

test_an_unknown_name_does_not_hide_it if {
	findings := store_private.deny with input as _input("aws", 3, {"trails": [{"store_exposure": {"public": true}}]})
	findings == {{"at": "trails/0/store_exposure/public", "args": {"trail": "?"}}}
}

test_an_unknown_store_has_no_finding if {
	findings := store_private.deny with input as _input("aws", 3, {"trails": [{"id": "main"}]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := store_private.deny with input as _input("aws", 3, {})
	findings == set()
}
