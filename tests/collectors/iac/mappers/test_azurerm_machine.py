"""Azure virtual machines."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")

AGENT = "no extension of this template puts an agent against malware in"
OPEN = {
    "alarms": "alert rules outside of this template may watch it",
    "state": "whether a machine runs shows after apply",
    "agent": AGENT,
    "monitoring": "no extension of this template puts the Azure Monitor agent in",
    "vulnerabilities": "what Defender for Cloud finds in a machine shows once it runs",
}


def test_machine_good() -> None:
    document = the(
        block(
            "azurerm_linux_virtual_machine.vm",
            {
                "name": "vm",
                "location": "chinaeast2",
                "resource_group_name": "rg",
                "size": "Standard_D4_v5",
                "network_interface_ids": [Reference("azurerm_network_interface.n")],
                "os_disk": [{"caching": "None"}],
                "zone": "2",
                "admin_ssh_key": [{"username": "a", "public_key": "k"}],
                "secure_boot_enabled": True,
                "vtpm_enabled": True,
                "patch_mode": "AutomaticByPlatform",
                "identity": [{"type": "SystemAssigned"}],
                "dedicated_host_id": Reference("azurerm_dedicated_host.h"),
                "source_image_reference": [
                    {
                        "publisher": "Canonical",
                        "offer": "ubuntu",
                        "sku": "22_04",
                        "version": "latest",
                    }
                ],
            },
        ),
        block(
            "azurerm_network_interface.n",
            {"name": "n", "ip_configuration": [{"name": "i", "subnet_id": "s"}]},
        ),
        block(
            "azurerm_network_interface_security_group_association.l",
            {
                "network_interface_id": Reference("azurerm_network_interface.n"),
                "network_security_group_id": Reference("azurerm_network_security_group.g"),
            },
        ),
        block("azurerm_network_security_group.g", {"name": "g", "location": "chinaeast2"}),
        block(
            "azurerm_backup_protected_vm.b",
            {
                "source_vm_id": Reference("azurerm_linux_virtual_machine.vm"),
                "backup_policy_id": Reference("azurerm_backup_policy_vm.p"),
            },
        ),
        block("azurerm_backup_policy_vm.p", {"name": "p", "retention_daily": [{"count": 30}]}),
        block(
            "azurerm_management_lock.l",
            {"scope": Reference("azurerm_linux_virtual_machine.vm"), "lock_level": "CanNotDelete"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinaeast2",
        "CN",
        "vm",
        {},
    )
    assert document.facts == {
        "network_kind": "vpc",
        "public_ips": [],
        "exposure": {"public": False, "via": []},
        "firewalls": ["main.tf#azurerm_network_security_group.g"],
        "image_id": "Canonical:ubuntu:22_04:latest",
        "image": {"owner": "Canonical", "approved": None},
        "key_pair": True,
        "password_login": False,
        "role": "SystemAssigned",
        "metadata_token_required": None,
        "disks_encrypted": True,
        "patch": {"managed": True, "critical_missing": None},
        "backup": {"enabled": True, "retention_days": 30, "point_in_time": False},
        "tenancy": "dedicated-host",
        "secure_boot": True,
        "vtpm": True,
        "deletion_protection": True,
        "user_data_secrets": False,
        "zone": "2",
    }
    assert unknown(document) == OPEN | {
        "image/created": "the machine does not tell when its image was made",
        "image/deprecated": "the image does not tell whether it is deprecated",
        "backup/copies": "the backup vault is not part of this template",
    }


def test_machine_bad() -> None:
    document = the(
        block(
            "azurerm_linux_virtual_machine.vm",
            {
                "name": "vm",
                "location": "chinaeast2",
                "resource_group_name": "rg",
                "size": "Standard_D4_v5",
                "network_interface_ids": [Reference("azurerm_network_interface.n")],
                "os_disk": [{"caching": "None"}],
                "disable_password_authentication": False,
                "admin_password": "secret",
            },
        ),
        block(
            "azurerm_network_interface.n",
            {
                "name": "n",
                "ip_configuration": [
                    {
                        "name": "i",
                        "subnet_id": Reference("azurerm_subnet.s"),
                        "public_ip_address_id": Reference("azurerm_public_ip.p"),
                    }
                ],
            },
        ),
        block("azurerm_public_ip.p", {"name": "p", "allocation_method": "Static"}),
        block("azurerm_subnet.s", {"name": "s"}),
        block(
            "azurerm_network_interface_security_group_association.l",
            {
                "network_interface_id": Reference("azurerm_network_interface.n"),
                "network_security_group_id": Reference("azurerm_network_security_group.g"),
            },
        ),
        block(
            "azurerm_network_security_group.g",
            {
                "name": "g",
                "location": "chinaeast2",
                "security_rule": [
                    {
                        "name": "r",
                        "priority": 100,
                        "direction": "Inbound",
                        "access": "Allow",
                        "protocol": "Tcp",
                        "source_port_range": "*",
                        "destination_port_range": "22",
                        "source_address_prefix": "*",
                        "destination_address_prefix": "*",
                    }
                ],
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinaeast2",
        "CN",
        "vm",
        {},
    )
    assert document.facts == {
        "network_kind": "vpc",
        "public_ips": ["main.tf#azurerm_public_ip.p"],
        "exposure": {"public": True, "via": ["public-ip+firewall"]},
        "firewalls": ["main.tf#azurerm_network_security_group.g"],
        "key_pair": False,
        "password_login": True,
        "role": None,
        "metadata_token_required": None,
        "disks_encrypted": True,
        "patch": {"managed": False, "critical_missing": None},
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "tenancy": "shared",
        "secure_boot": False,
        "vtpm": False,
        "deletion_protection": False,
        "user_data_secrets": False,
    }
    assert unknown(document) == OPEN | {
        "image": "the machine names no image",
        "image_id": "the machine names no image",
        "zone": "the resource names no availability zone",
    }


def test_machine_closed_by_the_subnets_group() -> None:
    document = the(
        block(
            "azurerm_windows_virtual_machine.vm",
            {
                "name": "vm",
                "location": "chinaeast2",
                "resource_group_name": "rg",
                "size": "Standard_D4_v5",
                "network_interface_ids": [Reference("azurerm_network_interface.n")],
                "os_disk": [{"caching": "None"}],
            },
        ),
        block(
            "azurerm_network_interface.n",
            {
                "name": "n",
                "ip_configuration": [
                    {
                        "name": "i",
                        "subnet_id": Reference("azurerm_subnet.s"),
                        "public_ip_address_id": Reference("azurerm_public_ip.p"),
                    }
                ],
            },
        ),
        block("azurerm_public_ip.p", {"name": "p", "allocation_method": "Static"}),
        block(
            "azurerm_network_interface_security_group_association.l",
            {
                "network_interface_id": Reference("azurerm_network_interface.n"),
                "network_security_group_id": Reference("azurerm_network_security_group.g"),
            },
        ),
        block("azurerm_subnet.s", {"name": "s"}),
        block(
            "azurerm_network_security_group.g",
            {
                "name": "g",
                "location": "chinaeast2",
                "security_rule": [
                    {
                        "name": "r",
                        "priority": 100,
                        "direction": "Inbound",
                        "access": "Allow",
                        "protocol": "Tcp",
                        "source_port_range": "*",
                        "destination_port_range": "22",
                        "source_address_prefix": "*",
                        "destination_address_prefix": "*",
                    }
                ],
            },
        ),
        block(
            "azurerm_subnet_network_security_group_association.s",
            {
                "subnet_id": Reference("azurerm_subnet.s"),
                "network_security_group_id": Reference("azurerm_network_security_group.inner"),
            },
        ),
        block(
            "azurerm_network_security_group.inner",
            {
                "name": "inner",
                "location": "chinaeast2",
                "security_rule": [
                    {
                        "name": "r",
                        "priority": 100,
                        "direction": "Inbound",
                        "access": "Deny",
                        "protocol": "*",
                        "source_port_range": "*",
                        "destination_port_range": "*",
                        "source_address_prefix": "*",
                        "destination_address_prefix": "*",
                    },
                    {
                        "name": "r",
                        "priority": 200,
                        "direction": "Inbound",
                        "access": "Allow",
                        "protocol": "Tcp",
                        "source_port_range": "*",
                        "destination_port_range": "22",
                        "source_address_prefix": "*",
                        "destination_address_prefix": "*",
                    },
                ],
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinaeast2",
        "CN",
        "vm",
        {},
    )
    assert document.facts == {
        "network_kind": "vpc",
        "public_ips": ["main.tf#azurerm_public_ip.p"],
        "exposure": {"public": False, "via": []},
        "firewalls": [
            "main.tf#azurerm_network_security_group.g",
            "main.tf#azurerm_network_security_group.inner",
        ],
        "key_pair": False,
        "password_login": True,
        "role": None,
        "metadata_token_required": None,
        "disks_encrypted": True,
        "patch": {"managed": True, "critical_missing": None},
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "tenancy": "shared",
        "secure_boot": False,
        "vtpm": False,
        "deletion_protection": False,
        "user_data_secrets": False,
    }
    assert unknown(document) == OPEN | {
        "image": "the machine names no image",
        "image_id": "the machine names no image",
        "zone": "the resource names no availability zone",
    }


def test_machine_unknown_until_apply() -> None:
    document = the(
        block(
            "azurerm_linux_virtual_machine.vm",
            {
                "name": "vm",
                "location": APPLY,
                "resource_group_name": "rg",
                "size": "Standard_D4_v5",
                "network_interface_ids": [APPLY],
                "os_disk": [{"caching": "None"}],
                "disable_password_authentication": APPLY,
                "secure_boot_enabled": APPLY,
                "vtpm_enabled": APPLY,
                "admin_ssh_key": APPLY,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == ("", None, "vm", {})
    assert document.facts == {
        "network_kind": "vpc",
        "exposure": {},
        "role": None,
        "metadata_token_required": None,
        "disks_encrypted": True,
        "patch": {"managed": False, "critical_missing": None},
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "tenancy": "shared",
        "deletion_protection": False,
        "user_data_secrets": False,
    }
    assert unknown(document) == OPEN | {
        "region": "var.x is decided at apply",
        "country": "var.x is decided at apply",
        "public_ips": "var.x is decided at apply",
        "exposure/public": "var.x is decided at apply",
        "exposure/via": "var.x is decided at apply",
        "firewalls": "var.x is decided at apply",
        "image": "the machine names no image",
        "image_id": "the machine names no image",
        "key_pair": "var.x is decided at apply",
        "password_login": "var.x is decided at apply",
        "secure_boot": "var.x is decided at apply",
        "vtpm": "var.x is decided at apply",
        "zone": "the resource names no availability zone",
    }


@pytest.mark.parametrize(
    ("grouped", "public"),
    [(("a", "b"), True), (("b",), None), (("a",), True)],
)
def test_a_closed_interface_closes_no_other_one(
    grouped: tuple[str, ...], public: bool | None
) -> None:
    """Only a has a public address; its group lets everybody in, that of b nobody."""
    inwards: dict[str, Any] = {
        "direction": "Inbound",
        "protocol": "*",
        "source_port_range": "*",
        "name": "r",
    }
    inwards |= {"priority": 100, "source_address_prefix": "*", "destination_address_prefix": "*"}
    inwards |= {"destination_port_range": "*"}
    rules = {"a": inwards | {"access": "Allow"}, "b": inwards | {"access": "Deny"}}
    addresses = {"a": {"public_ip_address_id": Reference("azurerm_public_ip.p")}, "b": {}}
    nics = [
        block(f"azurerm_network_interface.{name}", {"ip_configuration": [{"name": "i"} | address]})
        for name, address in addresses.items()
    ]
    groups = [
        block(f"azurerm_network_security_group.{name}", {"name": name, "security_rule": [rule]})
        for name, rule in rules.items()
    ]
    links = [
        block(
            f"azurerm_network_interface_security_group_association.{name}",
            {
                "network_interface_id": Reference(f"azurerm_network_interface.{name}"),
                "network_security_group_id": Reference(f"azurerm_network_security_group.{name}"),
            },
        )
        for name in grouped
    ]
    ids = [Reference(f"azurerm_network_interface.{name}") for name in addresses]
    machine = block("azurerm_linux_virtual_machine.vm", {"network_interface_ids": ids})
    others = [*nics, *groups, *links, block("azurerm_public_ip.p", {})]
    document = the(machine, *others)
    assert document.facts["exposure"].get("public") == public
    assert len(document.facts["firewalls"]) == len(grouped)


def _inwards(access: str, source: str = "*") -> dict[str, Any]:
    return {
        "name": access,
        "direction": "Inbound",
        "access": access,
        "protocol": "*",
        "priority": 100 if access == "Deny" else 200,
        "source_port_range": "*",
        "source_address_prefix": source,
        "destination_port_range": "*",
        "destination_address_prefix": "*",
    }


NIC, GROUP = Reference("azurerm_network_interface.n"), "azurerm_network_security_group.g"


def _on_the_internet(subnet: Any, *rules: dict[str, Any], grouped: bool = True) -> list[Block]:
    """A machine with a public address in a subnet, whose interface may have a group of its own."""
    own = {"subnet_id": subnet, "public_ip_address_id": Reference("azurerm_public_ip.p")}
    link = {"network_interface_id": NIC, "network_security_group_id": Reference(GROUP)}
    found = [
        block("azurerm_linux_virtual_machine.vm", {"network_interface_ids": [NIC]}),
        block("azurerm_network_interface.n", {"ip_configuration": [own]}),
        block("azurerm_public_ip.p", {}),
    ]
    if grouped:
        found.append(block(GROUP, {"name": "g", "security_rule": [*rules]}))
        found.append(block("azurerm_network_interface_security_group_association.l", link))
    return found


@pytest.mark.parametrize("subnet", ["/elsewhere", APPLY, Reference("data.azurerm_subnet.s")])
def test_a_subnet_outside_of_the_template_may_have_a_group(subnet: Any) -> None:
    """Its group may close what the interface's lets in, and may be the only one."""
    opened = the(*_on_the_internet(subnet, _inwards("Allow")))
    assert "exposure/public" in opened.unknown
    assert opened.facts["firewalls"] == [f"main.tf#{GROUP}"]
    alone = the(*_on_the_internet(subnet, grouped=False))
    assert {"exposure/public", "firewalls"} <= set(alone.unknown)


