package mlps.checks.network.security_labels_test

import data.mlps.checks.network.security_labels

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, tags, labels) := {
	"id": "r-1",
	"type": "storage.bucket",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"country": null,
	"name": "example",
	"tags": tags,
	"unlisted": false,
	"level": level,
	"system": "core",
	"now": "2026-03-01T00:00:00Z",
	"facts": {},
	"context": {"label_tags": labels},
}

test_a_labelled_resource_passes if {
	every provider, _ in _accounts {
		findings := security_labels.deny with input as _input(provider, 4, {"mac": "secret"}, ["mac"])
		findings == set()
		security_labels.applies with input as _input(provider, 4, {"mac": "secret"}, ["mac"])
	}
}

test_a_missing_label_fails if {
	every provider, _ in _accounts {
		findings := security_labels.deny with input as _input(provider, 4, {"mac": "secret"}, ["mac", "scope"])
		findings == {{"at": "tags", "args": {"label": "scope"}}}
	}
}

test_each_missing_label_is_named if {
	findings := security_labels.deny with input as _input("aws", 4, {}, ["mac", "scope"])
	findings == {
		{"at": "tags", "args": {"label": "mac"}},
		{"at": "tags", "args": {"label": "scope"}},
	}
}

test_below_level_4_nothing_is_asked if {
	findings := security_labels.deny with input as _input("aws", 3, {}, ["mac"])
	findings == set()
	not security_labels.applies with input as _input("aws", 3, {}, ["mac"])
}

test_without_declared_labels_nothing_is_judged if {
	findings := security_labels.deny with input as _input("aws", 4, {}, [])
	findings == set()
	not security_labels.applies with input as _input("aws", 4, {}, [])
}

test_unknown_tags_point_at_the_tags if {
	findings := security_labels.deny with input as _input("aws", 4, {}, ["mac"])
	findings == {{"at": "tags", "args": {"label": "mac"}}}
}
