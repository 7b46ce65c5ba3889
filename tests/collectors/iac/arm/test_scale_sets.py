"""Scale sets of ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.arm.test_balancers import BALANCER
from tests.collectors.iac.arm.test_balancers import KIND as BALANCERS
from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Compute/virtualMachineScaleSets"
POOL = {"id": f"[resourceId('{BALANCERS}/backendAddressPools', 'lb', 'p')]"}
ADDRESS = {
    "type": "Microsoft.Network/publicIPAddresses",
    "name": "ip",
    "sku": {"name": "Basic"},
    "properties": {},
}
SET: dict[str, Any] = {
    "type": KIND,
    "name": "web",
    "zones": ["2"],
    "properties": {
        "virtualMachineProfile": {
            "osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": True}},
            "storageProfile": {"imageReference": {"id": "/images/golden"}},
            "networkProfile": {
                "networkInterfaceConfigurations": [
                    {
                        "name": "nic",
                        "properties": {
                            "ipConfigurations": [
                                {"properties": {"loadBalancerBackendAddressPools": [POOL]}}
                            ]
                        },
                    }
                ]
            },
        }
    },
}


def test_a_set_behind_a_load_balancer(deployment: Read) -> None:
    properties = {
        **BALANCER["properties"],
        "frontendIPConfigurations": [
            {
                "name": "f",
                "properties": {
                    "publicIPAddress": {"id": f"[resourceId('{ADDRESS['type']}', 'ip')]"}
                },
            }
        ],
    }
    found = deployment([SET, ADDRESS, {**BALANCER, "properties": properties}])[f"{KIND}/web"]
    assert found.facts["exposure"] == {"public": True, "via": ["port-mapping+firewall"]}
    assert (found.facts["password_login"], found.facts["zone"]) == (False, "2")
    assert found.facts["image_id"] == "/images/golden"


def _flexible(**changes: Any) -> dict[str, Any]:
    own = {**SET["properties"]["virtualMachineProfile"], **changes}
    return {
        **SET,
        "properties": {"orchestrationMode": "Flexible", "virtualMachineProfile": own},
    }


def test_the_machines_of_a_flexible_set(deployment: Read) -> None:
    system = {
        "disablePasswordAuthentication": True,
        "patchSettings": {"patchMode": "AutomaticByPlatform"},
    }
    uefi = {"uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}}
    good = _flexible(osProfile={"linuxConfiguration": system}, securityProfile=uefi)
    facts = deployment([good])[f"{KIND}/web"].facts
    assert (facts["secure_boot"], facts["vtpm"], facts["password_login"]) == (True, True, False)
    assert facts["patch"]["managed"] is True
    plain = deployment([_flexible(osProfile={"windowsConfiguration": {}})])[f"{KIND}/web"]
    assert plain.facts["password_login"] is True
    assert (plain.facts["secure_boot"], plain.facts["patch"]["managed"]) == (False, True)
    assert "backup/enabled" in plain.unknown


def test_a_disk_prepared_elsewhere_has_its_own_sign_in(deployment: Read) -> None:
    model = {"storageProfile": {"osDisk": {"osType": "Linux"}}}
    properties = {"orchestrationMode": "Flexible", "virtualMachineProfile": model}
    found = deployment([{**SET, "properties": properties}])[f"{KIND}/web"]
    assert found.facts["password_login"] is None


def test_a_flexible_set_without_a_model_has_no_machines(deployment: Read) -> None:
    assert deployment([{**SET, "properties": {"orchestrationMode": "Flexible"}}]) == {}


def test_a_set_of_prepared_images_and_its_extensions(deployment: Read) -> None:
    """Azure sets nothing in machines without a profile of their system."""
    windows = {"imageReference": {"id": "/images/i"}, "osDisk": {"osType": "Windows"}}
    linux = windows | {"osDisk": {"osType": "Linux"}}
    secret = {
        "type": "CustomScript",
        "settings": {"commandToExecute": "a --password=hunter2hunter"},
    }
    for storage, fact in ((windows, "patch/managed"), (linux, "password_login")):
        profile = {"storageProfile": storage, "extensionProfile": {"extensions": [
            {"name": "e", "properties": secret}
        ]}}  # fmt: skip
        one = {"type": KIND, "name": "s", "properties": {"virtualMachineProfile": profile}}
        found = deployment([one])[f"{KIND}/s"]
        assert fact in found.unknown
        assert found.facts["user_data_secrets"] is True
    del profile["extensionProfile"]
    beside = {"type": f"{KIND}/extensions", "name": "s/e", "properties": secret}
    assert deployment([one])[f"{KIND}/s"].facts["user_data_secrets"] is False
    assert deployment([one, beside])[f"{KIND}/s"].facts["user_data_secrets"] is True
    machine = "Microsoft.Compute/virtualMachines"
    vm = {"type": machine, "name": "m", "properties": {}}
    beside = {"type": f"{machine}/extensions", "name": "m/e", "properties": secret}
    assert deployment([vm, beside])[f"{machine}/m"].facts["user_data_secrets"] is True
