"""App Service: who reaches a site, its network, secrets in its settings, its log."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
OWN_SIGN_IN = "whether the web app asks for a sign-in of its own is not known"
CODE = "functions that are deployed as code are not part of a template"


def function_app(**values: Any) -> Block:
    given = {"name": "f", "location": "chinanorth3", "service_plan_id": PLAN, "site_config": [{}]}
    return block("azurerm_linux_function_app.f", {**given, **values})


def web_app(**values: Any) -> Block:
    given = {"name": "w", "location": "chinanorth3", "service_plan_id": PLAN, "site_config": [{}]}
    return block("azurerm_linux_web_app.w", {**given, **values})


def function(level: str = "anonymous", **values: Any) -> Block:
    configuration = {"bindings": [{"type": "httpTrigger", "authLevel": level}]}
    given = {
        "function_app_id": Reference("azurerm_linux_function_app.f"),
        "config_json": json.dumps(configuration),
    }
    return block("azurerm_function_app_function.one", {**given, **values})


def plan(**values: Any) -> Block:
    return block("azurerm_service_plan.p", values)


PLAN = Reference("azurerm_service_plan.p")


def public(document: Document) -> Any:
    """Whether a site is public, or why that is not known."""
    return document.facts["exposure"].get("public", document.unknown.get("exposure/public"))


def test_a_function_that_anybody_may_invoke() -> None:
    stack = [{"application_stack": [{"python_version": "3.7"}]}]
    settings = {"DB_PASSWORD": "hunter2hunter2"}
    found = the(
        function_app(
            site_config=stack, app_settings=settings, identity=[{"type": "SystemAssigned"}]
        ),
        function(),
        plan(),
    )
    assert found.facts == {
        "runtime": "Python|3.7",
        "runtime_supported": False,
        "vpc_id": None,
        "network_kind": "public",
        "exposure": {"public": True, "via": ["endpoint"]},
        "tls": {"minimum": "1.2", "required": False, "policy": None},
        "plain_ftp": False,
        "environment_secrets": True,
        "environment_encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": None,
        },
        "logging": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": None,
        },
    }
    assert set(unknown(found)) == {"role"}


def test_a_function_app_that_is_closed_and_keeps_its_log() -> None:
    found = the(
        function_app(
            public_network_access_enabled=False,
            virtual_network_subnet_id=Reference("azurerm_subnet.s"),
            app_settings={"DB_PASSWORD": "@Microsoft.KeyVault(SecretUri=https://v/secrets/s)"},
        ),
        function(),
        block(
            "azurerm_monitor_diagnostic_setting.d",
            {
                "target_resource_id": Reference("azurerm_linux_function_app.f"),
                "log_analytics_workspace_id": Reference("azurerm_log_analytics_workspace.w"),
                "enabled_log": [{"category": "FunctionAppLogs"}],
            },
        ),
        block("azurerm_log_analytics_workspace.w", {"retention_in_days": 180}),
    )
    assert public(found) is False
    assert found.facts["network_kind"] == "vpc"
    assert found.facts["environment_secrets"] is False
    assert (found.facts["logging"]["enabled"], found.facts["logging"]["retention_days"]) == (
        True,
        180,
    )


@pytest.mark.parametrize(
    ("values", "minimum", "required"),
    [
        ({"https_only": True, "site_config": [{"minimum_tls_version": "1.3"}]}, "1.3", True),
        ({"https_only": "true", "site_config": [{"min_tls_version": "1.0"}]}, "1.0", True),
        ({"site_config": []}, "1.2", False),
        ({"https_only": APPLY, "site_config": APPLY}, None, None),
        ({"site_config": [{"minimum_tls_version": "tls"}]}, None, False),
    ],
)
def test_tls_of_a_site(values: dict[str, Any], minimum: str | None, required: bool | None) -> None:
    for found in (the(web_app(**values)), the(function_app(**values))):
        tls = found.facts["tls"]
        assert (tls.get("minimum"), tls.get("required")) == (minimum, required)
        assert ("tls/minimum" in found.unknown) == (minimum is None)


UNWRITTEN = (
    "ip_restriction_default_action is not written: older versions of the provider refuse, newer"
    " ones allow"
)
RESTRICTED = [{"ip_restriction": [{"ip_address": "203.0.113.0/24"}]}]
OPEN_RULE = {"ip_restriction": [{"ip_address": "0.0.0.0/0"}]}
CHECKED = "whether the app checks the client certificates that it gets is not known"
DENIED = [{**RESTRICTED[0], "ip_restriction_default_action": "Deny"}]
V2 = {"auth_enabled": True, "require_authentication": True}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"public_network_access_enabled": APPLY}, APPLY.reason),
        ({"site_config": APPLY}, APPLY.reason),
        ({"site_config": DENIED}, False),
        ({"site_config": [OPEN_RULE | {"ip_restriction_default_action": "Deny"}]}, True),
        ({"site_config": [{"ip_restriction_default_action": "Deny"}]}, False),
        ({"site_config": [{"ip_restriction": APPLY}]}, APPLY.reason),
        # Newer versions of the provider let everybody else in, older ones nobody.
        (
            {"site_config": RESTRICTED},
            UNWRITTEN,
        ),
        ({"client_certificate_enabled": True}, True),
        # App Service takes any certificate.
        ({"client_certificate_enabled": True, "client_certificate_mode": "Required"}, CHECKED),
        (
            {
                "client_certificate_enabled": True,
                "client_certificate_mode": "Required",
                "client_certificate_exclusion_paths": "/open",
            },
            True,
        ),
        ({"auth_settings_v2": [V2]}, False),
        ({"auth_settings_v2": [V2 | {"unauthenticated_action": "AllowAnonymous"}]}, True),
        ({"auth_settings_v2": [V2 | {"excluded_paths": ["/open"]}]}, True),
        ({"auth_settings_v2": [V2 | {"auth_enabled": APPLY}]}, APPLY.reason),
        ({"auth_settings_v2": [{"require_authentication": True}]}, True),
        (
            {"auth_settings_v2": [{"auth_enabled": True}]},
            "auth_settings_v2 does not tell whether a sign-in is required",
        ),
        (
            {"auth_settings": [{"enabled": True}]},
            "auth_settings does not tell what happens without a sign-in",
        ),
        (
            {
                "auth_settings": [
                    {"enabled": True, "unauthenticated_client_action": "RedirectToLoginPage"}
                ]
            },
            False,
        ),
    ],
)
def test_what_stands_before_an_anonymous_function(values: dict[str, Any], expected: Any) -> None:
    assert public(the(function_app(**values), function(), plan())) == expected


def test_functions_that_the_template_does_not_have_leave_the_exposure_open() -> None:
    assert public(the(function_app())) == CODE
    assert public(the(function_app(), function("function"))) == CODE
    assert public(the(function_app(), function(enabled=False))) == CODE
    assert public(the(function_app(), function(config_json=APPLY))) == (
        "the configuration of a function is known after apply"
    )
    # Nobody reaches it, whatever its functions ask for.
    assert public(the(function_app(site_config=DENIED))) is False


def test_a_web_app_may_ask_for_a_sign_in_of_its_own() -> None:
    assert public(the(web_app())) == OWN_SIGN_IN
    assert public(the(web_app(client_certificate_enabled=True))) == OWN_SIGN_IN
    old = block("azurerm_app_service.a", {"client_cert_enabled": True})
    assert public(the(old)) == "the mode of client certificates is not written"


def test_the_network_of_a_site() -> None:
    def kind(*blocks: Block) -> Any:
        found = the(*blocks)
        return found.facts.get("network_kind", found.unknown.get("network_kind"))

    swift = "azurerm_app_service_virtual_network_swift_connection.c"
    joined = block(swift, {"app_service_id": Reference("azurerm_linux_web_app.w")})
    assert kind(web_app(), joined) == "vpc"
    assert kind(web_app(), plan(app_service_environment_id="/e")) == "vpc"
    assert kind(web_app(), plan()) == "public"
    assert kind(web_app()) == "the service plan is not part of this template"
    assert kind(web_app(virtual_network_subnet_id=APPLY), plan()) == APPLY.reason


def test_a_container_brings_its_own_runtime() -> None:
    for stack in ({"docker_image_name": "a/b:1"}, {"docker": [{"image_name": "b"}]}):
        found = the(web_app(site_config=[{"application_stack": [stack]}]))
        assert (found.facts["runtime"], found.facts["runtime_supported"]) == (None, None)
    old = block("azurerm_app_service.a", {"site_config": [{"linux_fx_version": "DOCKER|a/b"}]})
    assert the(old).facts["runtime"] is None


def test_settings_that_are_not_known_may_be_secrets() -> None:
    merged = [Reference("azurerm_x.y"), Reference("azurerm_x.z")]
    for settings in (APPLY, {"A": APPLY}, {"A": Reference("azurerm_x.y", "key")}, merged):
        assert "environment_secrets" in unknown(the(web_app(app_settings=settings)))
    joined = [{"name": "d", "type": "SQLServer", "value": merged}]
    assert "environment_secrets" in unknown(the(web_app(connection_string=joined)))
    known = {"A": APPLY, "B_PASSWORD": "hunter2hunter2"}
    assert the(web_app(app_settings=known)).facts["environment_secrets"] is True
    string = [{"name": "d", "type": "SQLServer", "value": "Server=s;Password=hunter2hunter2"}]
    assert the(web_app(connection_string=string)).facts["environment_secrets"] is True


def test_a_slot_stands_where_its_site_does() -> None:
    slot = block(
        "azurerm_linux_function_app_slot.s",
        {"name": "s", "function_app_id": Reference("azurerm_linux_function_app.f")},
    )
    found = the(slot, function_app(), plan())
    assert (found.region, found.facts["network_kind"]) == ("chinanorth3", "public")
    # It has settings of its own: its site's list of addresses does not keep anybody out.
    assert public(the(slot, function_app(site_config=DENIED))) == CODE


@pytest.mark.parametrize(
    ("values", "runtime", "supported"),
    [
        ({"site_config": [{"php_version": "7.4"}]}, "PHP|7.4", False),
        ({"site_config": [{"dotnet_framework_version": "v6.0"}]}, "DotNet|v6.0", False),
        ({"site_config": [{"java_version": "1.7.0_80"}]}, "Java|1.7.0_80", False),
        ({"site_config": [{"dotnet_framework_version": "v4.0"}]}, "DotNet|v4.0", None),
        ({"site_config": [{"python_version": APPLY}]}, None, None),
        ({"site_config": [{"linux_fx_version": "NODE|12-lts"}]}, "NODE|12-lts", False),
    ],
)
def test_runtimes_of_older_types(
    values: dict[str, Any], runtime: str | None, supported: bool | None
) -> None:
    found = the(block("azurerm_app_service.w", {"name": "w", **values}))
    assert found.facts.get("runtime") == runtime
    assert found.facts.get("runtime_supported") is supported
    assert ("runtime_supported" in found.unknown) == (supported is None)


@pytest.mark.parametrize(
    ("kind", "values", "runtime", "supported"),
    [
        ("linux_function_app", {}, "Node|24", True),
        ("linux_function_app", {"functions_extension_version": "~3"}, "Functions|~3", False),
        ("linux_function_app", {"functions_extension_version": APPLY}, "Node|24", None),
        ("linux_function_app", {"functions_extension_version": "beta"}, "Node|24", None),
        ("function_app", {"version": "~4"}, "Node|24", True),
        # Version 1 where nothing is written.
        ("function_app", {}, "Functions|~1", False),
        ("linux_web_app", {"functions_extension_version": "~3"}, "Node|24", True),
    ],
)
def test_the_version_of_functions(
    kind: str, values: dict[str, Any], runtime: str, supported: bool | None
) -> None:
    stack = {"site_config": [{"linux_fx_version": "Node|24"}]}
    found = the(block(f"azurerm_{kind}.f", {"name": "f", **stack, **values}))
    assert found.facts.get("runtime") == runtime
    assert found.facts.get("runtime_supported") is supported


@pytest.mark.parametrize(
    ("kind", "settings", "plain"),
    [
        ("azurerm_linux_web_app", {}, False),
        ("azurerm_linux_web_app", {"ftps_state": "AllAllowed"}, True),
        ("azurerm_windows_function_app_slot", {"ftps_state": "FtpsOnly"}, False),
        ("azurerm_linux_web_app", {"ftps_state": APPLY}, None),
        ("azurerm_app_service", {}, None),
        ("azurerm_app_service", {"ftps_state": "Disabled"}, False),
        ("azurerm_function_app", {}, True),
        ("azurerm_function_app_flex_consumption", {}, None),
    ],
)
def test_code_over_plain_ftp(kind: str, settings: dict[str, Any], plain: bool | None) -> None:
    found = the(block(f"{kind}.s", {"site_config": [settings]}))
    assert found.facts.get("plain_ftp") is plain
