package mlps.lib.databases_test

import data.mlps.lib.databases

test_engines_keep_data if {
	every engine in ["mysql", "PostgreSQL", "redis", "mongodb", "elasticsearch", "memcache"] {
		databases.keeps_data(engine)
	}
}

test_what_keeps_nothing if {
	every engine in ["memcached", "Memcached", "rds-proxy"] {
		not databases.keeps_data(engine)
	}
}

test_what_is_backed_up if {
	every engine in ["mysql", "redis", "dynamodb"] {
		databases.is_backed_up(engine)
	}
}

test_what_others_keep_is_not if {
	every engine in ["memcached", "dax", "dms"] {
		not databases.is_backed_up(engine)
	}
}
