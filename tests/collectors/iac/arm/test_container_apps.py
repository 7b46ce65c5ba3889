"""Container Apps in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

APPS = "Microsoft.App/containerApps"
AROUND = {
    "type": "Microsoft.App/managedEnvironments",
    "name": "e",
    "location": "chinaeast2",
    "properties": {},
}


def _app(ingress: dict[str, Any], *env: dict[str, Any], **around: Any) -> list[dict[str, Any]]:
    app = {
        "type": APPS,
        "name": "a",
        "location": "chinaeast2",
        "properties": {
            "managedEnvironmentId": "[resourceId('Microsoft.App/managedEnvironments', 'e')]",
            "configuration": {"ingress": ingress},
            "template": {"containers": [{"name": "web", "env": list(env)}]},
        },
    }
    return [app, AROUND | {"properties": around}]


def test_who_reaches_an_app(deployment: Read) -> None:
    external = {"external": True, "targetPort": 8080}
    facts = deployment(_app(external))[f"{APPS}/a"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    rules = [{"action": "Allow", "ipAddressRange": "203.0.113.0/24"}]
    limited = external | {"ipSecurityRestrictions": rules}
    assert deployment(_app(limited))[f"{APPS}/a"].facts["exposure"]["public"] is False
    inside = _app(external, vnetConfiguration={"internal": True})
    assert deployment(inside)[f"{APPS}/a"].facts["exposure"]["public"] is False
    more = {"external": False, "additionalPortMappings": [{"external": True, "targetPort": 1}]}
    assert "exposure/public" in deployment(_app(more))[f"{APPS}/a"].unknown


def test_secrets(deployment: Read) -> None:
    by_name = {"name": "DB_PASSWORD", "secretRef": "db"}
    plain = {"name": "DB_PASSWORD", "value": "hunter2hunter2"}
    for env, secret in ((by_name, False), (plain, True)):
        facts = deployment(_app({}, env))[f"{APPS}/a"].facts
        assert facts["environment_secrets"] is secret
