package mlps.checks.identity.key_unused_test

import data.mlps.checks.identity.key_unused

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "identity.user",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_used_credentials_pass if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [{
			"id": "AKIA1",
			"active": true,
			"created": "2025-01-01T00:00:00Z",
			"last_used": "2025-05-30T00:00:00Z",
		}],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_azure_used_password_passes if {
	resource := _input("azure", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": null,
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_aliyun_used_credentials_pass if {
	resource := _input("aliyun", 3, {
		"console": true,
		"enabled": true,
		"keys": [{
			"id": "LTAI1",
			"active": true,
			"created": "2025-01-01T00:00:00Z",
			"last_used": "2025-05-30T00:00:00Z",
		}],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_aws_unused_key_fails if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [{
			"id": "AKIA1",
			"active": true,
			"created": "2023-01-01T00:00:00Z",
			"last_used": "2025-01-01T00:00:00Z",
		}],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == {{"at": "keys/0/last_used", "args": {"credential": "AKIA1", "limit": 90}}}
}

test_azure_unused_password_fails if {
	resource := _input("azure", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": "2025-01-01T00:00:00Z",
		"password_changed": null,
	})
	findings := key_unused.deny with input as resource
	findings == {{"at": "password_last_used", "args": {"credential": "password", "limit": 90}}}
}

test_aliyun_unused_key_and_password_fail if {
	resource := _input("aliyun", 3, {
		"console": true,
		"enabled": true,
		"keys": [{
			"id": "LTAI1",
			"active": true,
			"created": "2025-01-01T00:00:00Z",
			"last_used": "2025-01-01T00:00:00Z",
		}],
		"password_last_used": "2025-01-01T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == {
		{"at": "keys/0/last_used", "args": {"credential": "LTAI1", "limit": 90}},
		{"at": "password_last_used", "args": {"credential": "password", "limit": 90}},
	}
}

test_use_90_days_ago_passes if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": "2025-03-03T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_use_91_days_ago_fails if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": "2025-03-02T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == {{"at": "password_last_used", "args": {"credential": "password", "limit": 90}}}
}

test_an_old_key_never_used_fails if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [{"id": "AKIA1", "active": true, "created": "2025-01-01T00:00:00Z", "last_used": null}],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == {{"at": "keys/0/last_used", "args": {"credential": "AKIA1", "limit": 90}}}
}

test_a_new_key_never_used_passes if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [{"id": "AKIA1", "active": true, "created": "2025-05-30T00:00:00Z", "last_used": null}],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_an_inactive_key_has_no_finding if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [
			{"id": "AKIA1", "active": false, "created": "2025-01-01T00:00:00Z", "last_used": null},
			{
				"id": "AKIA2",
				"active": false,
				"created": "2025-01-01T00:00:00Z",
				"last_used": "2025-01-01T00:00:00Z",
			},
		],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_an_old_password_never_used_fails if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": null,
		"password_changed": "2025-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == {{"at": "password_last_used", "args": {"credential": "password", "limit": 90}}}
}

test_a_new_password_never_used_passes if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": null,
		"password_changed": "2025-05-30T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_a_password_never_used_and_of_no_known_date_fails if {
	resource := _input("aliyun", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": null,
		"password_changed": null,
	})
	findings := key_unused.deny with input as resource
	findings == {{"at": "password_last_used", "args": {"credential": "password", "limit": 90}}}
}

test_a_disabled_user_has_no_finding_for_the_password if {
	resource := _input("azure", 3, {
		"console": true,
		"enabled": false,
		"keys": [],
		"password_last_used": "2025-01-01T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_a_user_without_password_has_no_finding_for_it if {
	resource := _input("aws", 3, {
		"console": false,
		"enabled": true,
		"keys": [],
		"password_last_used": null,
		"password_changed": null,
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_a_user_without_credentials_is_not_judged if {
	resource := _input("aws", 3, {
		"console": false,
		"enabled": true,
		"keys": [],
		"password_last_used": null,
		"password_changed": null,
	})
	not key_unused.applies with input as resource
}

test_a_password_is_judged if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	key_unused.applies with input as resource
}

test_a_key_is_judged if {
	resource := _input("aws", 3, {
		"console": false,
		"enabled": true,
		"keys": [{
			"id": "AKIA1",
			"active": true,
			"created": "2025-01-01T00:00:00Z",
			"last_used": "2025-05-30T00:00:00Z",
		}],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	key_unused.applies with input as resource
}

test_an_unused_key_of_unknown_id_fails if {
	resource := _input("aws", 3, {"keys": [{"active": true, "last_used": "2024-06-01T00:00:00Z"}]})
	findings := key_unused.deny with input as resource
	findings == {{"at": "keys/0/last_used", "args": {"credential": "?", "limit": 90}}}
}

test_a_key_of_unknown_use_has_no_finding if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [{"id": "AKIA1", "active": true, "created": "2025-01-01T00:00:00Z"}],
		"password_last_used": "2025-05-30T00:00:00Z",
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_a_password_of_unknown_use_has_no_finding if {
	resource := _input("aws", 3, {
		"console": true,
		"enabled": true,
		"keys": [],
		"password_changed": "2024-01-01T00:00:00Z",
	})
	findings := key_unused.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := key_unused.deny with input as resource
	findings == set()
}
