package mlps.checks.management.contacts_test

import data.mlps.checks.management.contacts

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "account.identity",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_aws_with_a_contact_passes if {
	findings := contacts.deny with input as _input("aws", 3, {"security_contacts": ["security@example.com"]})
	findings == set()
	contacts.applies with input as _input("aws", 3, {"security_contacts": ["security@example.com"]})
}

test_azure_with_two_contacts_passes if {
	facts := {"security_contacts": ["security@example.com", "soc@example.com"]}
	findings := contacts.deny with input as _input("azure", 3, facts)
	findings == set()
}

test_aliyun_with_a_contact_passes if {
	findings := contacts.deny with input as _input("aliyun", 4, {"security_contacts": ["security@example.com"]})
	findings == set()
}

test_no_contact_fails if {
	every provider, _ in _accounts {
		findings := contacts.deny with input as _input(provider, 3, {"security_contacts": []})
		findings == {{"at": "security_contacts", "args": {}}}
	}
}

test_level_2_is_not_judged if {
	findings := contacts.deny with input as _input("aws", 2, {"security_contacts": []})
	findings == set()
	not contacts.applies with input as _input("aws", 2, {"security_contacts": []})
}

test_unknown_has_no_finding if {
	every provider, _ in _accounts {
		findings := contacts.deny with input as _input(provider, 3, {})
		findings == set()
	}
}
