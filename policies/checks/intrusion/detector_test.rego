package mlps.checks.intrusion.detector_test

import data.mlps.checks.intrusion.detector

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.threat_detection",
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

test_aws_detector_passes if {
	findings := detector.deny with input as _input("aws", 3, {"detectors": [
		{"product": "guardduty", "region": "cn-north-1", "enabled": true, "edition": null},
		{"product": "guardduty", "region": "cn-northwest-1", "enabled": true, "edition": null},
	]})
	findings == set()
}

test_azure_paid_tier_passes if {
	findings := detector.deny with input as _input("azure", 3, {"detectors": [{
		"product": "VirtualMachines",
		"region": "global",
		"enabled": true,
		"edition": "standard",
	}]})
	findings == set()
}

test_aliyun_enterprise_passes if {
	findings := detector.deny with input as _input("aliyun", 3, {"detectors": [{
		"product": "security-center",
		"region": "cn-hangzhou",
		"enabled": true,
		"edition": "enterprise",
	}]})
	findings == set()
}

test_aws_region_without_detector_fails if {
	findings := detector.deny with input as _input("aws", 3, {"detectors": [
		{"product": "guardduty", "region": "cn-north-1", "enabled": true, "edition": null},
		{"product": "guardduty", "region": "cn-northwest-1", "enabled": false, "edition": null},
	]})
	findings == {{
		"at": "detectors/1/enabled",
		"args": {"product": "guardduty", "region": "cn-northwest-1", "state": "disabled"},
	}}
}

test_azure_free_tier_fails if {
	findings := detector.deny with input as _input("azure", 3, {"detectors": [{
		"product": "VirtualMachines",
		"region": "global",
		"enabled": false,
		"edition": "free",
	}]})
	findings == {{
		"at": "detectors/0/enabled",
		"args": {"product": "VirtualMachines", "region": "global", "state": "disabled"},
	}}
}

test_aliyun_anti_virus_fails_at_level_3 if {
	findings := detector.deny with input as _input("aliyun", 3, {"detectors": [{
		"product": "security-center",
		"region": "cn-hangzhou",
		"enabled": true,
		"edition": "anti-virus",
	}]})
	findings == {{
		"at": "detectors/0/edition",
		"args": {"product": "security-center", "region": "cn-hangzhou", "state": "anti-virus"},
	}}
}

test_aliyun_anti_virus_passes_at_level_2 if {
	findings := detector.deny with input as _input("aliyun", 2, {"detectors": [{
		"product": "security-center",
		"region": "cn-hangzhou",
		"enabled": true,
		"edition": "anti-virus",
	}]})
	findings == set()
}

test_aliyun_free_edition_fails_at_level_2 if {
	findings := detector.deny with input as _input("aliyun", 2, {"detectors": [{
		"product": "security-center",
		"region": "cn-hangzhou",
		"enabled": true,
		"edition": "free",
	}]})
	findings == {{
		"at": "detectors/0/edition",
		"args": {"product": "security-center", "region": "cn-hangzhou", "state": "free"},
	}}
}

_security_center(edition) := {"detectors": [{
	"product": "security-center",
	"region": "cn-hangzhou",
	"enabled": true,
	"edition": edition,
}]}

test_aliyun_advanced_passes_at_level_3 if {
	findings := detector.deny with input as _input("aliyun", 3, _security_center("advanced"))
	findings == set()
}

test_aliyun_advanced_fails_at_level_4 if {
	findings := detector.deny with input as _input("aliyun", 4, _security_center("advanced"))
	findings == {{
		"at": "detectors/0/edition",
		"args": {"product": "security-center", "region": "cn-hangzhou", "state": "advanced"},
	}}
}

test_aliyun_enterprise_and_ultimate_pass_at_level_4 if {
	every edition in ["enterprise", "ultimate"] {
		findings := detector.deny with input as _input("aliyun", 4, _security_center(edition))
		findings == set()
	}
}

test_azure_paid_tier_passes_at_level_4 if {
	findings := detector.deny with input as _input("azure", 4, {"detectors": [{
		"product": "VirtualMachines",
		"region": "global",
		"enabled": true,
		"edition": "standard",
	}]})
	findings == set()
}

test_no_detector_at_all_fails if {
	findings := detector.deny with input as _input("aws", 3, {"detectors": []})
	findings == {{"at": "detectors", "args": {"product": "-", "region": "-", "state": "absent"}}}
}

test_an_unknown_product_does_not_hide_it if {
	findings := detector.deny with input as _input("aws", 3, {"detectors": [{
		"region": "cn-north-1",
		"enabled": false,
	}]})
	findings == {{
		"at": "detectors/0/enabled",
		"args": {"product": "?", "region": "cn-north-1", "state": "disabled"},
	}}
}

test_an_unknown_state_has_no_finding if {
	findings := detector.deny with input as _input("aws", 3, {"detectors": [{
		"product": "guardduty",
		"region": "cn-north-1",
	}]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := detector.deny with input as _input("aws", 3, {})
	findings == set()
}
