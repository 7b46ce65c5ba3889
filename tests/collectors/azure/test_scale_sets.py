"""Scale sets over HTTP: one document for each model."""

from __future__ import annotations

from collectors.azure.services.scale_sets import SERVICE, scale_sets
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import Fault

WORLD = (
    "scale_sets", "networks", "network_security_groups", "load_balancers", "alarms", "locks",
    "machine_images", "data_collection",
)  # fmt: skip


def test_a_set_is_judged_by_its_model(serve: Serve, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(scale_sets(open_account(serve(*WORLD), made=made)))
    assert made == set(SERVICE.calls)
    # The machines of the flexible one are listed by themselves.
    assert set(found) == {"vmss-app", "vmss-idle"}
    app, idle = found["vmss-app"].facts, found["vmss-idle"].facts
    assert app["exposure"] == {"public": True, "via": ["public-ip+firewall"]}
    assert (app["public_ips"], idle["public_ips"]) == (["203.0.113.77"], [])
    assert idle["exposure"] == {"public": False, "via": []}
    assert app["vpc_id"].endswith("/virtualNetworks/vnet-oa")
    assert len(app["firewalls"]) == 1
    assert (app["password_login"], app["key_pair"], app["secure_boot"]) == (True, False, False)
    assert (app["patch"]["managed"], idle["patch"]["managed"]) == (True, False)
    assert (app["monitoring"], idle["monitoring"]) == (True, False)
    assert (app["agent"]["installed"], idle["state"]) == (False, "deallocated")
    assert {"state", "vulnerabilities", "user_data_secrets"} <= set(found["vmss-app"].unknown)
    assert "osProfile" not in str(found["vmss-app"].native)
    assert (idle["user_data_secrets"], "ZXhwb3J0" in str(found["vmss-idle"].native)) == (
        True,
        False,
    )


def test_addresses_that_are_denied_are_unknown(serve: Serve, open_account: OpenAccount) -> None:
    server = serve(*WORLD)
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed")
        if asked.call.operation.startswith("PublicIPAddresses_ListVirtualMachineScaleSet")
        else None
    )
    found = by_name(scale_sets(open_account(server)))
    assert "public_ips" in found["vmss-app"].unknown
    assert found["vmss-app"].facts["exposure"]["public"] is True
