"""What Terraform resources become: a package for each provider, a module for each family of types.

To add a resource type, add it to `MAPPINGS` of a module here, or add a module: nothing more.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from collectors.document import Provider
from collectors.iac.blocks import Mapping

PROVIDERS: dict[str, Provider] = {"aws": "aws", "azurerm": "azure", "alicloud": "aliyun"}
"""The packages here, named like the prefix of their resource types, and the cloud of each."""


@functools.cache
def load_mappings() -> dict[str, Mapping]:
    """Every mapping by the resource types that it turns into documents."""
    found: dict[str, Mapping] = {}
    for provider in PROVIDERS:
        package = importlib.import_module(f"{__name__}.{provider}")
        for module in pkgutil.iter_modules(package.__path__):
            loaded = importlib.import_module(f"{package.__name__}.{module.name}")
            for mapping in getattr(loaded, "MAPPINGS", ()):
                for kind in mapping.types:
                    if kind in found:
                        raise ValueError(f"{kind} has two mappings, one of them in {module.name}")
                    found[kind] = mapping
    return found
