# METADATA
# title: Availability zones
# description: In which regions a resource can stand in several availability zones.
package mlps.lib.zones

# Regions of Alibaba Cloud that have one zone each.
_single_zone := {"cn-nanjing", "cn-fuzhou", "cn-wuhan-lr", "cn-zhengzhou-jva"}

# METADATA
# scope: document
# description: >-
#   True of a region with several zones. Every region of AWS has them; of Azure China one alone does. A region that is
#   not named ("" or "global") has none that anybody knows of.
has_several("aws", region) if is_string(region)

has_several("azure", region) if {
	_is_named(region)
	not startswith(region, "china")
}

has_several("azure", "chinanorth3") := true

has_several("aliyun", region) if {
	_is_named(region)
	not region in _single_zone
}

_is_named(region) if {
	is_string(region)
	not region in {"", "global"}
}
