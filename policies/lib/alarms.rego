# METADATA
# title: Alarms on operations
# description: Which critical operations the alarms of an account tell somebody of.
package mlps.lib.alarms

# METADATA
# scope: document
# description: >-
#   True where one of the alarms is active, watches the operation and notifies somebody. What is not known of an alarm
#   counts as missing: a finding about it points to the list of alarms, so that it becomes unknown.
announce(alarms, operation) if {
	some alarm in alarms
	alarm.on == operation
	alarm.active == true
	count(alarm.notifies) > 0
}
