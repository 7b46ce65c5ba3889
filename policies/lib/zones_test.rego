package mlps.lib.zones_test

import data.mlps.lib.zones

_several := {
	"aws": {"cn-north-1", "cn-northwest-1", "eu-west-1"},
	"azure": {"chinanorth3", "westeurope"},
	"aliyun": {"cn-hangzhou", "cn-guangzhou", "cn-shanghai-finance-1"},
}

_one := {
	"azure": {"chinaeast", "chinaeast2", "chinaeast3", "chinanorth", "chinanorth2"},
	"aliyun": {"cn-nanjing", "cn-fuzhou", "cn-wuhan-lr", "cn-zhengzhou-jva"},
}

test_regions_with_several_zones if {
	every provider, regions in _several {
		every region in regions {
			zones.has_several(provider, region)
		}
	}
}

test_regions_with_one_zone if {
	every provider, regions in _one {
		every region in regions {
			not zones.has_several(provider, region)
		}
	}
}

test_what_is_no_region_has_none if {
	every provider in ["azure", "aliyun"] {
		every region in ["", "global", null, 5] {
			not zones.has_several(provider, region)
		}
	}
}

test_other_clouds_are_not_judged if {
	not zones.has_several("other", "somewhere")
}

# Whatever the region, also one that a template leaves open.
test_aws_has_them_everywhere if {
	zones.has_several("aws", "")
	not zones.has_several("aws", null)
}
