package mlps.lib.databases_test

import data.mlps.lib.databases

test_engines_keep_data if {
	every engine in ["mysql", "PostgreSQL", "redis", "mongodb", "elasticsearch", "memcache"] {
		databases.keeps_data(engine)
	}
}

test_memcached_keeps_nothing if {
	every engine in ["memcached", "Memcached"] {
		not databases.keeps_data(engine)
	}
}
