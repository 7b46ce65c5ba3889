package mlps.checks.identity.separation_test

import data.mlps.checks.identity.separation

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

test_aws_three_duties_passes if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	facts := {"administrators": [one_0, one_1, one_2]}
	findings := separation.deny with input as _input("aws", "account.identity", 3, facts)
	findings == set()
}

test_azure_three_duties_passes if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	facts := {"administrators": [one_0, one_1, one_2]}
	findings := separation.deny with input as _input("azure", "account.identity", 3, facts)
	findings == set()
}

test_aliyun_three_duties_passes if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	facts := {"administrators": [one_0, one_1, one_2]}
	findings := separation.deny with input as _input("aliyun", "account.identity", 3, facts)
	findings == set()
}

test_aws_an_almighty_one_fails if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	one_3 := {"principal": "root", "duty": "all"}
	facts := {"administrators": [one_0, one_1, one_2, one_3]}
	findings := separation.deny with input as _input("aws", "account.identity", 3, facts)
	findings == {{"at": "administrators/3", "args": {"found": "root = all"}}}
}

test_azure_an_almighty_one_fails if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	one_3 := {"principal": "root", "duty": "all"}
	facts := {"administrators": [one_0, one_1, one_2, one_3]}
	findings := separation.deny with input as _input("azure", "account.identity", 3, facts)
	findings == {{"at": "administrators/3", "args": {"found": "root = all"}}}
}

test_aliyun_an_almighty_one_fails if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	one_3 := {"principal": "root", "duty": "all"}
	facts := {"administrators": [one_0, one_1, one_2, one_3]}
	findings := separation.deny with input as _input("aliyun", "account.identity", 3, facts)
	findings == {{"at": "administrators/3", "args": {"found": "root = all"}}}
}

test_aws_a_missing_duty_fails if {
	facts := {"administrators": [{"principal": "s", "duty": "system"}, {"principal": "e", "duty": "security"}]}
	findings := separation.deny with input as _input("aws", "account.identity", 3, facts)
	findings == {{"at": "administrators", "args": {"found": "audit = 0"}}}
}

test_azure_a_missing_duty_fails if {
	facts := {"administrators": [{"principal": "s", "duty": "system"}, {"principal": "e", "duty": "security"}]}
	findings := separation.deny with input as _input("azure", "account.identity", 3, facts)
	findings == {{"at": "administrators", "args": {"found": "audit = 0"}}}
}

test_aliyun_a_missing_duty_fails if {
	facts := {"administrators": [{"principal": "s", "duty": "system"}, {"principal": "e", "duty": "security"}]}
	findings := separation.deny with input as _input("aliyun", "account.identity", 3, facts)
	findings == {{"at": "administrators", "args": {"found": "audit = 0"}}}
}

test_level_2_is_not_judged if {
	not separation.applies with input as _input("aws", "account.identity", 2, {"administrators": []})
}

test_level_2_has_no_finding if {
	findings := separation.deny with input as _input("aws", "account.identity", 2, {"administrators": []})
	findings == set()
}

test_level_3_is_judged if {
	separation.applies with input as _input("aws", "account.identity", 3, {"administrators": []})
}

test_unknown_has_no_finding if {
	findings := separation.deny with input as _input("aws", "account.identity", 3, {})
	findings == set()
}

test_one_principal_with_all_three_duties_fails if {
	duties := ["system", "security", "audit"]
	facts := {"administrators": [{"principal": "wang", "duty": duty} | some duty in duties]}
	findings := separation.deny with input as _input("aliyun", "account.identity", 3, facts)
	findings == {{"at": "administrators/0", "args": {"found": "wang = audit+security+system"}}}
}

test_one_principal_with_two_duties_fails if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	one_3 := {"principal": "e", "duty": "audit"}
	facts := {"administrators": [one_0, one_1, one_2, one_3]}
	findings := separation.deny with input as _input("aws", "account.identity", 3, facts)
	findings == {{"at": "administrators/1", "args": {"found": "e = audit+security"}}}
}

test_a_duty_twice_is_one_duty if {
	one_0 := {"principal": "s", "duty": "system"}
	one_1 := {"principal": "e", "duty": "security"}
	one_2 := {"principal": "a", "duty": "audit"}
	facts := {"administrators": [one_0, one_1, one_2, one_2]}
	findings := separation.deny with input as _input("azure", "account.identity", 3, facts)
	findings == set()
}

test_two_duties_at_level_2_have_no_finding if {
	facts := {"administrators": [{"principal": "e", "duty": "security"}, {"principal": "e", "duty": "audit"}]}
	findings := separation.deny with input as _input("aws", "account.identity", 2, facts)
	findings == set()
}

test_an_unknown_principal_is_nobody_in_particular if {
	one_0 := {"principal": "s", "duty": "system"}
	facts := {"administrators": [one_0, {"duty": "security"}, {"duty": "audit"}]}
	findings := separation.deny with input as _input("aws", "account.identity", 3, facts)
	findings == set()
}
