package mlps.checks.network.tls_listener_test

import data.mlps.checks.network.tls_listener

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.load_balancer",
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

test_aws_https_with_redirect_passes if {
	findings := tls_listener.deny with input as _input("aws", 3, {
		"scheme": "public",
		"listeners": [
			{"port": 443, "protocol": "https", "redirect_to_https": false},
			{"port": 80, "protocol": "http", "redirect_to_https": true},
		],
	})
	findings == set()
}

test_azure_https_passes if {
	findings := tls_listener.deny with input as _input("azure", 3, {
		"scheme": "public",
		"listeners": [{"port": 443, "protocol": "https", "redirect_to_https": false}],
	})
	findings == set()
}

test_aliyun_https_passes if {
	findings := tls_listener.deny with input as _input("aliyun", 3, {
		"scheme": "public",
		"listeners": [{"port": 8443, "protocol": "https", "redirect_to_https": false}],
	})
	findings == set()
}

test_aws_http_fails if {
	findings := tls_listener.deny with input as _input("aws", 3, {
		"scheme": "public",
		"listeners": [
			{"port": 443, "protocol": "https", "redirect_to_https": false},
			{"port": 80, "protocol": "http", "redirect_to_https": false},
		],
	})
	findings == {{"at": "listeners/1/protocol", "args": {"entry": "port 80"}}}
}

test_azure_http_fails if {
	findings := tls_listener.deny with input as _input("azure", 3, {
		"scheme": "public",
		"listeners": [{"port": 80, "protocol": "http", "redirect_to_https": false}],
	})
	findings == {{"at": "listeners/0/protocol", "args": {"entry": "port 80"}}}
}

test_aliyun_http_on_two_ports_fails if {
	findings := tls_listener.deny with input as _input("aliyun", 3, {
		"scheme": "public",
		"listeners": [
			{"port": 80, "protocol": "http", "redirect_to_https": false},
			{"port": 8080, "protocol": "http", "redirect_to_https": false},
		],
	})
	findings == {
		{"at": "listeners/0/protocol", "args": {"entry": "port 80"}},
		{"at": "listeners/1/protocol", "args": {"entry": "port 8080"}},
	}
}

test_tcp_and_tls_pass if {
	findings := tls_listener.deny with input as _input("aws", 3, {
		"scheme": "public",
		"listeners": [
			{"port": 1883, "protocol": "tcp", "redirect_to_https": false},
			{"port": 8883, "protocol": "tls", "redirect_to_https": false},
			{"port": 53, "protocol": "udp", "redirect_to_https": false},
		],
	})
	findings == set()
}

test_a_private_balancer_has_no_finding if {
	findings := tls_listener.deny with input as _input("aws", 3, {
		"scheme": "private",
		"listeners": [{"port": 80, "protocol": "http", "redirect_to_https": false}],
	})
	findings == set()
}

test_a_private_balancer_is_not_judged if {
	not tls_listener.applies with input as _input("aws", 3, {
		"scheme": "private",
		"listeners": [{"port": 80, "protocol": "http", "redirect_to_https": false}],
	})
}

test_a_public_balancer_is_judged if {
	tls_listener.applies with input as _input("aws", 3, {"scheme": "public", "listeners": []})
}

test_an_unknown_redirect_has_no_finding if {
	findings := tls_listener.deny with input as _input("aws", 3, {
		"scheme": "public",
		"listeners": [{"port": 80, "protocol": "http"}],
	})
	findings == set()
}

test_a_listener_that_is_unknown_as_a_whole_has_no_finding if {
	findings := tls_listener.deny with input as _input("aws", 3, {
		"scheme": "public",
		"listeners": [null],
	})
	findings == set()
}

_cdn(provider, required, origin) := object.union(
	_input(provider, 3, {"viewer_tls": {"minimum": "1.2", "required": required}, "origin_https": origin}),
	{"type": "network.cdn"},
)

_api(provider, public, required) := object.union(
	_input(provider, 3, {"public": public, "tls": {"minimum": "1.2", "required": required}}),
	{"type": "network.api"},
)

test_cdn_over_https_passes if {
	every provider, _ in _accounts {
		findings := tls_listener.deny with input as _cdn(provider, true, true)
		findings == set()
		tls_listener.applies with input as _cdn(provider, true, true)
	}
}

test_cdn_over_http_fails if {
	every provider, _ in _accounts {
		findings := tls_listener.deny with input as _cdn(provider, false, false)
		findings == {
			{"at": "viewer_tls/required", "args": {"entry": "CDN"}},
			{"at": "origin_https", "args": {"entry": "CDN origin"}},
		}
	}
}

test_public_api_over_https_passes if {
	every provider, _ in _accounts {
		findings := tls_listener.deny with input as _api(provider, true, true)
		findings == set()
		tls_listener.applies with input as _api(provider, true, true)
	}
}

test_public_api_over_http_fails if {
	every provider, _ in _accounts {
		findings := tls_listener.deny with input as _api(provider, true, false)
		findings == {{"at": "tls/required", "args": {"entry": "API"}}}
	}
}

test_a_private_api_is_not_judged if {
	findings := tls_listener.deny with input as _api("aliyun", false, false)
	findings == set()
	not tls_listener.applies with input as _api("aliyun", false, false)
}

test_a_listener_on_an_unknown_port_fails if {
	findings := tls_listener.deny with input as _input("aws", 3, {
		"scheme": "public",
		"listeners": [{"protocol": "http", "redirect_to_https": false}],
	})
	findings == {{"at": "listeners/0/protocol", "args": {"entry": "port ?"}}}
}

test_an_unknown_cdn_or_api_has_no_finding if {
	every facts in [{"viewer_tls": {}}, {"public": true, "tls": {}}, {"tls": {"required": false}}] {
		findings := tls_listener.deny with input as _input("aliyun", 3, facts)
		findings == set()
	}
}

test_unknown_has_no_finding if {
	findings := tls_listener.deny with input as _input("aws", 3, {})
	findings == set()
}

_site(provider, tls) := object.union(_input(provider, 3, {"tls": tls}), {"type": "compute.function"})

test_a_site_over_https_passes if {
	findings := tls_listener.deny with input as _site("azure", {"minimum": "1.2", "required": true})
	findings == set()
	tls_listener.applies with input as _site("azure", {"minimum": "1.2", "required": true})
}

test_a_site_over_http_fails if {
	findings := tls_listener.deny with input as _site("azure", {"minimum": "1.2", "required": false})
	findings == {{"at": "tls/required", "args": {"entry": "site or function"}}}
}

test_a_function_that_nobody_calls_over_http_is_not_judged if {
	findings := tls_listener.deny with input as _site("aws", null)
	findings == set()
	not tls_listener.applies with input as _site("aws", null)
}

test_a_site_of_which_it_is_unknown_has_no_finding if {
	findings := tls_listener.deny with input as _site("azure", {"minimum": "1.2"})
	findings == set()
}
