"""Secrets that Terraform writes on a machine once it is made."""

from __future__ import annotations

from typing import Any

import pytest

from tests.collectors.iac.conftest import Write, documents

MACHINE = """
variable "host" {{}}
resource "{kind}" "m" {{
  provisioner "{provisioner}" {{
    {argument} = {text}
  }}
}}
"""
KINDS = ("aws_instance", "alicloud_instance", "azurerm_linux_virtual_machine")
EXPORTS = '"export AWS_SECRET_ACCESS_KEY=hunter2hunter2 && run"'


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_provisioner_runs_and_writes(project: Write, kind: str) -> None:
    def secrets(provisioner: str, argument: str, text: str) -> Any:
        parts = {"kind": kind, "provisioner": provisioner, "argument": argument, "text": text}
        found = documents(project(MACHINE.format(**parts)))[1][f"{kind}.m"]
        return found.facts.get("user_data_secrets", "unknown")

    assert secrets("remote-exec", "inline", f"[{EXPORTS}]") is True
    assert secrets("remote-exec", "inline", f'["ping ${{var.host}}", {EXPORTS}]') is True
    assert secrets("file", "content", EXPORTS) is True
    # What runs where Terraform runs does not stay on the machine.
    assert secrets("local-exec", "command", EXPORTS) is False
    assert secrets("remote-exec", "inline", '["ping ${var.host}"]') is False
