"""ARM templates: loops, children, nested deployments, conditions, and what is said of bad ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import UserError
from collectors.iac.check import collect
from tests.collectors.iac.arm.conftest import SCHEMA
from tests.collectors.iac.conftest import Read, documents

GROUP: dict[str, Any] = {
    "type": "Microsoft.Network/networkSecurityGroups",
    "apiVersion": "2023-04-01",
    "name": "web",
    "location": "China North 3",
    "properties": {
        "securityRules": [
            {
                "name": "ssh",
                "properties": {
                    "protocol": "Tcp",
                    "sourceAddressPrefix": "Internet",
                    "sourcePortRange": "*",
                    "destinationAddressPrefix": "*",
                    "destinationPortRange": "22",
                    "access": "Allow",
                    "priority": 100,
                    "direction": "Inbound",
                },
            }
        ]
    },
}
ACCOUNT: dict[str, Any] = {
    "type": "Microsoft.Storage/storageAccounts",
    "apiVersion": "2023-01-01",
    "name": "[variables('name')]",
    "location": "[parameters('location')]",
    "sku": {"name": "Standard_GRS"},
    "kind": "StorageV2",
    "properties": {"allowBlobPublicAccess": False, "minimumTlsVersion": "TLS1_2"},
}
SECTIONS: dict[str, Any] = {
    "parameters": {"location": {"type": "string", "defaultValue": "chinaeast2"}},
    "variables": {"name": "[concat('logs', uniqueString(resourceGroup().id))]"},
}


def test_a_group_and_who_uses_it(deployment: Read) -> None:
    subnet = {
        "type": "Microsoft.Network/virtualNetworks",
        "apiVersion": "2023-04-01",
        "name": "net",
        "properties": {
            "subnets": [
                {
                    "name": "front",
                    "properties": {
                        "networkSecurityGroup": {
                            "id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'web')]"
                        }
                    },
                }
            ]
        },
    }
    found = deployment([GROUP, subnet])["Microsoft.Network/networkSecurityGroups/web"]
    assert (found.type, found.provider, found.region) == (
        "network.firewall",
        "azure",
        "chinanorth3",
    )
    (rule,) = found.facts["rules"]
    assert (rule["from_port"], rule["sources"]) == (22, ["0.0.0.0/0", "::/0"])
    assert found.facts["attached"] == 1
    assert found.source
    assert (found.source.uri, found.source.start_line) == ("infra/main.json", 4)


def test_an_account_with_its_services(deployment: Read) -> None:
    services = {
        "type": "Microsoft.Storage/storageAccounts/blobServices",
        "apiVersion": "2023-01-01",
        "name": "[format('{0}/{1}', variables('name'), 'default')]",
        "properties": {"isVersioningEnabled": True},
    }
    container = {
        "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
        "apiVersion": "2023-01-01",
        "name": "[format('{0}/default/pictures', variables('name'))]",
        "properties": {"publicAccess": "Blob"},
    }
    account = {**ACCOUNT, "properties": {"allowBlobPublicAccess": True}}
    (found,) = deployment([account, services, container], **SECTIONS).values()
    assert found.native_type == "Microsoft.Storage/storageAccounts"
    assert found.region == "chinaeast2"
    assert found.facts["versioning"] is True
    assert found.facts["exposure"] == {"public": True, "via": ["acl"]}
    assert found.facts["tls"]["minimum"] == "1.0"
    assert found.facts["redundancy"] == "multi-region"
    assert found.facts["replication"][0]["region"] == "chinanorth2"


def test_object_replication(deployment: Read) -> None:
    """Both accounts have the policy, which copies the one way."""
    source, target = (
        {
            "type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-01-01",
            "name": name,
            "location": place,
            "sku": {"name": "Standard_LRS"},
        }
        for name, place in (("source", "chinaeast2"), ("target", "chinanorth3"))
    )
    policies = [
        {
            "type": "Microsoft.Storage/storageAccounts/objectReplicationPolicies",
            "apiVersion": "2023-01-01",
            "name": f"{name}/default",
            "properties": {
                "sourceAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'source')]",
                "destinationAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'target')]",
            },
        }
        for name in ("target", "source")
    ]
    found = {each.name: each for each in deployment([source, target, *policies]).values()}
    assert found["source"].facts["replication"] == [
        {"region": "chinanorth3", "account": "template", "whole": False}
    ]
    assert found["target"].facts["replication"] == []


def test_a_service_that_may_not_be_made_says_nothing(deployment: Read) -> None:
    services = {
        "type": "Microsoft.Storage/storageAccounts/blobServices",
        "name": "[concat(variables('name'), '/default')]",
        "condition": "[equals(parameters('env'), 'prod')]",
        "properties": {"isVersioningEnabled": True},
    }
    sections = {**SECTIONS, "parameters": {**SECTIONS["parameters"], "env": {"type": "string"}}}
    (found,) = deployment([ACCOUNT, services], **sections).values()
    assert found.facts.get("versioning") is not True
    (found,) = deployment([ACCOUNT, services], {"env": "prod"}, **sections).values()
    assert found.facts["versioning"] is True


def test_older_versions_of_the_api_do_not_ask_for_https(deployment: Read) -> None:
    account = {**ACCOUNT, "apiVersion": "2018-07-01"}
    (found,) = deployment([account], **SECTIONS).values()
    assert found.facts["tls"]["required"] is False
    (found,) = deployment([ACCOUNT], **SECTIONS).values()
    assert found.facts["tls"]["required"] is True


def test_loops_and_children_within(deployment: Read) -> None:
    looped = {
        **GROUP,
        "name": "[concat('web', copyIndex(1))]",
        "copy": {"name": "groups", "count": "[parameters('count')]"},
        "resources": [
            {
                "type": "securityRules",
                "name": "rdp",
                "properties": {
                    **GROUP["properties"]["securityRules"][0]["properties"],
                    "destinationPortRange": "3389",
                    "priority": 90,
                },
            }
        ],
    }
    sections = {"parameters": {"count": {"type": "int"}}}
    found = deployment([looped], {"count": 2}, **sections)
    assert {each.name for each in found.values()} == {"web1", "web2"}
    for each in found.values():
        assert [rule["from_port"] for rule in each.facts["rules"]] == [3389, 22]
    # How many there are is not known: one stands for them, and is judged.
    (found_one,) = deployment([looped], **sections).values()
    assert found_one.facts["rules"][-1]["from_port"] == 22


def test_nested_deployments(deployment: Read) -> None:
    inner = {
        "type": "Microsoft.Resources/deployments",
        "name": "inner",
        "properties": {
            "expressionEvaluationOptions": {"scope": "inner"},
            "parameters": {"port": {"value": "[parameters('port')]"}},
            "template": {
                "parameters": {"port": {"type": "string"}},
                "resources": [
                    {
                        **GROUP,
                        "properties": {
                            "securityRules": [
                                {
                                    "name": "x",
                                    "properties": {
                                        **GROUP["properties"]["securityRules"][0]["properties"],
                                        "destinationPortRange": "[parameters('port')]",
                                    },
                                }
                            ]
                        },
                    }
                ],
            },
        },
    }
    found = deployment([inner], parameters={"port": {"type": "string", "defaultValue": "5432"}})
    (group,) = found.values()
    assert group.facts["rules"][0]["from_port"] == 5432


def test_symbolic_names_and_comments(folder: Path) -> None:
    text = json.dumps({"$schema": SCHEMA, "languageVersion": "2.0", "resources": {"web": GROUP}})
    (folder / "main.json").write_text(f"// made by hand: https://x\n/* a\n comment */\n{text}")
    _, found = documents(folder)
    assert set(found) == {"Microsoft.Network/networkSecurityGroups/web"}


def test_a_linked_template_beside_it_and_others(folder: Path) -> None:
    (folder / "net.json").write_text(json.dumps({"$schema": SCHEMA, "resources": [GROUP]}))

    def link(name: str, **where: str) -> dict[str, Any]:
        kind = "Microsoft.Resources/deployments"
        return {"type": kind, "name": name, "properties": {"templateLink": where}}

    resources = [
        link("near", relativePath="net.json"),
        link("far", uri="https://example.org/x.json"),
        link("outside", relativePath="../../../../etc/hosts"),
    ]
    (folder / "main.json").write_text(json.dumps({"$schema": SCHEMA, "resources": resources}))
    manifest, found = documents(folder)
    assert [each.source.uri for each in found.values() if each.source] == ["infra/net.json"]
    told = " ".join(each.message for each in manifest.failed_calls)
    assert "the deployment far was not read" in told
    assert "the deployment outside was not read" in told
    assert len(manifest.failed_calls) == 2


def test_secrets_are_not_read(deployment: Read) -> None:
    account = {**ACCOUNT, "tags": {"x": "[parameters('password')]"}}
    sections = {
        **SECTIONS,
        "parameters": {
            **SECTIONS["parameters"],
            "password": {"type": "securestring", "defaultValue": "hunter2hunter2"},
        },
    }
    (found,) = deployment([account], {"password": "hunter3hunter3"}, **sections).values()
    assert "hunter" not in repr(found)


def test_types_that_nothing_reads_are_counted(folder: Path) -> None:
    resources = [GROUP, {"type": "Microsoft.Logic/workflows", "name": "x", "properties": {}}]
    (folder / "main.json").write_text(json.dumps({"$schema": SCHEMA, "resources": resources}))
    manifest, _ = documents(folder)
    assert manifest.unmapped == {"Microsoft.Logic/workflows": 1}


def test_what_is_no_resource_is_said(folder: Path) -> None:
    resources = [GROUP, {"name": "x", "properties": {}}, "text"]
    (folder / "main.json").write_text(json.dumps({"$schema": SCHEMA, "resources": resources}))
    manifest, found = documents(folder)
    assert set(found) == {"Microsoft.Network/networkSecurityGroups/web"}
    assert [each.code for each in manifest.failed_calls] == ["NotUnderstood"] * 2


def test_what_nothing_maps_is_counted(folder: Path) -> None:
    zone = {"type": "Microsoft.Network/privateDnsZones", "name": "a.b", "properties": {}}
    (folder / "main.json").write_text(json.dumps({"$schema": SCHEMA, "resources": [zone]}))
    manifest, _ = documents(folder)
    assert manifest.unmapped == {"Microsoft.Network/privateDnsZones": 1}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'{{"$schema": "{SCHEMA}", "resources": [\n', "main.json:2: "),
        (f'{{"$schema": "{SCHEMA}"}}', "it has no resources"),
    ],
)
def test_a_broken_template_is_named(folder: Path, text: str, words: str) -> None:
    (folder / "main.json").write_text(text)
    with pytest.raises(UserError, match=r"main\.json") as error:
        collect([folder / "main.json"], folder.parent / "snapshot", tool_version="test")
    assert words in error.value.message