@pytest.mark.parametrize("rules", [(), (_inwards("Deny", "0.0.0.0/0"), _inwards("Allow"))])
def test_a_closed_interface_needs_no_group_of_its_subnet(rules: tuple[dict[str, Any], ...]) -> None:
    closed = the(*_on_the_internet("/elsewhere", *rules))
    assert closed.facts["exposure"] == {"public": False, "via": []}


def test_the_same_subnet_without_a_group_opens_what_the_interface_lets_in() -> None:
    subnet = block("azurerm_subnet.s", {"name": "s"})
    machine = _on_the_internet(Reference("azurerm_subnet.s"), _inwards("Allow"))
    assert the(*machine, subnet).facts["exposure"]["public"] is True
    link = block(
        "azurerm_subnet_network_security_group_association.s",
        {"subnet_id": Reference("azurerm_subnet.s"), "network_security_group_id": "/elsewhere"},
    )
    found = the(*machine, subnet, link)
    assert found.unknown["exposure/public"] == "a security group is not part of this template"


@pytest.mark.parametrize(("address", "public"), [("10.0.0.4", True), ("10.0.0.5", False)])
def test_a_rule_for_one_address_opens_that_one(address: str, public: bool) -> None:
    rule = _inwards("Allow") | {"destination_address_prefix": "10.0.0.4"}
    machine = _on_the_internet(Reference("azurerm_subnet.s"), rule)
    own = machine[1].values["ip_configuration"][0]
    own["private_ip_address"] = address
    found = the(*machine, block("azurerm_subnet.s", {"name": "s"}))
    assert found.facts["exposure"]["public"] is public


