"""Versions of providers that Terraform projects ask for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectors.iac import plan, terraform
from collectors.iac.versions import Version, reaches
from tests.collectors.iac.conftest import Write

RESOURCE = 'resource "azurerm_resource_group" "g" {\n  name = "g"\n}\n'


def _asked(folder: Path) -> object:
    return terraform.load(folder).blocks[0].provider_values.get("version")


def test_no_version(project: Write) -> None:
    assert _asked(project(RESOURCE)) is None


@pytest.mark.parametrize(
    "written",
    [
        'azurerm = {\n      source = "hashicorp/azurerm"\n      version = "~> 3.0"\n    }',
        'azurerm = "~> 3.0"',
    ],
)
def test_required_providers(project: Write, written: str) -> None:
    terms = f"terraform {{\n  required_providers {{\n    {written}\n  }}\n}}\n"
    assert _asked(project(terms + RESOURCE)) == "~> 3.0"
    provider = 'provider "azurerm" {\n  version = "3.1.0"\n  features {}\n}\n'
    assert _asked(project(terms + provider + RESOURCE)) == "~> 3.0, 3.1.0"


def test_modules_and_the_lock_file(project: Write) -> None:
    def terms(version: str) -> str:
        inner = f'azurerm = {{ version = "{version}" }}'
        return f"terraform {{\n  required_providers {{\n    {inner}\n  }}\n}}\n"

    call = 'module "m" {\n  source = "./m"\n}\n'
    lock = """provider "registry.terraform.io/hashicorp/azurerm" {
  version     = "3.117.0"
  constraints = ">= 2.0"
}
"""
    folder = project(
        terms(">= 2.0") + call + RESOURCE,
        **{"m/main.tf": terms("< 4.0") + RESOURCE, ".terraform.lock.hcl": lock},
    )
    blocks = {each.address: each for each in terraform.load(folder).blocks}
    asked = {each.provider_values["version"] for each in blocks.values()}
    assert asked == {"3.117.0, >= 2.0, < 4.0"}


def test_a_plan_tells_the_same(tmp_path: Path) -> None:
    group = {
        "address": "azurerm_resource_group.g",
        "mode": "managed",
        "type": "azurerm_resource_group",
        "name": "g",
    }
    root = {"resources": [{**group, "provider_config_key": "azurerm"}]}
    azurerm = {"name": "azurerm", "version_constraint": "~> 3.0"}
    inner = {"name": "azurerm", "version_constraint": ">= 3.1"}
    document = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [{**group, "values": {"name": "g"}}]}},
        "configuration": {
            "provider_config": {"azurerm": azurerm, "module.m:azurerm": inner},
            "root_module": root,
        },
    }
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    (block,) = plan.load(file, "plan.json")
    assert block.provider_values == {"version": "~> 3.0, >= 3.1"}


@pytest.mark.parametrize(
    ("asked", "version", "expected"),
    [
        ("~> 3.0", (3,), True),
        ("~> 3.0", (4,), False),
        ("~> 3.0", (3, 96), None),
        ("~> 3.100", (3, 96), True),
        ("~> 2.99", (3,), False),
        ("~> 2.99.0", (2, 100), False),
        (">= 3.0.0", (3,), True),
        (">= 2.40", (3,), None),
        (">= 2.40, < 3.0", (3,), False),
        ("<= 3.0", (3,), None),
        ("= 2.99.0", (3,), False),
        ("3.117.0, >= 2.0", (3,), True),
        ("> 3.1, != 3.2", (3,), True),
        ("~> 3", (4,), None),
        ("anything", (3,), None),
    ],
)
def test_constraints(asked: str, version: Version, expected: bool | None) -> None:
    assert reaches(asked, version) is expected
