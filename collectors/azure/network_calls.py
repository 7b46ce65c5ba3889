"""Calls of networks that several services make."""

from __future__ import annotations

from collectors.azure.calls import child, listing

_NETWORK = "Microsoft.Network"

LIST_VIRTUAL_NETWORKS = listing(f"{_NETWORK}/virtualNetworks", "VirtualNetworks_ListAll")
LIST_NETWORK_INTERFACES = listing(f"{_NETWORK}/networkInterfaces", "NetworkInterfaces_ListAll")
LIST_PUBLIC_IP_ADDRESSES = listing(f"{_NETWORK}/publicIPAddresses", "PublicIPAddresses_ListAll")
LIST_ROUTE_TABLES = listing(f"{_NETWORK}/routeTables", "RouteTables_ListAll")
LIST_LOAD_BALANCERS = listing(f"{_NETWORK}/loadBalancers", "LoadBalancers_ListAll")
LIST_APPLICATION_GATEWAYS = listing(
    f"{_NETWORK}/applicationGateways", "ApplicationGateways_ListAll"
)
LIST_AZURE_FIREWALLS = listing(f"{_NETWORK}/azureFirewalls", "AzureFirewalls_ListAll")
LIST_FIREWALL_POLICIES = listing(f"{_NETWORK}/firewallPolicies", "FirewallPolicies_ListAll")
LIST_IP_GROUPS = listing(f"{_NETWORK}/ipGroups", "IpGroups_List")
LIST_NETWORK_WATCHERS = listing(f"{_NETWORK}/networkWatchers", "NetworkWatchers_ListAll")
LIST_FLOW_LOGS = child(
    f"{_NETWORK}/networkWatchers/flowLogs", "FlowLogs_List", "{id}/flowLogs", paged=True
)
