package mlps.checks.backup.redundancy_test

import data.mlps.checks.backup.redundancy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(kind, provider, region, level, facts) := {
	"type": kind,
	"provider": provider,
	"account": _accounts[provider],
	"region": region,
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_bucket(kind, copies) := {"redundancy": kind, "replication": copies}

_database(spans, guarded) := {"engine": "mysql", "multi_zone": spans, "guard_instance": guarded}

_finding(at, found, level) := {"at": at, "args": {"found": found, "level": level}}

test_aws_bucket_passes if {
	resource := _input("storage.bucket", "aws", "cn-north-1", 3, _bucket("multi-zone", []))
	findings := redundancy.deny with input as resource
	findings == set()
}

test_azure_geo_redundant_account_passes if {
	copies := [{"region": "chinanorth2", "account": _accounts.azure, "whole": true}]
	resource := _input("storage.bucket", "azure", "chinaeast2", 3, _bucket("multi-region", copies))
	findings := redundancy.deny with input as resource
	findings == set()
}

test_aliyun_zone_redundant_bucket_passes if {
	resource := _input("storage.bucket", "aliyun", "cn-beijing", 4, _bucket("multi-zone", []))
	findings := redundancy.deny with input as resource
	findings == set()
}

test_aws_file_system_of_one_zone_fails if {
	resource := _input("storage.file_system", "aws", "cn-north-1", 3, {"redundancy": "zone"})
	findings := redundancy.deny with input as resource
	findings == {_finding("redundancy", "zone", 3)}
}

test_azure_locally_redundant_account_fails_in_every_region if {
	every region in ["chinaeast2", "chinanorth3", "eastus"] {
		resource := _input("storage.bucket", "azure", region, 3, _bucket("zone", []))
		findings := redundancy.deny with input as resource
		findings == {_finding("redundancy", "zone", 3)}
	}
}

test_aliyun_locally_redundant_bucket_fails if {
	copies := [{"region": "cn-hangzhou", "account": _accounts.aliyun, "whole": true}]
	resource := _input("storage.bucket", "aliyun", "cn-beijing", 3, _bucket("zone", copies))
	findings := redundancy.deny with input as resource
	findings == {_finding("redundancy", "zone", 3)}
}

test_a_single_copy_fails if {
	resource := _input("storage.bucket", "aws", "cn-north-1", 4, _bucket("single", []))
	findings := redundancy.deny with input as resource
	findings == {_finding("redundancy", "single", 4)}
}

test_replication_is_enough_where_there_is_no_zone_redundant_storage if {
	copies := [{"region": "cn-beijing", "account": _accounts.aliyun, "whole": true}]
	resource := _input("storage.bucket", "aliyun", "cn-qingdao", 3, _bucket("zone", copies))
	findings := redundancy.deny with input as resource
	findings == set()
}

test_replication_of_some_objects_fails_there if {
	copies := [{"region": "cn-beijing", "account": _accounts.aliyun, "whole": false}]
	resource := _input("storage.bucket", "aliyun", "cn-qingdao", 3, _bucket("zone", copies))
	findings := redundancy.deny with input as resource
	findings == {_finding("replication", "zone", 3)}
}

test_no_replication_fails_there if {
	resource := _input("storage.bucket", "aliyun", "cn-qingdao", 3, _bucket("zone", []))
	findings := redundancy.deny with input as resource
	findings == {_finding("replication", "zone", 3)}
}

test_replication_within_the_region_fails_there if {
	copies := [{"region": "cn-qingdao", "account": _accounts.aliyun, "whole": true}]
	resource := _input("storage.bucket", "aliyun", "cn-qingdao", 3, _bucket("zone", copies))
	findings := redundancy.deny with input as resource
	findings == {_finding("replication", "zone", 3)}
}

test_aws_database_of_one_zone_fails if {
	resource := _input("database.instance", "aws", "cn-north-1", 3, _database(false, null))
	findings := redundancy.deny with input as resource
	findings == {_finding("multi_zone", "zone", 3)}
}

test_azure_database_of_one_zone_fails_where_there_are_zones if {
	every region in ["chinanorth3", "eastus"] {
		resource := _input("database.instance", "azure", region, 3, _database(false, null))
		findings := redundancy.deny with input as resource
		findings == {_finding("multi_zone", "zone", 3)}
	}
}

test_aliyun_database_of_one_zone_fails if {
	resource := _input("database.instance", "aliyun", "cn-beijing", 3, _database(false, false))
	findings := redundancy.deny with input as resource
	findings == {_finding("multi_zone", "zone", 3)}
}

test_databases_that_span_zones_pass if {
	every provider in ["aws", "azure", "aliyun"] {
		resource := _input("database.instance", provider, "cn-beijing", 3, _database(true, null))
		findings := redundancy.deny with input as resource
		findings == set()
	}
}

test_a_disaster_recovery_instance_passes if {
	resource := _input("database.instance", "aliyun", "cn-beijing", 3, _database(false, true))
	findings := redundancy.deny with input as resource
	findings == set()
}

test_azure_regions_without_zones_are_not_judged if {
	every kind in ["database.instance", "storage.file_system"] {
		facts := object.union(_database(false, null), {"redundancy": "zone"})
		resource := _input(kind, "azure", "chinaeast2", 3, facts)
		not redundancy.applies with input as resource
		findings := redundancy.deny with input as resource
		findings == set()
	}
}

test_aliyun_file_systems_are_not_judged if {
	resource := _input("storage.file_system", "aliyun", "cn-beijing", 3, {"redundancy": "zone"})
	not redundancy.applies with input as resource
	findings := redundancy.deny with input as resource
	findings == set()
}

test_level_2_is_not_judged if {
	every kind in ["storage.bucket", "storage.file_system", "database.instance"] {
		facts := object.union(_bucket("zone", []), _database(false, false))
		resource := _input(kind, "aws", "cn-north-1", 2, facts)
		not redundancy.applies with input as resource
		findings := redundancy.deny with input as resource
		findings == set()
	}
}

test_level_3_is_judged if {
	every kind in ["storage.bucket", "storage.file_system", "database.instance"] {
		redundancy.applies with input as _input(kind, "aws", "cn-north-1", 3, _database(false, null))
	}
}

test_an_unknown_guard_has_no_finding if {
	facts := object.remove(_database(false, null), ["guard_instance"])
	resource := _input("database.instance", "aliyun", "cn-beijing", 3, facts)
	findings := redundancy.deny with input as resource
	findings == set()
}

test_an_unknown_region_has_no_finding if {
	every region in ["", "global"] {
		resource := _input("database.instance", "azure", region, 3, _database(false, null))
		findings := redundancy.deny with input as resource
		findings == set()
	}
	nowhere := object.remove(_input("database.instance", "azure", "", 3, _database(false, null)), ["region"])
	findings := redundancy.deny with input as nowhere
	findings == set()
}

test_unknown_replication_has_no_finding if {
	resource := _input("storage.bucket", "aliyun", "cn-qingdao", 3, {"redundancy": "zone"})
	findings := redundancy.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	every kind in ["storage.bucket", "storage.file_system", "database.instance"] {
		findings := redundancy.deny with input as _input(kind, "aws", "cn-north-1", 3, {})
		findings == set()
	}
}

test_what_keeps_nothing_itself_is_not_judged if {
	every engine in ["memcached", "dax", "dms", "rds-proxy"] {
		facts := object.union(_database(false, null), {"engine": engine})
		resource := _input("database.instance", "aws", "cn-north-1", 3, facts)
		not redundancy.applies with input as resource
		findings := redundancy.deny with input as resource
		findings == set()
	}
}

test_an_unknown_engine_has_no_finding if {
	resource := _input("database.instance", "aws", "cn-north-1", 3, object.remove(_database(false, null), ["engine"]))
	findings := redundancy.deny with input as resource
	findings == set()
}
