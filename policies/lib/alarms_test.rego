package mlps.lib.alarms_test

import data.mlps.lib.alarms

_on(operation, active, notifies) := {"on": operation, "active": active, "notifies": notifies}

test_an_active_alarm_that_notifies_announces if {
	alarms.announce([_on("vm-delete", true, ["ops"])], "vm-delete")
}

test_the_second_alarm_announces_too if {
	alarms.announce([_on("vm-delete", false, ["ops"]), _on("vm-delete", true, ["ops"])], "vm-delete")
}

test_no_alarm_announces_nothing if {
	not alarms.announce([], "vm-delete")
}

test_other_alarms_announce_nothing if {
	every alarm in [
		_on("vm-create", true, ["ops"]),
		_on("vm-delete", false, ["ops"]),
		_on("vm-delete", true, []),
		{"active": true, "notifies": ["ops"]},
		{"on": "vm-delete", "notifies": ["ops"]},
		{"on": "vm-delete", "active": true},
		null,
	] {
		not alarms.announce([alarm], "vm-delete")
	}
}
