"""Whether an instance's user data holds secrets: the same look as in other clouds."""

from __future__ import annotations

from collectors.secrets import has_secrets

__all__ = ["has_secrets"]
