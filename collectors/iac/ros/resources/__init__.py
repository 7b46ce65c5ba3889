"""What ROS resources are in Terraform's terms: a module for each service.

A module has `TRANSLATIONS`: by resource type a function from the evaluated resource to Blocks. So
one set of mappers reads both languages, and both get the same verdicts. Where the two take
different defaults, the translation writes ROS's. To add a type, add it to a module here, or add a
module: nothing more. Properties are those of the ROS resource type reference.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from collectors.iac.stacks.resource import Translation


@functools.cache
def load_translations() -> dict[str, Translation]:
    """Every translation, by the resource type that it reads."""
    found: dict[str, Translation] = {}
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        for kind, translation in getattr(loaded, "TRANSLATIONS", {}).items():
            if kind in found:
                raise ValueError(f"{kind} has two translations, one of them in {module.name}")
            found[kind] = translation
    return found
