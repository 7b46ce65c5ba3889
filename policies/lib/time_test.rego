package mlps.lib.time_test

import data.mlps.lib.time as clock

_now := "2026-03-01T00:00:00Z"

test_age_counts_whole_days if {
	clock.age_days("2026-02-28T00:00:00Z") == 1 with input.now as _now
	clock.age_days("2026-02-28T00:00:01Z") == 0 with input.now as _now
	clock.age_days("2026-02-27T23:59:59Z") == 1 with input.now as _now
	clock.age_days("2025-03-01T00:00:00Z") == 365 with input.now as _now
}

test_age_understands_offsets_and_fractions if {
	clock.age_days("2026-02-28T08:00:00+08:00") == 1 with input.now as _now
	clock.age_days("2026-02-28T08:00:01+08:00") == 0 with input.now as _now
	clock.age_days("2026-02-27T23:59:59.999Z") == 1 with input.now as _now
}

test_age_of_the_future_is_negative if {
	clock.age_days("2026-03-01T12:00:00Z") == -1 with input.now as _now
	clock.age_days("2026-03-31T00:00:00Z") == -30 with input.now as _now
}

test_age_needs_a_moment if {
	not clock.age_days(null) with input.now as _now
	not clock.age_days("") with input.now as _now
	not clock.age_days("2026-02-30 noon") with input.now as _now
	not clock.age_days(1700000000) with input.now as _now
	not clock.age_days("2026-02-28T00:00:00Z") with input as {}
}

test_days_between_is_signed if {
	clock.days_between("2026-01-01T00:00:00Z", "2026-01-31T00:00:00Z") == 30
	clock.days_between("2026-01-31T00:00:00Z", "2026-01-01T00:00:00Z") == -30
	clock.days_between("2024-02-28T00:00:00Z", "2024-03-01T00:00:00Z") == 2
}
