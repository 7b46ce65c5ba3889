"""Defaults that depend on the version of the provider azurerm."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.mappers.provider_version import by_version

__all__ = ["TLS_BY_VERSION", "by_version"]

TLS_BY_VERSION = Unknown("not written: the default is 1.0 or 1.2 by provider version")
