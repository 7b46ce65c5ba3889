package mlps.lib.location_test

import data.mlps.lib.location

_mainland := {
	"aws": {"cn-north-1", "cn-northwest-1"},
	"azure": {"chinaeast2", "chinanorth3"},
	"aliyun": {"cn-hangzhou", "cn-shanghai-finance-1", "cn-wuhan-lr"},
}

_abroad := {
	"aws": {"us-east-1", "ap-east-1", "us-gov-west-1"},
	"azure": {"eastasia", "westeurope"},
	"aliyun": {"cn-hongkong", "cn-hongkong-finance-1", "ap-southeast-1"},
}

test_mainland_regions if {
	every provider, regions in _mainland {
		every region in regions {
			not location.is_abroad(provider, region)
		}
	}
}

test_regions_abroad if {
	every provider, regions in _abroad {
		every region in regions {
			location.is_abroad(provider, region)
		}
	}
}

test_what_is_no_region_is_not_judged if {
	every region in ["", "global", null, 5] {
		not location.is_abroad("aws", region)
	}
}

test_declared_regions_stand_in_place_of_the_mainland if {
	declared := {"context": {"allowed_regions": ["cn-north-1", "ap-east-1"]}}
	every region in ["cn-north-1", "ap-east-1", "global"] {
		not location.is_abroad("aws", region) with input as declared
	}
	every region in ["cn-northwest-1", "us-east-1"] {
		location.is_abroad("aws", region) with input as declared
	}
}

test_no_declared_region_means_the_mainland if {
	nothing := {"context": {"allowed_regions": []}}
	not location.is_abroad("aws", "cn-northwest-1") with input as nothing
	location.is_abroad("aws", "ap-east-1") with input as nothing
}
