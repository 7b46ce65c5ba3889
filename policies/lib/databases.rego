# METADATA
# title: Databases
# description: What kinds of databases can do, by their engine.
package mlps.lib.databases

# Memcached keeps everything in memory, and a proxy keeps nothing: nothing to encrypt, and no cloud backs it up.
_memory_only := ["memcached", "rds-proxy"]

# METADATA
# scope: document
# description: True of an engine that keeps data on disk. Undefined of an engine that is not known.
keeps_data(engine) if strings.any_prefix_match(lower(engine), _memory_only) == false

# What passes data on that others keep: caches before a database, and machines that copy from one to another.
_keeps_for_others := ["dax", "dms"]

# METADATA
# scope: document
# description: >-
#   True of an engine whose data has to be backed up. Undefined of an engine that is not known, and of one that passes
#   on what others keep.
is_backed_up(engine) if {
	keeps_data(engine)
	strings.any_prefix_match(lower(engine), _keeps_for_others) == false
}
