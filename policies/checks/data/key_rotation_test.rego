package mlps.checks.data.key_rotation_test

import data.mlps.checks.data.key_rotation

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "key.encryption_key",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_key(state, days, rest) := object.union(
	{
		"manager": "customer",
		"state": state,
		"origin": "provider",
		"algorithm": "SYMMETRIC_DEFAULT",
		"rotation_days": days,
	},
	rest,
)

test_aws_rotating_key_passes if {
	resource := _input("aws", 3, _key("enabled", 365, {}))
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_azure_rotating_key_passes if {
	resource := _input("azure", 3, _key("enabled", 180, {"algorithm": "RSA"}))
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_aliyun_rotating_key_passes if {
	resource := _input("aliyun", 3, _key("enabled", 365, {"algorithm": "Aliyun_AES_256"}))
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_aws_still_key_fails if {
	resource := _input("aws", 3, _key("enabled", null, {}))
	findings := key_rotation.deny with input as resource
	findings == {{"at": "rotation_days", "args": {"limit": 365}}}
}

test_azure_still_key_fails if {
	resource := _input("azure", 3, _key("enabled", null, {"origin": "hsm", "algorithm": "RSA-HSM"}))
	findings := key_rotation.deny with input as resource
	findings == {{"at": "rotation_days", "args": {"limit": 365}}}
}

test_aliyun_still_key_fails if {
	resource := _input("aliyun", 3, _key("enabled", null, {"algorithm": "Aliyun_SM4"}))
	findings := key_rotation.deny with input as resource
	findings == {{"at": "rotation_days", "args": {"limit": 365}}}
}

test_a_slow_rotation_fails if {
	resource := _input("aws", 3, _key("enabled", 366, {}))
	findings := key_rotation.deny with input as resource
	findings == {{"at": "rotation_days", "args": {"limit": 365}}}
}

test_a_kind_named_unlike_the_known_ones_is_judged if {
	resource := _input("aliyun", 3, _key("enabled", null, {"algorithm": "Aliyun_New"}))
	findings := key_rotation.deny with input as resource
	findings == {{"at": "rotation_days", "args": {"limit": 365}}}
}

test_a_service_key_is_not_judged if {
	resource := _input("aws", 3, _key("enabled", null, {"manager": "provider"}))
	not key_rotation.applies with input as resource
}

test_an_imported_key_is_not_judged if {
	resource := _input("aws", 3, _key("enabled", null, {"origin": "external"}))
	not key_rotation.applies with input as resource
}

test_a_key_of_a_cloudhsm_cluster_is_not_judged if {
	resource := _input("aws", 3, _key("enabled", null, {"origin": "hsm"}))
	not key_rotation.applies with input as resource
}

test_a_disabled_key_is_not_judged if {
	resource := _input("aws", 3, _key("disabled", null, {}))
	not key_rotation.applies with input as resource
}

test_a_key_pending_deletion_is_not_judged if {
	resource := _input("aws", 3, _key("pending-deletion", null, {}))
	not key_rotation.applies with input as resource
}

test_an_rsa_key_is_not_judged if {
	resource := _input("aws", 3, _key("enabled", null, {"algorithm": "RSA_2048"}))
	not key_rotation.applies with input as resource
}

test_an_elliptic_key_is_not_judged if {
	resource := _input("aliyun", 3, _key("enabled", null, {"algorithm": "EC_SM2"}))
	not key_rotation.applies with input as resource
}

test_a_message_code_key_is_not_judged if {
	resource := _input("aws", 3, _key("enabled", null, {"algorithm": "HMAC_256"}))
	not key_rotation.applies with input as resource
}

test_a_post_quantum_key_is_not_judged if {
	resource := _input("aws", 3, _key("enabled", null, {"algorithm": "ML_DSA_65"}))
	not key_rotation.applies with input as resource
}

test_an_imported_azure_key_is_not_judged if {
	resource := _input("azure", 3, _key("enabled", null, {"origin": "external", "algorithm": "RSA"}))
	not key_rotation.applies with input as resource
}

test_a_service_key_has_no_finding if {
	resource := _input("aws", 3, _key("enabled", null, {"manager": "provider"}))
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_a_key_pending_deletion_has_no_finding if {
	resource := _input("aws", 3, _key("pending-deletion", null, {}))
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_an_rsa_key_has_no_finding if {
	resource := _input("aws", 3, _key("enabled", null, {"algorithm": "RSA_2048"}))
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_a_customer_key_is_judged if {
	resource := _input("aws", 3, _key("enabled", 365, {}))
	key_rotation.applies with input as resource
}

test_unknown_rotation_has_no_finding if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"state": "enabled",
		"origin": "provider",
		"algorithm": "SYMMETRIC_DEFAULT",
	})
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_an_unknown_kind_has_no_finding if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"state": "enabled",
		"origin": "provider",
		"rotation_days": null,
	})
	findings := key_rotation.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := key_rotation.deny with input as resource
	findings == set()
}
