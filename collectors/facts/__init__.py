"""The typed, cloud-neutral facts: one module for each family of resource types.

To add a type, declare a `Facts` subclass with its `TYPE` in a module here; nothing else lists it.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from collectors.document import Facts


@functools.cache
def fact_types() -> dict[str, type[Facts]]:
    """Every resource type and the struct of its facts, sorted by type."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted((cls.TYPE, cls) for cls in Facts.__subclasses__()))