def windows(**values: Any) -> Document:
    return the(block("azurerm_windows_virtual_machine.w", {"name": "w", **values}))


@pytest.mark.parametrize(
    ("values", "managed"),
    [
        ({}, True),
        ({"enable_automatic_updates": False}, False),
        ({"automatic_updates_enabled": False, "patch_mode": "AutomaticByOS"}, False),
        ({"automatic_updates_enabled": False, "patch_mode": "AutomaticByPlatform"}, True),
        ({"automatic_updates_enabled": APPLY}, None),
        ({"patch_mode": "Manual"}, False),
        ({"patch_mode": APPLY}, None),
    ],
)
def test_patches_of_windows(values: dict[str, Any], managed: bool | None) -> None:
    assert windows(**values).facts["patch"].get("managed") is managed


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("values", "secret"),
    [
        ({}, False),
        ({"custom_data": _base64("echo hello")}, False),
        ({"custom_data": _base64("export DB_PASSWORD=hunter2hunter2")}, True),
        ({"user_data": _base64("export DB_PASSWORD=hunter2hunter2")}, True),
        ({"custom_data": APPLY}, None),
    ],
)
def test_secrets_in_what_a_machine_starts_with(values: dict[str, Any], secret: bool | None) -> None:
    found = windows(**values)
    assert found.facts.get("user_data_secrets") is secret
    assert "hunter" not in repr(found)


