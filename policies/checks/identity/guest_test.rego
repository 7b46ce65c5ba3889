package mlps.checks.identity.guest_test

import data.mlps.checks.identity.guest

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, type, level, facts) := {
	"id": "r-1",
	"type": type,
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

test_aws_guest_without_rights_passes if {
	facts := {"external": true, "enabled": true, "privileged": false}
	findings := guest.deny with input as _input("aws", "identity.user", 3, facts)
	findings == set()
}

test_azure_guest_without_rights_passes if {
	facts := {"external": true, "enabled": true, "privileged": false}
	findings := guest.deny with input as _input("azure", "identity.user", 3, facts)
	findings == set()
}

test_aliyun_guest_without_rights_passes if {
	facts := {"external": true, "enabled": true, "privileged": false}
	findings := guest.deny with input as _input("aliyun", "identity.user", 3, facts)
	findings == set()
}

test_aws_privileged_guest_fails if {
	facts := {"external": true, "enabled": true, "privileged": true}
	findings := guest.deny with input as _input("aws", "identity.user", 3, facts)
	findings == {{"at": "privileged", "args": {"who": "guest"}}}
}

test_azure_privileged_guest_fails if {
	facts := {"external": true, "enabled": true, "privileged": true}
	findings := guest.deny with input as _input("azure", "identity.user", 3, facts)
	findings == {{"at": "privileged", "args": {"who": "guest"}}}
}

test_aliyun_privileged_guest_fails if {
	facts := {"external": true, "enabled": true, "privileged": true}
	findings := guest.deny with input as _input("aliyun", "identity.user", 3, facts)
	findings == {{"at": "privileged", "args": {"who": "guest"}}}
}

test_a_disabled_guest_passes if {
	facts := {"external": true, "enabled": false, "privileged": true}
	findings := guest.deny with input as _input("azure", "identity.user", 3, facts)
	findings == set()
}

test_own_users_are_not_judged if {
	facts := {"external": false, "enabled": true, "privileged": true}
	not guest.applies with input as _input("azure", "identity.user", 3, facts)
}

test_a_guest_is_judged if {
	guest.applies with input as _input("azure", "identity.user", 3, {"external": true})
}

test_an_own_administrator_has_no_finding if {
	facts := {"external": false, "enabled": true, "privileged": true}
	findings := guest.deny with input as _input("azure", "identity.user", 3, facts)
	findings == set()
}

test_unknown_has_no_finding if {
	facts := {"external": true, "enabled": true}
	findings := guest.deny with input as _input("azure", "identity.user", 3, facts)
	findings == set()
}

_grant(kind, account) := {"principal": "them", "kind": kind, "account": account}

test_aws_administrator_role_of_the_own_account_passes if {
	facts := {"privileged": true, "trust": [_grant("account", "111122223333"), _grant("service", null)]}
	findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
	findings == set()
}

test_aliyun_administrator_role_of_the_own_account_passes if {
	facts := {"privileged": true, "trust": [_grant("account", "5123456789012345")]}
	findings := guest.deny with input as _input("aliyun", "identity.role", 3, facts)
	findings == set()
}

test_aws_administrator_role_of_another_account_fails if {
	facts := {"privileged": true, "trust": [_grant("account", "111122223333"), _grant("account", "999988887777")]}
	findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
	findings == {{"at": "trust/1", "args": {"who": "them"}}}
}

test_aliyun_administrator_role_of_another_account_fails if {
	facts := {"privileged": true, "trust": [_grant("account", "5999999999999999")]}
	findings := guest.deny with input as _input("aliyun", "identity.role", 3, facts)
	findings == {{"at": "trust/0", "args": {"who": "them"}}}
}

test_an_external_id_does_not_make_an_outsider_an_own_administrator if {
	grant := object.union(_grant("account", "999988887777"), {"narrows": true, "conditions": ["sts:ExternalId"]})
	facts := {"privileged": true, "trust": [grant]}
	findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
	findings == {{"at": "trust/0", "args": {"who": "them"}}}
}

test_an_allowed_account_is_no_outsider if {
	facts := {"privileged": true, "trust": [_grant("account", "999988887777")]}
	declared := {"context": {"allowed_accounts": ["999988887777"]}}
	resource := object.union(_input("aws", "identity.role", 3, facts), declared)
	findings := guest.deny with input as resource
	findings == set()
}

test_a_narrow_role_of_another_account_is_not_judged if {
	facts := {"privileged": false, "trust": [_grant("account", "999988887777")]}
	findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
	findings == set()
	not guest.applies with input as _input("aws", "identity.role", 3, facts)
}

test_an_administrator_role_is_judged if {
	guest.applies with input as _input("aws", "identity.role", 3, {"privileged": true, "trust": []})
}

test_deleted_principals_and_identity_providers_are_no_outsiders_here if {
	facts := {"privileged": true, "trust": [_grant("account", null), _grant("federated", null)]}
	findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
	findings == set()
}

test_unknown_trust_has_no_finding if {
	every trust in [[null], [{"kind": "account"}], [{"account": "999988887777"}]] {
		facts := {"privileged": true, "trust": trust}
		findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
		findings == set()
	}
}

test_an_outsider_without_a_name_fails if {
	facts := {"privileged": true, "trust": [{"kind": "account", "account": "999988887777"}]}
	findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
	findings == {{"at": "trust/0", "args": {"who": "?"}}}
}

test_anyone_is_an_outsider_unless_a_condition_says_who if {
	anyone := {"principal": "*", "kind": "anyone", "account": null, "narrows": false}
	meant := object.union(anyone, {"narrows": true, "conditions": ["aws:PrincipalOrgID"]})
	facts := {"privileged": true, "trust": [meant, anyone]}
	findings := guest.deny with input as _input("aws", "identity.role", 3, facts)
	findings == {{"at": "trust/1", "args": {"who": "*"}}}
}
