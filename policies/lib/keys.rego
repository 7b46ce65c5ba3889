# METADATA
# title: Keys
# description: Whose keys are good enough for the data of a system, by what mlps.yaml declares (`key_manager`).
package mlps.lib.keys

# METADATA
# scope: document
# description: >-
#   True of a manager of keys who is not the one asked for: the cloud provider never is; where mlps.yaml declares
#   `key_manager: external`, neither is the customer within the provider's own service.
falls_short("provider") := true

falls_short("customer") if input.context.key_manager == "external"
