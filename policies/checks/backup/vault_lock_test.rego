package mlps.checks.backup.vault_lock_test

import data.mlps.checks.backup.vault_lock

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "backup.vault",
	"provider": provider,
	"account": _accounts[provider],
	"region": "cn-north-1",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_vault(days, encrypted) := {"lock_days": days, "encryption": {"enabled": encrypted, "key_manager": "customer"}}

_finding(at, level, locked, encrypted) := {
	"at": at,
	"args": {"level": level, "locked": locked, "encrypted": encrypted},
}

test_aws_locked_vault_passes if {
	findings := vault_lock.deny with input as _input("aws", 3, _vault(30, true))
	findings == set()
}

test_azure_immutable_vault_passes if {
	findings := vault_lock.deny with input as _input("azure", 4, _vault(30, true))
	findings == set()
}

test_aliyun_immutable_vault_passes if {
	findings := vault_lock.deny with input as _input("aliyun", 3, _vault(1, true))
	findings == set()
}

test_aws_open_vault_fails if {
	findings := vault_lock.deny with input as _input("aws", 3, _vault(null, true))
	findings == {_finding("lock_days", 3, "-", true)}
}

test_azure_open_vault_fails if {
	findings := vault_lock.deny with input as _input("azure", 4, _vault(null, true))
	findings == {_finding("lock_days", 4, "-", true)}
}

test_aliyun_plain_vault_fails if {
	findings := vault_lock.deny with input as _input("aliyun", 3, _vault(30, false))
	findings == {_finding("encryption/enabled", 3, 30, false)}
}

test_an_open_plain_vault_fails_twice if {
	findings := vault_lock.deny with input as _input("aws", 3, _vault(null, false))
	findings == {
		_finding("lock_days", 3, "-", false),
		_finding("encryption/enabled", 3, "-", false),
	}
}

test_a_lock_of_no_days_fails if {
	findings := vault_lock.deny with input as _input("aws", 3, _vault(0, true))
	findings == {_finding("lock_days", 3, 0, true)}
}

test_level_2_is_not_judged if {
	resource := _input("aws", 2, _vault(null, false))
	not vault_lock.applies with input as resource
	findings := vault_lock.deny with input as resource
	findings == set()
}

test_level_3_is_judged if {
	vault_lock.applies with input as _input("aws", 3, _vault(30, true))
}

test_an_open_vault_fails_where_encryption_is_unknown if {
	findings := vault_lock.deny with input as _input("aws", 3, {"lock_days": null})
	findings == {_finding("lock_days", 3, "-", "-")}
}

test_an_unknown_lock_has_no_finding if {
	findings := vault_lock.deny with input as _input("aws", 3, {"encryption": {"enabled": true}})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := vault_lock.deny with input as _input("aws", 3, {})
	findings == set()
}
