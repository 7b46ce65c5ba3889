"""Protocols of products that speak neither RPC nor ROA: each module's `DIALECT`."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any


def load_dialects() -> tuple[Any, ...]:
    """Every module's `DIALECT`, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}").DIALECT for name in names)