SCRIPT = {"commandToExecute": "mysql --password=hunter2hunter2"}


def extension(settings: Any, kind: str = "CustomScript", machine: Any = None) -> Block:
    own = Reference("azurerm_windows_virtual_machine.vm")
    given = {"virtual_machine_id": machine or own, "type": kind, "settings": settings}
    return block("azurerm_virtual_machine_extension.e", given)


@pytest.mark.parametrize(
    ("found", "secret"),
    [
        (extension(json.dumps(SCRIPT)), True),
        (extension(SCRIPT), True),
        (extension(json.dumps({"script": _base64("export DB_PASSWORD=hunter2hunter2")})), True),
        (extension(json.dumps({"User": {"password": "hunter2"}})), True),
        (extension(json.dumps({"commandToExecute": "hostname"})), False),
        (extension(None), False),
        (extension(APPLY), None),
        (extension(APPLY, "RunCommandLinux"), None),
        # An id that an agent is given is not known before apply.
        (extension(APPLY, "OmsAgentForLinux"), False),
        (extension(json.dumps(SCRIPT), machine=APPLY), None),
        (extension(json.dumps({"commandToExecute": "hostname"}), machine=APPLY), False),
    ],
)
def test_secrets_in_the_settings_of_an_extension(found: Block, secret: bool | None) -> None:
    machine = block("azurerm_windows_virtual_machine.vm", {"name": "vm"})
    assert the(machine, found).facts.get("user_data_secrets") is secret


