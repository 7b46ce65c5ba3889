package mlps.checks.network.vpn_crypto_test

import data.mlps.checks.network.vpn_crypto

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.gateway",
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

_tunnel(changes) := object.union(
	{"up": true, "encryption": ["aes256", "aes256-gcm"], "integrity": ["sha256", "sha384"], "ike": ["ikev2"]},
	changes,
)

_vpn(tunnels) := {"kind": "vpn", "tunnels": tunnels}

_found(at, number, problem) := {"at": at, "args": {"number": number, "problem": problem}}

test_current_suites_pass if {
	every provider, _ in _accounts {
		findings := vpn_crypto.deny with input as _input(provider, 3, _vpn([_tunnel({}), _tunnel({})]))
		findings == set()
	}
}

test_every_current_word_passes if {
	tunnel := _tunnel({
		"encryption": ["aes128", "aes192", "aes256", "aes128-gcm", "aes192-gcm", "aes256-gcm", "sm4"],
		"integrity": ["sha256", "sha384", "sha512", "sm3"],
	})
	findings := vpn_crypto.deny with input as _input("aliyun", 4, _vpn([tunnel]))
	findings == set()
}

# What AWS accepts where nobody chose.
test_aws_defaults_fail if {
	tunnel := _tunnel({
		"encryption": ["aes128", "aes256", "aes128-gcm", "aes256-gcm"],
		"integrity": ["sha1", "sha256", "sha384", "sha512"],
		"ike": ["ikev1", "ikev2"],
	})
	findings := vpn_crypto.deny with input as _input("aws", 3, _vpn([_tunnel({}), tunnel]))
	findings == {
		_found("tunnels/1/integrity/0", 2, "integrity sha1"),
		_found("tunnels/1/ike/0", 2, "IKE ikev1"),
	}
}

test_azure_old_ciphers_fail if {
	tunnel := _tunnel({"encryption": ["3des", "aes256"], "integrity": ["md5"]})
	findings := vpn_crypto.deny with input as _input("azure", 3, _vpn([tunnel]))
	findings == {
		_found("tunnels/0/encryption/0", 1, "encryption 3des"),
		_found("tunnels/0/integrity/0", 1, "integrity md5"),
	}
}

test_aliyun_des_and_none_fail if {
	tunnel := _tunnel({"encryption": ["des", "none"], "integrity": ["none"]})
	findings := vpn_crypto.deny with input as _input("aliyun", 3, _vpn([tunnel]))
	findings == {
		_found("tunnels/0/encryption/0", 1, "encryption des"),
		_found("tunnels/0/encryption/1", 1, "encryption none"),
		_found("tunnels/0/integrity/0", 1, "integrity none"),
	}
}

test_a_word_that_nobody_knows_fails if {
	findings := vpn_crypto.deny with input as _input("aliyun", 3, _vpn([_tunnel({"encryption": ["rc9"]})]))
	findings == {_found("tunnels/0/encryption/0", 1, "encryption rc9")}
}

test_national_tunnels_may_use_ikev1 if {
	tunnel := _tunnel({"encryption": ["sm4"], "integrity": ["sm3"], "ike": ["ikev1"]})
	findings := vpn_crypto.deny with input as _input("aliyun", 4, _vpn([tunnel]))
	findings == set()
}

test_sm4_beside_others_does_not_excuse_ikev1 if {
	tunnel := _tunnel({"encryption": ["sm4", "aes128"], "ike": ["ikev1"]})
	findings := vpn_crypto.deny with input as _input("aliyun", 4, _vpn([tunnel]))
	findings == {_found("tunnels/0/ike/0", 1, "IKE ikev1")}
}

test_a_tunnel_that_is_down_fails if {
	every provider, _ in _accounts {
		findings := vpn_crypto.deny with input as _input(provider, 3, _vpn([_tunnel({}), _tunnel({"up": false})]))
		findings == {_found("tunnels/1/up", 2, "down")}
	}
}

test_without_tunnels_nothing_is_judged if {
	every tunnels in [null, []] {
		not vpn_crypto.applies with input as _input("aws", 3, _vpn(tunnels))
		findings := vpn_crypto.deny with input as _input("aws", 3, _vpn(tunnels))
		findings == set()
	}
}

test_tunnels_are_judged if {
	vpn_crypto.applies with input as _input("aws", 3, _vpn([_tunnel({})]))
}

test_a_tunnel_of_which_something_is_unknown_has_no_finding if {
	every part in ["up", "encryption", "integrity", "ike"] {
		findings := vpn_crypto.deny with input as _input("aws", 3, _vpn([object.remove(_tunnel({}), [part]), null]))
		findings == set()
	}
}

test_ikev1_beside_unknown_ciphers_has_no_finding if {
	tunnel := object.remove(_tunnel({"ike": ["ikev1"]}), ["encryption"])
	findings := vpn_crypto.deny with input as _input("aws", 3, _vpn([tunnel]))
	findings == set()
}

test_unknown_has_no_finding if {
	findings := vpn_crypto.deny with input as _input("aws", 3, {})
	findings == set()
}
