package mlps.checks.compute.trusted_boot_test

import data.mlps.checks.compute.trusted_boot

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

test_aws_trusted_instance_passes if {
	facts := {"secure_boot": true, "vtpm": true}
	findings := trusted_boot.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_azure_trusted_instance_passes if {
	facts := {"secure_boot": true, "vtpm": true}
	findings := trusted_boot.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

test_aliyun_trusted_instance_passes if {
	facts := {"secure_boot": true, "vtpm": true}
	findings := trusted_boot.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == set()
}

test_aws_open_boot_fails if {
	facts := {"secure_boot": false, "vtpm": true}
	findings := trusted_boot.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "secure_boot", "args": {"feature": "UEFI Secure Boot"}}}
}

test_azure_open_boot_fails if {
	facts := {"secure_boot": false, "vtpm": true}
	findings := trusted_boot.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "secure_boot", "args": {"feature": "UEFI Secure Boot"}}}
}

test_aliyun_open_boot_fails if {
	facts := {"secure_boot": false, "vtpm": true}
	findings := trusted_boot.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "secure_boot", "args": {"feature": "UEFI Secure Boot"}}}
}

test_aws_no_tpm_fails if {
	facts := {"secure_boot": true, "vtpm": false}
	findings := trusted_boot.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "vtpm", "args": {"feature": "vTPM"}}}
}

test_azure_no_tpm_fails if {
	facts := {"secure_boot": true, "vtpm": false}
	findings := trusted_boot.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "vtpm", "args": {"feature": "vTPM"}}}
}

test_aliyun_no_tpm_fails if {
	facts := {"secure_boot": true, "vtpm": false}
	findings := trusted_boot.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "vtpm", "args": {"feature": "vTPM"}}}
}

test_a_machine_without_either_is_not_judged if {
	facts := {"secure_boot": null, "vtpm": null}
	not trusted_boot.applies with input as _input("aliyun", "compute.instance", 3, facts)
}

test_a_machine_with_one_is_judged if {
	facts := {"secure_boot": null, "vtpm": true}
	trusted_boot.applies with input as _input("aliyun", "compute.instance", 3, facts)
}

test_level_2_has_no_finding if {
	facts := {"secure_boot": false, "vtpm": false}
	findings := trusted_boot.deny with input as _input("aws", "compute.instance", 2, facts)
	findings == set()
}

test_level_2_is_not_judged if {
	facts := {"secure_boot": false, "vtpm": false}
	not trusted_boot.applies with input as _input("aws", "compute.instance", 2, facts)
}

test_unknown_has_no_finding if {
	findings := trusted_boot.deny with input as _input("aws", "compute.instance", 3, {})
	findings == set()
}

test_unknown_secure_boot_does_not_hide_a_missing_tpm if {
	facts := {"vtpm": false}
	findings := trusted_boot.deny with input as _input("aws", "compute.instance", 4, facts)
	findings == {{"at": "vtpm", "args": {"feature": "vTPM"}}}
}

test_a_machine_without_either_has_no_finding if {
	facts := {"secure_boot": null, "vtpm": null}
	findings := trusted_boot.deny with input as _input("aliyun", "compute.instance", 4, facts)
	findings == set()
}
