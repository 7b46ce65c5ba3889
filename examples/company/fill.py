"""The order in which the account comes to be."""

from __future__ import annotations

from examples.company.account import MAIN_REGION, STANDBY_REGION, Account, Summary
from examples.company.balancing import fill_balancing
from examples.company.compute import fill_compute
from examples.company.container_services import fill_container_services
from examples.company.containers import fill_containers
from examples.company.data_services import fill_data_services
from examples.company.data_stores import fill_data_stores
from examples.company.databases import fill_databases
from examples.company.delivery import fill_delivery
from examples.company.desktops import fill_desktops
from examples.company.fast_stores import fill_fast_stores
from examples.company.gateways import fill_gateways
from examples.company.identity import fill_identity
from examples.company.keys import fill_keys, retire_keys
from examples.company.monitoring import fill_logs, fill_monitoring
from examples.company.network import fill_network
from examples.company.scaling import fill_scaling
from examples.company.serverless import fill_serverless
from examples.company.storage import fill_storage, replicate_buckets
from examples.company.streaming import fill_streaming
from examples.company.vault import fill_vault
from examples.company.webacls import fill_web_acls

REGIONS = (MAIN_REGION, STANDBY_REGION)


def fill(endpoint_url: str) -> Summary:
    """Create the whole company in the empty account behind `endpoint_url`."""
    account = Account(endpoint_url)
    fill_identity(account)
    for region in REGIONS:
        keys = fill_keys(account, region)
        fill_logs(account, region, keys)
        fill_storage(account, region, keys)
        networks = fill_network(account, region)
        fill_gateways(account, region, networks.vpcs, networks.subnets)
        instances = fill_compute(account, region, networks, keys)
        fill_scaling(account, region, networks)
        fill_databases(account, region, networks, keys)
        fill_data_services(account, region, networks, keys)
        fill_data_stores(account, region, networks, keys)
        fill_fast_stores(account, region, networks, keys)
        fill_streaming(account, region, networks, keys)
        fill_desktops(account, region, networks, keys)
        fill_balancing(account, region, networks, keys, instances)
        fill_web_acls(account, region)
        fill_containers(account, region, networks, keys)
        fill_container_services(account, region, networks, keys)
        fill_serverless(account, region, networks, keys)
        fill_delivery(account, region, networks)
        fill_vault(account, region, keys)
        fill_monitoring(account, region, keys, instances)
        retire_keys(account, region, keys)
    for region in REGIONS:
        replicate_buckets(account, region)
    return account.summary()
