"""Scale sets of azurerm in Flexible mode."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents
from tests.collectors.iac.mappers.test_azurerm_scale_set import (
    BALANCED,
    BALANCER,
    OWN,
    PLACE,
    _interface,
    _open_group,
    _rule,
)

APPLY = Unknown("var.x is decided at apply")
KIND = "azurerm_orchestrated_virtual_machine_scale_set"
LINUX = {
    "admin_username": "a",
    "admin_ssh_key": [{"username": "a", "public_key": "k"}],
    "patch_mode": "AutomaticByPlatform",
}
GOOD: dict[str, Any] = {
    "name": "web",
    "location": "chinanorth3",
    "resource_group_name": Reference("azurerm_resource_group.g", "name"),
    "zones": ["1"],
    "identity": [{"type": "UserAssigned"}],
    "source_image_id": "/images/golden",
    "os_disk": [{"caching": "None"}],
    "os_profile": [{"linux_configuration": [LINUX]}],
    **_interface(),
}


def _set(*others: Block, **values: Any) -> list[Document]:
    own = {key: it for key, it in (GOOD | values).items() if it is not None}
    group = block("azurerm_resource_group.g", {"name": "g"})
    found = documents(block(f"{KIND}.s", own), group, *PLACE, *others)
    return [each for each in found if each.type == "compute.instance"]


def test_good() -> None:
    lock = block("azurerm_management_lock.l", {"scope": Reference("azurerm_resource_group.g")})
    (document,) = _set(lock)
    assert document.facts == {
        "vpc_id": "main.tf#azurerm_virtual_network.n",
        "network_kind": "vpc",
        "public_ips": [],
        "exposure": {"public": False, "via": []},
        "firewalls": [],
        "image_id": "/images/golden",
        "image": {"approved": None},
        "key_pair": True,
        "password_login": False,
        "metadata_token_required": None,
        "role": "UserAssigned",
        "disks_encrypted": True,
        "patch": {"managed": True, "critical_missing": None},
        "backup": {},
        "tenancy": "shared",
        "deletion_protection": True,
        "user_data_secrets": False,
        "zone": "1",
    }
    assert "azurerm has no argument" in document.unknown["secure_boot"]


def test_defaults() -> None:
    linux: dict[str, Any] = {"admin_username": "a", "disable_password_authentication": False}
    (found,) = _set(os_profile=[{"linux_configuration": [linux]}], identity=None, zones=None)
    assert found.facts["password_login"] is True
    assert (found.facts["key_pair"], found.facts["patch"]["managed"]) == (False, False)
    assert (found.facts["role"], found.facts["deletion_protection"]) == (None, False)
    windows = [{"windows_configuration": [{"admin_username": "a"}]}]
    (found,) = _set(os_profile=windows)
    assert (found.facts["password_login"], found.facts["patch"]["managed"]) == (True, True)


def test_a_lock_of_the_set_alone_does_not_hold_its_machines() -> None:
    lock = block("azurerm_management_lock.l", {"scope": Reference(f"{KIND}.s")})
    (found,) = _set(lock, resource_group_name="g")
    assert found.facts["deletion_protection"] is False


@pytest.mark.parametrize(
    "profile", [APPLY, [{"linux_configuration": APPLY}], [{"custom_data": "x"}]]
)
def test_a_system_that_is_not_known(profile: Any) -> None:
    (found,) = _set(os_profile=profile)
    assert {"password_login", "key_pair", "patch/managed"} <= set(found.unknown)


def test_a_disk_prepared_elsewhere() -> None:
    (found,) = _set(os_profile=None)
    assert found.facts["password_login"] is None


@pytest.mark.parametrize(("source", "public"), [("*", True), ("198.51.100.0/24", False)])
def test_addresses_of_the_machines(source: str, public: bool) -> None:
    (found,) = _set(*_open_group(source), **OWN)
    assert found.facts["exposure"]["public"] is public


def test_a_load_balancer_leads_to_the_machines() -> None:
    (found,) = _set(*BALANCER, _rule(), *_open_group(port="8080"), **BALANCED)
    assert found.facts["exposure"] == {"public": True, "via": ["load-balancer+firewall"]}


def test_a_set_without_a_model_has_no_machines_of_its_own() -> None:
    assert _set(os_profile=None, os_disk=None, network_interface=None) == []
