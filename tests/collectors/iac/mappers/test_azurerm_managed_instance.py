"""Azure SQL Managed Instance: a database with what its instance decides."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the, unknown

APPLY = Unknown("var.x is decided at apply")
INSTANCE = Reference("azurerm_mssql_managed_instance.i")
SUBNET = Reference("azurerm_subnet.s")
GROUP = Reference("azurerm_network_security_group.g")


def database(**values: Any) -> Block:
    return block("azurerm_mssql_managed_database.d", {"managed_instance_id": INSTANCE, **values})


def instance(**values: Any) -> Block:
    given = {"name": "i", "location": "chinanorth3", "subnet_id": SUBNET}
    return block("azurerm_mssql_managed_instance.i", {**given, **values})


def subnet(source: str = "*") -> list[Block]:
    """A subnet whose security group lets a source in to the port of public endpoints."""
    rule = {
        "direction": "Inbound",
        "access": "Allow",
        "protocol": "Tcp",
        "priority": 100,
        "source_port_range": "*",
        "source_address_prefix": source,
        "destination_address_prefix": "*",
        "destination_port_range": "3342",
    }
    link = {"subnet_id": SUBNET, "network_security_group_id": GROUP}
    return [
        block("azurerm_subnet.s", {"name": "s"}),
        block("azurerm_network_security_group.g", {"security_rule": [rule]}),
        block("azurerm_subnet_network_security_group_association.l", link),
    ]


def test_a_database_that_is_kept_well() -> None:
    found = the(
        database(short_term_retention_days=35),
        instance(zone_redundant_enabled=True),
        *subnet(),
        block(
            "azurerm_mssql_managed_instance_transparent_data_encryption.k",
            {"managed_instance_id": INSTANCE, "key_vault_key_id": "https://v/keys/k"},
        ),
        block("azurerm_management_lock.l", {"scope": INSTANCE}),
    )
    assert (found.type, found.region) == ("database.instance", "chinanorth3")
    assert found.facts["exposure"] == {"public": False, "via": []}
    assert found.facts["network_kind"] == "vpc"
    assert found.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert found.facts["encryption"] == {
        "enabled": True,
        "key_manager": "customer",
        "key_id": "https://v/keys/k",
        "algorithm": "AES-256",
    }
    assert found.facts["backup"] == {
        "enabled": True,
        "retention_days": 35,
        "point_in_time": True,
        "copies": [{"region": "chinaeast3", "account": "template", "kind": "geo"}],
    }
    assert (found.facts["multi_zone"], found.facts["deletion_protection"]) == (True, True)
    assert found.facts["subnet_routes_to_internet"] is False
    assert {path.partition("/")[0] for path in unknown(found)} == {
        "alarms",
        "audit_log",
        "replicas",
    }


def test_a_public_endpoint_behind_the_group_of_the_subnet() -> None:
    def public(*others: Block, **values: Any) -> Any:
        found = the(database(), instance(**values), *others)
        return found.facts["exposure"].get("public", found.unknown.get("exposure/public"))

    assert public(*subnet(), public_data_endpoint_enabled=True) is True
    assert public(*subnet("203.0.113.0/24"), public_data_endpoint_enabled=True) is False
    assert public(*subnet(), public_data_endpoint_enabled=APPLY) == APPLY.reason
    assert public(*subnet("203.0.113.0/24"), public_data_endpoint_enabled=APPLY) is False
    assert public(public_data_endpoint_enabled=True) == "the subnet is not part of this template"


def test_defaults_and_what_is_decided_at_apply() -> None:
    found = the(database(), instance(minimum_tls_version="1.0", storage_account_type="LRS"))
    assert found.facts["tls"]["minimum"] == "1.0"
    assert (found.facts["backup"]["retention_days"], found.facts["backup"]["copies"]) == (7, [])
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert (found.facts["multi_zone"], found.facts["deletion_protection"]) == (False, False)
    open_ = instance(minimum_tls_version=APPLY, storage_account_type=APPLY,
                     zone_redundant_enabled=APPLY)  # fmt: skip
    lost = unknown(the(database(short_term_retention_days=APPLY), open_))
    assert {"tls/minimum", "backup/copies", "backup/retention_days", "multi_zone"} <= set(lost)


def test_an_instance_elsewhere_and_one_alone() -> None:
    found = the(database())
    lost = {"exposure/public", "tls/minimum", "encryption/key_manager", "backup/copies", "region",
            "multi_zone", "deletion_protection", "subnet_routes_to_internet"}  # fmt: skip
    assert lost <= set(unknown(found))
    (alone,) = documents(instance(), *subnet())[:1]
    assert alone.facts["exposure"]["public"] is False
    assert "backup/enabled" in unknown(alone)
