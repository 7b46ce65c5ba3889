package mlps.checks.audit.resource_logs_test

import data.mlps.checks.audit.resource_logs

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

_log(enabled, days) := {"enabled": enabled, "retention_days": days}

_database(provider, level, log) := _input(provider, "database.instance", level, {"audit_log": log})

_finding(at, days, level) := {"at": at, "args": {"days": days, "level": level, "limit": 180}}

test_aws_database_kept_for_ever_passes if {
	findings := resource_logs.deny with input as _database("aws", 3, _log(true, null))
	findings == set()
	resource_logs.applies with input as _database("aws", 3, _log(true, null))
}

test_azure_key_vault_kept_a_year_passes if {
	resource := _input("azure", "key.secret", 3, {"audit_log": _log(true, 365)})
	findings := resource_logs.deny with input as resource
	findings == set()
	resource_logs.applies with input as resource
}

test_aliyun_database_kept_180_days_passes if {
	findings := resource_logs.deny with input as _database("aliyun", 2, _log(true, 180))
	findings == set()
}

test_aws_database_without_a_log_fails if {
	findings := resource_logs.deny with input as _database("aws", 3, _log(false, null))
	findings == {_finding("audit_log/enabled", 0, 3)}
}

test_azure_key_without_a_log_fails if {
	resource := _input("azure", "key.encryption_key", 2, {"audit_log": _log(false, null)})
	findings := resource_logs.deny with input as resource
	findings == {_finding("audit_log/enabled", 0, 2)}
	resource_logs.applies with input as resource
}

test_aliyun_database_without_a_log_fails if {
	findings := resource_logs.deny with input as _database("aliyun", 2, _log(false, 0))
	findings == {_finding("audit_log/enabled", 0, 2)}
}

test_a_short_log_fails_from_level_2_on if {
	every level in [2, 3, 4] {
		findings := resource_logs.deny with input as _database("aws", level, _log(true, 179))
		findings == {_finding("audit_log/retention_days", 179, level)}
	}
}

test_a_short_log_of_a_cluster_fails if {
	findings := resource_logs.deny with input as _input("aws", "compute.cluster", 3, {"audit_log": _log(true, 90)})
	findings == {_finding("audit_log/retention_days", 90, 3)}
}

test_a_short_log_of_a_bucket_fails if {
	findings := resource_logs.deny with input as _input("aliyun", "storage.bucket", 3, {"logging": _log(true, 7)})
	findings == {_finding("logging/retention_days", 7, 3)}
}

test_a_kept_log_of_a_bucket_passes if {
	resource := _input("aws", "storage.bucket", 3, {"logging": _log(true, 400)})
	findings := resource_logs.deny with input as resource
	findings == set()
	resource_logs.applies with input as resource
}

test_without_a_log_clusters_and_buckets_are_for_other_checks if {
	every resource in [
		_input("aws", "compute.cluster", 3, {"audit_log": _log(false, null)}),
		_input("aws", "storage.bucket", 3, {"logging": _log(false, null)}),
	] {
		findings := resource_logs.deny with input as resource
		findings == set()
		not resource_logs.applies with input as resource
	}
}

test_a_database_that_cannot_log_is_not_judged if {
	findings := resource_logs.deny with input as _database("aws", 3, null)
	findings == set()
	not resource_logs.applies with input as _database("aws", 3, null)
}

test_a_key_in_the_trail_is_not_judged if {
	resource := _input("aws", "key.encryption_key", 4, {"audit_log": null})
	findings := resource_logs.deny with input as resource
	findings == set()
	not resource_logs.applies with input as resource
}

test_level_1_is_not_judged if {
	findings := resource_logs.deny with input as _database("aws", 1, _log(false, null))
	findings == set()
	not resource_logs.applies with input as _database("aws", 1, _log(false, null))
}

test_an_unknown_retention_has_no_finding if {
	findings := resource_logs.deny with input as _database("aws", 3, {"enabled": true})
	findings == set()
}

test_unknown_has_no_finding if {
	every type in ["database.instance", "compute.cluster", "storage.bucket", "key.encryption_key", "key.secret"] {
		findings := resource_logs.deny with input as _input("aws", type, 3, {})
		findings == set()
	}
}

_containers(provider, level, log) := _input(provider, "compute.container_service", level, {"logging": log})

test_containers_without_a_log_fail if {
	every provider, _ in _accounts {
		findings := resource_logs.deny with input as _containers(provider, 3, _log(false, null))
		findings == {_finding("logging/enabled", 0, 3)}
		resource_logs.applies with input as _containers(provider, 3, _log(false, null))
	}
}

test_a_short_log_of_containers_fails if {
	findings := resource_logs.deny with input as _containers("aws", 2, _log(true, 30))
	findings == {_finding("logging/retention_days", 30, 2)}
}

test_a_kept_log_of_containers_passes if {
	findings := resource_logs.deny with input as _containers("aliyun", 3, _log(true, 180))
	findings == set()
}

test_containers_of_level_1_are_not_judged if {
	findings := resource_logs.deny with input as _containers("aws", 1, _log(false, null))
	findings == set()
	not resource_logs.applies with input as _containers("aws", 1, _log(false, null))
}
