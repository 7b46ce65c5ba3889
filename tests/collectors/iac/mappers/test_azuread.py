"""Users and programs of Entra ID in templates: their credentials, and what stays open."""

from __future__ import annotations

from collectors.document import Unknown
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the, unknown

TEXT = """
resource "azuread_application" "app" {
  display_name = "billing"
  password {
    display_name = "old"
    start_date   = "2020-01-01T00:00:00Z"
    end_date     = "2021-01-01T00:00:00Z"
  }
}

resource "azuread_application_password" "kept" {
  application_id = azuread_application.app.id
  start_date     = "2022-01-01T00:00:00Z"
  end_date       = "2099-01-01T00:00:00Z"
}

resource "azuread_application_certificate" "older_argument" {
  application_object_id = azuread_application.app.object_id
  type                  = "AsymmetricX509Cert"
  value                 = "…"
  start_date            = "2022-01-01T00:00:00Z"
  end_date_relative     = "240h"
}

resource "azuread_service_principal" "app" {
  client_id       = azuread_application.app.client_id
  account_enabled = false
}

resource "azuread_service_principal_password" "app" {
  service_principal_id = azuread_service_principal.app.id
}

resource "azuread_service_principal" "foreign" {
  client_id = "00000000-0000-0000-0000-000000000001"
}

resource "azuread_application_registration" "bare" {
  display_name = "bare"
}

resource "azuread_application_password" "elsewhere" {
  application_id = "/applications/00000000-0000-0000-0000-000000000002"
}

resource "azuread_user" "ann" {
  user_principal_name = "ann@example.com"
  display_name        = "Ann"
  password            = "…"
}

resource "azurerm_role_assignment" "ann" {
  scope                = "/subscriptions/0"
  role_definition_name = "Reader"
  principal_id         = azuread_user.ann.object_id
}

resource "azuread_user" "guest" {
  user_principal_name = "bob_other.com#EXT#@example.com"
  display_name        = "Bob"
  account_enabled     = false
}
"""


def test_programs_and_users(project: Write) -> None:
    manifest, found = documents(project(TEXT))
    assert manifest.unmapped == {}
    assert set(found) == {
        "azuread_application.app",
        "azuread_service_principal.foreign",
        "azuread_application_registration.bare",
        "azuread_application_password.elsewhere",
        "azuread_user.ann",
        "azuread_user.guest",
        "azurerm_role_assignment.ann",
    }
    app = found["azuread_application.app"]
    assert (app.type, app.provider, app.region) == ("identity.user", "azure", "global")
    assert (app.facts["console"], app.facts["mfa"], app.facts["enabled"]) == (False, None, False)
    told = {
        key["id"].partition("#")[2]: (key.get("active"), key.get("created"))
        for key in app.facts["keys"]
    }
    assert told == {
        "azuread_application.app.password": (False, "2020-01-01T00:00:00Z"),
        "azuread_application_password.kept": (True, "2022-01-01T00:00:00Z"),
        "azuread_application_certificate.older_argument": (None, "2022-01-01T00:00:00Z"),
        "azuread_service_principal_password.app": (True, None),
    }
    assert "privileged" in app.unknown

    # Nothing that is missing from a template makes a program have no credentials or no rights.
    assert {"keys", "enabled", "privileged"} <= set(
        found["azuread_application_registration.bare"].unknown
    )
    foreign = found["azuread_service_principal.foreign"]
    assert foreign.facts["enabled"] is True
    assert {"keys/0", "external", "privileged"} <= set(foreign.unknown)
    elsewhere = found["azuread_application_password.elsewhere"]
    assert elsewhere.facts["keys"][0]["active"] is True
    assert {"enabled", "keys/1", "privileged"} <= set(elsewhere.unknown)

    ann, guest = found["azuread_user.ann"], found["azuread_user.guest"]
    assert (ann.facts["console"], ann.facts["enabled"], ann.facts["external"]) == (
        True, True, False,
    )  # fmt: skip
    assert ann.facts["direct_policies"][0] == "Reader"
    assert {"mfa", "mfa_kinds", "direct_policies/1", "password_last_used"} <= set(ann.unknown)
    assert guest.facts["enabled"] is False
    assert "external" in guest.unknown


def test_a_service_principal_of_which_application_is_not_known_leaves_both_open() -> None:
    app = block("azuread_application.app", {"display_name": "app"})
    principal = block("azuread_service_principal.sp", {"client_id": Unknown("at apply")})
    assert {"enabled", "keys/0"} <= set(unknown(the(app, principal)))
