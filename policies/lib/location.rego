# METADATA
# title: Regions
# description: Which regions of a cloud lie in mainland China, by the way that each cloud names its regions.
package mlps.lib.location

# METADATA
# scope: document
# description: >-
#   True of a named region where nothing of the system may be: outside mainland China, or, where mlps.yaml declares
#   `allowed_regions`, any other than those. AWS names its mainland regions `cn-…`, Azure `china…`, Alibaba Cloud
#   `cn-…` except `cn-hongkong`; so a region that opens later is judged rightly. "global" and what is no name are not
#   judged.
is_abroad(provider, region) if {
	is_string(provider)
	is_string(region)
	not region in {"", "global"}
	not _is_declared
	not _is_mainland(provider, region)
}

is_abroad(provider, region) if {
	is_string(provider)
	is_string(region)
	not region in {"", "global"}
	_is_declared
	not _is_listed(region)
}

_is_declared if count(input.context.allowed_regions) > 0

_is_listed(region) if region in input.context.allowed_regions

_is_mainland("aws", region) if startswith(region, "cn-")

_is_mainland("azure", region) if startswith(region, "china")

_is_mainland("aliyun", region) if {
	startswith(region, "cn-")
	not startswith(region, "cn-hongkong")
}
