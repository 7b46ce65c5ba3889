"""The script that a machine is given to start with, as templates write it."""

from __future__ import annotations

from typing import Any

from collectors.document import then
from collectors.iac.blocks import read
from collectors.logic import Known, some
from collectors.secrets import script_holds_secret


def script_secrets(values: dict[str, Any], *arguments: str) -> Known:
    """Whether a script that one of the arguments holds, as it is or in base64, has a secret."""
    texts = (read(values, name, str, "") for name in arguments)
    return some([then(text, script_holds_secret) for text in texts])
