# METADATA
# description: Who a policy statement lets in, judged from the grants of a resource document.
package mlps.lib.grants

# METADATA
# scope: document
# description: >-
#   True of a grant to anyone, or to an account other than the resource's own, without a condition that narrows it.
#   A grant of whose account nothing is known to the cloud (null) counts as another's.
open_to_outsiders(grant) if {
	grant.kind == "anyone"
	grant.narrows == false
}

open_to_outsiders(grant) if {
	grant.kind == "account"
	grant.account != input.account
	grant.narrows == false
}
