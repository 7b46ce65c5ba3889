"""What resources of ARM are in Terraform's terms: a module for each service.

A module has `TRANSLATIONS`: by resource type (in lower case) a function from the evaluated resource
to Blocks. So one set of mappers reads both languages, and both get the same verdicts. Where the two
take different defaults, the translation writes those of Azure. To add a type, add it to a module
here, or add a module: nothing more.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

from collectors.iac.arm.resource import Translation


@functools.cache
def load_translations() -> dict[str, Translation]:
    """Every translation, by the resource type that it reads, in lower case."""
    found: dict[str, Translation] = {}
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        for kind, translation in loaded.TRANSLATIONS.items():
            if kind.lower() in found:
                raise ValueError(f"{kind} has two translations, one of them in {module.name}")
            found[kind.lower()] = translation
    return found


def translation_of(kind: str) -> Translation | None:
    """The translation of a type. A key such as `*/providers/locks` is for a kind of resource that
    stands in any other."""
    known, name = load_translations(), kind.lower()
    return known.get(name) or known.get("/".join(["*", *name.rsplit("/", 2)[1:]]))
