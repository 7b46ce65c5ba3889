"""And, or, over facts that may be unknown: the same for every cloud."""

from __future__ import annotations

from collectors.logic import Known, every, negated, some, told

__all__ = ["Known", "every", "negated", "some", "told"]
