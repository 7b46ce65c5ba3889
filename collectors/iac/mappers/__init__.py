"""What Terraform resources become: a package for each provider, a module for each family of types.

To add a resource type, add it to `MAPPINGS` of a module here, or add a module: nothing more. Types
that a mapping joins, and that have no documents of their own, stand beside it: in `PART_OF` where
they say something of the resource that they belong to, wherever that stands; in `LINK_TYPES` where
they say nothing of any resource alone, as they link two, or wait to be named by one.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from collectors.document import Provider
from collectors.iac.blocks import Mapping, PartOf

PROVIDERS: dict[str, Provider] = {"aws": "aws", "azurerm": "azure", "alicloud": "aliyun"}
"""The packages here, named like the prefix of their resource types, and the cloud of each."""

HALF_LINKS = frozenset(
    {
        "alicloud_slb_server_certificate",
        "azurerm_monitor_diagnostic_setting",
        "azurerm_orchestrated_virtual_machine_scale_set",
        "azurerm_policy_assignment",
        "azurerm_security_center_subscription_pricing",
    }
)
"""Types of which those that their mapping makes no document of decide nothing alone."""


@functools.cache
def load_mappings() -> dict[str, Mapping]:
    """Every mapping by the resource types that it turns into documents."""
    found: dict[str, Mapping] = {}
    for module in _modules():
        for mapping in getattr(module, "MAPPINGS", ()):
            for kind in mapping.types:
                if kind in found:
                    raise ValueError(f"{kind} has two mappings, one of them in {module.__name__}")
                found[kind] = mapping
    return found


@functools.cache
def load_parts() -> dict[str, PartOf]:
    """How each type that is a part of another one belongs to it."""
    found: dict[str, PartOf] = {}
    for module in _modules():
        for kind, part in getattr(module, "PART_OF", {}).items():
            if kind in found:
                raise ValueError(f"{kind} is a part twice, once in {module.__name__}")
            found[kind] = part
    return found


@functools.cache
def load_links() -> frozenset[str]:
    """Every type that says nothing of any resource alone."""
    return frozenset(kind for module in _modules() for kind in getattr(module, "LINK_TYPES", ()))


def _modules() -> Iterator[ModuleType]:
    for provider in PROVIDERS:
        package = importlib.import_module(f"{__name__}.{provider}")
        for module in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{module.name}")