def older(**values: Any) -> Document:
    given = {"name": "o", "location": "chinaeast2", "network_interface_ids": []}
    return the(block("azurerm_virtual_machine.o", {**given, **values}))


def test_an_older_machine_of_linux() -> None:
    found = older(
        os_profile=[{"computer_name": "o", "custom_data": "password=hunter2hunter2"}],
        os_profile_linux_config=[{"disable_password_authentication": False}],
        storage_image_reference=[{"id": "/images/i"}],
        zones=["2"],
    )
    facts = found.facts
    assert (facts["password_login"], facts["key_pair"]) == (True, False)
    assert (facts["patch"]["managed"], facts["user_data_secrets"]) == (False, True)
    assert (facts["image_id"], facts["zone"], found.region) == ("/images/i", "2", "chinaeast2")
    keys = [{"disable_password_authentication": "true", "ssh_keys": [{"key_data": "k"}]}]
    guarded = older(os_profile=[{}], os_profile_linux_config=keys).facts
    assert (guarded["password_login"], guarded["key_pair"]) == (False, True)


def test_an_older_machine_of_windows() -> None:
    facts = older(os_profile=[{}], os_profile_windows_config=[{}]).facts
    assert (facts["password_login"], facts["patch"]["managed"]) == (True, False)
    config = [{"enable_automatic_upgrades": True}]
    facts = older(os_profile=[{}], os_profile_windows_config=config).facts
    assert facts["patch"]["managed"] is True


