package mlps.checks.backup.database_test

import data.mlps.checks.backup.database

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "database.instance",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_database(engine, enabled, days, logs) := {
	"engine": engine,
	"backup": {"enabled": enabled, "retention_days": days, "point_in_time": logs},
}

test_aws_30_days_pass if {
	resource := _input("aws", 3, _database("mysql", true, 30, true))
	findings := database.deny with input as resource
	findings == set()
}

test_azure_30_days_pass if {
	resource := _input("azure", 3, _database("sqlserver", true, 30, true))
	findings := database.deny with input as resource
	findings == set()
}

test_aliyun_30_days_pass if {
	resource := _input("aliyun", 3, _database("polardb", true, 30, true))
	findings := database.deny with input as resource
	findings == set()
}

test_aws_no_backup_fails if {
	resource := _input("aws", 3, _database("mysql", false, 0, false))
	findings := database.deny with input as resource
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 30, "logs": false}}}
}

test_azure_7_days_fail_at_level_3 if {
	resource := _input("azure", 3, _database("postgresql", true, 7, true))
	findings := database.deny with input as resource
	findings == {{"at": "backup/retention_days", "args": {"days": 7, "needed": 30, "logs": true}}}
}

test_aliyun_without_logs_fails if {
	resource := _input("aliyun", 3, _database("mysql", true, 30, false))
	findings := database.deny with input as resource
	findings == {{"at": "backup/point_in_time", "args": {"days": 30, "needed": 30, "logs": false}}}
}

test_short_and_without_logs_are_two_findings if {
	resource := _input("aliyun", 3, _database("mysql", true, 7, false))
	findings := database.deny with input as resource
	findings == {
		{"at": "backup/retention_days", "args": {"days": 7, "needed": 30, "logs": false}},
		{"at": "backup/point_in_time", "args": {"days": 7, "needed": 30, "logs": false}},
	}
}

test_29_days_fail_at_level_4 if {
	resource := _input("aws", 4, _database("mysql", true, 29, true))
	findings := database.deny with input as resource
	findings == {{"at": "backup/retention_days", "args": {"days": 29, "needed": 30, "logs": true}}}
}

test_7_days_pass_at_level_2 if {
	resource := _input("aws", 2, _database("mysql", true, 7, true))
	findings := database.deny with input as resource
	findings == set()
}

test_6_days_fail_at_level_1 if {
	resource := _input("aws", 1, _database("mysql", true, 6, true))
	findings := database.deny with input as resource
	findings == {{"at": "backup/retention_days", "args": {"days": 6, "needed": 7, "logs": true}}}
}

test_level_2_does_not_ask_for_logs if {
	resource := _input("aws", 2, _database("mysql", true, 7, false))
	findings := database.deny with input as resource
	findings == set()
}

test_a_cache_needs_no_logs if {
	resource := _input("aws", 3, _database("Redis", true, 30, false))
	findings := database.deny with input as resource
	findings == set()
}

test_a_search_engine_needs_no_logs if {
	resource := _input("aliyun", 3, _database("elasticsearch", true, 30, false))
	findings := database.deny with input as resource
	findings == set()
}

test_a_search_engine_keeps_snapshots_as_long_as_the_cloud_does if {
	every engine in ["elasticsearch", "OpenSearch"] {
		findings := database.deny with input as _input("aws", 3, _database(engine, true, 14, false))
		findings == set()
	}
}

test_a_search_engine_without_snapshots_fails if {
	resource := _input("aliyun", 3, _database("elasticsearch", false, 0, false))
	findings := database.deny with input as resource
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 30, "logs": false}}}
}

test_a_cache_without_backup_fails if {
	resource := _input("aws", 3, _database("redis", false, 0, false))
	findings := database.deny with input as resource
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 30, "logs": false}}}
}

test_memcached_is_not_judged if {
	resource := _input("aws", 3, _database("memcached", false, 0, false))
	not database.applies with input as resource
}

test_memcached_has_no_finding if {
	resource := _input("aws", 3, _database("memcached", false, 0, false))
	findings := database.deny with input as resource
	findings == set()
}

test_a_database_is_judged if {
	resource := _input("aws", 3, _database("mysql", true, 30, true))
	database.applies with input as resource
}

test_no_backup_fails_where_the_rest_is_unknown if {
	resource := _input("aws", 3, {"engine": "mysql", "backup": {"enabled": false}})
	findings := database.deny with input as resource
	findings == {{"at": "backup/enabled", "args": {"days": "-", "needed": 30, "logs": "-"}}}
}

test_unknown_days_have_no_finding if {
	resource := _input("aws", 3, {
		"engine": "mysql",
		"backup": {"enabled": true, "point_in_time": true},
	})
	findings := database.deny with input as resource
	findings == set()
}

test_an_unknown_engine_has_no_finding if {
	resource := _input("aws", 3, {"backup": {
		"enabled": false,
		"retention_days": 0,
		"point_in_time": false,
	}})
	findings := database.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := database.deny with input as resource
	findings == set()
}
