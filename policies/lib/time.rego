# METADATA
# title: Time
# description: Ages, measured from the time of the scan (`input.now`) and never from a clock.
package mlps.lib.time

_nanoseconds_per_day := 86400000000000

# METADATA
# scope: document
# description: >-
#   Whole days since an RFC 3339 moment at the time of the scan; negative when the moment lies ahead.
#   Undefined when the moment is absent, null or malformed: compare the result
#   (`age_days(x) > 90`), never negate it.
age_days(moment) := days_between(moment, input.now)

# METADATA
# scope: document
# description: >-
#   Whole days from one RFC 3339 moment to another, rounded down: negative when `end` lies before
#   `start`, undefined when one of them is no RFC 3339 string.
days_between(start, end) := _whole_days(time.parse_rfc3339_ns(end) - time.parse_rfc3339_ns(start)) if {
	is_string(start)
	is_string(end)
}

# Engines disagree about `floor` below zero and about long fractions: whole numbers from zero up only.
_whole_days(elapsed) := _quotient(elapsed) if elapsed >= 0

_whole_days(elapsed) := 0 - _quotient((_nanoseconds_per_day - 1) - elapsed) if elapsed < 0

# Whole days in a number of nanoseconds, zero or more.
_quotient(elapsed) := (elapsed - (elapsed % _nanoseconds_per_day)) / _nanoseconds_per_day