def test_an_older_machine_whose_system_is_not_known() -> None:
    cases: list[dict[str, Any]] = [
        {"os_profile": [{}]},
        {"os_profile": APPLY},
        {"os_profile_linux_config": APPLY},
    ]
    for values in cases:
        found = older(**values)
        assert {"password_login", "patch/managed"} <= set(found.unknown)
    prepared = older()
    assert prepared.facts["password_login"] is None
    assert "patch/managed" in prepared.unknown


def test_agents_that_the_template_puts_in() -> None:
    machine = block("azurerm_linux_virtual_machine.vm", {"name": "vm"})
    id_ = Reference(machine.address)
    rule: dict[str, Any] = {
        "data_sources": [{"performance_counter": [{"streams": ["Microsoft-Perf"]}]}],
        "data_flow": [{"streams": ["Microsoft-Perf"], "destinations": ["logs"]}],
    }

    def found(kind: Any, rule: dict[str, Any], link: dict[str, Any] | None = None) -> Document:
        named = {
            "target_resource_id": id_,
            "data_collection_rule_id": Reference("azurerm_monitor_data_collection_rule.r"),
        }
        return the(
            machine,
            block("azurerm_virtual_machine_extension.e", {"virtual_machine_id": id_, "type": kind}),
            block("azurerm_monitor_data_collection_rule.r", rule),
            block("azurerm_monitor_data_collection_rule_association.l", named | (link or {})),
        )

    assert found("AzureMonitorLinuxAgent", rule).facts["monitoring"] is True
    for kind, values, link in (
        ("OtherAgent", rule, {}),
        (APPLY, rule, {}),
        ("AzureMonitorLinuxAgent", rule | {"data_flow": []}, {}),
        ("AzureMonitorLinuxAgent", rule | {"data_sources": APPLY}, {}),
        ("AzureMonitorLinuxAgent", rule, {"target_resource_id": "/other"}),
        ("AzureMonitorLinuxAgent", rule, {"data_collection_rule_id": "/elsewhere"}),
    ):
        assert "monitoring" in found(kind, values, link).unknown
    protected = found("MDE.Linux", rule)
    assert protected.facts["agent"] == {"installed": True}
    assert "agent/online" in protected.unknown
    assert "agent" in found(APPLY, rule).unknown


@pytest.mark.parametrize(
    ("image", "deprecated"),
    [
        (Reference("azurerm_image.i"), None),
        (Reference("data.azurerm_image.i"), None),
        ("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/i", None),
        (Reference("azurerm_shared_image.i"), "?"),
        ("/communityGalleries/g/images/i", "?"),
        (APPLY, "?"),
    ],
)
def test_images_of_an_account(image: Any, deprecated: str | None) -> None:
    found = the(block("azurerm_linux_virtual_machine.vm", {"source_image_id": image})).facts
    assert found.get("image", {}).get("deprecated", "?") == deprecated
