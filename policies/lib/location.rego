# METADATA
# title: Regions
# description: Which regions of a cloud lie in mainland China, by the way that each cloud names its regions.
package mlps.lib.location

# METADATA
# scope: document
# description: >-
#   True of a named region outside mainland China. AWS names its mainland regions `cn-…`, Azure `china…`, Alibaba Cloud
#   `cn-…` except `cn-hongkong`; so a region that opens later is judged rightly. "global" and what is no name are not
#   judged.
is_abroad(provider, region) if {
	is_string(region)
	not region in {"", "global"}
	not _is_mainland(provider, region)
}

_is_mainland("aws", region) if startswith(region, "cn-")

_is_mainland("azure", region) if startswith(region, "china")

_is_mainland("aliyun", region) if {
	startswith(region, "cn-")
	not startswith(region, "cn-hongkong")
}
