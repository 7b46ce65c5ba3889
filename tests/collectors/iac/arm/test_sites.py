"""Sites of App Service in ARM templates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.collectors.iac.conftest import Read

SITES = "Microsoft.Web/sites"
PLAN = {"type": "Microsoft.Web/serverfarms", "name": "p", "properties": {}}
FUNCTION = {
    "type": f"{SITES}/functions",
    "name": "f/hello",
    "properties": {"config": {"bindings": [{"type": "httpTrigger", "authLevel": "anonymous"}]}},
}
OFFICE = {"ipSecurityRestrictions": [{"ipAddress": "203.0.113.0/24", "action": "Allow"}]}


def site(settings: dict[str, Any], **properties: Any) -> dict[str, Any]:
    plan = "[resourceId('Microsoft.Web/serverfarms', 'p')]"
    return {
        "type": SITES,
        "name": "f",
        "kind": "functionapp,linux",
        "location": "chinaeast2",
        "properties": {"serverFarmId": plan, "siteConfig": settings, **properties},
    }


def config(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": f"{SITES}/config", "name": f"f/{name}", "properties": properties}


def test_a_function_that_anybody_may_invoke(deployment: Read) -> None:
    settings = {
        "linuxFxVersion": "Python|3.11",
        "appSettings": [{"name": "DB_PASSWORD", "value": "hunter2hunter2"}],
    }
    found = deployment([site(settings), FUNCTION, PLAN])[f"{SITES}/f"]
    assert found.native_type == SITES
    assert found.facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert (found.facts["runtime"], found.facts["network_kind"]) == ("Python|3.11", "public")
    assert found.facts["environment_secrets"] is True
    assert "hunter" not in repr(found)


def test_connection_strings_beside_a_site(deployment: Read) -> None:
    secret = {"value": "Server=db;Password=hunter2hunter2", "type": "SQLAzure"}
    inside = {"connectionStrings": [{"name": "db", "connectionString": secret["value"]}]}
    strings = config("connectionstrings", {"db": secret})
    for resources in ([site({}), strings], [site(inside)]):
        assert deployment(resources)[f"{SITES}/f"].facts["environment_secrets"] is True
    empty = config("connectionstrings", {})
    assert deployment([site(inside), empty])[f"{SITES}/f"].facts["environment_secrets"] is False


@pytest.mark.parametrize(
    "resources",
    [
        # After rules that let somebody in, nobody else is let in.
        [site(OFFICE)],
        [site({"publicNetworkAccess": "Disabled"})],
        [site({}, publicNetworkAccess="Disabled")],
        # What stands beside the site is set after it.
        [site({"ipSecurityRestrictions": []}), config("web", OFFICE)],
        [
            site({}),
            config(
                "authsettingsV2",
                {
                    "platform": {"enabled": True},
                    "globalValidation": {"unauthenticatedClientAction": "Return401"},
                },
            ),
        ],
    ],
)
def test_what_keeps_the_internet_out(deployment: Read, resources: list[Any]) -> None:
    found = deployment([*resources, FUNCTION, PLAN])[f"{SITES}/f"]
    assert found.facts["exposure"] == {"public": False, "via": []}


def test_any_client_certificate_gets_in(deployment: Read) -> None:
    closed = site({}, clientCertEnabled=True, clientCertMode="Required")
    found = deployment([closed, FUNCTION, PLAN])[f"{SITES}/f"]
    assert found.unknown["exposure/public"] == (
        "whether the app checks the client certificates that it gets is not known"
    )


def test_what_is_decided_at_deployment(deployment: Read) -> None:
    parameters = {"x": {"type": "object"}}
    one = site({}, siteConfig="[parameters('x')]", virtualNetworkSubnetId="[parameters('x')]")
    found = deployment([one, FUNCTION, PLAN], parameters=parameters)[f"{SITES}/f"]
    lost = {"exposure/public", "network_kind", "environment_secrets", "runtime"}
    assert lost <= set(found.unknown)


def test_a_slot_has_settings_of_its_own(deployment: Read) -> None:
    slot = {"type": f"{SITES}/slots", "name": "f/s", "kind": "functionapp", "properties": {}}
    found = deployment([site(OFFICE), slot, PLAN])[f"{SITES}/slots/f/s"]
    assert (found.region, found.facts["network_kind"]) == ("chinaeast2", "public")
    assert "exposure/public" in found.unknown


def test_tls(deployment: Read) -> None:
    strict = site({"minTlsVersion": "1.2"}, httpsOnly=True)
    assert deployment([strict])[f"{SITES}/f"].facts["tls"] == {
        "minimum": "1.2",
        "required": True,
        "policy": None,
    }
    # Plain HTTP is taken unless it says otherwise, and what stands beside the site is set after it.
    beside = [site({"minTlsVersion": "1.2"}), config("web", {"minTlsVersion": "1.0"})]
    tls = deployment(beside)[f"{SITES}/f"].facts["tls"]
    assert (tls["minimum"], tls["required"]) == ("1.0", False)


def test_code_over_plain_ftp(deployment: Read) -> None:
    for settings, plain in (
        ({"ftpsState": "AllAllowed"}, True),
        ({"ftpsState": "FtpsOnly"}, False),
    ):
        assert deployment([site(settings)])[f"{SITES}/f"].facts["plain_ftp"] is plain
    assert "plain_ftp" in deployment([site({})])[f"{SITES}/f"].unknown


def test_the_version_of_functions_stands_in_the_settings(deployment: Read) -> None:
    for version, supported in (("~4", True), ("~3", False), ("[parameters('x')]", None)):
        settings = [{"name": "FUNCTIONS_EXTENSION_VERSION", "value": version}]
        one = site({"linuxFxVersion": "Node|24", "appSettings": settings})
        assert deployment([one])[f"{SITES}/f"].facts.get("runtime_supported") is supported
    one = site({"linuxFxVersion": "Node|24"})
    assert deployment([one])[f"{SITES}/f"].facts["runtime_supported"] is True
