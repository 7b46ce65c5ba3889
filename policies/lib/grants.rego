# METADATA
# description: Who a policy statement lets in, judged from the grants of a resource document.
package mlps.lib.grants

# METADATA
# scope: document
# description: >-
#   True of a grant to anyone, or to an account that is neither the resource's own nor allowed in mlps.yaml, without
#   a condition that narrows it. A grant of whose account nothing is known to the cloud (null) counts as another's.
open_to_outsiders(grant) if {
	grant.kind == "anyone"
	grant.narrows == false
}

open_to_outsiders(grant) if {
	grant.kind == "account"
	is_outside(grant.account)
	grant.narrows == false
}

# METADATA
# scope: document
# description: >-
#   True of an account that is neither the resource's own nor one of `allowed_accounts` in mlps.yaml. So is an account
#   of which nothing is known to the cloud (null).
is_outside(account) if {
	account != input.account
	not _is_allowed(account)
}

_is_allowed(account) if account in input.context.allowed_accounts
