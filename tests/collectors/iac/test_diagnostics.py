"""Diagnostic settings of a part of a resource, as templates of Azure write them."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Write, documents

ACCOUNT = """
variable "unset" {}
resource "azurerm_storage_account" "s" {
  name = "store"
}
resource "azurerm_key_vault" "v" {
  name = "v"
}
resource "azurerm_monitor_diagnostic_setting" "d" {
  name               = "d"
  target_resource_id = "${%s}%s"
  storage_account_id = "/subscriptions/s/a"
  enabled_log { category_group = "allLogs" }
}
"""


def _logs(project: Write, of: str, part: str) -> Any:
    """The log of the account, and that of the vault."""
    _, found = documents(project(ACCOUNT % (of, part)))
    account, vault = found["azurerm_storage_account.s"], found["azurerm_key_vault.v"]
    return (
        account.facts["logging"].get("enabled"),
        vault.facts["audit_log"].get("enabled"),
    )


def test_a_setting_names_a_part_of_a_resource(project: Write) -> None:
    account = "azurerm_storage_account.s.id"
    assert _logs(project, account, "/blobServices/default") == (True, False)
    assert _logs(project, account, "/fileServices/default") == (False, False)
    # What is not known may be either of them.
    assert _logs(project, "var.unset", "/blobServices/default") == (None, None)
    assert _logs(project, account, "/${var.unset}/default") == (None, None)
