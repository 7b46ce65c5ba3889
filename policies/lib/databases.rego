# METADATA
# title: Databases
# description: What kinds of databases can do, by their engine.
package mlps.lib.databases

# Memcached keeps everything in memory: nothing to encrypt, and no cloud backs it up.
_memory_only := ["memcached"]

# METADATA
# scope: document
# description: True of an engine that keeps data on disk. Undefined of an engine that is not known.
keeps_data(engine) if strings.any_prefix_match(lower(engine), _memory_only) == false
