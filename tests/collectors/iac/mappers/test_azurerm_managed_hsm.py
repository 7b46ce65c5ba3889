"""Keys of a managed HSM in templates."""

from __future__ import annotations

from tests.collectors.iac.conftest import Write, documents

_TYPE = "azurerm_key_vault_managed_hardware_security_module"
TEXT = f"""
resource "{_TYPE}" "open" {{
  name     = "open"
  location = "China North 3"
}}

resource "{_TYPE}" "closed" {{
  name                          = "closed"
  location                      = "China North 3"
  purge_protection_enabled      = true
  public_network_access_enabled = false
}}

resource "{_TYPE}_key" "still" {{
  managed_hsm_id = {_TYPE}.open.id
  key_type       = "RSA-HSM"
  key_size       = 2048
}}

resource "{_TYPE}_key" "turning" {{
  managed_hsm_id = {_TYPE}.closed.id
  key_type       = "EC-HSM"
  curve          = "P-521"
}}

resource "{_TYPE}_key_rotation_policy" "turning" {{
  managed_hsm_key_id = {_TYPE}_key.turning.id
  expire_after       = "P60D"
  time_before_expiry = "P30D"
}}

resource "{_TYPE}_key" "elsewhere" {{
  managed_hsm_id = "/subscriptions/0/managedHSMs/other"
  key_type       = "oct-HSM"
}}
"""


def test_keys_of_a_managed_hsm(project: Write) -> None:
    _, found = documents(project(TEXT))
    still, turning = found[f"{_TYPE}_key.still"], found[f"{_TYPE}_key.turning"]
    names = ("origin", "algorithm", "rotation_days", "network_ranges", "deletion_protection")
    assert [still.facts[name] for name in names] == [
        "hsm", "RSA-2048", None, ["0.0.0.0/0", "::/0"], False,
    ]  # fmt: skip
    assert [turning.facts[name] for name in names] == ["hsm", "EC-P-521", 30, [], True]
    assert (still.region, still.facts["audit_log"]["enabled"]) == ("chinanorth3", False)
    assert {"algorithm", "network_ranges", "deletion_protection", "policy", "region"} <= set(
        found[f"{_TYPE}_key.elsewhere"].unknown
    )
