"""Resources of the provider azapi are judged as the ARM resources that they write."""

from __future__ import annotations

import json
from pathlib import Path

from collectors.document import Unknown
from collectors.iac import azapi
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block

VAULT = """
resource "azurerm_log_analytics_workspace" "w" {
  location          = "chinaeast2"
  retention_in_days = 200
}
resource "azurerm_resource_group" "g" {
  location = "China North 3"
}
variable "open" {}
resource "azapi_resource" "kv" {
  type      = "Microsoft.KeyVault/vaults@2023-07-01"
  name      = "kv"
  parent_id = azurerm_resource_group.g.id
  location  = azurerm_resource_group.g.location
  body = {
    properties = {
      enablePurgeProtection = true
      networkAcls           = { defaultAction = "Deny", ipRules = [{ value = "203.0.113.0/24" }] }
      %s
    }
  }
}
resource "azapi_resource" "key" {
  type      = "Microsoft.KeyVault/vaults/keys@2023-07-01"
  name      = "k"
  parent_id = azapi_resource.kv.id
  body      = jsonencode({ properties = { kty = "RSA", keySize = 2048 } })
}
resource "azapi_resource" "log" {
  type      = "Microsoft.Insights/diagnosticSettings@2021-05-01-preview"
  name      = "d"
  parent_id = azapi_resource.kv.id
  body = {
    properties = {
      workspaceId = azurerm_log_analytics_workspace.w.id
      logs        = [{ categoryGroup = "audit", enabled = true }]
    }
  }
}
"""


def test_a_key_with_its_vault_and_its_log(project: Write) -> None:
    manifest, found = documents(project(VAULT % ""))
    key = found["azapi_resource.key"]
    assert (key.type, key.native_type) == ("key.encryption_key", "Microsoft.KeyVault/vaults/keys")
    assert (key.region, key.facts["algorithm"]) == ("chinanorth3", "RSA-2048")
    assert key.facts["network_ranges"] == ["203.0.113.0/24"]
    assert key.facts["audit_log"]["retention_days"] == 200
    assert key.source is not None
    # What the body of the vault, or of the setting, decides stands there.
    for path, line in (("network_ranges", 15), ("audit_log", 33)):
        place = key.source.lines[path]
        assert (place.line, place.argument) == (line, "body")
    assert manifest.unmapped == {"azurerm_resource_group": 1}


def test_what_is_decided_at_apply(project: Write) -> None:
    _, found = documents(project(VAULT % "publicNetworkAccess = var.open"))
    key = found["azapi_resource.key"]
    assert key.unknown["network_ranges"] == "var.open has no value here"
    assert key.facts["deletion_protection"] is True


def test_a_part_of_a_resource_of_azurerm() -> None:
    rule = block(
        "azapi_resource.r",
        {
            "type": "Microsoft.Sql/servers/firewallRules@2021-11-01",
            "name": "all",
            "parent_id": Reference("azurerm_mssql_server.s"),
            "body": {"properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "9.9.9.9"}},
        },
    )
    (made,) = azapi.translated([rule])
    assert (made.type, made.address) == ("azurerm_mssql_firewall_rule", "azapi_resource.r")
    assert made.values["server_id"] == Reference("azurerm_mssql_server.s")


def test_children_that_a_parent_reads() -> None:
    database = block(
        "azapi_resource.db",
        {
            "type": "Microsoft.Sql/servers/databases@2021-11-01",
            "name": "db",
            "parent_id": Reference("azurerm_mssql_server.s"),
            "body": {},
        },
    )
    encryption = block(
        "azapi_resource.tde",
        {
            "type": "Microsoft.Sql/servers/databases/transparentDataEncryption@2021-11-01",
            "name": "current",
            "parent_id": Reference("azapi_resource.db"),
            "body": {"properties": {"state": "Disabled"}},
        },
    )
    (made,) = azapi.translated([database, encryption])
    assert made.values["transparent_data_encryption_enabled"] is False
    # Whose parent is elsewhere is read by nobody, and does not vanish.
    (left,) = azapi.translated([encryption])
    assert left.type == "azapi_resource"


def test_a_child_of_what_is_not_read_does_not_vanish() -> None:
    child = {
        "type": "Microsoft.Sql/servers/databases/transparentDataEncryption@2021-11-01",
        "parent_id": Reference("azapi_resource.other"),
    }
    blocks = [
        block("azapi_resource.other", {"type": "Microsoft.Example/things/parts@2021-11-01"}),
        block("azapi_resource.tde", child),
    ]
    assert [each.address for each in azapi.translated(blocks)] == [
        "azapi_resource.other",
        "azapi_resource.tde",
    ]


def test_what_has_no_translation_is_counted_by_its_type(project: Write) -> None:
    text = 'resource "azapi_resource" "x" {\n  type = "%s"\n  name = "x"\n}\n'
    manifest, found = documents(project(text % "Microsoft.Logic/workflows@2019-05-01"))
    assert (found, manifest.unmapped) == ({}, {"Microsoft.Logic/workflows": 1})


def test_a_body_that_cannot_be_read_leaves_everything_open() -> None:
    for body in (Unknown("known after apply"), "{", ["a"], Reference("local_file.x", "content")):
        values = {"type": "Microsoft.KeyVault/vaults@2023-07-01", "name": "v", "body": body}
        (made,) = azapi.translated([block("azapi_resource.v", values)])
        assert isinstance(made.values["network_acls"], Unknown)


def test_a_plan_is_read_alike(folder: Path) -> None:
    resource = {
        "address": "azapi_resource.v",
        "mode": "managed",
        "type": "azapi_resource",
        "name": "v",
        "values": {
            "type": "Microsoft.KeyVault/vaults@2023-07-01",
            "name": "v",
            "location": "chinaeast2",
            "body": {"properties": {"publicNetworkAccess": "Disabled"}},
        },
    }
    values = {"root_module": {"resources": [resource]}}
    text = json.dumps({"format_version": "1.2", "planned_values": values})
    (folder / "plan.json").write_text(text, encoding="utf-8")
    _, found = documents(folder)
    assert found["azapi_resource.v"].facts["network_ranges"] == []
