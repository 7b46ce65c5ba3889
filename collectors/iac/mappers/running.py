"""What shows of machines once they run."""

from __future__ import annotations

from collectors.document import Unknown

STATE = Unknown("whether a machine runs shows after apply")
